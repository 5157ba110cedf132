"""One inbox for the site, for social media and for groups, while nobody is there: the chat says when staff answer, and Sari finds all."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import User
from lumbung.desk.models import Conversation
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.messaging.models import Incoming
from lumbung.messaging.tests import test_line as line
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory, open_on
from tests.telephones import Phone, phones

pytestmark = pytest.mark.django_db(transaction=True)
SUNDAY_NIGHT = datetime(2026, 11, 29, 15, 0, tzinfo=UTC)
WAYS = ("web", "instagram", "facebook", "whatsapp", "line", "telegram", "sms")


@pytest.fixture
def phone_on(settings: Any, tmp_path: Path) -> Iterator[Callable[[str], Phone]]:
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    with phones(tmp_path) as opened:
        yield opened


def at(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def says_in_a_group(phone: Phone, now: datetime, text: str) -> None:
    group = {"source": {"type": "group", "groupId": "C1", "userId": line.USER}}
    with clock.stopped_at(now):
        assert line.posted(phone.side.account, {**line.text("g1", text, at=now), **group}) == 200  # type: ignore[attr-defined]
        work_off()


@pytest.mark.requirement("R339", "R358", "R415", "R319")
def test_what_comes_at_night_over_the_site_social_media_and_sms_is_promised_an_answer_and_stands_in_one_inbox(
    phone_on: Callable[[str], Phone], sari: User, with_role: Any
) -> None:
    LibraryFactory(name="Perpustakaan Kampus", short_name="Perpus Kampus", time_zone="Asia/Jakarta")
    open_on(BranchFactory(code="PUSAT"))
    target = {"channel": "", "first_minutes": 60, "next_minutes": 60, "resolution_minutes": 480}
    assert at(with_role("head")).post(reverse("desk:targets"), target).status_code == 302
    telephones, now = {way: phone_on(way) for way in WAYS}, SUNDAY_NIGHT
    for way, phone in telephones.items():
        phone.now = now
        assert "Buka lagi Sen 30 Nov 2026 08.00" in phone.ask("jam buka"), way
        told = phone.ask("petugas")
        assert told == "Pesan Kakak saya teruskan ke petugas Perpus Kampus. Dijawab di sini paling lambat besok 09.00 WIB.", way
        now = phone.now
    says_in_a_group(telephones["line"], now, "petugas")

    desk = at(sari)
    with clock.stopped_at(now):
        inbox = {name: desk.get(reverse("desk:inbox"), {"queue": name}) for name in ("open", "groups")}
    kinds = sorted("meta" if way in {"instagram", "facebook"} else way for way in WAYS)
    assert sorted(row.channel for row in inbox["open"].context["rows"]) == kinds
    [group] = inbox["groups"].context["rows"]
    assert (group.channel, group.is_group) == ("line", True)
    assert group.pk not in {row.pk for row in inbox["open"].context["rows"]}

    with clock.stopped_at(now):
        for conversation in Conversation.objects.filter(is_group=False):
            page = reverse("desk:conversation", args=[conversation.pk])
            answer = {"text": "Buka sampai pukul 16.00, Kak.", "seen": desk.get(page).context["seen"]}
            assert desk.post(reverse("desk:answer", args=[conversation.pk]), answer).status_code == 302
        work_off()
    assert [way for way, phone in telephones.items() if "Buka sampai pukul 16.00, Kak." not in phone.side.read()[-1]] == []
    assert Incoming.objects.filter(identity__account__kind="sms").count() == 2
