"""A file brings what the library has already: left out, given its copies, completed or put over it, and taken back to the letter."""

import pytest
from django.urls import reverse

from lumbung.catalogue.domain import imports
from lumbung.catalogue.domain.imports import Rule
from lumbung.catalogue.domain.overlaying import Choice, Group, completed
from lumbung.catalogue.domain.records import change_record
from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.tests.factories import a_record, an_import, copy_field, marc_of
from lumbung.formats.holdings import holdings_in
from lumbung.formats.marc import Field
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


def field(tag, text, ind2=" "):
    return Field(tag, " ", ind2, [("a", text)])


OURS = [field("020", "9799731232"), field("500", "Milik kita"), field("650", "Fiksi", "4"), field("990", "lokal")]
THEIRS = [
    field("020", "979-97312-3-2 (pbk.)"),
    field("520", "Ringkasan"),
    field("650", "Sejarah", "4"),
    field("650", "fiksi.", "0"),
]


@pytest.fixture
def held():
    return a_record("Bumi manusia", *OURS)


def brought(rule, *more, title="Bumi manusia, terbitan baru", **options):
    return an_import([marc_of(title, *THEIRS, *more)], duplicates=rule, **options)


def kinds(run):
    return [each.kind for each in run.rejections.all() if "duplicate" in each.kind]


def said(record, *tags):
    record.refresh_from_db()
    return [(each.tag, each.get("a")) for each in record.marc_record.fields if each.tag in tags]


def test_it_is_left_out_with_its_copies(held):
    run = brought(Rule.SKIP, copy_field("B-1"))
    assert (run.records_added, run.records_matched, run.items_added, kinds(run)) == (0, 1, 0, ["duplicate_skipped"])
    assert (Record.objects.count(), Item.objects.count()) == (1, 0)


def test_only_its_copies_come_in(held):
    run = brought(Rule.ITEMS, copy_field("B-1"))
    assert (run.records_added, run.items_added, kinds(run)) == (0, 1, ["duplicate_given_items"])
    assert Item.objects.get().record == held
    assert JournalEntry.objects.get(name="RecordsMatched").data == {"import_run": run.pk, "records": [held.pk]}
    imports.undo_import(run, by=None)
    assert (Record.objects.count(), Item.objects.count()) == (1, 0)


def test_it_is_put_over_ours_but_for_local_fields_and_taken_back_to_the_letter(held):
    before = held.marc
    run = brought(Rule.OVERLAY, copy_field("B-1"))
    assert said(held, "245", "500", "520", "650", "990") == [
        ("245", "Bumi manusia, terbitan baru"),
        ("520", "Ringkasan"),
        ("650", "Sejarah"),
        ("650", "fiksi."),
        ("990", "lokal"),
    ]
    assert (held.title, held.version) == ("Bumi manusia, terbitan baru", 2)
    imports.undo_import(run, by=None)
    held.refresh_from_db()
    assert (held.marc, held.title, Item.objects.count()) == (before, "Bumi manusia", 0)


def test_it_completes_ours_without_saying_anything_twice(held):
    brought(Rule.MERGE)
    assert said(held, "020", "245", "500", "520", "650") == [
        ("245", "Bumi manusia"),
        ("020", "9799731232"),
        ("500", "Milik kita"),
        ("520", "Ringkasan"),
        ("650", "Fiksi"),
        ("650", "Sejarah"),
    ]


def test_each_group_of_fields_may_have_a_rule_of_its_own(held):
    brought(Rule.OVERLAY, choices={Group.DESCRIPTION: Choice.OURS, Group.SUBJECTS: Choice.BOTH, Group.NOTES: Choice.OURS})
    assert said(held, "245", "500", "520", "650") == [
        ("245", "Bumi manusia"), ("500", "Milik kita"), ("650", "Fiksi"), ("650", "Sejarah"),
    ]  # fmt: skip


def test_a_title_alone_is_acted_upon_only_when_asked_and_a_bare_control_number_only_with_the_same_title():
    a_record("Bumi manusia", Field("001", value="7"))
    other = marc_of("Laskar pelangi", control_number="7")
    assert kinds(an_import([other], duplicates=Rule.SKIP)) == ["possible_duplicate"]
    assert kinds(an_import([marc_of("BUMI MANUSIA /")], duplicates=Rule.SKIP)) == ["possible_duplicate"]
    run = an_import([marc_of("Bumi manusia.")], duplicates=Rule.SKIP, by_title=True)
    assert (run.records_added, kinds(run)) == (0, ["duplicate_skipped"])


def test_what_a_file_brings_twice_grows_in_the_first_of_them():
    run = an_import(
        [marc_of("Satu", *OURS[:1], copy_field("B-1")), marc_of("Satu", *THEIRS, copy_field("B-2"))], duplicates=Rule.MERGE
    )
    record = Record.objects.get()
    assert (run.records_added, run.records_matched) == (1, 1)
    assert said(record, "520") == [("520", "Ringkasan")]
    assert Item.objects.filter(record=record).count() == 2


def test_what_was_changed_since_is_not_taken_back(held):
    run = brought(Rule.OVERLAY)
    held.refresh_from_db()
    change_record(held, marc_of("Lain"), version=2, by=None)
    with pytest.raises(Refused) as refused:
        imports.undo_import(run, by=None)
    assert refused.value.codes == ["changed_since"]


def test_a_dry_run_shows_the_change_field_by_field_and_changes_nothing(held, client, sari, signed_in):
    run = an_import([marc_of("Lain"), marc_of("Bumi manusia", *THEIRS)], duplicates=Rule.MERGE, dry_run=True)
    assert (run.records_added, run.records_matched, kinds(run)) == (1, 1, ["duplicate_merged"])
    desk = signed_in(client, sari)
    page = desk.get(reverse("catalogue:import", args=[run.pk])).content.decode()
    address = reverse("catalogue:import_preview", args=[run.pk, run.rejections.get().pk])
    assert address in page
    assert [row.tag for row in desk.get(address).context["rows"]] == ["520", "650"]
    assert Record.objects.get().version == 1


def marked(tag, **subfields):
    """A field by its subfields; ``_8`` is $8."""
    return Field(tag, " ", " ", [(code.strip("_"), text) for code, text in subfields.items()])


OUR_HOLDING = [marked("852", _8="1", b="PUSAT"), marked("853", _8="1", a="jil."), marked("863", _8="1.1", a="1-4")]
THEIR_HOLDING = [
    marked("842", a="mikrofilm"),
    marked("852", _8="1", b="FT"),
    marked("853", _8="1", a="v."),
    marked("863", _8="1.1", a="7"),
]
LINK = Field("856", "4", "0", [("u", "https://x.example/1")])


def held_there():
    found = holdings_in(Record.objects.get(title__startswith="Prisma").marc_record)
    return [(each.branch, [run.start.levels for part in each.parts for run in part.runs], len(each.about)) for each in found]


@pytest.mark.parametrize("rule", [Rule.MERGE, Rule.OVERLAY])
def test_what_places_hold_stays_where_the_file_tells_nothing_of_that(rule):
    a_record("Prisma", field("020", "9799731232"), *OUR_HOLDING)
    an_import([marc_of("Prisma", field("020", "9799731232"), LINK)], duplicates=rule)
    assert held_there() == [("PUSAT", [("1",)], 0)]
    assert Record.objects.get().marc_record.first("856") is not None


def test_what_the_file_says_that_places_hold_comes_in_whole_beside_ours_and_once():
    a_record("Prisma", field("020", "9799731232"), *OUR_HOLDING)
    for _ in range(2):
        an_import([marc_of("Prisma", field("020", "9799731232"), *THEIR_HOLDING, LINK)], duplicates=Rule.MERGE, again=True)
    assert held_there() == [("PUSAT", [("1",)], 0), ("FT", [("7",)], 1)]
    an_import([marc_of("Prisma baru", field("020", "9799731232"), *THEIR_HOLDING)], duplicates=Rule.OVERLAY)
    assert held_there() == [("FT", [("7",)], 1)]


FILLED = {Group.HOLDINGS: Choice.FILL}


@pytest.mark.parametrize("ours", [[marked("852", b="PUSAT"), marked("866", a="jil. 1-4")], OUR_HOLDING])
def test_to_fill_no_part_of_a_statement_comes_between_ours(ours):
    a_record("Prisma", field("020", "9799731232"), *ours)
    before = held_there()
    an_import([marc_of("Prisma", field("020", "9799731232"), *THEIR_HOLDING)], duplicates=Rule.MERGE, choices=FILLED)
    assert held_there() == before


def test_to_fill_statements_come_in_whole_where_ours_has_none_though_it_has_copies():
    a_record("Prisma", field("020", "9799731232"), marked("852", b="PUSAT", p="123"))
    an_import([marc_of("Prisma", field("020", "9799731232"), *THEIR_HOLDING)], duplicates=Rule.MERGE, choices=FILLED)
    assert held_there() == [("FT", [("7",)], 1)]


@pytest.mark.parametrize("alone", [marked("842", a="mikrofilm"), marked("843", a="fotokopi"), marked("845", a="di tempat")])
@pytest.mark.parametrize("rule", [Rule.OVERLAY, Rule.MERGE])
def test_what_stands_alone_replaces_no_statement_and_comes_into_none(alone, rule):
    a_record("Prisma", field("020", "9799731232"), *OUR_HOLDING)
    an_import([marc_of("Prisma", field("020", "9799731232"), alone)], duplicates=rule)
    assert held_there() == [("PUSAT", [("1",)], 0)]
    assert Record.objects.get().marc_record.first(alone.tag) is None


@pytest.mark.parametrize("rule", [Rule.OVERLAY, Rule.MERGE])
def test_what_stands_alone_behind_their_statements_stays_behind_them(rule):
    a_record("Prisma", field("020", "9799731232"))
    behind = marked("842", a="kertas")
    an_import([marc_of("Prisma", field("020", "9799731232"), *THEIR_HOLDING[1:], behind)], duplicates=rule)
    assert held_there() == [("FT", [("7",)], 0)]
    assert Record.objects.get().marc_record.first("842") is not None


def test_what_stands_alone_and_is_picked_by_hand_comes_into_no_statement():
    ours = marc_of("Prisma", *OUR_HOLDING)
    made = completed(ours, [marked("842", a="mikrofilm")])
    assert [(each.branch, len(each.about)) for each in holdings_in(made)] == [("PUSAT", 0)]
    assert [each.tag for each in made.fields if each.tag > "8"][-1] == "842"
