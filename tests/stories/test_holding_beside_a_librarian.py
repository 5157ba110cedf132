"""Ani asks which book fits her assignment, chooses one herself while Sari still has the conversation, and Sari sees it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import User
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory, LoanRuleFactory
from lumbung.desk.models import Conversation
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.domain.channel_links import link_by_code, make_code
from lumbung.members.models import Member
from lumbung.messaging.models import Delivery, Identity
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def branch() -> Any:
    LibraryFactory()
    return BranchFactory(code="PUSAT", name="Perpustakaan Pusat")


class Chat:
    """Somebody in the chat of the site: what they write, and what the library says to it."""

    def __init__(self) -> None:
        self.browser = Client()

    def says(self, text: str) -> str:
        """What is said to them after this was written and everything was done that it sets off."""
        before = set(Delivery.objects.values_list("pk", flat=True))
        assert self.browser.post("/chat", {"text": text}).status_code == 302
        work_off()
        return "\n".join(Delivery.objects.exclude(pk__in=before).order_by("pk").values_list("body", flat=True))


def at(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(conversation: Conversation, name: str = "conversation") -> str:
    return reverse(f"desk:{name}", args=[conversation.pk])


def last_seen(desk: Client, conversation: Conversation) -> int:
    return int(desk.get(page_of(conversation)).context["seen"])


@pytest.mark.requirement("R338")
def test_the_student_holds_the_second_title_herself_while_the_librarian_has_the_conversation(
    branch: Any, sari: User, ani: Member
) -> None:
    LoanRuleFactory(category=ani.category)
    titles = [ItemFactory(record__title=f"Ekonomi mikro {n}", branch=branch).record for n in (1, 2)]
    lent = [
        LoanFactory(item__record__title=name, item__branch=branch, member=ani, lent_at=MONDAY - timedelta(days=days))
        for name, days in (("Flora Jawa", 6), ("Sosiologi desa", 5))
    ]
    chat, desk = Chat(), at(sari)
    with clock.stopped_at(MONDAY):
        chat.says("Buku mana yang tepat untuk tugas ekonomi mikro?")
        link_by_code(Identity.objects.get(), make_code(ani, by=ani.user))
        chat.says("petugas")
        conversation = Conversation.objects.get()
        composer = desk.post(page_of(conversation, "words"), {"text": "Dua ini:", "title": [each.pk for each in titles]})
        told = composer.context["answer_form"].initial
        said = told["text"].splitlines()
        assert [line for line in said if line[:2] in {"1.", "2."}] == ["1. Ekonomi mikro 1", "2. Ekonomi mikro 2"]
        assert said[-1] == "Untuk memesan, balas misalnya “pesan 1”."
        desk.post(page_of(conversation, "answer"), {**told, "seen": last_seen(desk, conversation)})

        assert chat.says("Yang kedua cocok untuk semester dua, Kak?") == ""
        desk.post(page_of(conversation, "answer"), {"text": "Cocok, Kak.", "seen": last_seen(desk, conversation)})
        assert chat.says("pesan 2").startswith("Dipesan: “Ekonomi mikro 2”, urutan ke-1, diambil di Perpustakaan Pusat.")
        assert list(Hold.objects.values_list("record", "member")) == [(titles[1].pk, ani.pk)]
        page = desk.get(page_of(conversation))
        assert [turn.kind for turn in page.context["turns"]][-2:] == ["question", "chat"]
        assert "Asisten obrolan" in page.content.decode()
        waiting = desk.get(reverse("desk:inbox")).context["rows"][0]
        assert (waiting, waiting.waiting_since, waiting.first_answered_at) == (conversation, None, MONDAY)

        assert "1. Flora Jawa" in chat.says("pinjaman")
        assert chat.says("1").startswith("1 pinjaman diperpanjang.\n✓ Flora Jawa")
        assert Loan.objects.get(pk=lent[0].pk).due_at > lent[0].due_at
        desk.post(page_of(conversation, "answer"), {"text": "Nomor berapa?", "seen": last_seen(desk, conversation)})
        assert chat.says("2") == ""
        assert Loan.objects.get(pk=lent[1].pk).due_at == lent[1].due_at
        assert Conversation.objects.get().waiting_since == MONDAY
