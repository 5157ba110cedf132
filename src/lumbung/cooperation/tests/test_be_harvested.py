"""OAI-PMH as harvesters ask it: every verb, every error, tombstones, sets, dates and pages."""

import gzip
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core.signing import Signer
from django.test import Client

from lumbung.accounts.domain.rates import Allowance
from lumbung.catalogue.domain.mergers import merge_records
from lumbung.catalogue.domain.records import add_record, change_record, remove_record, set_suppressed
from lumbung.catalogue.models import Record
from lumbung.catalogue.tests.factories import a_record, marc_of
from lumbung.cooperation.domain.rules import change_sharing_rules
from lumbung.cooperation.domain.sharing import refresh, share_all
from lumbung.cooperation.gateways.oai import views
from lumbung.cooperation.models import HarvestVisit, SharedRecord
from lumbung.cooperation.tests.asking import (
    OAI,
    asked,
    codes,
    datestamps,
    identifiers,
    number,
    statuses,
    texts,
    thesis_marc,
    token_of,
)
from lumbung.formats.marc import Field
from lumbung.kernel import clock
from lumbung.organization.models import Faculty, StudyProgramme

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 1, 12, 0, 0, tzinfo=UTC)


def shared(*titles: str) -> list[Record]:
    records = [a_record(title) for title in titles]
    refresh([each.pk for each in records])
    return records


def after(page: Any) -> Any:
    """The page behind this one."""
    return asked(verb="ListRecords", resumptionToken=token_of(page) or "")


def test_identify_tells_who_we_are_at_the_address_that_was_called():
    with clock.stopped_at(NOON):
        [record] = shared("Bumi manusia")
        root = asked(verb="Identify")
    sample = root.find(".//{http://www.openarchives.org/OAI/2.0/oai-identifier}sampleIdentifier").text
    assert statuses(asked(verb="GetRecord", identifier=sample, metadataPrefix="oai_dc")) == {str(record.pk): None}
    told = {each.tag.removeprefix(OAI): each.text for each in root.find(f"{OAI}Identify")}
    assert told["baseURL"] == "http://testserver/oai"
    assert told["protocolVersion"] == "2.0"
    assert told["deletedRecord"] == "persistent"
    assert told["granularity"] == "YYYY-MM-DDThh:mm:ssZ"
    assert told["earliestDatestamp"] == "2026-05-01T12:00:01Z"
    assert told["adminEmail"] == "perpustakaan@lumbung.localdomain"
    assert root.find(f"{OAI}request").text == "http://testserver/oai"
    assert asked("/oai2.php", verb="Identify").find(f".//{OAI}baseURL").text == "http://testserver/oai2.php"


@pytest.mark.parametrize("path", ["/oai", "/oai/request", "/cgi/oai2", "/oai2.php", "/oai2", "/oai/oai2.aspx"])
def test_the_addresses_of_other_systems_answer_too(path):
    [record] = shared("Bumi manusia")
    assert identifiers(asked(path, verb="ListIdentifiers", metadataPrefix="oai_dc")) == [number(record)]


def test_a_question_by_post_is_answered_like_one_by_get():
    [record] = shared("Bumi manusia")
    asked_by_get = asked(verb="GetRecord", identifier=number(record), metadataPrefix="oai_dc")
    asked_by_post = asked(post=True, verb="GetRecord", identifier=number(record), metadataPrefix="oai_dc")
    assert texts(asked_by_post, "title") == texts(asked_by_get, "title") == ["Bumi manusia"]
    assert asked_by_post.find(f"{OAI}request").attrib == {
        "verb": "GetRecord",
        "identifier": number(record),
        "metadataPrefix": "oai_dc",
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["badVerb"]),
        ("?verb=", ["badVerb"]),
        ("?verb=Tidak", ["badVerb"]),
        ("?verb=Identify&verb=Identify", ["badVerb"]),
        ("?verb=Identify&metadataPrefix=oai_dc", ["badArgument"]),
        ("?verb=GetRecord", ["badArgument", "badArgument"]),
        ("?verb=GetRecord&identifier=a", ["badArgument"]),
        ("?verb=GetRecord&identifier=oai:x:1&metadataPrefix=oai_dc&metadataPrefix=oai_dc", ["badArgument"]),
        ("?verb=GetRecord&identifier=invalid%22id&metadataPrefix=oai_dc", ["idDoesNotExist"]),
        ("?verb=GetRecord&identifier=oai:lumbung.localdomain:x&metadataPrefix=oai_dc", ["idDoesNotExist"]),
        ("?verb=ListMetadataFormats&identifier=oai:lumbung.localdomain:99", ["idDoesNotExist"]),
        ("?verb=ListRecords", ["badArgument"]),
        ("?verb=ListRecords&metadataPrefix=", ["badArgument"]),
        ("?verb=ListRecords&metadataPrefix=tak_ada", ["cannotDisseminateFormat"]),
        ("?verb=ListRecords&metadataPrefix=a%20b", ["badArgument"]),
        ("?verb=ListRecords&metadataPrefix=oai_dc&set=tak_ada", ["noRecordsMatch"]),
        ("?verb=ListRecords&metadataPrefix=oai_dc&set=type:map", ["noRecordsMatch"]),
        ("?verb=ListRecords&metadataPrefix=oai_dc&set=a%20b", ["badArgument"]),
        ("?verb=ListRecords&metadataPrefix=oai_dc&from=2026-13-01", ["badArgument"]),
        ("?verb=ListRecords&metadataPrefix=oai_dc&from=2026-05-01T12:00Z", ["badArgument"]),
        ("?verb=ListRecords&metadataPrefix=oai_dc&from=2026-05-01T12:00:00%2B07:00", ["badArgument"]),
        ("?verb=ListRecords&metadataPrefix=oai_dc&from=2026-05-01&until=2026-05-01T12:00:00Z", ["badArgument"]),
        ("?verb=ListRecords&metadataPrefix=oai_dc&from=2026-05-02&until=2026-05-01", ["badArgument"]),
        ("?verb=ListRecords&metadataPrefix=oai_dc&until=1990-01-01", ["noRecordsMatch"]),
        ("?verb=ListRecords&metadataPrefix=oai_dc&from=2999-01-01", ["noRecordsMatch"]),
        ("?verb=ListRecords&resumptionToken=palsu", ["badResumptionToken"]),
        ("?verb=ListRecords&resumptionToken=", ["badResumptionToken"]),
        ("?verb=ListRecords&resumptionToken=palsu&metadataPrefix=oai_dc", ["badArgument"]),
        ("?verb=ListIdentifiers&resumptionToken=palsu", ["badResumptionToken"]),
        ("?verb=ListSets&resumptionToken=palsu", ["badResumptionToken"]),
        ("?verb=ListRecords&metadataPrefix=oai_dc&lain=1", ["badArgument"]),
        ("?verb=ListRecords&metadataPrefix=oai_etdms", ["noRecordsMatch"]),
        ("?verb=GetRecord&identifier=%01%EF%BF%BF&metadataPrefix=oai_dc", ["idDoesNotExist"]),
        ("?verb=GetRecord&identifier=%FF%FE&metadataPrefix=oai_dc", ["idDoesNotExist"]),
    ],
)
def test_every_wrong_question_gets_its_error(query, expected):
    shared("Bumi manusia")
    root = asked(query=query)
    assert codes(root) == expected
    assert bool(root.find(f"{OAI}request").attrib) is not bool({"badVerb", "badArgument"} & set(expected))


def test_a_record_that_is_hidden_removed_or_merged_stays_as_deleted():
    hidden, removed, gone, kept, never = shared("Tersembunyi", "Dihapus", "Ganda", "Tetap", "Ya")
    never_shown = a_record("Tak pernah tampak")
    set_suppressed(never_shown, True, by=None)
    set_suppressed(hidden, True, by=None)
    keys = [each.pk for each in (hidden, removed, gone, kept, never, never_shown)]
    merge_records(gone, into=kept, made=kept.marc_record, versions=(gone.version, kept.version), by=None)
    remove_record(removed, by=None)
    refresh(keys)
    told = statuses(asked(verb="ListRecords", metadataPrefix="oai_dc"))
    assert told == {str(key): "deleted" if at < 3 else None for at, key in enumerate(keys[:5])}
    alone = asked(verb="GetRecord", identifier=f"oai:lumbung.localdomain:{keys[1]}", metadataPrefix="oai_dc")
    assert statuses(alone) == {str(keys[1]): "deleted"}
    assert alone.find(f".//{OAI}metadata") is None
    assert [each.text for each in alone.iter(f"{OAI}setSpec")] == ["type", "type:book", "access", "access:library"]


def test_a_hidden_record_that_is_shown_again_is_there_again_with_a_new_datestamp():
    [record] = shared("Bumi manusia")
    with clock.stopped_at(NOON):
        set_suppressed(record, True, by=None)
        refresh([record.pk])
    with clock.stopped_at(NOON + timedelta(hours=1)):
        set_suppressed(record, False, by=None)
        refresh([record.pk])
        root = asked(verb="ListRecords", metadataPrefix="oai_dc", from_="2026-05-01T13:00:00Z")
    assert (statuses(root), datestamps(root)) == ({str(record.pk): None}, {str(record.pk): "2026-05-01T13:00:01Z"})


def test_datestamps_move_when_what_is_served_moves_and_only_then():
    with clock.stopped_at(NOON):
        record, other = shared("Bumi manusia", "Larasati")
    with clock.stopped_at(NOON + timedelta(days=1)):
        change_record(record, marc_of("Bumi manusia", Field("520", subfields=[("a", "Roman.")])), version=1, by=None)
        assert share_all() == 1
    assert datestamps(asked(verb="ListIdentifiers", metadataPrefix="oai_dc")) == {
        str(other.pk): "2026-05-01T12:00:01Z",
        str(record.pk): "2026-05-02T12:00:01Z",
    }


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2026-05-01", "2026-05-01", [0, 1]),
        ("2026-05-01", None, [0, 1, 2]),
        (None, "2026-05-01", [0, 1]),
        ("2026-05-02", None, [2]),
        ("2026-05-01T12:00:01Z", "2026-05-01T12:00:01Z", [0]),
        ("2026-05-01T12:00:02Z", "2026-05-01T23:59:59Z", [1]),
        (None, "2026-05-01T12:00:01Z", [0]),
    ],
)
def test_from_and_until_are_both_included_in_days_and_in_seconds(since, until, expected):
    records = []
    for moment in (NOON, datetime(2026, 5, 1, 23, 59, 58, tzinfo=UTC), datetime(2026, 5, 1, 23, 59, 59, tzinfo=UTC)):
        with clock.stopped_at(moment):
            records += shared(f"Judul {moment}")
    arguments = {name: value for name, value in (("from", since), ("until", until)) if value}
    root = asked(verb="ListIdentifiers", metadataPrefix="oai_dc", **arguments)
    assert identifiers(root) == [number(records[at]) for at in expected]


def test_pages_follow_each_other_by_tokens_that_say_how_far_one_is():
    change_sharing_rules(page_size=10, by=None)
    records = shared(*(f"Judul {at}" for at in range(25)))
    first = asked(verb="ListRecords", metadataPrefix="oai_dc")
    second = asked(verb="ListRecords", resumptionToken=token_of(first))
    third = asked(verb="ListRecords", resumptionToken=token_of(second))
    assert [dict(each.find(f".//{OAI}resumptionToken").attrib) for each in (first, second, third)] == [
        {"completeListSize": "25", "cursor": "0"},
        {"completeListSize": "25", "cursor": "10"},
        {"completeListSize": "25", "cursor": "20"},
    ]
    assert token_of(third) == ""
    got = [each for page in (first, second, third) for each in identifiers(page)]
    assert got == [number(each) for each in records]
    again = asked(verb="ListRecords", resumptionToken=token_of(first))
    assert identifiers(again) == identifiers(second)


def test_a_token_is_refused_for_another_verb_or_when_a_sign_of_it_differs():
    change_sharing_rules(page_size=10, by=None)
    shared(*(f"Judul {at}" for at in range(11)))
    token = token_of(asked(verb="ListRecords", metadataPrefix="oai_dc")) or ""
    forged = token[:5] + ("A" if token[5] != "A" else "B") + token[6:]
    assert codes(asked(verb="ListIdentifiers", resumptionToken=token)) == ["badResumptionToken"]
    assert codes(asked(verb="ListRecords", resumptionToken=forged)) == ["badResumptionToken"]
    assert codes(asked(verb="ListRecords", resumptionToken=token[:-1])) == ["badResumptionToken"]


def test_a_token_of_an_older_kind_is_refused_as_one_that_was_not_given_out():
    shared("Bumi manusia")
    told = urlsafe_b64encode(b"ListRecords|oai_dc||||1777636801|5|10|0|25|1").decode().rstrip("=")
    older = Signer(salt="cooperation.oai", sep=".").sign(told)
    assert codes(asked(verb="ListRecords", resumptionToken=older)) == ["badResumptionToken"]


def test_a_record_that_changes_or_goes_while_a_harvest_runs_is_not_lost():
    change_sharing_rules(page_size=10, by=None)
    records = shared(*(f"Judul {at}" for at in range(25)))
    first = asked(verb="ListRecords", metadataPrefix="oai_dc")
    with clock.stopped_at(clock.now() + timedelta(minutes=1)):
        change_record(records[15], marc_of("Judul baru"), version=1, by=None)
        set_suppressed(records[16], True, by=None)
        refresh([records[15].pk, records[16].pk])
    second = asked(verb="ListRecords", resumptionToken=token_of(first))
    third = asked(verb="ListRecords", resumptionToken=token_of(second))
    told = [statuses(each) for each in (first, second, third)]
    assert {key for page in told for key in page} == {str(each.pk) for each in records}
    assert list(told[2].items())[-2:] == [(str(records[15].pk), None), (str(records[16].pk), "deleted")]
    assert "Judul baru" in texts(third, "title")


def test_what_changes_again_within_its_second_behind_a_harvester_comes_at_the_end_of_their_harvest():
    change_sharing_rules(page_size=10, by=None)
    with clock.stopped_at(NOON):
        records = shared(*(f"Judul {at}" for at in range(25)))
        first = asked(verb="ListRecords", metadataPrefix="oai_dc")
        set_suppressed(records[2], True, by=None)
        change_record(records[4], marc_of("Judul baru"), version=1, by=None)
        refresh([records[2].pk, records[4].pk])
        second = asked(verb="ListRecords", resumptionToken=token_of(first))
        set_suppressed(records[2], False, by=None)
        refresh([records[2].pk])
        third = asked(verb="ListRecords", resumptionToken=token_of(second))
    keys = [str(each.pk) for each in records]
    assert [*statuses(first), *statuses(second)] == [*keys[:2], keys[2], keys[3], keys[4], *keys[5:20]]
    assert statuses(third) == dict.fromkeys([*keys[20:], keys[4], keys[2]])
    assert texts(third, "title")[-2:] == ["Judul baru", "Judul 2"]
    assert (datestamps(third)[keys[4]], token_of(third)) == ("2026-05-01T12:00:01Z", "")
    since = next(first.iter(f"{OAI}responseDate")).text
    following = asked(verb="ListRecords", metadataPrefix="oai_dc", **{"from": since})
    assert number(records[2]) in {
        *identifiers(following),
        *identifiers(after(following)),
        *identifiers(after(after(following))),
    }


def test_what_is_removed_within_its_second_behind_a_harvester_comes_as_deleted_at_the_end():
    change_sharing_rules(page_size=10, by=None)
    with clock.stopped_at(NOON):
        records = shared(*(f"Judul {at}" for at in range(15)))
        keys = [str(each.pk) for each in records]
        first = asked(verb="ListRecords", metadataPrefix="oai_dc", set="type:book")
        remove_record(records[3], by=None)
        refresh(list(map(int, keys)))
        rest = after(first)
    assert statuses(rest) == {**dict.fromkeys(keys[10:]), keys[3]: "deleted"}


def test_a_list_whose_rest_has_changed_since_ends_well():
    change_sharing_rules(page_size=10, by=None)
    with clock.stopped_at(NOON):
        records = shared(*(f"Judul {at}" for at in range(11)))
    first = asked(verb="ListRecords", metadataPrefix="oai_dc", until="2026-05-01")
    change_record(records[10], marc_of("Judul baru"), version=1, by=None)
    refresh([records[10].pk])
    rest = asked(verb="ListRecords", resumptionToken=token_of(first))
    assert (identifiers(rest), token_of(rest)) == ([number(records[9])], "")


def test_sets_divide_by_type_class_faculty_programme_and_access():
    faculty = Faculty.objects.create(code="FAK TEKNIK", name="Fakultas Teknik")
    StudyProgramme.objects.create(code="55201", name="Teknik Informatika", level="S1", faculty=faculty)
    thesis = add_record(thesis_marc(), by=None)
    book = a_record("Fikih", Field("082", "0", "4", [("a", "2X4.1")]))
    refresh([thesis.pk, book.pk])
    named = [each.text for each in asked(verb="ListSets").iter(f"{OAI}setSpec")]
    assert len(named) == len(set(named))
    header = asked(verb="GetRecord", identifier=number(thesis), metadataPrefix="oai_dc").find(f".//{OAI}header")
    specs = [each.text for each in header.iter(f"{OAI}setSpec")]
    assert specs == [
        "type", "type:thesis", "faculty", "faculty:FAK-TEKNIK", "programme", "programme:55201", "access", "access:open",
        "openaire",
    ]  # fmt: skip
    assert set(specs) <= set(named)
    expected = {
        "type": [thesis, book], "type:thesis": [thesis], "class": [book], "class:2X": [book], "faculty": [thesis],
        "faculty:FAK-TEKNIK": [thesis], "programme:55201": [thesis], "access:library": [book], "access:open": [thesis],
        "openaire": [thesis],
    }  # fmt: skip
    for name, records in expected.items():
        root = asked(verb="ListIdentifiers", metadataPrefix="oai_dc", set=name)
        assert identifiers(root) == [number(each) for each in records], name


def test_one_record_that_cannot_be_read_is_served_as_far_as_can_be_and_told_to_staff():
    records = shared(*(f"Judul {at}" for at in range(3)))
    Record.objects.filter(pk=records[1].pk).update(marc={"leader": "x", "fields": [{"245": {"rusak": 1}}]})
    share_all()
    assert sorted(texts(asked(verb="ListRecords", metadataPrefix="oai_dc"), "title")) == ["Judul 0", "Judul 1", "Judul 2"]
    root = asked(verb="ListRecords", metadataPrefix="marc21")
    assert identifiers(root) == [number(records[0]), number(records[2])]
    assert HarvestVisit.objects.get(prefix="marc21").left_out == 1
    alone = asked(verb="GetRecord", identifier=number(records[1]), metadataPrefix="marc21")
    assert codes(alone) == ["cannotDisseminateFormat"]
    assert SharedRecord.objects.get(pk=records[1].pk).faults == "marc21 mods qdc oai_datacite"


def test_what_was_a_thesis_is_deleted_in_the_forms_for_theses():
    record = add_record(thesis_marc(), by=None)
    refresh([record.pk])
    assert statuses(asked(verb="ListRecords", metadataPrefix="oai_etdms")) == {str(record.pk): None}
    change_record(record, marc_of("Model antrean"), version=1, by=None)
    refresh([record.pk])
    assert statuses(asked(verb="ListRecords", metadataPrefix="oai_etdms")) == {str(record.pk): "deleted"}
    assert statuses(asked(verb="ListRecords", metadataPrefix="oai_dc")) == {str(record.pk): None}


def test_an_answer_is_compressed_for_who_asks_for_it():
    shared(*(f"Judul {at}" for at in range(5)))
    response = Client().get("/oai?verb=ListRecords&metadataPrefix=mods", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"


def test_while_harvesting_is_closed_harvesters_are_told_to_come_later():
    change_sharing_rules(is_open=False, by=None)
    response = Client().get("/oai?verb=Identify")
    assert (response.status_code, response["Retry-After"]) == (503, "86400")


def test_a_page_of_ten_is_asked_of_the_database_in_few_statements(django_assert_max_num_queries):
    change_sharing_rules(page_size=10, by=None)
    shared(*(f"Judul {at}" for at in range(25)))
    first = asked(verb="ListRecords", metadataPrefix="oai_dc")
    with django_assert_max_num_queries(5):
        asked(query=f"?verb=ListRecords&resumptionToken={quote(token_of(first) or '')}")


def test_a_page_is_packed_for_who_can_unpack_it_and_says_the_same(client: Client):
    refresh([a_record(f"Judul {at}").pk for at in range(20)])
    question = "/oai?verb=ListRecords&metadataPrefix=oai_dc"
    with clock.stopped_at(datetime(2026, 11, 29, tzinfo=UTC)):
        plain = client.get(question)
        packed = client.get(question, headers={"Accept-Encoding": "br, gzip;q=0.8"})
    assert (packed["Content-Encoding"], "Content-Encoding" in plain) == ("gzip", False)
    assert gzip.decompress(packed.content).count(b"<record>") == plain.content.count(b"<record>") == 20
    assert len(packed.content) < len(plain.content) / 3
    assert "Accept-Encoding" in packed["Vary"]


def test_who_asks_too_often_is_asked_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(views, "_harvesters", Allowance(3))
    with clock.stopped_at(clock.now()):
        answers = [client.get("/oai?verb=Identify") for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 503]
    assert 0 < int(answers[3]["Retry-After"]) <= 60
