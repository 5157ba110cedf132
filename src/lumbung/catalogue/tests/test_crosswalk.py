"""From 2X to 297 and back: the table that a library edits, and the numbers that are put into the other scheme."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lumbung.catalogue import queries
from lumbung.catalogue.class_pairs import USUAL_PAIRS, Pair
from lumbung.catalogue.domain import batches
from lumbung.catalogue.domain.batches import ItemChanges, Step
from lumbung.catalogue.domain.crosswalk.changes import bring_in_pairs, forget_pair, set_pair, undo_crosswalk_change
from lumbung.catalogue.domain.crosswalk.numbers import counterpart, rewritten
from lumbung.catalogue.domain.item_selection import Selection
from lumbung.catalogue.domain.items import change_item
from lumbung.catalogue.domain.record_selection import RecordSelection
from lumbung.catalogue.models import Batch, ClassPair, CrosswalkChange, Item, Record
from lumbung.catalogue.tests.factories import a_record, an_item
from lumbung.formats.marc import Field
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

OWN = (*USUAL_PAIRS, Pair("2X4.2", "297.27", own=True), Pair("2X8", "", own=True), Pair("2X81", "297.83", own=True))


@pytest.fixture
def desk(client, sari):
    client.force_login(sari)
    return client


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2X4", "297.4"),
        ("2X4.2", "297.42"),
        ("2X1.303", "297.1303"),
        ("2X0", "297"),
        ("2X0.1", "297.01"),
        ("2X9.09", "297.909"),
    ],
)
def test_a_number_is_told_in_the_other_scheme_and_back(old, new):
    assert (counterpart(old, USUAL_PAIRS), counterpart(new, USUAL_PAIRS)) == (new, old)


@pytest.mark.parametrize(
    ("number", "other"),
    [
        ("2x4.2", "297.42"),
        ("2X 4.2", "297.42"),
        ("2X", "297"),
        ("297.0", "2X0"),
        ("297.4/2", "2X4.2"),
        ("2974", ""),
        ("297.", ""),
        ("290", ""),
        ("", ""),
        ("2X4.2 ZUH f", ""),
    ],
)
def test_other_ways_to_write_it_and_what_is_no_class_of_islam(number, other):
    assert counterpart(number, USUAL_PAIRS) == other


def test_the_librarys_own_longer_line_goes_first_and_one_without_counterpart_has_none():
    assert [counterpart(each, OWN) for each in ("2X4.2", "2X4.25", "2X4.1", "297.275")] == [
        "297.27",
        "297.275",
        "297.41",
        "2X4.25",
    ]
    pairs = tuple(pair for pair in OWN if pair.old != "2X8" or pair.own)
    assert [counterpart(each, pairs) for each in ("2X8.2", "297.8")] == ["", ""]


@pytest.mark.parametrize(
    ("text", "scheme", "made"),
    [
        ("2X4.2 ZUH f", "297", "297.42 ZUH f"),
        ("R 2X1.3 SHI t c.2", "297", "R 297.13 SHI t c.2"),
        ("297.42 ZUH f", "2X", "2X4.2 ZUH f"),
        ("297.42 ZUH f", "297", "297.42 ZUH f"),
        ("899.221 TOE b", "297", "899.221 TOE b"),
        ("SKR 1297.4 ABC", "2X", "SKR 1297.4 ABC"),
        ("2Xab", "297", "2Xab"),
        ("297", "2X", "2X0"),
    ],
)
def test_a_call_number_changes_its_class_and_nothing_else(text, scheme, made):
    assert rewritten(text, scheme, USUAL_PAIRS) == made


@pytest.mark.django_db
def test_a_line_of_its_own_is_kept_journalled_and_taken_back():
    first = set_pair("2x4.2", "297.27", "Muamalat", by=None)
    assert set_pair("2X4.2", "297.27", "Muamalat", by=None) is None
    second = set_pair("2X4.2", "297.28", by=None)
    assert counterpart("2X4.21", queries.class_pairs()) == "297.281"
    undo_crosswalk_change(first, by=None)
    assert ClassPair.objects.get().new == "297.28"
    undo_crosswalk_change(second, by=None)
    assert ClassPair.objects.values_list("new", "caption").get() == ("297.27", "Muamalat")
    forget_pair("2X4.2", by=None)
    assert counterpart("2X4.2", queries.class_pairs()) == "297.42"
    with pytest.raises(Refused) as refused:
        undo_crosswalk_change(first, by=None)
    assert refused.value.codes == ["crosswalk_undone"]
    assert [each.name for each in JournalEntry.objects.order_by("pk")] == [
        "CrosswalkChanged", "CrosswalkChanged", "CrosswalkChangeUndone", "CrosswalkChangeUndone", "CrosswalkChanged",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_table_with_a_wrong_line_changes_nothing_and_names_every_line():
    rows = [["2X1", "297.1"], ["297.1", "2X1"], ["2X5", "297.55", "=1+1"], ["2X5", "297.56"], []]
    with pytest.raises(Refused) as refused:
        bring_in_pairs(rows, by=None)
    assert refused.value.codes == ["pair_line", "pair_line", "pair_twice", "pair_line"]
    assert not CrosswalkChange.objects.exists()


@pytest.mark.django_db
def test_the_page_lists_edits_imports_and_takes_back(desk):
    page = desk.get("/staff/crosswalk/", {"q": "2X4.2"}).text
    assert ("2X4.2 = 297.42" in page, page.count("<tr>")) == (True, 11)
    assert desk.post("/staff/crosswalk/pair", {"old": "297", "new": "2X"}).status_code == 422
    assert desk.post("/staff/crosswalk/pair", {"old": "2X4", "new": "297.44", "caption": "=Fikih"}).url == "/staff/crosswalk/"
    table = b"".join(desk.get("/staff/crosswalk/table.csv")).decode()
    assert table.startswith("\ufeff2X,297,keterangan\r\n")
    assert "2X4,297.44,'=Fikih\r\n" in table
    edited = table.replace("2X5,297.5", "2X5,297.55")
    desk.post("/staff/crosswalk/file", {"file": SimpleUploadedFile("../../padanan.csv", edited.encode())})
    assert list(ClassPair.objects.values_list("old", "new", "caption")) == [
        ("2X4", "297.44", "=Fikih"),
        ("2X5", "297.55", "Akhlak dan tasawuf"),
    ]
    change = CrosswalkChange.objects.first()
    desk.post(f"/staff/crosswalk/changes/{change.pk}/undo")
    desk.post("/staff/crosswalk/pair/removal", {"old": "2X4"})
    assert not ClassPair.objects.exists()
    assert desk.post("/staff/crosswalk/file", {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04")}).status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_for_one_change_and_for_three(desk, count, django_assert_num_queries):
    for n in range(count):
        set_pair(f"2X4.{n}", "297.4", by=None)
    desk.get("/staff/crosswalk/")
    with django_assert_num_queries(4):
        page = desk.get("/staff/crosswalk/").text
    assert page.count("/undo") == count


@pytest.mark.django_db
def test_the_editor_proposes_the_other_number_and_takes_it_when_asked(desk):
    record = a_record("Fikih", Field("082", "0", "4", [("a", "2X4.2")]))
    assert "Padanannya 297.42" in desk.get(f"/staff/records/{record.pk}/edit").text
    assert "Padanannya 2X5" in desk.get("/staff/crosswalk/other", {"classification": "297.5"}).text
    assert desk.get("/staff/crosswalk/other", {"classification": "610"}).text.strip() == ""
    form = {
        "material": "book",
        "title": "Fikih",
        "classification": "2X4.2",
        "use_class": "297.42",
        "language": "",
        "version": "1",
    }
    page = desk.post(f"/staff/records/{record.pk}/edit", form).text
    assert 'name="classification" value="297.42"' in page
    assert Record.objects.get().classification == "2X4.2"


@pytest.mark.django_db
def test_classes_and_call_numbers_change_by_a_batch_that_is_looked_at_and_undone():
    record = a_record(
        "Fikih", Field("082", "0", "4", [("a", "2X4.2"), ("2", "23")]), Field("090", subfields=[("a", "2X4.2 ZUH f")])
    )
    item = change_item(an_item(record), call_number="2X4.2 ZUH f c.1", by=None)
    step = Step(action="class", tag="0X0", put="297")
    with pytest.raises(Refused) as refused:
        batches.start_record_batch(
            RecordSelection(material="book"), [Step(action="class", tag="082", put="DDC")], name="", by=None
        )
    assert refused.value.codes == ["step_scheme"]
    titles = batches.start_record_batch(
        RecordSelection(material="book"), [step, Step(action="class", tag="082", put="297")], name="Ke 297", by=None
    )
    copies = batches.start_item_batch(Selection(shelf_from="2X"), ItemChanges(class_to="297"), name="Ke 297", by=None)
    set_pair("2X4", "297.9", by=None)
    for batch in (titles, copies):
        batches.run_batch(batches.go_ahead(batches.prepare_batch(batch), by=None))
    marc = Record.objects.get().marc_record
    assert (marc.first("082").get("a"), marc.first("090").get("a")) == ("297.42", "297.42 ZUH f")
    item.refresh_from_db()
    assert (item.call_number, item.shelf_key[:5]) == ("297.42 ZUH f c.1", "29742")
    for batch in Batch.objects.all():
        batches.undo_batch(batches.take_back_batch(batch, by=None))
    assert Record.objects.get().classification == "2X4.2"
    assert Item.objects.get().call_number == "2X4.2 ZUH f c.1"
