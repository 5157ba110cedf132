"""A cluster behind TLS and a password, a cluster that is too busy, one that dies while it is written to, one that lost its index."""

import secrets
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from urllib.parse import quote

import pytest

from lumbung.search.documents import Query
from lumbung.search.health import index_is_fit
from lumbung.search.interface import Condition, NotReady
from lumbung.search.opensearch import presence, store, writer
from lumbung.search.opensearch.address import Address, address_of
from lumbung.search.opensearch.client import Client, Declined
from lumbung.search.opensearch.engine import OpenSearchEngine
from lumbung.search.tests.conftest import book, clear_away
from lumbung.search.tests.edge import PASSWORD, USER, Edge, edge_before
from tools import opensearch

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def guarded(search_cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Edge, str]]:
    """The edge, and the address of a library behind it as an operator writes it."""
    with edge_before(search_cluster, tmp_path_factory.mktemp("edge")) as (edge, certificate):
        name = f"uji-{secrets.token_hex(4)}"
        yield edge, f"https://{USER}:{quote(PASSWORD)}@{edge.host}/{name}?ca={certificate}&timeout=5"
        clear_away(address_of(f"{search_cluster}/{name}"))


def engine_at(address: str) -> OpenSearchEngine:
    engine = OpenSearchEngine(address_of(address))
    if engine.condition() is Condition.MISSING:
        with engine.rebuilding() as add:
            add([book(1, "Padi")])
    return engine


def test_a_library_is_searched_and_written_through_tls_with_a_password(guarded):
    engine = engine_at(guarded[1])
    engine.index([book(2, "Padi gogo")])
    engine.commit()
    assert list(engine.find(Query("padi")).keys) == [1, 2]


def test_a_wrong_password_finds_nothing_and_the_doctor_says_where_to_look(guarded, settings):
    wrong = guarded[1].replace(quote(PASSWORD), "keliru")
    with pytest.raises(Declined) as declined:
        OpenSearchEngine(address_of(wrong)).find(Query("padi"))
    assert (declined.value.status, str(declined.value)) == (401, "401 : Unauthorized")
    settings.SEARCH_URL = wrong
    [trouble] = index_is_fit()
    assert "menolak" in trouble.what
    assert "LUMBUNG_SEARCH_URL" in trouble.mend


def test_a_certificate_that_is_not_trusted_is_not_trusted_unless_it_is_said_so(guarded):
    address = guarded[1].partition("?")[0]
    with pytest.raises(NotReady, match="certificate"):
        OpenSearchEngine(address_of(address)).find(Query("padi"))
    engine_at(guarded[1])
    assert OpenSearchEngine(address_of(f"{address}?verify=false")).condition() is Condition.READY


def test_a_cluster_that_is_busy_for_a_moment_is_asked_again_and_not_for_ever(guarded):
    edge, address = guarded
    engine = engine_at(address)
    edge.busy, before = 2, edge.asked
    assert engine.find(Query("padi")).total >= 1
    assert edge.asked - before == 3
    edge.busy, before = 99, edge.asked
    with pytest.raises(NotReady, match="busy"):
        engine.find(Query("padi"))
    assert edge.asked - before == 3
    edge.busy = 0
    assert engine.find(Query("padi")).total >= 1


def test_an_index_that_is_gone_is_missed_not_made_by_a_slip_and_comes_back_by_a_rebuild(cluster_address: Address):
    engine = OpenSearchEngine(cluster_address)
    with engine.rebuilding() as add:
        add([book(1, "Padi")])
    client = Client(cluster_address)
    [name] = client.ask("GET", f"{cluster_address.name}-v*/_alias")
    client.ask("DELETE", name)
    assert engine.condition() is Condition.MISSING
    with pytest.raises(NotReady, match=f"has no index {cluster_address.name}-v"):
        engine.find(Query("padi"))
    assert not engine.is_in_order()
    for ask in (lambda: engine.find(Query("padi")), lambda: engine.index([book(2, "Jagung")]), lambda: engine.remove([1])):
        with pytest.raises(NotReady):
            ask()
    assert client.ask("GET", f"{cluster_address.name}-v*/_alias") == {}
    with engine.rebuilding() as add:
        add([book(1, "Padi")])
    assert (engine.condition(), engine.find(Query("padi")).total, engine.is_in_order()) == (Condition.READY, 1, True)


def test_a_node_that_comes_back_empty_is_noticed_and_one_that_is_away_is_waited_for(guarded, search_cluster, monkeypatch):
    monkeypatch.setattr(presence, "LOOK_EVERY", 0.0)
    edge, address = guarded
    engine = OpenSearchEngine(address_of(address.replace("/uji-", "/uji-kosong-")))
    try:
        with opensearch.cluster() as [node]:
            edge.behind = node.url
            with engine.rebuilding() as add:
                add([book(1, "Padi")])
            assert engine.is_in_order()
            node.kill()
            assert (engine.condition(), engine.is_in_order()) == (Condition.UNREACHABLE, True)
    finally:
        edge.behind = search_cluster
    time.sleep(1.5)  # a host that failed rests for a moment
    assert (engine.is_in_order(), engine.condition()) == (False, Condition.MISSING)
    with engine.rebuilding() as add:
        add([book(1, "Padi")])
    assert (engine.is_in_order(), engine.find(Query("padi")).total) == (True, 1)
    clear_away(address_of(address.replace("/uji-", "/uji-kosong-")))


def test_what_is_known_to_be_lost_stays_lost_while_the_cluster_is_silent(monkeypatch):
    monkeypatch.setattr(presence, "LOOK_EVERY", 0.0)
    seen: list[bool | NotReady] = [True, NotReady(), False, NotReady(), NotReady(), True]

    def look() -> bool:
        if isinstance(now := seen.pop(0), NotReady):
            raise now
        return now

    looks = presence.Presence(look, "perpus")
    assert [looks.is_there() for _ in range(6)] == [True, True, False, False, False, True]


def test_an_index_of_which_a_dead_node_had_a_part_is_waited_for_and_then_built_anew_on_those_that_are_left(
    monkeypatch, settings
):
    monkeypatch.setattr(presence, "LOOK_EVERY", 0.0)
    with opensearch.cluster(nodes=2) as (first, second):
        settings.SEARCH_URL = f"{first.url}/separuh?shards=2&replicas=0"
        engine = OpenSearchEngine(address_of(settings.SEARCH_URL))
        with engine.rebuilding() as add:
            add(books(0, 20))
        second.kill()
        wait_for(engine, Condition.UNREACHABLE)
        assert engine.is_in_order()
        for ask in (lambda: engine.find(Query("judul")), lambda: engine.versions(1, 20), engine.highest_key):
            with pytest.raises(NotReady):
                ask()
        monkeypatch.setattr(store, "GIVEN_UP_AFTER", 0)
        assert (engine.condition(), engine.is_in_order()) == (Condition.LOST, False)
        [trouble] = index_is_fit()
        assert (trouble.what.startswith("Sebagian indeks pencarian hilang"), "reindex" in trouble.mend) == (True, True)
        with engine.rebuilding() as add:
            add(books(0, 20))
        assert (engine.condition(), engine.is_in_order(), engine.find(Query("judul")).total) == (Condition.READY, True, 20)


def wait_for(engine: OpenSearchEngine, condition: Condition) -> None:
    """Until the cluster noticed; at most some seconds."""
    for _ in range(100):
        if engine.condition() is condition:
            return
        time.sleep(0.1)
    raise AssertionError(f"the index is {engine.condition()}")


def test_a_node_without_room_takes_all_in_the_end_and_one_that_dies_amid_the_writing_is_not_believed(
    monkeypatch, search_cluster
):
    monkeypatch.setattr(writer, "MOST_ACTIONS", 20)
    turned_away = count_what_is_turned_away(monkeypatch)
    with opensearch.cluster(settings={"thread_pool.write.size": "1", "thread_pool.write.queue_size": "1"}) as [node]:
        engine = OpenSearchEngine(address_of(f"{node.url}/sempit?timeout=5"))
        with engine.rebuilding():
            pass
        with ThreadPoolExecutor(12) as writers:
            list(writers.map(lambda part: engine.index(books(part * 200, 200)), range(12)))
        engine.commit()
        assert engine.find(Query()).total == 2_400
        assert next(turned_away) > 0

        def dying() -> Iterator[object]:
            for place, each in enumerate(books(5_000, 400)):
                if place == 200:
                    node.kill()
                yield each

        began = time.monotonic()
        with pytest.raises(NotReady):
            engine.index(dying())
        with pytest.raises(NotReady):
            engine.find(Query())
        assert (engine.condition(), time.monotonic() - began < 30) == (Condition.UNREACHABLE, True)


def books(first: int, number: int) -> Iterator[object]:
    return (book(key, f"Judul {key}") for key in range(first + 1, first + number + 1))


def count_what_is_turned_away(monkeypatch) -> "count[int]":
    """A counter that grows with every document the cluster had no room for."""
    turned_away = count()
    take = writer.Writer._not_taken

    def taken(self: writer.Writer, actions: list[bytes]) -> list[bytes]:
        again = take(self, actions)
        for _ in again:
            next(turned_away)
        return again

    monkeypatch.setattr(writer.Writer, "_not_taken", taken)
    return turned_away
