"""One reader on WhatsApp, on Telegram and on the site: one history at the desk, news of what interests her, and a person at night."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.circulation.tests.factories import LoanRuleFactory
from lumbung.desk.models import Conversation
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.models import ChannelLink, Member
from lumbung.members.tests.factories import MemberFactory
from lumbung.messaging.models import Delivery
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory, open_on
from lumbung.reactions.tell_new_titles import tell_new_titles
from tests.telephones import MONDAY, Phone, phones

pytestmark = pytest.mark.django_db(transaction=True)
NINE_AT_NIGHT = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)


@pytest.fixture
def phone_on(settings: Any, tmp_path: Path) -> Iterator[Callable[[str], Phone]]:
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    settings.SITE_URL = "https://perpus.example"
    with phones(tmp_path) as opened:
        yield opened


@pytest.fixture
def ani() -> Member:
    LibraryFactory(name="Perpustakaan Kampus", short_name="Perpus Kampus")
    branch = open_on(BranchFactory(code="PUSAT"))
    user = UserFactory(username="ani", name="Ani Saraswati", email="ani@kampus.example", roles=[Role.MEMBER])
    ani = MemberFactory(name="Ani Saraswati", barcode="K1", user=user, branch=branch, email="ani@kampus.example")
    LoanRuleFactory(category=ani.category)
    return ani


def at(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def linked(ani: Member, phone: Phone) -> Phone:
    with clock.stopped_at(phone.now):
        page = at(ani.user).post("/my/channels/code").content.decode()
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", page)
    assert code
    assert "Terhubung" in phone.ask(f"hubungkan {code[0]}")
    return phone


@pytest.mark.requirement("R343")
def test_what_a_reader_asks_on_three_channels_is_one_history_once_each_is_proved_hers(
    ani: Member, budi: Member, sari: Any, phone_on: Callable[[str], Phone]
) -> None:
    now = MONDAY
    for kind in ("whatsapp", "telegram", "web"):
        phone = phone_on(kind)
        phone.now = now
        linked(ani, phone)
        phone.ask(f"Adakah jurnal lewat {kind}?")
        phone.ask("petugas")
        now = phone.now
    with clock.stopped_at(MONDAY + timedelta(hours=1)):
        at(ani.user).post(reverse("desk:ask"), {"text": "Adakah jurnal lewat formulir?"})
        at(budi.user).post(reverse("desk:ask"), {"text": "Punya Budi"})
        desk = at(sari)
        newest = Conversation.objects.filter(member=ani).latest("pk")
        address = f"{reverse('desk:inbox')}?member={ani.pk}"
        assert address in desk.get(reverse("desk:conversation", args=[newest.pk])).text
        history = desk.get(address)
        assert [row.channel for row in history.context["rows"]] == ["form", "web", "telegram", "whatsapp"]
        assert "Semua yang ditanyakan Ani Saraswati" in history.text
        assert "Punya Budi" not in history.text
        assert "hx-get" not in history.text.partition('id="inbox"')[2].partition(">")[0]


@pytest.mark.requirement("R219")
def test_news_of_what_interests_her_comes_by_the_channel_and_in_the_language_she_chose(
    ani: Member, phone_on: Callable[[str], Phone]
) -> None:
    phone, hers = linked(ani, phone_on("telegram")), at(ani.user)
    with clock.stopped_at(phone.now):
        hers.post("/my/searches", {"search": "?q=ekonomi", "name": "Ekonomi", "frequency": "daily"})
        hers.post(reverse("account_preferences"), {"language": "en", "time_zone": "Asia/Jakarta"})
        link = ChannelLink.objects.get()
    with clock.stopped_at(phone.now + timedelta(hours=1)):
        catalogued("Ekonomi mikro untuk petani", "Tani, Karya")
        work_off()
    with clock.stopped_at(phone.now + timedelta(days=1)):
        assert tell_new_titles() == 1
    assert Delivery.objects.filter(code="search_digest").get().account.kind == "email"
    hers.post(f"/my/channels/{link.pk}", {"notices": "on", "preferred": "on"})
    with clock.stopped_at(phone.now + timedelta(days=1, hours=1)):
        catalogued("Ekonomi kelautan", "Segara, Putu")
        work_off()
    with clock.stopped_at(phone.now + timedelta(days=2)):
        assert tell_new_titles() == 1
        told = Delivery.objects.filter(code="search_digest").latest("pk")
        assert (told.account.kind, told.identity) == ("telegram", link.identity)
        assert "Ekonomi kelautan" in told.body
        assert "Ekonomi mikro" not in told.body
        assert "Yth." not in told.body


@pytest.mark.requirement("R395")
def test_at_night_a_librarian_at_home_has_the_shift_and_answers(
    ani: Member, rina: Any, with_role: Any, phone_on: Callable[[str], Phone]
) -> None:
    night = {"user": rina.pk, "day": "2026-11-30", "starts": "20:00", "ends": "23:00", "place": "wfh"}
    assert at(with_role("head")).post(reverse("desk:roster"), night).status_code == 302
    phone = linked(ani, phone_on("whatsapp"))
    phone.now = NINE_AT_NIGHT
    assert "buku" in phone.ask("cari ekonomi").casefold() or "belum ada judul" in phone.ask("cari ekonomi").casefold()
    phone.ask("petugas")
    asked = Conversation.objects.get()
    assert asked.assignee == rina
    home = at(rina)
    with clock.stopped_at(phone.now + timedelta(minutes=4)):
        page = reverse("desk:conversation", args=[asked.pk])
        seen = home.get(page).context["seen"]
        home.post(reverse("desk:answer", args=[asked.pk]), {"text": "Selamat malam, Kak. Besok saya siapkan.", "seen": seen})
        work_off()
        assert "Selamat malam, Kak." in "\n".join(phone.side.read())
