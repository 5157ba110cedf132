"""Weeding of many copies: in the background, in stretches that go on where they were, with the list of copies in files of its own."""

from datetime import date
from types import SimpleNamespace

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lumbung.catalogue.domain import lending, withdrawals
from lumbung.catalogue.domain.item_selection import Selection
from lumbung.catalogue.domain.withdrawals import Criteria, approving, minutes, proposing, undoing
from lumbung.catalogue.models import Item, Record, Withdrawal
from lumbung.catalogue.tests.factories import a_record, an_item
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry
from lumbung.organization.domain.library import set_up

APPROVAL = {
    "number": "7/2026",
    "place": "Yogya",
    "dated": "2026-11-29",
    "name_1": "Sari",
    "role_1": "Kepala",
    "hide_titles": "on",
}


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch):
    for module in (proposing, approving, undoing):
        monkeypatch.setattr(module, "AT_ONCE", 2)
    monkeypatch.setattr(approving, "STRETCH", 2)
    monkeypatch.setattr(undoing, "STRETCH", 2)
    monkeypatch.setattr(minutes, "PIECE", 2)


@pytest.fixture
def five(db):
    set_up(name="Perpustakaan Nusa", by=None)
    record = a_record("MS-DOS untuk pemula")
    return [an_item(record, f"B-{number}") for number in range(1, 6)]


def text_of(pdf: bytes) -> str:
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    return " ".join(" ".join(pages).split())


def stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


def proposed() -> Withdrawal:
    found = Selection(barcodes=[f"B-{number}" for number in range(1, 6)])
    return withdrawals.propose_withdrawal(found, Criteria(), name="Usang", reason="isi usang", by=None)


def approved(weeding: Withdrawal, by=None, number="7/2026") -> Withdrawal:
    return withdrawals.approve_withdrawal(
        weeding,
        number=number,
        place="Yogya",
        dated=date(2026, 11, 29),
        signers=[{"name": "Sari", "role": "Kepala", "number": ""}],
        hide_titles=True,
        address_of=lambda token: f"https://pustaka.example/minutes/weedings/{token}",
        by=by,
    )


def statuses() -> list[str]:
    return list(Item.objects.order_by("barcode").values_list("status", flat=True))


def test_many_copies_go_in_the_background_and_come_back_the_same_way(client, five, sari, signed_in) -> None:
    desk = signed_in(client, sari)
    facts = {"barcodes": "\n".join(item.barcode for item in five), "name": "Usang", "reason": "isi usang"}
    page = desk.post(reverse("catalogue:withdrawal_propose"), facts)["Location"]
    assert "Eksemplar yang memenuhi syarat sedang dicari." in desk.get(page).content.decode()
    work_off()
    assert "Setujui 5 eksemplar" in desk.get(page).content.decode()
    desk.post(f"{page}/approval", APPROVAL)
    assert statuses() == ["available"] * 5
    moving = desk.get(page, headers={"HX-Request": "true"}).content.decode()
    assert ("0 dari 5 eksemplar sudah disiangi." in moving, "<html" in moving) == (True, False)
    work_off()
    assert (statuses(), Record.objects.get().suppressed) == (["withdrawn"] * 5, True)
    assert "Lampiran 3: eksemplar 5–5 (PDF)" in desk.get(page).content.decode()
    desk.post(f"{page}/undo")
    assert (Withdrawal.objects.get().state, statuses()) == ("undoing", ["withdrawn"] * 5)
    work_off()
    assert (Withdrawal.objects.get().state, statuses()) == ("undone", ["available"] * 5)
    assert not Record.objects.get().suppressed
    entries = JournalEntry.objects.filter(name__startswith="Withdrawal").order_by("pk")
    assert [(entry.name, entry.data["items"]) for entry in entries] == [
        ("WithdrawalProposed", 5), ("WithdrawalApproved", 5), ("WithdrawalUndone", 5),
    ]  # fmt: skip


def test_the_minutes_name_their_annexes_and_all_lead_to_the_page_that_proves_them(client, five, sari, signed_in) -> None:
    weeding = withdrawals.run_withdrawal(approved(withdrawals.prepare_withdrawal(proposed())))
    told, parts = text_of(stored(weeding.stored_file)), [stored(each["stored_file"]) for each in weeding.annexes]
    address = reverse("catalogue:withdrawal_check", args=[weeding.token])
    assert f"https://pustaka.example{address}" in told.replace(" ", "")
    assert all(each["digest"] in told.replace(" ", "") for each in weeding.annexes)
    assert "B-1" not in told
    assert [sorted(word for word in text_of(part).split() if word.startswith("B-")) for part in parts] == [
        ["B-1", "B-2"], ["B-3", "B-4"], ["B-5"],
    ]  # fmt: skip
    assert "5 eksemplar" in told
    said = client.get(address).content.decode()
    assert ("masih berlaku" in said, "7/2026" in said) == (True, True)
    copies = [("b.pdf", stored(weeding.stored_file)), ("l.pdf", parts[1]), ("x.pdf", parts[1] + b" ")]
    answers = [client.post(address, {"copy": SimpleUploadedFile(*each)}).content.decode() for each in copies]
    assert "sama persis dengan yang diterbitkan" in answers[0]
    assert "sama persis dengan lampiran 2 yang diterbitkan" in answers[1]
    assert "berbeda dari" in answers[2]
    annex = reverse("catalogue:withdrawal_annex", args=[weeding.pk, 2])
    assert client.get(annex).status_code == 302
    desk = signed_in(client, sari)
    assert b"".join(desk.get(annex)) == parts[1]
    assert desk.get(reverse("catalogue:withdrawal_annex", args=[weeding.pk, 4])).status_code == 404
    withdrawals.take_back_withdrawal(withdrawals.undo_withdrawal(weeding, by=None), by=None)
    assert "tidak berlaku lagi" in client.get(address).content.decode()


def test_minutes_of_few_copies_have_their_list_and_their_code_in_one_file(client, five) -> None:
    selection = Selection(barcodes=["B-1", "B-2"])
    few = withdrawals.propose_withdrawal(selection, Criteria(), name="Usang", reason="usang", by=None)
    weeding = approved(few)
    told = text_of(stored(weeding.stored_file))
    assert (weeding.annexes, "B-1" in told, weeding.token in told.replace(" ", "")) == ([], True, True)
    assert ("Harganya tidak tercatat" in told, "Rp" in told) == (True, False)
    Item.objects.filter(barcode="B-3").update(price=85_000)
    selection = Selection(barcodes=["B-3", "B-4"])
    priced = withdrawals.propose_withdrawal(selection, Criteria(), name="Usang", reason="usang", by=None)
    assert "Rp85.000." in text_of(stored(approved(priced, number="8/2026").stored_file))
    assert client.get(reverse("catalogue:withdrawal_check", args=[weeding.token])).status_code == 200


def test_a_code_that_was_given_to_nothing_proves_nothing(client, five) -> None:
    running = approved(withdrawals.prepare_withdrawal(proposed()))
    for token in (running.token, "salah"):
        assert client.get(reverse("catalogue:withdrawal_check", args=[token])).status_code == 404


def test_a_worker_that_ended_in_the_middle_leaves_a_weeding_that_goes_on(five) -> None:
    running = approved(withdrawals.prepare_withdrawal(proposed()))
    assert approving._let_go(running)
    assert statuses() == ["withdrawn", "withdrawn", "available", "available", "available"]
    minutes.set_annexes(running)
    Withdrawal.objects.filter(pk=running.pk).update(annexes=[])
    weeding = withdrawals.run_withdrawal(Withdrawal.objects.get())
    assert (weeding.state, weeding.done, [each["lines"] for each in weeding.annexes]) == (
        "approved",
        5,
        [[1, 2], [3, 4], [5, 5]],
    )
    assert set(weeding.lines.values_list("was", flat=True)) == {"available"}
    again = withdrawals.run_withdrawal(weeding)
    assert JournalEntry.objects.filter(name="WithdrawalApproved").count() == 1
    assert again.digest == weeding.digest


def test_a_copy_lent_after_the_approval_stays_and_is_not_in_the_minutes(five, monkeypatch) -> None:
    running = approved(withdrawals.prepare_withdrawal(proposed()))
    lent = {five[3].pk}
    monkeypatch.setattr(lending, "_ways", [(lambda keys: lent & set(keys), lambda: lent, lambda since: lent)])
    weeding = withdrawals.run_withdrawal(running)
    assert statuses() == ["withdrawn", "withdrawn", "withdrawn", "available", "withdrawn"]
    assert [each["lines"] for each in weeding.annexes] == [[1, 2], [3, 4]]
    assert not Record.objects.get().suppressed


def test_what_nothing_meets_is_told_on_its_page_and_can_be_dropped(client, five, sari, signed_in) -> None:
    desk = signed_in(client, sari)
    facts = {"barcodes": "\n".join(item.barcode for item in five), "name": "Usang", "reason": "x", "here_before": "1990-01-01"}
    page = desk.post(reverse("catalogue:withdrawal_propose"), facts)["Location"]
    work_off()
    shown = desk.get(page).content.decode()
    assert ("Terhenti" in shown, "Tidak ada eksemplar yang cocok dengan pilihan ini." in shown) == (True, True)
    desk.post(f"{page}/drop")
    assert Withdrawal.objects.get().state == "dropped"


def test_what_is_dropped_while_it_is_being_found_stays_dropped(five) -> None:
    weeding = proposed()
    withdrawals.drop_withdrawal(weeding, by=None)
    assert (withdrawals.prepare_withdrawal(weeding).state, weeding.lines.count()) == ("dropped", 0)


def test_a_worker_that_comes_late_leaves_the_copies_that_were_found_and_looked_through(five) -> None:
    weeding = proposed()
    late = Withdrawal.objects.get()
    found = withdrawals.prepare_withdrawal(weeding)
    kept = found.lines.get(barcode="B-2").pk
    withdrawals.keep_lines(found, {kept}, {kept})
    assert withdrawals.prepare_withdrawal(late).state == "proposed"
    assert list(late.lines.order_by("barcode").values_list("barcode", "kept")) == [
        ("B-1", False), ("B-2", True), ("B-3", False), ("B-4", False), ("B-5", False),
    ]  # fmt: skip


def test_a_weeding_whose_work_cannot_be_handed_over_is_not_begun(client, five, sari, signed_in, monkeypatch) -> None:
    def away(**_told):
        raise OperationalError("database is locked")

    desk = signed_in(client, sari)
    facts = {"barcodes": "\n".join(item.barcode for item in five), "name": "Usang", "reason": "isi usang"}
    with monkeypatch.context() as broken:
        broken.setattr("lumbung.catalogue.web.withdrawals.go_on_with_withdrawal", SimpleNamespace(enqueue=away))
        with pytest.raises(OperationalError):
            desk.post(reverse("catalogue:withdrawal_propose"), facts)
    assert Withdrawal.objects.count() == 0
    found = withdrawals.prepare_withdrawal(proposed())
    with monkeypatch.context() as broken:
        broken.setattr("lumbung.catalogue.web.withdrawals.go_on_with_withdrawal", SimpleNamespace(enqueue=away))
        with pytest.raises(OperationalError):
            desk.post(reverse("catalogue:withdrawal_approve", args=[found.pk]), APPROVAL)
    assert Withdrawal.objects.get().state == "proposed"
    gone = withdrawals.run_withdrawal(approved(found))
    with monkeypatch.context() as broken:
        broken.setattr("lumbung.catalogue.web.withdrawals.go_on_with_withdrawal", SimpleNamespace(enqueue=away))
        with pytest.raises(OperationalError):
            desk.post(reverse("catalogue:withdrawal_undo", args=[gone.pk]))
    assert Withdrawal.objects.get().state == "approved"


def test_copies_are_counted_for_the_list_alone(client, five, sari, signed_in) -> None:
    weeding = withdrawals.run_withdrawal(approved(withdrawals.prepare_withdrawal(proposed())))
    desk = signed_in(client, sari)
    assert "5 eksemplar" in desk.get(reverse("catalogue:withdrawals")).content.decode()
    for page in (
        reverse("catalogue:withdrawal_check", args=[weeding.token]),
        reverse("catalogue:withdrawal", args=[weeding.pk]),
    ):
        with CaptureQueriesContext(connection) as asked:
            desk.get(page, headers={"HX-Request": "true"})
        assert [each["sql"] for each in asked if "GROUP BY" in each["sql"]] == []
