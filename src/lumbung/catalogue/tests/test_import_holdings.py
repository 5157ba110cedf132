"""Holdings records of their own come in with the titles that they name: as statements and copies, reported row by row, and undone."""

import io

import pytest

from lumbung.catalogue import queries
from lumbung.catalogue.domain import imports
from lumbung.catalogue.domain.exports.marc_files import export_records
from lumbung.catalogue.domain.holdings import statements_of
from lumbung.catalogue.domain.imports import Rule, holdings_records, runs
from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.tests.factories import BranchFactory, a_record, an_import, marc_of
from lumbung.formats.holdings.tests.test_holdings import field
from lumbung.formats.marc import Field, Format, read, to_iso2709
from lumbung.formats.marc import Record as Marc
from lumbung.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db

STATED = ["852 ## $8 1 $b PUSAT $c MAJ", "853 20 $8 1 $a jil. $i (tahun)", "863 41 $8 1.1 $a 5 $i 2004"]
COPY = ["876 ## $8 1.1 $p B-9 $a 2004/17"]
SAID = [("PUSAT", "MAJ", "Jil. 5 (2004)")]


def title(name: str, number: str, giver: str = "") -> Marc:
    made = marc_of(name, control_number=number)
    if giver:
        made.fields.insert(1, Field("003", value=giver))
    return made


def holdings(number: str, *lines: str, giver: str = "", kind: str = "y") -> Marc:
    control = [Field("001", value=f"h{number}"), Field("003", value=giver), Field("004", value=number)]
    named = [each for each in control if each.value]
    return Marc(f"00000n{kind}  a2200000n  4500", [*named, *map(field, lines or [*STATED, *COPY])])


def said(record: Record) -> list[tuple[str, str, str]]:
    BranchFactory()
    found = statements_of(Record.objects.get(pk=record.pk).marc_record)
    return [(each.branch_code, each.shelf, text) for each in found for _, text in each.lines]


def reports(run):
    return [(each.position, each.kind, each.refused) for each in run.rejections.all() if not each.kind.endswith("_created")]


@pytest.mark.parametrize("kind", list("uvxy"))
def test_statement_and_copy_go_to_the_title_of_the_file(kind):
    run = an_import([title("Prisma", "17"), holdings("17", kind=kind)])
    record = Record.objects.get()
    assert (run.records_read, run.records_added, run.holdings_attached, run.items_added, run.rejected) == (2, 1, 1, 1, 0)
    assert said(record) == SAID
    item = Item.objects.select_related("branch").get()
    assert (item.record_id, item.barcode, item.volume, item.branch.code, item.accession_number) == (
        record.pk, "B-9", "Jil. 5 (2004)", "PUSAT", "2004/17",
    )  # fmt: skip
    assert reports(run) == []


@pytest.mark.parametrize("giver", ["", "ID-Ju"])
@pytest.mark.parametrize("named", [True, False])
def test_it_may_stand_before_its_title_and_far_from_it(monkeypatch, giver, named):
    monkeypatch.setattr(runs, "STRETCH", 2)
    others = [title(f"Lain {n}", f"9{n}", giver) for n in range(3)]
    run = an_import([holdings("17", giver=giver if named else ""), *others, title("Prisma", "17", giver), *others[:1]])
    assert (said(Record.objects.get(title="Prisma")), run.holdings_attached, run.waiting) == (SAID, 1, [])
    assert Item.objects.get().record.title == "Prisma"


def test_it_may_come_long_after_its_title(monkeypatch):
    monkeypatch.setattr(runs, "STRETCH", 2)
    others = [title(f"Lain {n}", f"9{n}", "ID-Ju") for n in range(4)]
    run = an_import([title("Prisma", "17", "ID-Ju"), *others, holdings("17")])
    assert (said(Record.objects.get(title="Prisma")), run.holdings_attached, reports(run)) == (SAID, 1, [])


def test_it_finds_a_title_of_the_library_by_004_with_003_or_by_014():
    ours = a_record("Prisma", Field("035", subfields=[("a", "(OCoLC)1605897")]))
    first = an_import([holdings("1605897", giver="OCoLC")])
    second = Marc(
        "00000ny  a2200000n  4500", list(map(field, ["014 1# $a 1605897 $b OCoLC", "852 ## $b FT", "866 #0 $a v.1-3"]))
    )
    other = Marc("00000ny  a2200000n  4500", list(map(field, ["014 0# $a 1605897 $b OCoLC", "852 ## $b FT"])))
    run = an_import([second, other])
    assert said(ours) == [*SAID, ("FT", "", "v.1-3")]
    assert (first.holdings_attached, run.holdings_attached, reports(run)) == (1, 1, [(2, "not_bibliographic", True)])


def test_a_number_without_its_organisation_is_used_and_told():
    ours = a_record("Prisma", Field("001", value="17"))
    run = an_import([holdings("17")])
    assert reports(run) == [(1, "holdings_by_bare_number", False)]
    assert run.rejections.get(kind="holdings_by_bare_number").facts == {"value": "17", "record": ours.pk}
    assert (said(ours), run.warned) == (SAID, 1)


def test_what_leads_to_no_title_or_to_several_is_refused_with_its_bytes():
    for _ in range(2):
        a_record("Prisma", Field("001", value="17"))
    run = an_import([holdings("17"), title("Bumi manusia", "1"), holdings("99")])
    assert reports(run) == [(1, "holdings_without_title", True), (3, "holdings_without_title", True)]
    assert [bool(each.raw) for each in run.rejections.filter(refused=True)] == [True, True]
    assert (run.records_added, run.rejected, run.holdings_attached, Item.objects.count()) == (1, 2, 0, 0)


def test_what_is_said_already_is_not_said_twice_and_a_copy_is_made_once():
    ours = a_record("Prisma", Field("001", value="17"), Field("003", value="ID-Ju"))
    an_import([holdings("17", giver="ID-Ju")])
    again = an_import([holdings("17", giver="ID-Ju")], again=True)
    assert (said(ours), Record.objects.get().version, Item.objects.count()) == (SAID, 2, 1)
    assert reports(again) == [(1, "barcode_taken_by_item", False)]


def test_what_makes_neither_statement_nor_copy_stays_in_the_record():
    an_import([title("Prisma", "17"), holdings("17", "852 0# $b PUSAT $h 050", "583 1# $a jilid ulang")])
    kept = [each.tag for each in Record.objects.get().marc_record.fields]
    assert (kept, Item.objects.count()) == (["001", "008", "245", "583", "852"], 0)


def test_a_dry_run_tells_the_same_and_stores_nothing():
    records = [holdings("17"), holdings("99", *STATED, "876 ## $8 1.1 $p B-10"), title("Prisma", "17")]
    rehearsal = an_import(records, dry_run=True)
    assert (Record.objects.count(), Item.objects.count()) == (0, 0)
    told = (rehearsal.holdings_attached, rehearsal.items_added, reports(rehearsal))
    run = an_import(records)
    assert told == (run.holdings_attached, run.items_added, reports(run)) == (1, 1, [(2, "holdings_without_title", True)])


@pytest.mark.parametrize("stretch", [1, 2, 1000])
def test_a_dry_run_knows_titles_by_a_number_of_035_that_names_no_organisation_as_the_import_does(monkeypatch, stretch):
    """One that several titles have leads to none of them, in either."""
    monkeypatch.setattr(runs, "STRETCH", stretch)
    bare = [Field("035", subfields=[("a", number)]) for number in ("LIAS128", "LIAS9", "LIAS9")]
    titles = [marc_of(f"Judul {n}", each) for n, each in enumerate(bare)]
    file = [titles[0], holdings("LIAS128"), titles[1], titles[2], holdings("LIAS9"), holdings("LIAS7")]
    run = an_import(file, dry_run=True)
    assert reports(run) == [(5, "holdings_without_title", True), (6, "holdings_without_title", True)]
    assert run.holdings_attached == 1
    real = an_import(file)
    assert (reports(real), real.holdings_attached) == (reports(run), 1)


def by_isbn(name: str, number: str) -> Marc:
    made = title(name, number)
    made.fields.append(field("020 ## $a 9799731232"))
    return made


FILES = {
    "two beside ours": [title("Satu", "17"), title("Dua", "17")],
    "one beside ours": [title("Satu", "17")],
    "ours and another": [title("Prisma", "17"), title("Dua", "17")],
    "ours by its ISBN": [by_isbn("Prisma", "17")],
    "ours by its ISBN with another number, and another": [by_isbn("Prisma", "55"), title("Dua", "55")],
    "ours by its ISBN with another number": [by_isbn("Prisma", "55")],
}


@pytest.mark.parametrize("stretch", [1, 1000])
@pytest.mark.parametrize("rule", list(Rule))
@pytest.mark.parametrize("file", list(FILES))
@pytest.mark.parametrize("number", ["17", "55"])
def test_a_dry_run_refuses_holdings_of_several_titles_where_the_import_does(monkeypatch, file, rule, stretch, number):
    monkeypatch.setattr(runs, "STRETCH", stretch)
    a_record("Prisma", Field("001", value="17"), field("020 ## $a 9799731232"))
    records = [*FILES[file], holdings(number, *STATED)]
    rehearsal, run = an_import(records, dry_run=True, duplicates=rule), an_import(records, duplicates=rule)
    told = [([each for each in reports(of) if each[1].startswith("holdings")], of.holdings_attached) for of in (rehearsal, run)]
    assert told[0] == told[1]


def test_an_import_that_is_undone_takes_statements_and_copies_back():
    ours = a_record("Prisma", Field("001", value="17"), Field("003", value="ID-Ju"))
    before = ours.marc_record
    run = an_import(
        [holdings("17", giver="ID-Ju"), title("Bumi manusia", "1"), holdings("1", *STATED, "876 ## $8 1.1 $p B-10")]
    )
    assert (run.holdings_attached, Item.objects.count()) == (2, 2)
    imports.undo_import(run, by=None)
    assert (Record.objects.get().marc_record.fields, Item.objects.count()) == (before.fields, 0)


def test_an_import_that_broke_off_before_its_last_pass_goes_on_with_it(monkeypatch):
    real = runs._bring_what_waited

    def no_room(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(runs, "_bring_what_waited", no_room)
    with pytest.raises(imports.ImportStoppedError):
        an_import([holdings("17"), title("Prisma", "17"), *[title(f"Lain {n}", f"9{n}") for n in range(2)]])
    monkeypatch.setattr(runs, "_bring_what_waited", real)
    run = imports.resume_import(Record.objects.first().import_run)
    assert (run.state, run.holdings_attached, said(Record.objects.get(title="Prisma"))) == ("finished", 1, SAID)


def test_titles_that_are_given_copies_are_told_of_whenever_that_happens(monkeypatch):
    monkeypatch.setattr(runs, "STRETCH", 2)
    ours = a_record("Tempo", Field("001", value="18"), Field("003", value="ID-Ju"))
    records = [
        holdings("17"),
        holdings("18", "852 ## $b PUSAT $p B-10", giver="ID-Ju"),
        title("Lain", "9"),
        title("Prisma", "17"),
    ]
    an_import(records, dry_run=True)
    assert JournalEntry.objects.filter(name="RecordsMatched").count() == 0
    an_import(records)
    assert [each.data["records"] for each in JournalEntry.objects.filter(name="RecordsMatched").order_by("pk")] == [
        [ours.pk], [Record.objects.get(title="Prisma").pk],
    ]  # fmt: skip


def test_an_import_that_leaves_out_what_is_there_gives_it_no_holdings_and_says_so():
    ours = a_record("Prisma", Field("001", value="17"), Field("003", value="ID-Ju"), field("020 ## $a 9799731232"))
    twin = title("Prisma", "55")
    twin.fields.append(field("020 ## $a 9799731232"))
    records = [
        holdings("17", giver="ID-Ju"),
        twin,
        holdings("55", *STATED, "876 ## $8 1.1 $p B-10"),
        title("Bumi manusia", "1"),
        holdings("1", *STATED, "876 ## $8 1.1 $p B-11"),
    ]
    rehearsal = an_import(records, duplicates=Rule.SKIP, dry_run=True)
    run = an_import(records, duplicates=Rule.SKIP)
    assert reports(rehearsal) == reports(run) == [
        (1, "holdings_skipped", True), (2, "duplicate_skipped", False), (3, "holdings_skipped", True),
    ]  # fmt: skip
    refused = run.rejections.filter(refused=True)
    assert [(each.facts, bool(each.raw)) for each in refused] == [
        ({"value": "(ID-Ju)17", "record": ours.pk}, True), ({"value": "55", "record": ours.pk}, True),
    ]  # fmt: skip
    assert (said(ours), said(Record.objects.get(title="Bumi manusia")), Item.objects.get().barcode) == ([], SAID, "B-11")
    assert (run.rejected, run.holdings_attached, rehearsal.holdings_attached) == (2, 1, 1)


@pytest.mark.parametrize("stretch", [2, 500])
def test_a_twin_of_what_the_same_import_brought_gives_it_its_holdings_wherever_it_stands(monkeypatch, stretch):
    monkeypatch.setattr(runs, "STRETCH", stretch)
    first, twin = title("Prisma", "1"), title("Prisma", "55")
    for each in (first, twin):
        each.fields.append(field("020 ## $a 9799731232"))
    records = [first, title("Bumi manusia", "2"), twin, holdings("55")]
    rehearsal = an_import(records, duplicates=Rule.SKIP, dry_run=True)
    run = an_import(records, duplicates=Rule.SKIP)
    assert (rehearsal.holdings_attached, run.holdings_attached, run.rejected) == (1, 1, 0)
    assert said(Record.objects.get(title="Prisma")) == SAID


def test_of_those_that_wait_for_their_title_no_more_than_so_many_are_remembered_and_the_others_are_told(monkeypatch):
    monkeypatch.setattr(runs, "STRETCH", 2)
    monkeypatch.setattr(holdings_records, "MOST_WAITING", 1)
    second = holdings("18", *STATED, "876 ## $8 1.1 $p B-10")
    run = an_import([holdings("17"), second, title("Prisma", "17"), title("Tempo", "18")])
    assert (reports(run), run.rejected, run.holdings_attached) == ([(2, "too_many_holdings_wait", True)], 1, 1)
    kept = run.rejections.get(refused=True)
    assert (kept.facts, bytes(kept.raw)) == ({"value": "18", "most": 1}, to_iso2709(second))
    assert queries.import_runs().get().get_deferred_fields() == {"waiting", "unbound"}


LATER = "863 41 $8 1.1 $a 6 $i 2005"


def test_holdings_that_changed_replace_the_only_statement_of_their_place_and_undoing_brings_it_back():
    ours = a_record("Prisma", Field("001", value="17"), Field("003", value="ID-Ju"))
    an_import([holdings("17", giver="ID-Ju"), holdings("17", "852 ## $b FT", "866 #0 $a v.1-3", giver="ID-Ju")])
    run = an_import([holdings("17", *STATED[:2], LATER, giver="ID-Ju")])
    assert said(ours) == [("PUSAT", "MAJ", "Jil. 6 (2005)"), ("FT", "", "v.1-3")]
    imports.undo_import(run, by=None)
    assert said(ours) == [*SAID, ("FT", "", "v.1-3")]


@pytest.mark.parametrize("stretch", [1, 500])
def test_statements_of_one_place_that_one_import_brings_do_not_replace_each_other(monkeypatch, stretch):
    monkeypatch.setattr(runs, "STRETCH", stretch)
    ours = a_record("Prisma", Field("001", value="17"), Field("003", value="ID-Ju"))
    one, other = holdings("17", *STATED, giver="ID-Ju"), holdings("17", *STATED[:2], LATER, giver="ID-Ju")
    an_import([one, other])
    assert said(ours) == [*SAID, ("PUSAT", "MAJ", "Jil. 6 (2005)")]
    an_import([holdings("17", *STATED[:2], "863 41 $8 1.1 $a 7 $i 2006", giver="ID-Ju")])
    assert [text for _, _, text in said(ours)] == ["Jil. 5 (2004)", "Jil. 6 (2005)", "Jil. 7 (2006)"]


@pytest.mark.parametrize("other", [["852 ## $b FT $t 2", "866 #0 $a v.4-"], ["852 ## $b FT $t 1", "867 #0 $a lampiran 1"]])
def test_a_statement_of_another_copy_or_of_supplements_stands_beside_what_is_there(other):
    ours = a_record("Prisma", Field("001", value="17"), Field("003", value="ID-Ju"))
    an_import([holdings("17", "852 ## $b FT $t 1", "866 #0 $a v.1-3", giver="ID-Ju")])
    an_import([holdings("17", *other, giver="ID-Ju")])
    assert [text for _, _, text in said(ours)] == ["v.1-3", other[1].partition("$a ")[2]]


def test_a_statement_that_the_file_brings_again_stays_beside_a_new_one_of_its_place():
    ours = a_record("Prisma", Field("001", value="17"), Field("003", value="ID-Ju"))
    one, other = holdings("17", *STATED, giver="ID-Ju"), holdings("17", *STATED[:2], LATER, giver="ID-Ju")
    an_import([one])
    an_import([other, one])
    assert sorted(text for _, _, text in said(ours)) == ["Jil. 5 (2004)", "Jil. 6 (2005)"]


CODED = "2006128p    8   0001aueng0061128"
FORM = ["842 ## $a mikrofilm", "844 ## $a Atlas"]


def coded(number: str, *lines: str, codes: str = CODED, kind: str = "y") -> Marc:
    made = holdings(number, *lines, giver="ID-Ju", kind=kind)
    made.fields.insert(3, Field("008", value=codes))
    return made


def kept(tags=("841", "842", "844", "852", "863", "866")) -> list[str]:
    """What a library would find in our export."""
    file = b"".join(export_records(Record.objects.all(), Format.ISO_2709))
    told = [each.record for each in read(io.BytesIO(file))]
    return ["".join([f.tag, *(f"${c}{t}" for c, t in f.subfields)]) for each in told for f in each.fields if f.tag in tags]


def test_codes_form_and_unit_of_a_holdings_record_survive_import_and_export_and_the_import_of_that():
    a_record("Prisma", Field("001", value="17"), Field("003", value="ID-Ju"))
    an_import([coded("17", *FORM, *STATED), coded("17", "842 ## $a kertas", "852 ## $b FT", "866 #0 $a v.1-3", kind="x")])
    told = [
        f"841$ay$b{CODED}$en", "842$amikrofilm", "844$aAtlas", "852$81$bPUSAT$cMAJ", "863$81.1$a5$i2004",
        f"841$ax$b{CODED}$en", "842$akertas", "852$82$bFT", "866$82$av.1-3",
    ]  # fmt: skip
    assert kept() == told
    out = [each.record for each in read(io.BytesIO(b"".join(export_records(Record.objects.all(), Format.ISO_2709))))]
    Record.objects.all().delete()
    an_import([each for each in out if each is not None])
    assert kept() == told


def test_codes_that_changed_come_in_with_the_same_statement_and_go_with_the_import():
    a_record("Prisma", Field("001", value="17"), Field("003", value="ID-Ju"))
    an_import([coded("17", *STATED)])
    before = kept()
    run = an_import([coded("17", *FORM, *STATED, codes=CODED.replace("aueng", "auind"))])
    assert kept() == [f"841$ay$b{CODED.replace('aueng', 'auind')}$en", "842$amikrofilm", "844$aAtlas", *before[1:]]
    again = an_import([coded("17", *FORM, *STATED, codes=CODED.replace("aueng", "auind"))], again=True)
    assert (Record.objects.get().version, again.rejected) == (3, 0)
    imports.undo_import(run, by=None)
    assert kept() == before


def test_codes_of_holdings_that_only_bring_copies_are_kept_too():
    BranchFactory()
    a_record("Prisma", Field("001", value="17"), Field("003", value="ID-Ju"))
    an_import([coded("17", "842 ## $a kertas", "852 ## $b PUSAT $p B-10", kind="x")])
    assert (Item.objects.get().barcode, kept()) == ("B-10", [f"841$ax$b{CODED}$en", "842$akertas"])
