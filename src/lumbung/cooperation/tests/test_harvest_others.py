"""Records of other repositories come in, follow what happens there, and go again; whatever the other side does, ours goes on."""

import gzip

import pytest

from lumbung.catalogue.domain.records import change_record, remove_record, set_suppressed
from lumbung.catalogue.models import Record
from lumbung.catalogue.tests.factories import a_record, an_item, marc_of
from lumbung.cooperation.domain.rules import change_sharing_rules
from lumbung.cooperation.domain.sharing import refresh, share_all
from lumbung.cooperation.domain.sources import asking
from lumbung.cooperation.domain.sources.course import harvest
from lumbung.cooperation.domain.sources.keeping import add_source, remove_source, undo_source
from lumbung.cooperation.models import Source, SourceRecord, SourceTrouble
from lumbung.cooperation.tests.asking import asked, identifiers
from lumbung.cooperation.tests.repository import a_dc, a_tombstone, repository
from lumbung.formats.oai_pmh.reading import NotOai, read_list
from lumbung.kernel.refusals import Refused
from lumbung.kernel.remembered import forget_everything

__all__ = ["repository"]


@pytest.fixture
def source(repository, db) -> Source:
    return add_source(name="Repo Tetangga", address=repository.address, by=None)


def titles() -> list[str]:
    return list(Record.objects.order_by("title").values_list("title", flat=True))


@pytest.mark.django_db
def test_a_repository_is_harvested_and_later_only_what_changed_with_deletions(source, repository):
    repository.pages = [
        a_dc(1, "Satu") + a_dc(2, "Dua") + "<resumptionToken>t1</resumptionToken>",
        a_dc(3, "Tiga") + "<resumptionToken/>",
    ]
    harvest(source.pk)
    assert titles() == ["Dua", "Satu", "Tiga"]
    assert repository.asked[1:] == [
        {"verb": "ListRecords", "metadataPrefix": "oai_dc"},
        {"verb": "ListRecords", "resumptionToken": "t1"},
    ]
    repository.asked.clear()
    repository.date = "2026-03-02T10:00:00Z"
    repository.pages = [a_tombstone(1) + a_dc(2, "Dua baru")]
    done = harvest(source.pk)
    assert titles() == ["Dua baru", "Tiga"]
    assert repository.asked[1] == {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-03-01T10:00:00Z"}
    assert (done.added, done.changed, done.removed, done.failure, done.since) == (3, 1, 1, "", "2026-03-02T10:00:00Z")


@pytest.mark.django_db
def test_a_harvested_record_names_its_source_and_opens_there(source, repository, client):
    repository.pages = [a_dc(1, "Satu")]
    harvest(source.pk)
    record = Record.objects.get()
    link = record.marc_record.first("856")
    assert (link.get("u"), link.get("3")) == ("https://repo.example/1", "Buka di Repo Tetangga")
    assert record.marc_record.first("588").get("a") == "Dipanen dari Repo Tetangga (oai:repo:1)"
    page = client.get(f"/records/{record.pk}").content.decode()
    assert "Buka di Repo Tetangga" in page
    assert 'href="https://repo.example/1"' in page


@pytest.mark.django_db
def test_what_came_from_a_source_is_not_handed_on_as_ours(source, repository):
    repository.pages = [a_dc(1, "Satu")]
    harvest(source.pk)
    own = a_record("Milik kami")
    share_all()
    assert identifiers(asked(verb="ListIdentifiers", metadataPrefix="oai_dc")) == [f"oai:lumbung.localdomain:{own.pk}"]


@pytest.mark.django_db
def test_a_harvest_that_broke_off_goes_on_where_it_was(source, repository):
    repository.pages = [a_dc(1, "Satu") + "<resumptionToken>t1</resumptionToken>", (500, "rusak", {})]
    broken = harvest(source.pk)
    assert (titles(), broken.failure, broken.token) == (["Satu"], "status", "t1")
    repository.asked.clear()
    repository.pages = [a_dc(2, "Dua")]
    done = harvest(source.pk)
    assert (titles(), done.failure, done.token) == (["Dua", "Satu"], "", "")
    assert repository.asked == [{"verb": "ListRecords", "resumptionToken": "t1"}]


@pytest.mark.django_db
def test_a_token_that_ran_out_makes_it_begin_anew_from_the_last_whole_harvest(source, repository):
    Source.objects.filter(pk=source.pk).update(token="lama", began="2026-02-02T00:00:00Z", since="2026-02-01T00:00:00Z")
    repository.pages = ['<error code="badResumptionToken">expired</error>', a_dc(1, "Satu")]
    assert harvest(source.pk).failure == ""
    assert repository.asked[1] == {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-02-01T00:00:00Z"}


@pytest.mark.django_db
def test_one_bad_record_is_set_aside_and_told_and_the_others_come_in(source, repository):
    untitled = a_dc(2, "").replace("<dc:title></dc:title>", "")
    repository.pages = [a_dc(1, "Satu") + untitled + a_dc(3, "Tiga")]
    harvest(source.pk)
    assert titles() == ["Satu", "Tiga"]
    assert [each.identifier for each in SourceTrouble.objects.all()] == ["oai:repo:2"]
    Source.objects.filter(pk=source.pk).update(since="")
    repository.pages = [a_dc(2, "Dua")]
    harvest(source.pk)
    assert (titles(), SourceTrouble.objects.count()) == (["Dua", "Satu", "Tiga"], 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "failure"),
    [
        ((200, "bukan xml", {}), "nonsense"),
        (
            (200, '<!DOCTYPE a [<!ENTITY x "y">]><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">&x;</OAI-PMH>', {}),
            "nonsense",
        ),
        ((200, "<html/>", {}), "nonsense"),
        ((404, "", {}), "status"),
        ((503, "", {"Retry-After": "120"}), "declined"),
        ((429, "", {"Retry-After": "Wed, 02 Dec 2026 07:28:00 GMT"}), "declined"),
        ((302, "", {"Location": "http://10.0.0.1/oai"}), "internal"),
        ('<error code="badArgument">no</error>', "declined"),
        ('<error code="cannotDisseminateFormat">no</error>', "declined"),
    ],
)
def test_whatever_the_other_side_answers_is_told_and_nothing_breaks(source, repository, page, failure):
    repository.pages = [page]
    done = harvest(source.pk)
    assert (done.failure, Record.objects.count()) == (failure, 0)
    assert (done.not_before is not None) == (failure == "declined" and isinstance(page, tuple))


@pytest.mark.django_db
@pytest.mark.parametrize(("takes_get", "packs"), [(True, False), (False, True), (False, False)])
def test_a_source_is_asked_by_post_where_it_takes_no_get_and_may_pack_its_answers_or_not(source, repository, takes_get, packs):
    repository.takes_get, repository.packs = takes_get, packs
    repository.pages = [a_dc(1, "Satu") + "<resumptionToken>a b&amp;c</resumptionToken>", a_dc(2, "Dua")]
    assert harvest(source.pk).failure == ""
    assert titles() == ["Dua", "Satu"]
    assert repository.asked[-1] == {"verb": "ListRecords", "resumptionToken": "a b&c"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("packed", "failure"),
    [
        (gzip.compress(b"x" * 2_000, mtime=0)[:-9], "broken"),
        (b"tidak dipadatkan", "broken"),
        (gzip.compress(b"x" * 2_001, mtime=0), "too_large"),
    ],
)
def test_what_is_packed_badly_or_far_too_much_of_it_is_told(source, repository, monkeypatch, packed, failure):
    repository.packs = False
    repository.pages = [(200, packed, {"Content-Encoding": "gzip"})]
    monkeypatch.setattr(asking, "LARGEST", 2_000)
    assert harvest(source.pk).failure == failure


@pytest.mark.django_db
def test_the_same_token_for_ever_ends_the_harvest(source, repository):
    repository.pages = [a_dc(1, "Satu") + "<resumptionToken>t1</resumptionToken>"]
    done = harvest(source.pk)
    assert (done.failure, done.failure_detail) == ("nonsense", "the same token again")


@pytest.mark.django_db
def test_an_address_in_our_own_network_is_not_asked(settings, db):
    settings.INTERNAL_TARGETS = []
    source = add_source(name="Dalam", address="http://127.0.0.1:1/oai", by=None)
    assert harvest(source.pk).failure == "internal"


@pytest.mark.django_db
def test_nothing_new_is_no_failure(source, repository):
    repository.pages = ['<error code="noRecordsMatch">none</error>']
    done = harvest(source.pk)
    assert (done.failure, done.since) == ("", "2026-03-01T10:00:00Z")


@pytest.mark.django_db
def test_what_people_changed_here_stays_theirs(source, repository):
    repository.pages = [a_dc(1, "Satu") + a_dc(2, "Dua")]
    harvest(source.pk)
    first, second = Record.objects.order_by("pk")
    change_record(first, marc_of("Satu, disunting"), version=1, by=None)
    repository.pages = [a_dc(1, "Satu versi sana") + a_tombstone(2)]
    an_item(second, "B-1")
    harvest(source.pk)
    assert titles() == ["Dua", "Satu, disunting"]


@pytest.mark.django_db
def test_what_people_took_out_here_does_not_come_back(source, repository):
    repository.pages = [a_dc(1, "Satu")]
    harvest(source.pk)
    remove_record(Record.objects.get(), by=None)
    repository.pages = [a_dc(1, "Satu baru")]
    harvest(source.pk)
    assert titles() == []


@pytest.mark.django_db
def test_all_that_came_can_be_taken_out_again_but_what_is_in_use(source, repository):
    repository.pages = [a_dc(1, "Satu") + a_dc(2, "Dua") + a_dc(3, "Tiga")]
    harvest(source.pk)
    first, second, _ = Record.objects.order_by("pk")
    set_suppressed(first, True, by=None)
    an_item(second, "B-1")
    with pytest.raises(Refused):
        remove_source(source, by=None)
    assert undo_source(source, by=None) == (1, 2)
    assert (titles(), SourceRecord.objects.count()) == (["Dua", "Satu"], 0)
    remove_source(source, by=None)
    assert not Source.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_nodes_speak_marc_with_each_other(live_server, settings):
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    change_sharing_rules(page_size=10, by=None)
    records = [a_record(f"Judul {at}") for at in range(15)]
    refresh([each.pk for each in records])
    forget_everything()
    source = add_source(name="Node lain", address=f"{live_server.url}/oai", prefix="marc21", by=None)
    done = harvest(source.pk)
    assert (done.failure, done.added) == ("", 15)
    copied = Record.objects.exclude(pk__in=[each.pk for each in records]).order_by("pk")
    assert [each.title for each in copied] == [each.title for each in records]
    assert copied[0].marc_record.first("856").get("u") == f"{live_server.url}/records/{records[0].pk}"
    assert done.since != ""


def test_a_page_without_headers_is_no_answer():
    with pytest.raises(NotOai):
        read_list(b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record/></ListRecords></OAI-PMH>')


def test_staff_set_sources_up_and_others_do_not(client, sari, ani, signed_in, db):
    assert client.get("/staff/sources").status_code == 302
    assert signed_in(client, ani.user).get("/staff/sources").status_code == 403
    desk = signed_in(client, sari)
    assert "Belum ada sumber" in desk.get("/staff/sources").content.decode()
    wrong = desk.post("/staff/sources/new", {"name": "", "address": "bukan", "prefix": "oai_dc"})
    assert wrong.status_code == 422
    told = {
        "name": "Repo",
        "address": "https://repo.example.ac.id/oai",
        "prefix": "marc21",
        "set_name": "",
        "switched_on": "on",
    }
    page = desk.post("/staff/sources/new", told, follow=True)
    assert "belum pernah" in page.content.decode()
    source = Source.objects.get()
    for path in ("undo", "harvest"):
        assert desk.post(f"/staff/sources/{source.pk}/{path}", follow=True).status_code == 200
    assert "Repo" in desk.get("/staff/sources").content.decode()
    desk.post(f"/staff/sources/{source.pk}/remove")
    assert not Source.objects.exists()
