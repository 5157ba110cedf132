"""The head looks at the services of the library: which are used, which nobody wants, how soon each is done, and what to do."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import User
from lumbung.circulation.models import Hold
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory
from lumbung.discovery.domain.alerts import write_digests
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.models import Member
from lumbung.organization.models import Offering, OpeningHours
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def at(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def head(with_role: Any) -> Client:
    """The head of a library that has offered the usual services for half a year."""
    LibraryFactory()
    BranchFactory(code="PUSAT")
    head = at(with_role("head"))
    with clock.stopped_at(MONDAY - timedelta(days=180)):
        head.post(reverse("organization:services_usual"))
    return head


def named(client: Client, **asked: str) -> dict[str, Any]:
    shown = client.get(reverse("desk:services"), asked)
    return {each.service.name: each for each in shown.context["lines"]}


@pytest.mark.requirement("R237", "R321")
def test_each_service_is_counted_by_its_own_work_and_those_nobody_used_are_listed_with_what_to_do(
    head: Client, sari: User, ani: Member
) -> None:
    LoanRuleFactory(category=ani.category)
    item = ItemFactory(branch=ani.branch)
    with clock.stopped_at(MONDAY - timedelta(days=3)):
        at(sari).post("/staff/desk", {"code": item.barcode, "member": ani.pk})
        guidance = Offering.objects.get(name="Bimbingan penelusuran")
        at(ani.user).post(reverse("desk:ask_service", args=[guidance.pk]), {"text": "Mohon ditemani mencari jurnal"})
    with clock.stopped_at(MONDAY):
        told = named(head, days="30")
        lending, asked = told["Peminjaman dan pengembalian"], told["Bimbingan penelusuran"]
        assert (lending.measure, lending.uses, lending.flags) == ("Peminjaman", 1, [])
        assert (asked.requests, asked.flags) == (1, [])
        promoted = told["Kabar judul baru"]
        assert (promoted.service.kind, promoted.measure, promoted.uses) == ("promotion", "Kabar judul baru yang dikirim", 0)

        idle = named(head, days="30", show="idle")
        assert {name: line.flags for name, line in idle.items()} == {
            "Perpanjangan pinjaman": ["idle"],
            "Surat bebas pustaka": ["idle"],
            "Tanya pustakawan": ["idle"],
            "Rujukan untuk kuliah": ["uncounted"],
            "Kelas literasi informasi": ["uncounted"],
            "Menjadi anggota": ["uncounted"],
            "Panduan mencari dan memakai perpustakaan": ["uncounted"],
            "Koleksi baru dan pilihan pustakawan": ["uncounted"],
            "Kabar judul baru": ["idle"],
            "Membaca di tempat": ["idle"],
        }
        page = head.get(reverse("desk:services"), {"days": "30", "show": "idle"}).text
        assert "Hanya di tempat: beri jalan daring supaya dapat dipakai dari rumah." in page
        assert reverse("organization:service", args=[idle["Membaca di tempat"].service.pk]) in page
        table = head.get(reverse("desk:services"), {"days": "30", "show": "idle", "format": "csv"})
        assert b"".join(table.streaming_content).decode().count("tidak dipakai") == 5  # type: ignore[attr-defined]
        by_kind = dict(head.get(reverse("desk:services"), {"days": "30"}).context["by_kind"])
        assert (by_kind["Sirkulasi"], by_kind["Bimbingan pemustaka"]) == (1, 1)
    with clock.stopped_at(MONDAY + timedelta(days=60)):
        assert "Peminjaman dan pengembalian" in named(head, days="30", show="idle")
        assert "Peminjaman dan pengembalian" not in named(head, days="90", show="idle")


@pytest.mark.requirement("R321")
def test_news_of_a_new_title_that_reaches_a_reader_counts_as_promotion(head: Client, ani: Member) -> None:
    reader, subject = at(ani.user), "?subject=Ilmu+tanah"
    reader.post("/my/searches", {"search": subject, "name": "Ilmu tanah", "frequency": "daily"})
    catalogued("Kesuburan tanah", "Hardjowigeno, Sarwono", subject="Ilmu tanah")
    work_off()
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        write_digests(base="https://perpus.example")
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        promoted = named(head, days="30", kind="promotion")["Kabar judul baru"]
        assert (promoted.uses, promoted.total, promoted.flags) == (1, 1, [])


@pytest.mark.requirement("R008")
def test_a_service_beyond_the_desk_has_its_target_and_what_was_done_in_opening_hours(
    head: Client, sari: User, ani: Member, budi: Member
) -> None:
    LoanRuleFactory(category=None)
    branch, desk = ani.branch, at(sari)
    for weekday in range(5):
        OpeningHours.objects.create(branch=branch, weekday=weekday, opens=time(8), closes=time(16))
    item = ItemFactory(branch=branch, record__title="Flora Jawa")
    fetching = {"name": "Pesan, lalu ambil", "kind": "lending", "summary": "Kami ambilkan dari rak.", "by_contact": "on"}
    with clock.stopped_at(MONDAY - timedelta(days=170)):
        head.post(
            reverse("organization:service_add"),
            {**fetching, "position": 9, "is_published": "on", "measure": "circulation.holds"},
        )
    service = Offering.objects.get(name="Pesan, lalu ambil")
    minutes = {"first_minutes": 60, "next_minutes": 60, "resolution_minutes": 120}
    assert head.post(reverse("desk:targets"), {"service": service.pk, **minutes}).status_code == 302
    with clock.stopped_at(MONDAY - timedelta(days=10)):
        desk.post("/staff/desk", {"code": item.barcode, "member": budi.pk})
    friday = MONDAY - timedelta(days=3) + timedelta(hours=6)
    with clock.stopped_at(friday):
        at(ani.user).post(f"/records/{item.record_id}/holds", {"branch": branch.pk})
    with clock.stopped_at(MONDAY):
        desk.post("/staff/desk/returns", {"code": item.barcode})
    assert Hold.objects.get().state == "ready"
    with clock.stopped_at(MONDAY + timedelta(hours=1)):
        line = named(head, days="30")["Pesan, lalu ambil"]
        assert (line.uses, line.target, line.took.done, line.took.minutes, line.took.in_time) == (1, 120, 1, 120, 100)
        page = head.get(reverse("desk:services"), {"days": "30", "kind": "lending"}).text
        assert "100% tepat waktu" in page
    head.post(reverse("desk:targets"), {"service": service.pk, **minutes, "resolution_minutes": 60})
    with clock.stopped_at(MONDAY + timedelta(hours=1)):
        line = named(head, days="30", show="look")["Pesan, lalu ambil"]
        assert (line.took.in_time, line.flags, line.advice) == (
            0,
            ["late"],
            ["Tambah giliran jaga, atau sesuaikan targetnya."],
        )
