"""While the doors are closed a student fetches what waits at a time of her own, and gets the rest by courier."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.models import ClosedDoors, Handover
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanRuleFactory
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.models import Member
from lumbung.messaging.models import Delivery
from lumbung.organization.domain.services import create_default_services
from lumbung.organization.tests.factories import LibraryFactory, open_on
from lumbung.spaces.models import Gate

THURSDAY = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
CLOSING = {
    "branch": "",
    "first_day": "2026-11-30",
    "last_day": "2026-12-11",
    "reason": "Abu vulkanik",
    "sure": "1",
    "tells": "on",
}
TERMS = {
    "slot_days": ["1", "2", "3", "4", "5"], "slot_from": "09:00", "slot_until": "11:00", "slot_minutes": "30", "slot_limit": "2",
    "delivers": "on", "delivery_fee": "12000", "quarantine_days": "2",
}  # fmt: skip


@pytest.mark.requirement("R013", "R014")
@pytest.mark.django_db(transaction=True)
def test_books_reach_their_readers_while_nobody_comes_in(
    sari: Any, ani: Member, budi: Member, signed_in: Any, mailoutbox: Any
) -> None:
    LibraryFactory()
    create_default_services(by=sari)
    branch = open_on(ani.branch)
    LoanRuleFactory(category=ani.category)
    desk, ani_at_home, budi_at_home = signed_in(Client(), sari), signed_in(Client(), ani.user), signed_in(Client(), budi.user)
    with clock.stopped_at(THURSDAY):
        lent = ItemFactory(branch=branch, barcode="B1")
        check_out(lent, to=ani, at=branch, by=sari)
        for member in (ani, budi):
            item = ItemFactory(branch=branch)
            day = date(2026, 12, 1)
            HoldFactory(record=item.record, member=member, pickup_branch=branch, item=item, state="ready", ready_until=day)
        desk.post("/staff/closed-doors/new", {**CLOSING, "note": "Ambil di pintu samping."})
        work_off()
        told = sorted((letter.to[0], "Abu vulkanik" in letter.body) for letter in mailoutbox)
        assert told == [("ani@kampus.example", True), ("budi@kampus.example", True)]
        closed = ClosedDoors.objects.get()
        desk.post(f"/staff/closed-doors/{closed.pk}/terms", TERMS)
        desk.post(f"/staff/closed-doors/{closed.pk}/duty", {f"{sari.pk}-2026-11-30": "office", f"{sari.pk}-2026-12-01": "home"})

    with clock.stopped_at(MONDAY):
        anybody = Client()
        anybody.post("/chat", {"text": "hari ini buka jam berapa?"})
        work_off()
        answer = Delivery.objects.latest("pk").body
        assert "Abu vulkanik" in answer
        still = answer.partition("Yang tetap dapat dari mana saja: ")[2]
        assert ("Tanya pustakawan" in still, "Ruang baca" in still) == (True, False)
        page = ani_at_home.get("/my").content.decode()
        start = page.index('value="2026-11-30T09:00')
        at = page[start + 7 : page.index('"', start + 7)]
        ani_at_home.post(f"/my/closed-doors/{closed.pk}/handovers", {"branch": branch.pk, "starts_at": at})
        budi_at_home.post(f"/my/closed-doors/{closed.pk}/handovers", {"branch": branch.pk, "address": "Jl. Melati 5"})
        queue = f"/staff/closed-doors/{closed.pk}/handovers"
        parcel, fetched = Handover.objects.get(member=budi), Handover.objects.get(member=ani)
        desk.post(queue, {"handover": parcel.pk, "step": "send", "courier": "Pos", "tracking": "P123"})
        assert "P123" in budi_at_home.get("/my").content.decode()
        desk.post(queue, {"handover": fetched.pk, "step": "finish"})
        desk.post("/staff/desk", {"code": "B1", "mode": "return"})
        report = desk.get(f"/staff/closed-doors/{closed.pk}").content.decode()
        assert (
            "Buku yang beristirahat" in report,
            "Dari rumah" in desk.get(f"/staff/closed-doors/{closed.pk}/duty").content.decode(),
        ) == (
            True,
            True,
        )


@pytest.mark.requirement("R014")
@pytest.mark.django_db
def test_a_room_takes_only_so_many_people_at_once_and_says_when_the_next_may_come_in(
    sari: Any, ani: Member, signed_in: Any, client: Client
) -> None:
    LibraryFactory()
    desk = signed_in(Client(), sari)
    gate = {"branch": ani.branch_id, "name": "Ruang baca", "repeat_minutes": 30, "capacity": 2, "stay_minutes": 90}
    with clock.stopped_at(MONDAY):
        desk.post("/staff/gates/new", {**gate, "is_active": "on"})
        screen = reverse("spaces:screen", args=[Gate.objects.get().address])
        guest = {"what": "guest", "consent": "on"}
        for name in ("Wati", "Tuti"):
            assert "Selamat datang" in client.post(screen, {**guest, "name": name}).content.decode()
        turned = client.post(screen, {"what": "card", "code": ani.barcode}).content.decode()
        assert "Di dalam sudah 2 dari 2 orang. Mohon tunggu; tempat berikutnya kosong pukul 09.30." in turned
        assert "dari 2 tempat terisi" in turned
    with clock.stopped_at(MONDAY + timedelta(minutes=91)):
        assert "Selamat datang" in client.post(screen, {"what": "card", "code": ani.barcode}).content.decode()
