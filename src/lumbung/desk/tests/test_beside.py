"""What is written as a safe command is answered while a librarian has the conversation, who sees it; everything else is theirs."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.desk.domain.answering import answer, how_to_hold
from lumbung.desk.domain.beside import note_chat
from lumbung.desk.domain.forgetting import forget_askers
from lumbung.desk.domain.hearing import decide, take_up
from lumbung.desk.domain.joining import merge, undo_merge
from lumbung.desk.domain.own_data import HOLDING
from lumbung.desk.domain.targets import set_target
from lumbung.desk.domain.teams import add_team, join_team
from lumbung.desk.models import Conversation, Turn
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.chat.answering import answer as answer_in_chat
from lumbung.messaging.models import Delivery
from lumbung.messaging.tests.factories import hear, web_identity
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def branch():
    LibraryFactory()
    return BranchFactory(name="Perpustakaan Pusat")


@pytest.fixture
def asker():
    return web_identity("pengunjung", name="Dewi")


@pytest.fixture
def claimed(asker, sari):
    """A conversation in which Sari has answered."""
    set_target(channel="", first_minutes=30, next_minutes=60, resolution_minutes=600, by=sari)
    conversation = take_up(hear(asker, "Adakah buku tentang ekonomi mikro?"))
    answer(conversation, "Ada, Kak.", seen=Turn.objects.latest("pk").pk, by=sari)
    return conversation


def says(asker, text):
    """The asker writes, and what it sets off is done; what the chat said to it."""
    incoming = hear(asker, text)
    decide(incoming)
    if JournalEntry.objects.filter(name="MessageLeftToChat", data__incoming=incoming.pk).exists():
        answer_in_chat(incoming.pk)
    if JournalEntry.objects.filter(name="ChatAnsweredBeside", data__incoming=incoming.pk).exists():
        note_chat(incoming)
    return list(incoming.replies.values_list("body", flat=True))


def test_the_hours_are_told_at_once_stand_in_the_conversation_and_nobody_waits(claimed, asker):
    [told] = says(asker, "jam buka besok")
    assert told.startswith("Perpustakaan Pusat: ")
    now = Conversation.objects.get()
    assert (now.waiting_since, now.due_at) == (None, None)
    assert [(turn.kind, turn.said) for turn in now.turns.order_by("pk")][2:] == [("question", "jam buka besok"), ("chat", told)]
    assert note_chat(now.turns.get(text="jam buka besok").incoming) == now
    assert now.turns.count() == 4


@pytest.mark.parametrize(
    "text", ["Kak, besok buka jam berapa ya?", "pesan", "pesan yang kedua saja kak", "cari fisika", "batal 1", "2", "petugas"]
)
def test_what_is_no_safe_command_beyond_doubt_is_the_librarians(claimed, asker, text):
    assert says(asker, text) == []
    now = Conversation.objects.get()
    assert (now.waiting_since is not None, now.due_at is not None) == (True, True)
    assert not JournalEntry.objects.filter(name="ChatAnsweredBeside").exists()


def test_a_question_that_waits_goes_on_waiting_when_the_chat_answers_something_else(claimed, asker):
    says(asker, "Yang bahasa Indonesia ada, Kak?")
    since = Conversation.objects.get().waiting_since
    assert len(says(asker, "jam")) == 1
    assert Conversation.objects.get().waiting_since == since is not None


def test_who_the_asker_is_must_be_proved_here_too(claimed, asker):
    [told] = says(asker, "pinjaman saya")
    assert "saya perlu yakin siapa Kakak" in told


def test_what_the_chat_said_answers_no_librarian_first(claimed, asker, sari, with_role):
    says(asker, "jam")
    colleague = with_role("librarian")
    before = Turn.objects.filter(kind="answer").latest("pk").pk
    assert answer(claimed, "Saya lanjutkan.", seen=before, by=colleague).text == "Saya lanjutkan."


def test_where_conversations_are_merged_and_split_again_the_chats_answer_leaves_nobody_waiting(claimed, asker, sari):
    says(asker, "jam")
    other = take_up(hear(web_identity(), "Ada jurnal padi?"))
    merge(Conversation.objects.get(pk=claimed.pk), into=other, by=sari)
    back = undo_merge(Conversation.objects.get(pk=claimed.pk), by=sari)
    other.refresh_from_db()
    assert (back.waiting_since, other.waiting_since is not None) == (None, True)


def test_nothing_is_noted_where_no_conversation_is_open(asker):
    assert note_chat(hear(asker, "jam")) is None


def test_what_the_chat_told_is_read_here_only_while_its_message_is_kept(claimed, asker, sari, ani):
    [told] = says(asker, "jam")
    Conversation.objects.update(member=ani)
    said = Turn.objects.get(kind="chat")
    assert (said.text, said.words) == ("", "")
    page = reverse("desk:conversation", args=[claimed.pk])
    browser = Client()
    browser.force_login(sari)

    def read():
        [own] = [each["text"] for each in HOLDING.told(ani)["conversations"] if each["kind"] == "chat"]
        return own, "tidak disimpan lagi" in browser.get(page).content.decode()

    assert read() == (told, False)
    Delivery.objects.update(body="")
    assert read() == ("(jawaban asisten ini tidak disimpan lagi)", True)


def test_what_the_chat_told_is_forgotten_with_the_asker(claimed, asker):
    says(asker, "jam")
    forget_askers(Conversation.objects.all())
    assert {turn.said for turn in Turn.objects.select_related("delivery")} == {""}


def test_a_guest_of_a_partner_library_does_not_read_what_the_chat_told_the_asker(claimed, asker, sari, with_role):
    told = says(asker, "jam")[0].split(":")[0]
    guest = with_role("member")
    team = add_team("Kajian", channels=["web"], by=sari)
    join_team(team, guest, guest_until=clock.now().date() + timedelta(days=5), by=sari)
    Conversation.objects.update(team=team)
    page = reverse("desk:conversation", args=[claimed.pk])
    seen = []
    for user in (sari, guest):
        browser = Client()
        browser.force_login(user)
        shown = browser.get(page).content.decode()
        seen.append((f"{told}: " in shown, "jawaban asisten tentang akun penanya" in shown))
    assert seen == [(True, False), (False, True)]


def test_how_to_hold_is_said_in_the_askers_language_and_not_to_a_group(claimed, asker):
    assert how_to_hold(claimed) == "Untuk memesan, balas misalnya “pesan 1”."
    claimed.identity.language = "en"
    assert how_to_hold(claimed) == "To place a hold, reply for example “hold 1”."
    claimed.is_group = True
    assert how_to_hold(claimed) == ""
