"""What only the cluster has: an address, several hosts, writers on several machines, an alias, nodes that die."""

import pytest

from lumbung.search import domain, fields
from lumbung.search.documents import Query
from lumbung.search.engines import engine as engine_in_use
from lumbung.search.health import index_is_fit
from lumbung.search.interface import Condition, NotReady
from lumbung.search.opensearch import writer
from lumbung.search.opensearch.address import Address, address_of
from lumbung.search.opensearch.client import Client, Declined
from lumbung.search.opensearch.engine import OpenSearchEngine
from lumbung.search.tests.conftest import book, clear_away
from tools import opensearch

pytestmark = pytest.mark.django_db


def test_one_address_says_all(tmp_path):
    ca = tmp_path / "ca.pem"
    ca.touch()
    assert address_of(f"https://ani:r%40hasia@satu,dua:9201/perpus?ca={ca}&replicas=0&shards=3&timeout=4") == Address(
        hosts=("https://satu:9200", "https://dua:9201"),
        name="perpus",
        user="ani",
        password="r@hasia",
        ca=str(ca),
        timeout=4,
        shards=3,
        replicas=0,
    )
    assert address_of("http://[::1]").hosts == ("http://[::1]:9200",)


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("satu:9200", "does not begin with https://"),
        ("https://satu,,dua", "empty host"),
        ("https://satu:banyak", "Port"),
        ("https://satu/Perpus", "cannot be the name of an index"),
        ("https://satu?ca=/tidak/ada.pem", "are not in /tidak/ada.pem"),
        ("https://satu?verify=mungkin", "true or false"),
        ("https://satu?shards=0", "shards in the search address is a number from 1"),
        ("https://satu?warna=biru", "knows no warna"),
    ],
)
def test_a_wrong_address_is_named(url, wrong):
    with pytest.raises(ValueError, match=wrong):
        address_of(url)


@pytest.fixture
def cluster(cluster_address):
    """An engine with an index of its own name."""
    engine = OpenSearchEngine(cluster_address)
    with engine.rebuilding():
        pass
    return engine


@pytest.fixture
def indices(cluster_address):
    """The names of all indices there are of this name."""
    client = Client(cluster_address)
    return lambda: list(client.ask("GET", f"{cluster_address.name}-v*/_alias"))


def keep(engine, *documents):
    engine.index(documents)
    engine.commit()


def test_what_was_read_earlier_never_takes_the_place_of_what_was_read_later(cluster, cluster_address):
    late = OpenSearchEngine(cluster_address)
    keep(cluster, book(1, "Baru", read_at=20), book(2, "Ada", read_at=20))
    cluster.remove([3], read_at=20)
    late.index([book(1, "Lama", read_at=10), book(3, "Sudah dihapus", read_at=10)])
    late.remove([2], read_at=10)
    late.commit()
    assert list(cluster.find(Query("baru")).keys) == [1]
    assert cluster.versions(1, 9).keys() == {1, 2}


def test_a_rebuild_leaves_one_index_and_removes_what_a_killed_one_left(cluster, cluster_address, indices):
    Client(cluster_address).ask("PUT", f"{cluster_address.name}-v3-sisa")
    with cluster.rebuilding() as add:
        assert len(indices()) == 2
        add([book(1, "Padi")])
    assert len(indices()) == 1
    with pytest.raises(ZeroDivisionError), cluster.rebuilding():
        raise ZeroDivisionError
    assert len(indices()) == 1
    assert cluster.find(Query()).total == 1


def test_those_with_the_older_program_search_on_until_the_newer_index_is_whole(cluster, cluster_address, indices, monkeypatch):
    keep(cluster, book(1, "Padi"))
    monkeypatch.setattr(fields, "VERSION", fields.VERSION + 1)
    newer = OpenSearchEngine(cluster_address)
    assert (newer.condition(), newer.is_in_order()) == (Condition.OUTDATED, True)
    with pytest.raises(NotReady):
        newer.find(Query())
    with newer.rebuilding() as add:
        add([book(1, "Padi"), book(2, "Jagung")])
        assert cluster.find(Query()).total == 1
    assert (newer.find(Query()).total, newer.condition()) == (2, Condition.READY)
    with pytest.raises(NotReady):
        cluster.index([book(3, "Ubi")])
    assert len(indices()) == 1


def test_many_versions_are_read_in_stretches(cluster, monkeypatch):
    monkeypatch.setattr("lumbung.search.opensearch.engine.STRETCH", 3)
    keep(cluster, *(book(key, "sama", version=key * 10) for key in range(1, 9)))
    assert cluster.versions(2, 7) == {key: key * 10 for key in range(2, 8)}


def test_a_long_question_in_brackets_is_answered(cluster):
    keep(cluster, book(1, "satu dua tiga"))
    assert cluster.find(Query("(" * 30 + "satu OR tidak" + ")" * 30)).total in {0, 1}
    assert cluster.find(Query(" ".join(["satu-dua"] * 60))).total == 1


def test_a_host_that_is_away_is_passed_over(cluster, cluster_address):
    away = "http://127.0.0.1:1"
    other = OpenSearchEngine(Address(hosts=(away, *cluster_address.hosts, away), name=cluster_address.name))
    assert [other.find(Query()).total for _ in range(6)] == [0] * 6


def test_when_no_host_answers_there_is_no_index_to_ask_and_the_doctor_says_so(settings):
    settings.SEARCH_URL = "http://127.0.0.1:1"
    with pytest.raises(NotReady):
        engine_in_use().find(Query())
    with pytest.raises(NotReady), domain.rebuilding():
        pass
    [trouble] = index_is_fit()
    assert trouble.what.startswith("Klaster pencarian tidak menjawab")


def test_a_cluster_that_does_not_answer_is_not_taken_for_one_that_lost_its_index(cluster_address):
    assert OpenSearchEngine(Address(hosts=("http://127.0.0.1:1",), name=cluster_address.name)).is_in_order()


def test_a_wrong_password_or_name_is_told_as_the_cluster_tells_it(cluster_address):
    with pytest.raises(Declined) as declined:
        Client(cluster_address).ask("GET", "tidak-ada/_search")
    assert (declined.value.status, declined.value.kind) == (404, "index_not_found_exception")


def test_one_of_two_nodes_may_die_while_it_is_written_to(search_cluster, monkeypatch):
    with opensearch.cluster(nodes=2) as (first, second):
        address = address_of(f"{second.url},{first.url.removeprefix('http://')}/berdua")
        engine = OpenSearchEngine(address)
        with engine.rebuilding() as add:
            add([book(1, "Padi")])
        monkeypatch.setattr(writer, "MOST_ACTIONS", 50)
        engine.index(_killing_amid(second, (book(key, f"Padi gogo {key}") for key in range(2, 402))))
        engine.commit()
        assert engine.find(Query("padi")).total == 401
        keep(engine, book(500, "Padi ketan"))
        assert engine.find(Query("padi")).total == 402
        clear_away(address)


def _killing_amid(node, documents):
    """The documents; amid them the node dies, as in a power cut."""
    for place, document in enumerate(documents):
        if place == 200:
            node.kill()
        yield document
