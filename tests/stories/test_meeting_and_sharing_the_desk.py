"""Meeting a librarian, alone or with a class; a group that asks in a group; and librarians of a partner library who help to answer."""

import json
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import User
from lumbung.circulation.tests.factories import ItemFactory
from lumbung.desk.domain.appointments import remind_of_appointments
from lumbung.desk.models import Appointment, Conversation, Team
from lumbung.kernel import clock, secrets_at_rest
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.models import Member
from lumbung.messaging.channels.telegram import bot
from lumbung.messaging.models import Delivery
from lumbung.messaging.tests.factories import account_of
from lumbung.organization.models import Offering, OpeningHours
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY_NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TOKEN = "4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcK"


@pytest.fixture
def branch(settings: Any) -> Any:
    settings.SITE_URL = "https://perpus.example"
    LibraryFactory(name="Perpustakaan Kampus", time_zone="Asia/Jakarta")
    branch = BranchFactory(code="PUSAT")
    for weekday in range(5):
        OpeningHours.objects.create(branch=branch, weekday=weekday, opens=time(8), closes=time(16))
    return branch


@pytest.fixture
def head(with_role: Any) -> User:
    return with_role("head")


def at(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(conversation: Conversation, name: str = "conversation") -> str:
    return reverse(f"desk:{name}", args=[conversation.pk])


@pytest.mark.requirement("R322", "R015")
@pytest.mark.requirement("R321")
def test_a_lecturer_books_a_class_from_home_is_told_when_it_is_called_off_and_it_is_held_on_another_day(
    branch: Any, head: User, sari: User, ani: Member
) -> None:
    at(head).post(reverse("organization:services_usual"))
    hours = {"user": sari.pk, "kind": "class", "weekday": 3, "opens": "10:00", "closes": "12:00", "minutes": 120}
    at(head).post(reverse("desk:appointments"), {**hours, "place": "Ruang literasi"})
    lecturer, desk = at(ani.user), at(sari)
    with clock.stopped_at(MONDAY_NINE):
        services = lecturer.get(reverse("organization:services")).text
        assert Offering.objects.filter(kind="guidance", is_published=True).exists()
        assert f'href="{reverse("desk:my_appointments_all")}"' in services
        page = reverse("desk:my_appointments", args=["class"])
        assert page in lecturer.get(reverse("desk:my_appointments_all")).text
        [first, second, *_] = [slot.key for slot in lecturer.get(page).context["slots"]]
        lecturer.post(page, {"slot": first, "topic": "Pengenalan basis data", "people": 32})
        assert first not in [slot.key for slot in lecturer.get(page).context["slots"]]
        shown = desk.get(reverse("desk:appointments")).text
        booked = Appointment.objects.get()
        assert ("32 orang" in shown, reverse("desk:appointment_ics", args=[booked.secret]) in shown) == (True, True)

        off = reverse("desk:conclude", args=[booked.pk])
        refused = desk.post(off, {"off": "1", "reason": " "}, headers={"Referer": reverse("desk:appointments")}, follow=True)
        assert "Tuliskan alasannya; yang memesan diberi tahu." in refused.text
        desk.post(off, {"off": "1", "reason": "listrik ruang literasi diperbaiki"})
        letter = Delivery.objects.get(code="appointment_called_off")
        assert letter.address == "ani@kampus.example"
        assert "listrik ruang literasi diperbaiki" in letter.body
        assert f"Pilih waktu lain: https://perpus.example{page}" in letter.body
        assert first in [slot.key for slot in lecturer.get(page).context["slots"]]
        assert lecturer.get(reverse("desk:appointment_ics", args=[booked.secret])).status_code == 404
        lecturer.post(page, {"slot": second, "topic": "Pengenalan basis data", "people": 32})
    again = Appointment.objects.get(state="booked")
    with clock.stopped_at(again.starts_at - timedelta(hours=20)):
        assert (remind_of_appointments(), remind_of_appointments()) == (1, 0)
    with clock.stopped_at(again.ends_at):
        desk.post(reverse("desk:conclude", args=[again.pk]), {"held": "1", "note": "Lanjut ke Mendeley"})
        assert "Lanjut ke Mendeley" in desk.get(reverse("desk:appointments")).text
        assert "Terlaksana" in lecturer.get(page).text


class TelegramGroup:
    """A class that has the library's bot in its group: whoever writes there is heard by the webhook."""

    def __init__(self) -> None:
        sealed = secrets_at_rest.seal({"token": TOKEN})
        self.account = account_of("telegram", settings={"way": "webhook"}, sealed_secrets=sealed)
        self.number = 0

    def says(self, text: str, *, chat: dict[str, Any] | None = None) -> str:
        """Somebody writes, and what it sets off is done; what the bot says to it."""
        self.number += 1
        before = set(Delivery.objects.values_list("pk", flat=True))
        who = {"id": 1001, "is_bot": False, "first_name": "Ani", "language_code": "id"}
        group = {"id": -100500, "type": "supergroup", "title": "Kelas A"}
        said = {"message_id": self.number, "date": 1780000000, "chat": chat or group, "from": who, "text": text}
        posted = Client().post(
            f"/hooks/telegram/{self.account.hook_key}",
            json.dumps({"update_id": self.number, "message": said}),
            content_type="application/json",
            headers={"X-Telegram-Bot-Api-Secret-Token": bot.secret_word(self.account)},
        )
        assert posted.status_code == 200
        work_off()
        return "\n".join(Delivery.objects.exclude(pk__in=before).order_by("pk").values_list("body", flat=True))


def test_what_a_group_asks_is_kept_apart_and_nothing_of_one_person_is_said_in_it(branch: Any, sari: User, head: User) -> None:
    group, desk = TelegramGroup(), at(sari)
    assert "buka" in group.says("/jam@PustakaBot")
    assert "pinjaman" not in group.says("pinjaman saya").casefold()
    assert group.says("eh besok jadi presentasi?") == ""
    assert not Conversation.objects.exists()
    group.says("/petugas@PustakaBot")
    alone = {"id": 1001, "type": "private", "first_name": "Ani"}
    group.says("petugas", chat=alone)
    theirs, private = Conversation.objects.filter(is_group=True).get(), Conversation.objects.filter(is_group=False).get()
    rows = {
        name: list(desk.get(reverse("desk:inbox"), {"queue": name}).context["rows"])
        for name in ("open", "unassigned", "groups")
    }
    assert rows == {"open": [private], "unassigned": [private], "groups": [theirs]}
    assert theirs.member is None
    shown = desk.get(page_of(theirs))
    assert "Kelas A" in shown.text
    desk.post(page_of(theirs, "answer"), {"text": "Ruang diskusi dipesan lewat situs.", "seen": shown.context["seen"]})
    told = {"kind": "ready", "outcome": "answered", "effort": 1, "close": "1"}
    desk.post(page_of(theirs, "description"), told)
    desk.post(page_of(private, "answer"), {"text": "Halo Kak.", "seen": desk.get(page_of(private)).context["seen"]})
    desk.post(page_of(private, "description"), told)
    rated = Delivery.objects.filter(purpose="rating").values_list("identity", flat=True)
    assert list(rated) == [private.identity_id]


def test_a_librarian_of_a_partner_library_is_invited_to_one_queue_answers_in_it_and_leaves_on_the_day(
    branch: Any, sari: User, head: User, ani: Member, with_role: Any
) -> None:
    made = {"username": "tari", "name": "Tari (UIN)", "email": "tari@mitra.example", "roles": ["member"]}
    assert at(with_role("admin")).post(reverse("accounts:user_add"), {**made, "password": "sawah-hijau-41"}).status_code == 302
    guest, planning, visitor = User.objects.get(username="tari"), at(head), at(ani.user)
    with clock.stopped_at(MONDAY_NINE):
        planning.post(reverse("desk:teams"), {"name": "Kajian Islam", "channels": ["web"], "is_active": "on"})
        team = Team.objects.get()
        assert at(guest).get(reverse("desk:inbox")).status_code == 403
        joined = {"username": "tari", "until": "2026-11-27"}
        planning.post(reverse("desk:team_join", args=[team.pk]), joined)
        planning.post(reverse("desk:team_join", args=[team.pk]), joined)
        invitation = Delivery.objects.get(code="desk_guest")
        assert invitation.address == "tari@mitra.example"
        assert "“Kajian Islam” sampai Jum 27 Nov 2026" in invitation.body
        assert "https://perpus.example/staff/questions" in invitation.body

        for text in ("Adakah tafsir tentang riba?", "petugas"):
            visitor.post("/chat", {"text": text})
            work_off()
        asked = Conversation.objects.get()
        assert asked.team == team
        at(ani.user).post(reverse("desk:ask"), {"text": "Kartu saya hilang"})
        other = Conversation.objects.exclude(pk=asked.pk).get()
        partner = at(guest)
        inbox = partner.get(reverse("desk:inbox"))
        assert list(inbox.context["rows"]) == [asked]
        assert [partner.get(page_of(each)).status_code for each in (asked, other)] == [200, 404]
        found = partner.get(reverse("desk:inbox"), {"q": "kartu hilang"})
        assert list(found.context["rows"]) == []
        book = ItemFactory(record__title="Tafsir ayat ekonomi", branch=branch).record
        asked.refresh_from_db()
        Conversation.objects.filter(pk=asked.pk).update(member=ani)
        assert partner.post(page_of(asked, "hold"), {"record": book.pk}).status_code == 403
        for name in ("roster", "teams", "answers", "figures", "appointments", "targets"):
            assert partner.post(reverse(f"desk:{name}")).status_code == 403, name
        seen = partner.get(page_of(asked)).context["seen"]
        partner.post(page_of(asked, "answer"), {"text": "Ada tiga, Kak; saya sertakan dari koleksi kami juga.", "seen": seen})
        assert "saya sertakan dari koleksi kami juga" in visitor.get("/chat").text
        named = at(sari).get(page_of(asked)).text
        assert "Tari (UIN)" in named
    with clock.stopped_at(MONDAY_NINE + timedelta(days=5)):
        assert at(guest).get(page_of(asked)).status_code == 403
        assert at(sari).get(page_of(asked)).status_code == 200
