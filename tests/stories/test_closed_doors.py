"""Ash falls on the town: the doors close for two weeks, services go on from home, and every page tells the truth about it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory
from lumbung.kernel import clock
from lumbung.members.models import Member
from lumbung.organization.domain.services import create_default_services
from lumbung.organization.models import Offering
from lumbung.organization.tests.factories import LibraryFactory, open_on

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.mark.requirement("R013", "R302", "R413")
@pytest.mark.django_db
def test_two_weeks_of_closed_doors_are_seen_before_run_told_and_ended(
    client: Client, sari: Any, ani: Member, signed_in: Any
) -> None:
    LibraryFactory()
    open_on(ani.branch)
    LoanRuleFactory(category=ani.category)
    create_default_services(by=sari)
    desk, reader = signed_in(Client(), sari), signed_in(Client(), ani.user)
    reading = Offering.objects.get(name="Membaca di tempat")
    form = {
        "branch": "",
        "first_day": "2026-11-30",
        "last_day": "2026-12-11",
        "reason": "Abu vulkanik",
        "note": "Perpanjang dari rumah.",
    }
    form[f"service-{reading.pk}"] = "closed"

    with clock.stopped_at(MONDAY):
        loan = check_out(ItemFactory(branch=ani.branch), to=ani, at=ani.branch, by=sari)
        assert "1 pinjaman yang jatuh tempo" in desk.post("/staff/closed-doors/new", form).content.decode()
        assert "Abu vulkanik" not in client.get("/").content.decode()
        report = desk.post("/staff/closed-doors/new", {**form, "sure": "1"}, follow=True).content.decode()
        assert "Jatuh tempo dipindahkan" in report
        assert "Perpanjang dari rumah." in client.get("/").content.decode()
        assert ("Tutup" in client.get("/services").content.decode(), "14 Des" in reader.get("/my").content.decode()) == (
            True,
            True,
        )

    with clock.stopped_at(datetime(2026, 12, 4, 2, 0, tzinfo=UTC)):
        assert "Abu vulkanik" in client.get("/").content.decode()
        assert "14 Des" in reader.get("/my").content.decode()
        title = reader.get(f"/records/{ItemFactory(branch=ani.branch).record_id}").content.decode()
        assert "pintu tutup, buka lagi Sen 14 Des" in title
        assert "Perpustakaan Pusat · pintu tutup, buka lagi Sen 14 Des</option>" in title
        desk.post(f"{_address(desk)}/opening")
        assert "Abu vulkanik" not in client.get("/services").content.decode()
        assert 'class="tag late"' not in client.get("/services").content.decode()
    loan.refresh_from_db()
    assert loan.due_at.astimezone(ani.branch.zone).date() >= date(2026, 12, 14)


@pytest.mark.requirement("R013")
@pytest.mark.django_db
def test_a_closure_that_meets_another_is_told_at_once_and_one_called_off_says_so(
    client: Client, sari: Any, ani: Member, signed_in: Any
) -> None:
    LibraryFactory()
    open_on(ani.branch)
    desk = signed_in(Client(), sari)
    ash = {"first_day": "2026-11-30", "last_day": "2026-12-11", "reason": "Abu vulkanik", "note": "Dari rumah saja."}
    with clock.stopped_at(MONDAY):
        desk.post("/staff/closed-doors/new", {**ash, "branch": "", "sure": "1"})
        flood = {**ash, "reason": "Banjir", "first_day": "2026-12-10", "last_day": "2026-12-20", "branch": ani.branch.pk}
        looked = desk.post("/staff/closed-doors/new", flood)
        assert looked.status_code == 422
        assert "Pintu sudah ditutup pada sebagian hari itu: Abu vulkanik" in looked.content.decode()
        assert "Ya, tutup pintu" not in looked.content.decode()

        assert ">akan tutup<" in desk.get("/staff/closed-doors").content.decode()
        off = desk.post(f"{_address(desk)}/opening", follow=True).content.decode()
        assert "Penutupan dibatalkan: kalender, jatuh tempo, pesanan, dan layanan seperti semula." in off
        assert ", sebelum pintu tutup" in off
        assert ">dibatalkan<" in desk.get("/staff/closed-doors").content.decode()
        assert "Ya, tutup pintu" in desk.post("/staff/closed-doors/new", flood).content.decode()


def _address(desk: Client) -> str:
    page = desk.get("/staff/closed-doors").content.decode()
    start = page.index("/staff/closed-doors/", page.index("<tbody>"))
    return page[start : page.index('"', start)]
