"""Holdings statements: written in plain fields, read by everybody, kept by every way in and out, and never spoilt by the form."""

import io

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.catalogue.domain import imports
from lumbung.catalogue.domain.exports import export_records
from lumbung.catalogue.domain.holdings import made_from, plain_of
from lumbung.catalogue.domain.records import change_record, remove_record
from lumbung.catalogue.models import Record
from lumbung.catalogue.tests.factories import BranchFactory, a_record
from lumbung.formats.holdings import holdings_in, replaced
from lumbung.formats.holdings.tests.test_holdings import PER_MONTH, field
from lumbung.formats.marc import Format

pytestmark = pytest.mark.django_db

FIELDS = ["852 ## $8 1 $b PUSAT",
          "853 20 $8 1 $a jil. $b no. $u 4 $v r $i (tahun)", "863 40 $8 1.1 $a 1-4 $b 1 $i 2001-2004 $x beli $w g",
          "863 40 $8 1.2 $a 4-10 $b 3-4 $i 2004-2010"]  # fmt: skip
SAID = "Jil. 1 no. 1 (2001)–jil. 10 no. 4 (2010), kurang: jil. 4 no. 2"


def prisma(*lines: str) -> Record:
    BranchFactory()
    return a_record("Prisma", *map(field, lines))


@pytest.fixture
def desk(client, sari, signed_in) -> Client:
    return signed_in(client, sari)


def typed(record, *rows, **told):
    """The form as a browser sends it; each row is what its boxes say."""
    data = {
        "version": record.version,
        "branch": "PUSAT",
        "caption_1": "jil.",
        "run-TOTAL_FORMS": len(rows),
        "run-INITIAL_FORMS": 0,
    }
    for at, row in enumerate(rows):
        data |= {f"run-{at}-{name}": value for name, value in {"pause": "g", **row}.items()}
    return {**data, **told}


def tags(record, first="852", last="868"):
    return [(each.tag, each.subfields) for each in record.marc_record.fields if first <= each.tag <= last]


@pytest.mark.parametrize("form", [Format.ISO_2709, Format.MARCXML, Format.MARC_IN_JSON])
def test_what_goes_out_comes_in_the_same(form):
    record = prisma(*FIELDS)
    before = record.marc_record
    file = b"".join(export_records([record], form))
    remove_record(record, by=None)
    imports.run_import(imports.start_import(io.BytesIO(file), name="katalog", by=None))
    assert Record.objects.get().marc_record.fields == before.fields


def test_everybody_reads_it_and_so_does_a_program(client: Client, django_assert_num_queries):
    record = prisma(*FIELDS)
    client.get(f"/records/{record.pk}")
    with django_assert_num_queries(2):
        page = client.get(f"/records/{record.pk}").text
    assert f"<dt>Perpustakaan PUSAT</dt><dd><div>{SAID}</div></dd>" in page
    assert client.get(f"/api/v1/records/{record.pk}/holdings").json() == [
        {
            "branch": "PUSAT",
            "shelf": "",
            "call_number": "",
            "note": "",
            "statements": [{"kind": "basic", "text": SAID}],
            "standard": ["jil.1:no.1(2001)-jil.4:no.1(2004),jil.4:no.3(2004)-jil.10:no.4(2010)"],
        }
    ]


def test_a_cataloguer_writes_one_tries_it_and_saves_it(desk: Client):
    record = prisma()
    address = reverse("catalogue:holding_add", args=[record.pk])
    rows = [
        {"from_1": "1", "from_2": "1", "from_year": "2001", "to_1": "4", "to_2": "1", "to_year": "2004"},
        {"from_1": "4", "from_2": "3", "from_year": "2004", "from_month": "Mar", "is_open": "on"},
        {},
    ]
    data = typed(record, *rows, caption_2="no.", per="4", note="Lantai 2", indexes="Indeks 1–9 | rusak")
    tried = desk.post(address, {**data, "try": "1"}).content.decode()
    assert "Jil. 1 no. 1 (2001)–, kurang: jil. 4 no. 2" in tried
    assert Record.objects.get().version == 1
    assert desk.post(address, data).status_code == 302
    assert tags(Record.objects.get()) == [
        ("852", [("8", "1"), ("8", "2"), ("b", "PUSAT"), ("z", "Lantai 2")]),
        ("853", [("8", "1"), ("a", "jil."), ("b", "no."), ("u", "4"), ("i", "(tahun)"), ("j", "(bulan)")]),
        ("863", [("8", "1.1"), ("a", "1-4"), ("b", "1"), ("i", "2001-2004"), ("w", "g")]),
        ("863", [("8", "1.2"), ("a", "4-"), ("b", "3-"), ("i", "2004-"), ("j", "03-")]),
        ("868", [("8", "2"), ("a", "Indeks 1–9"), ("z", "rusak")]),
    ]
    shown = desk.get(reverse("catalogue:record", args=[record.pk])).content.decode()
    assert "Indeks:</span> Indeks 1–9; rusak" in shown


def test_more_levels_of_numbers_and_dates_are_asked_for_and_written(desk: Client):
    record = prisma()
    address = reverse("catalogue:holding_add", args=[record.pk])
    row = {"from_1": "1", "from_2": "3", "from_year": "2004", "from_month": "Mar"}
    wider = desk.post(address, typed(record, row, caption_1="ser.", caption_2="jil.", deeper="levels"))
    page = wider.content.decode()
    assert (wider.status_code, 'name="run-0-from_3"' in page, 'value="3"' in page, 'name="run-0-from_day"' in page) == (
        200,
        True,
        True,
        False,
    )
    dated = desk.post(address, typed(record, row, depth="3", deeper="dates")).content.decode()
    assert ('name="run-0-from_3"' in dated, 'name="run-0-from_day"' in dated) == (True, True)
    more = {"caption_1": "ser.", "caption_2": "jil.", "caption_3": "no.", "per": "4", "per_3": "6", "depth": "3", "dates": "3"}
    full = {
        **row,
        "from_3": "5",
        "from_day": "17",
        "to_1": "1",
        "to_2": "4",
        "to_3": "6",
        "to_year": "2004",
        "to_month": "4",
        "to_day": "2",
    }
    assert desk.post(address, typed(record, full, **more)).status_code == 302
    saved = Record.objects.get()
    assert tags(saved) == [
        ("852", [("8", "1"), ("b", "PUSAT")]),
        ("853", [("8", "1"), ("a", "ser."), ("b", "jil."), ("u", "4"), ("c", "no."), ("u", "6"),
                 ("i", "(tahun)"), ("j", "(bulan)"), ("k", "(hari)")]),
        ("863", [("8", "1.1"), ("a", "1"), ("b", "3-4"), ("c", "5-6"), ("i", "2004"), ("j", "03-04"), ("k", "17-2")]),
    ]  # fmt: skip
    assert "Ser. 1 jil. 3 no. 5 (17 Mar 2004)–jil. 4 no. 6 (2 Apr 2004)" in desk.get(f"/records/{record.pk}").text
    again = desk.get(reverse("catalogue:holding", args=[record.pk, 0])).content.decode()
    assert (
        'name="run-0-to_3" value="6"' in again,
        'name="per_3" value="6"' in again,
        'name="run-0-to_day" value="2"' in again,
    ) == (True,) * 3


@pytest.mark.parametrize(
    ("rows", "told", "said"),
    [
        ([{"from_1": "5", "to_1": "3"}], {}, "mendahului"),
        ([{"from_1": "1-5"}], {}, "Tanpa tanda hubung"),
        ([{"to_1": "5"}], {}, "Isi juga dari mana."),
        ([{}], {}, "Belum ada yang dinyatakan"),
        ([{"from_1": "1"}], {"branch": "TIDAK-ADA"}, "Masukkan pilihan yang valid"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_saved(desk: Client, rows, told, said):
    record = prisma()
    answer = desk.post(reverse("catalogue:holding_add", args=[record.pk]), typed(record, *rows, **told))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Record.objects.get().version == 1


def test_opening_and_saving_changes_nothing_at_all(desk: Client):
    """What the form does not show (numbering continuity, staff notes) stays as it is."""
    record = prisma(*FIELDS, "852 ## $8 5 $b FT", "866 #0 $8 5 $a v.1-9")
    page = desk.get(reverse("catalogue:holding", args=[record.pk, 0]))
    form, rows = page.context["form"], page.context["rows"]
    data = {name: value for name, value in form.initial.items() if value not in (None, (), [])}
    for name, value in rows.management_form.initial.items():
        data[f"run-{name}"] = value
    for at, each in enumerate(rows.initial):
        data |= {f"run-{at}-{name}": value for name, value in each.items() if value not in (None, "") and value is not False}
    data["run-TOTAL_FORMS"] = len(rows.initial)
    assert desk.post(reverse("catalogue:holding", args=[record.pk, 0]), data).status_code == 302
    assert Record.objects.get().version == 1, tags(Record.objects.get())


def test_what_the_form_cannot_tell_is_kept_beside_it():
    three_levels = ["853 20 $8 1 $a ser. $b jil. $c no.", "863 40 $8 1.1 $a 1 $b 2 $c 3-4"]
    said = prisma("852 ## $8 1 $b PUSAT", *three_levels, "854 20 $8 2 $a supl.", "864 41 $8 2.1 $a 7").marc_record
    (holding,) = holdings_in(said)
    again = replaced(said, holding, made_from(plain_of(holding), holding))
    assert [each.subfields for each in again.fields if each.tag in {"853", "863", "854", "864"}] == [
        each.subfields for each in said.fields if each.tag in {"853", "863", "854", "864"}
    ]


def test_a_text_may_stand_in_the_place_of_the_counted_fields(desk: Client):
    record = prisma()
    data = typed(record, {"from_1": "1", "to_1": "9"}, basic="Jil. 1–9, tak lengkap", text_instead="on")
    desk.post(reverse("catalogue:holding_add", args=[record.pk]), data)
    assert "<div>Jil. 1–9, tak lengkap</div></dd>" in desk.get(f"/records/{record.pk}").text
    assert "Jil. 1–jil. 9" not in desk.get(f"/records/{record.pk}").text


def test_two_who_write_statements_of_one_record_do_not_overwrite_each_other(desk: Client):
    """The second was made from a version that is gone: both stand afterwards, each at its branch."""
    record = prisma(*FIELDS)
    BranchFactory(code="FT")
    seen = record.version
    change_record(
        record,
        replaced(record.marc_record, None, holdings_in(prisma_of("852 ## $b FT", "866 #0 $a v.1"))[0]),
        version=seen,
        by=None,
    )
    data = typed(record, {"from_1": "7"}, version=seen)
    answer = desk.post(reverse("catalogue:holding", args=[record.pk, 0]), data)
    assert answer.status_code == 409
    assert "v.1" in str(tags(Record.objects.get(pk=record.pk)))


def prisma_of(*lines: str):
    return a_record("Lain", *map(field, lines)).marc_record


def test_it_is_removed_and_comes_back_by_the_history(desk: Client):
    record = prisma(*FIELDS)
    desk.post(reverse("catalogue:holding_remove", args=[record.pk, 0]), {"version": record.version})
    changed = Record.objects.get()
    assert tags(changed) == []
    assert changed.revisions.get().marc_before.fields == record.marc_record.fields
    stale = desk.post(reverse("catalogue:holding_remove", args=[record.pk, 0]), {"version": record.version})
    assert stale.status_code in {404, 409, 422}


def test_only_who_may_edit_writes_them(client: Client, signed_in, ani):
    record = prisma(PER_MONTH, "863 41 $8 1.1 $a 5 $b 3")
    for address in (reverse("catalogue:holding_add", args=[record.pk]), reverse("catalogue:holding", args=[record.pk, 0])):
        assert signed_in(client, ani.user).get(address).status_code in {302, 403, 404}
