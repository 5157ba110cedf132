"""Labels and cards on sheets: which items, where on the paper, what a scanner reads."""

import pytest
from django.urls import reverse

from lumbung.catalogue import queries
from lumbung.catalogue.domain import labels
from lumbung.catalogue.domain.item_selection import Selection
from lumbung.catalogue.domain.items import change_item
from lumbung.catalogue.tests.factories import a_record, an_import, an_item, copy_field, marc_of
from lumbung.formats.linear_barcodes import code_39, code_128, svg
from lumbung.formats.marc import Field
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.organization.domain.library import set_up

PAGE = "catalogue:labels"
A4_24 = labels.PAPERS["a4-24"][1]


@pytest.fixture
def three(db) -> list:
    set_up(name="Perpustakaan Nusa", by=None)
    record = a_record("Bumi manusia #let x = 1 $\\", Field("082", "0", "4", [("a", "899.221")]))
    items = [an_item(record, barcode=f"B-00{number}") for number in (1, 2, 3)]
    calls = ["899.221 TOE b", "2X4.2 RAS f", ""]
    return [
        change_item(item, call_number=call, copy=f"c.{number}", accession_number=f"000{number}/P/2024", by=None)
        for number, (item, call) in enumerate(zip(items, calls, strict=True), 1)
    ]


def test_code_128_packs_digits_in_pairs() -> None:
    assert sum(code_128("123456")) == 11 * 5 + 13  # start C, three pairs, check; stop
    assert sum(code_128("B0012457")) == 11 * 8 + 13  # start B, B, one digit, to C, three pairs, check; stop
    assert code_128("PJJ123C")[:6] == [2, 1, 1, 2, 1, 4]
    for wrong in ("", "é", "A\nB"):
        with pytest.raises(ValueError, match=f"^{wrong}$"):
            code_128(wrong)


def test_code_39_stands_between_stars() -> None:
    assert code_39("a1") == code_39("A1")
    assert len(code_39("A1")) == 4 * 10 - 1
    for wrong in ("a_1", "A/1"):
        with pytest.raises(ValueError, match=wrong):
            code_39(wrong)
    assert svg([1, 2, 3]).count("M") == 2


@pytest.mark.parametrize("kind", labels.Kind)
@pytest.mark.parametrize("bars", labels.Bars)
def test_every_kind_is_set_on_paper(three, kind, bars) -> None:
    layout = labels.Layout(kind=kind, paper=A4_24, bars=bars, start=24)
    assert labels.as_pdf(three, layout).startswith(b"%PDF-")
    assert labels.sheet_count(3, layout) == 2
    assert len(labels.as_pictures(three, layout)) == 1


def test_items_are_chosen_in_many_ways_and_come_in_shelf_order(three) -> None:
    def chosen(**selection: object) -> list[str]:
        return [item.barcode for item in Selection(**selection).items()]

    assert chosen(barcodes=[" b-001", "B-002", "B-9"]) == ["B-002", "B-001"]
    assert chosen(record=three[0].record_id) == ["B-003", "B-002", "B-001"]
    assert chosen(accession_from="0002/P/2024") == ["B-003", "B-002"]
    assert chosen(accession_to="0001/P/2024") == ["B-001"]
    assert chosen(shelf_from="2X", shelf_to="2X4") == ["B-002"]
    assert chosen(shelf_from="89", shelf_to="89") == ["B-001"]
    assert chosen(branch=three[0].branch, not_labelled=True) == ["B-003", "B-002", "B-001"]
    run = an_import([marc_of("Anak semua bangsa", copy_field("C-1"))])
    assert chosen(import_run=run.pk) == ["C-1"]
    assert Selection(barcodes=["b-001", "X"]).unknown_barcodes() == ["X"]
    with pytest.raises(Refused, match="nothing_chosen"):
        Selection().items()
    with pytest.raises(Refused, match="index_not_ready"):
        Selection(words="bumi").items()


def test_what_is_printed_is_marked_once_it_is_taken(client, sari, signed_in, three) -> None:
    signed_in(client, sari)
    told = {
        "record": three[0].record_id,
        "kind": "both",
        "bars": "code128",
        "paper": "a4-24",
        "start": 23,
        "not_labelled": "on",
    }
    looked = client.post(reverse(PAGE), told)
    assert "data:image/png;base64," in looked.content.decode()
    assert not JournalEntry.objects.filter(name="LabelsPrinted").exists()
    taken = client.post(reverse(PAGE), {**told, "print": "1"})
    assert (taken["Content-Type"], taken.content[:5]) == ("application/pdf", b"%PDF-")
    assert JournalEntry.objects.get(name="LabelsPrinted").data == {"kind": "both", "items": [three[i].pk for i in (2, 1, 0)]}
    assert queries.item_by_barcode("B-001").label_printed_at is not None
    again = client.post(reverse(PAGE), told)
    assert (again.status_code, "Tidak ada eksemplar yang cocok" in again.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"start": 25}, "hanya memuat 24 label"),
        ({"paper": "own"}, "Isi ukuran ini"),
        (
            {"paper": "own", "width": 100, "height": 100, "columns": 2, "rows": 1, "label_width": 60, "label_height": 20},
            "tidak muat",
        ),
        ({"record": ""}, "Pilih dahulu"),
        ({"width": "nan", "paper": "own"}, "Isi"),
    ],
)
def test_paper_that_cannot_be_is_refused(client, sari, signed_in, three, wrong, said) -> None:
    signed_in(client, sari)
    told = {"record": three[0].record_id, "kind": "spine", "bars": "qr", "paper": "a4-24", "start": 1, **wrong}
    answer = client.post(reverse(PAGE), told)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_every_paper_holds_its_labels() -> None:
    for _name, paper in labels.PAPERS.values():
        assert paper.left + paper.columns * paper.label_width + (paper.columns - 1) * paper.gap_across <= paper.width
        assert paper.top + paper.rows * paper.label_height + (paper.rows - 1) * paper.gap_down <= paper.height


def test_only_who_keeps_items_prints_labels(client, ani, with_role, signed_in) -> None:
    assert client.get(reverse(PAGE)).status_code == 302
    assert signed_in(client, ani.user).get(reverse(PAGE)).status_code == 403
    assert signed_in(client, with_role("circulation")).get(reverse(PAGE)).status_code == 403
    assert signed_in(client, with_role("cataloguer")).get(reverse(PAGE)).status_code == 200
