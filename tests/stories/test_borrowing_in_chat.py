"""At night, from a telephone: Ani finds a book in chat, borrows its file there and then, keeps it longer, and gives it back."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from lumbung.circulation.models import Loan
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory
from lumbung.digital.domain.lending import set_lending
from lumbung.digital.domain.terms import change_terms
from lumbung.digital.models import ELoan
from lumbung.digital.tests.factories import a_file
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry
from lumbung.members.models import Member
from lumbung.organization.tests.factories import LibraryFactory
from tests.chatting import Chat

pytestmark = pytest.mark.django_db(transaction=True)
NIGHT = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
"""Midnight in Jakarta."""


@pytest.fixture
def book(ani: Member, sari: Any, settings: Any) -> Any:
    """One title with a printed copy, and a file with one place for borrowers."""
    settings.SITE_URL = "https://perpus.example"
    LibraryFactory(time_zone="Asia/Jakarta")
    change_terms(networks="", by=sari)
    LoanRuleFactory(category=ani.category)
    record = catalogued("Ekonomi mikro untuk petani", "Tani, Karya")
    ItemFactory(record=record, branch=ani.branch, barcode="B1")
    set_lending(a_file(record), owned=1, per_owned=1, days=7, renewals=1, by=sari)
    work_off()
    return record


def linked(member: Member) -> Chat:
    browser, chat = Client(), Chat(name=member.name)
    browser.force_login(member.user)
    with clock.stopped_at(NIGHT):
        page = browser.post("/my/channels/code").content.decode()
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", page)
    assert code
    assert chat.ask(f"hubungkan {code[0]}", at=NIGHT).startswith("Terhubung")
    return chat


@pytest.mark.requirement("R301", "R317", "R359")
def test_a_loan_at_the_counter_and_one_in_chat_stand_in_one_ledger_each_with_its_door(
    ani: Member, sari: Any, book: Any
) -> None:
    chat, desk = linked(ani), Client()
    desk.force_login(sari)
    with clock.stopped_at(NIGHT - timedelta(hours=8)):
        desk.post("/staff/desk", {"code": "B1", "member": ani.pk})
    assert Loan.objects.count() == 1

    chat.ask("cari ekonomi mikro", at=NIGHT)
    chat.ask("1", at=NIGHT)
    assert f"pinjam digital r{book.pk}" in chat.buttons()
    lent = chat.ask("pinjam digital 1", at=NIGHT)
    [loan] = ELoan.objects.all()
    assert lent == (
        "Dipinjamkan: “Ekonomi mikro untuk petani”, sampai Sel 8 Des 2026, lalu kembali sendiri. "
        f"Baca di https://perpus.example/files/{loan.lending.file_id}"
    )
    assert chat.ask("pinjam digital 1", at=NIGHT).startswith("Sudah Kakak pinjam.")
    both = chat.ask("pinjaman", at=NIGHT)
    assert "1. Ekonomi mikro untuk petani" in both
    assert "Dibaca daring (tulis “pinjaman digital”):\n- Ekonomi mikro untuk petani, sampai Sel 8 Des 2026" in both
    renewed = chat.ask("perpanjang digital", at=NIGHT + timedelta(days=3))
    assert renewed == "Diperpanjang: “Ekonomi mikro untuk petani”, sampai Jum 11 Des 2026."
    listed = chat.ask("pinjaman digital", at=NIGHT + timedelta(days=3))
    assert f"sampai Jum 11 Des 2026 · https://perpus.example/files/{loan.lending.file_id}" in listed
    assert chat.ask("perpanjang 1", at=NIGHT + timedelta(days=3)) != renewed
    assert "langsung mendapat gilirannya" in chat.ask("kembalikan digital", at=NIGHT + timedelta(days=4))
    assert "dikembalikan. Terima kasih" in chat.ask("ya", at=NIGHT + timedelta(days=4))

    told = JournalEntry.objects.filter(member=ani.pk, name__in=["CheckedOut", "ELent", "ERenewed", "ELoanEnded"]).order_by("pk")
    assert [(each.name, each.channel) for each in told] == [
        ("CheckedOut", "desk"), ("ELent", "chat"), ("ERenewed", "chat"), ("ELoanEnded", "chat"),
    ]  # fmt: skip


def test_whoever_comes_second_waits_and_a_stranger_is_asked_who_they_are(ani: Member, budi: Member, book: Any) -> None:
    first, second = linked(ani), linked(budi)
    for chat in (first, second):
        chat.ask("cari ekonomi mikro", at=NIGHT)
    assert first.ask("pinjam digital 1", at=NIGHT).startswith("Dipinjamkan")
    waits = second.ask("pinjam digital 1", at=NIGHT)
    assert waits == (
        "Semua sedang dibaca orang. Kakak masuk daftar tunggu “Ekonomi mikro untuk petani”, urutan ke-1.\n"
        "Kira-kira dapat dibaca Sel 8 Des 2026, paling lambat Sel 8 Des 2026."
    )
    assert second.ask("pinjaman digital", at=NIGHT).startswith("Tidak ada pinjaman digital, Kak.")
    stranger = Chat()
    stranger.ask("cari ekonomi mikro", at=NIGHT)
    assert "Dipinjamkan" not in stranger.ask("pinjam digital 1", at=NIGHT)
    assert "Dipinjamkan" not in second.ask("pinjam digital 9", at=NIGHT)
    assert ELoan.objects.count() == 1
