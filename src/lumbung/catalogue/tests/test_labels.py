"""Labels and cards on sheets: which items, where on the paper, what a scanner reads."""

from datetime import timedelta
from types import SimpleNamespace

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.urls import reverse

from lumbung.catalogue import queries
from lumbung.catalogue.domain import labels
from lumbung.catalogue.domain.item_selection import Selection
from lumbung.catalogue.domain.items import change_item, remove_item
from lumbung.catalogue.models import LabelRun
from lumbung.catalogue.tests.factories import a_record, an_import, an_item, copy_field, marc_of
from lumbung.formats.linear_barcodes import code_39, code_128, svg
from lumbung.formats.marc import Field
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
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


def test_copies_without_a_call_number_are_told_before_their_spines_are_printed(client, sari, signed_in, three) -> None:
    desk = signed_in(client, sari)
    told = {"record": three[0].record_id, "bars": "code128", "paper": "a4-24", "start": 1}
    page = desk.post(reverse(PAGE), {**told, "kind": "spine"}).text
    assert "1 eksemplar belum bernomor panggil" in page
    assert reverse("catalogue:item_edit", args=[three[2].pk]) in page
    assert "belum bernomor panggil" not in desk.post(reverse(PAGE), {**told, "kind": "barcode"}).text
    change_item(three[2], call_number="899 TOE b", by=None)
    assert "belum bernomor panggil" not in desk.post(reverse(PAGE), {**told, "kind": "spine"}).text


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
    run = LabelRun.objects.create(kind="spine", created_at=clock.now())
    pages = [reverse(PAGE), reverse("catalogue:label_run", args=[run.pk])]
    file = reverse("catalogue:label_file", args=[run.pk])
    assert [client.get(page).status_code for page in pages] == [302] * 2
    for user in (ani.user, with_role("circulation")):
        assert [signed_in(client, user).get(page).status_code for page in pages] == [403] * 2
        assert client.post(file).status_code == 403
    assert [signed_in(client, with_role("cataloguer")).get(page).status_code for page in pages] == [200] * 2
    assert (client.get(file).status_code, client.post(file).status_code) == (405, 404)


def asked_for(three: list, **more: object) -> dict:
    return {"record": three[0].record_id, "kind": "both", "bars": "code128", "paper": "tj-121", "start": 7, **more}


def pages_of(file: bytes) -> int:
    return len(pypdfium2.PdfDocument(file))


@pytest.fixture
def many_at_two(monkeypatch) -> None:
    monkeypatch.setattr("lumbung.catalogue.web.labels.AT_ONCE", 2)


def test_labels_that_could_not_be_given_to_the_background_do_not_wait_for_ever(
    client, sari, signed_in, three, many_at_two, monkeypatch
):
    def locked(*told: object, **more: object) -> None:
        raise OperationalError

    monkeypatch.setattr("lumbung.catalogue.web.labels.set_labels", SimpleNamespace(enqueue=locked))
    with pytest.raises(OperationalError):
        signed_in(client, sari).post(reverse(PAGE), asked_for(three, print="1"))
    assert not LabelRun.objects.exists()


def test_many_labels_are_set_in_the_background_with_progress_and_taken_when_ready(client, sari, signed_in, three, many_at_two):
    desk = signed_in(client, sari)
    assert "Siapkan PDF" in desk.post(reverse(PAGE), asked_for(three)).text
    answer = desk.post(reverse(PAGE), asked_for(three, print="1"))
    run = LabelRun.objects.get()
    page, file = (reverse(f"catalogue:{name}", args=[run.pk]) for name in ("label_run", "label_file"))
    assert (answer["Location"], run.expected, run.state) == (page, 3, "waiting")
    assert "Menunggu giliran" in desk.get(page, headers={"HX-Request": "true"}).text
    assert desk.post(file).status_code == 404
    work_off()
    run.refresh_from_db()
    assert (run.state, run.written, run.printed_at) == ("finished", 3, None)
    assert queries.item_by_barcode("B-001").label_printed_at is None
    assert "Unduh PDF dan tandai tercetak" in desk.get(page).text
    assert page in desk.get(reverse(PAGE)).text
    taken = desk.post(file)
    assert (taken["Content-Type"], pages_of(b"".join(taken))) == ("application/pdf", 2)
    assert queries.item_by_barcode("B-001").label_printed_at is not None
    assert "ditandai tercetak" in desk.get(page).text
    told = JournalEntry.objects.filter(name__startswith="Labels").order_by("pk").values_list("name", "actor_id")
    assert list(told) == [("LabelsAskedFor", sari.pk), ("LabelsPrinted", sari.pk)]
    with clock.stopped_at(clock.now() + timedelta(days=8)):
        labels.forget_labels()
    assert not default_storage.exists(run.stored_file)
    assert "sudah dihapus" in desk.get(page).text
    assert desk.post(file).status_code == 404


@pytest.mark.parametrize(("start", "pieces"), [(1, 2), (7, 2), (8, 2)])
def test_labels_set_piece_by_piece_fill_the_same_sheets(three, monkeypatch, start, pieces):
    """Nine labels on sheets of eight, a sheet at a time."""
    monkeypatch.setattr("lumbung.catalogue.domain.labels.runs.PIECE", 8)
    layout = labels.Layout(kind=labels.Kind.BOTH, paper=labels.PAPERS["tj-121"][1], start=start)
    run = labels.run_labels(labels.start_labels([each.pk for each in three] * 3, layout, by=None))
    with default_storage.open(run.stored_file) as file:
        assert (pages_of(file.read()), run.written) == (pieces, 9)


def test_of_copies_that_are_gone_meanwhile_no_label_is_set(client, sari, signed_in, three, many_at_two):
    desk = signed_in(client, sari)
    desk.post(reverse(PAGE), asked_for(three, print="1"))
    remove_item(three[0], by=None)
    work_off()
    assert LabelRun.objects.get().state == "finished"
    lost = labels.run_labels(labels.start_labels([1], labels.Layout(kind=labels.Kind.SPINE, paper=A4_24), by=None))
    assert (lost.state, lost.stopped_because[:20]) == ("failed", "Tidak ada eksemplar ")
    assert "tidak jadi dibuat" in desk.get(reverse("catalogue:label_run", args=[lost.pk])).text
