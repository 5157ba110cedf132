"""Who takes a question up sees what the chat has answered already, what is really asked, and whose chat it proves to be meanwhile."""

import pytest
from django.urls import reverse

from lumbung.desk.domain.answering import answer
from lumbung.desk.domain.hearing import decide, recognize, take_up
from lumbung.desk.domain.joining import merge
from lumbung.desk.domain.known_answers import draft_of
from lumbung.desk.models import Conversation, Turn
from lumbung.desk.queries import conversations_visible_to
from lumbung.desk.tests.factories import TurnFactory
from lumbung.kernel.models import JournalEntry
from lumbung.members.domain.channel_links import link_by_code, make_code, unlink
from lumbung.messaging.chat.answering import answer as answer_in_chat
from lumbung.messaging.models import Delivery
from lumbung.messaging.tests.factories import hear, web_identity
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory
from lumbung.reactions.answer_in_chat import answer_in_chat as left_to_chat
from lumbung.reactions.desk import asker_linked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def branch():
    LibraryFactory()
    return BranchFactory(name="Perpustakaan Pusat")


@pytest.fixture
def asker():
    return web_identity("pengunjung", name="Dewi")


def chatted(asker, text):
    """The chat has answered, or called a person."""
    incoming = hear(asker, text)
    answer_in_chat(incoming.pk)
    return incoming


def left(asker, text):
    """The desk left the message to the chat, which answers."""
    incoming = hear(asker, text)
    decide(incoming)
    left_to_chat(JournalEntry.objects.get(name="MessageLeftToChat", data__incoming=incoming.pk))


def said(conversation):
    return [(turn.kind, turn.said.partition(":")[0]) for turn in conversation.turns.order_by("at", "pk")]


def test_what_the_chat_answered_stands_before_the_call_for_a_person_which_still_waits(asker):
    chatted(asker, "jam buka besok")
    conversation = take_up(chatted(asker, "petugas"))
    assert said(conversation) == [
        ("question", "jam buka besok"),
        ("chat", "Perpustakaan Pusat"),
        ("question", "petugas"),
    ]
    assert conversation.waiting_since is not None


def test_what_it_answers_until_a_librarian_does_is_seen_too_and_the_call_goes_on_waiting(asker):
    conversation = take_up(chatted(asker, "petugas"))
    since = conversation.waiting_since
    left(asker, "jam buka besok")
    conversation.refresh_from_db()
    assert said(conversation)[1:] == [("question", "jam buka besok"), ("chat", "Perpustakaan Pusat")]
    assert conversation.waiting_since == since is not None


def test_a_conversation_is_called_by_what_is_asked_and_not_by_the_call(asker):
    conversation = take_up(hear(asker, "petugas"))
    assert str(conversation) == "petugas"
    for words in ("Printer di lantai 2 rusak, Kak", "Bagaimana sekarang kalau mau mencetak?"):
        take_up(hear(asker, words))
    conversation.refresh_from_db()
    assert str(conversation) == "Printer di lantai 2 rusak, Kak"


def test_a_draft_begins_with_what_was_asked_and_not_with_the_greeting(asker, sari):
    conversation = take_up(hear(asker, "halo"))
    take_up(hear(asker, "Bagaimana meminta bimbingan penelusuran skripsi?"))
    answer(conversation, "Tulis topiknya di sini.", seen=Turn.objects.latest("pk").pk, by=sari)
    take_up(hear(asker, "Wah terima kasih banyak, Kak, sangat membantu sekali untuk skripsi saya ini"))
    assert draft_of(conversation)["question"] == "Bagaimana meminta bimbingan penelusuran skripsi?"


def test_who_links_the_chat_meanwhile_is_the_member_with_card_and_hold_beside_the_answer(asker, ani, sari, client, signed_in):
    conversation = take_up(hear(asker, "Ada buku perawatan luka?"))
    link_by_code(asker, make_code(ani, by=ani.user))
    entry = JournalEntry.objects.get(name="ChannelLinked")
    asker_linked(entry)
    asker_linked(entry)  # told twice
    conversation.refresh_from_db()
    assert conversation.member == ani
    assert [each.data for each in JournalEntry.objects.filter(name="AskerRecognized")] == [
        {"conversation": conversation.pk, "member": ani.pk}
    ]
    page = signed_in(client, sari).get(reverse("desk:conversation", args=[conversation.pk]))
    assert reverse("members:member", args=[ani.pk]) in page.content.decode()


def test_nobody_is_recognized_where_none_is_open_it_is_a_groups_it_has_its_member_or_the_link_is_over(asker, ani):
    assert recognize(asker) == []
    conversation = take_up(hear(asker, "Ada buku perawatan luka?"))
    assert recognize(asker) == []
    link = link_by_code(asker, make_code(ani, by=ani.user))
    Conversation.objects.update(is_group=True)
    assert recognize(asker) == []
    Conversation.objects.update(is_group=False)
    unlink(link, ended_by="member", by=ani.user)
    assert recognize(asker) == []
    Conversation.objects.update(member=ani)
    conversation.refresh_from_db()
    assert (recognize(asker), conversation.member) == ([], ani)


def test_who_was_written_to_sees_what_became_of_it_without_asking_again(asker, sari, client, signed_in):
    conversation = take_up(hear(asker, "Ada buku perawatan luka?"))
    answer(conversation, "Ada,\r\ntiga judul.", seen=Turn.objects.latest("pk").pk, by=sari)
    assert Turn.objects.latest("pk").delivery.body == "Ada,\ntiga judul."
    desk, news = signed_in(client, sari), reverse("desk:news", args=[conversation.pk])
    state = desk.get(reverse("desk:conversation", args=[conversation.pk])).context["state"]
    assert desk.get(news, {"state": state}).status_code == 204
    Delivery.objects.update(state=Delivery.States.FAILED)
    told = desk.get(news, {"state": state})
    assert (told.status_code, str(Delivery.States.FAILED.label) in told.content.decode()) == (200, True)


def test_what_was_written_before_the_call_for_a_person_was_heard_stands_in_the_conversation_once(asker):
    call, question = hear(asker, "petugas"), hear(asker, "Printer di lantai 2 rusak, Kak")
    conversation = take_up(call)
    decide(question)
    conversation.refresh_from_db()
    assert [turn.text for turn in conversation.turns.order_by("pk")] == ["petugas", "Printer di lantai 2 rusak, Kak"]
    assert str(conversation) == "Printer di lantai 2 rusak, Kak"


@pytest.fixture
def merged(sari):
    """Dwi's conversation stands in Eko's, whom nobody knows yet either."""
    eko, dwi = (web_identity(name, name=name) for name in ("Eko", "Dwi"))
    into, other = (take_up(hear(side, f"Kata {side.name}")) for side in (eko, dwi))
    return merge(other, into=into, by=sari), eko, dwi


def test_who_links_a_chat_that_was_merged_into_anothers_does_not_read_what_that_one_said(merged, ani, budi):
    _into, eko, dwi = merged
    link_by_code(dwi, make_code(ani, by=ani.user))
    assert recognize(dwi) == []
    link_by_code(eko, make_code(budi, by=budi.user))
    assert recognize(eko) == []
    assert [list(conversations_visible_to(each.user)) for each in (ani, budi)] == [[], []]


def test_what_one_said_over_two_chats_and_was_merged_is_theirs_once_both_are_linked(merged, ani):
    into, eko, dwi = merged
    for side in (dwi, eko):
        assert recognize(side) == []
        link_by_code(side, make_code(ani, by=ani.user))
    assert recognize(eko) == [into]
    assert into in conversations_visible_to(ani.user)


def test_nobody_is_recognized_where_what_was_told_at_the_counter_was_put_in(asker, ani, sari):
    into = take_up(hear(asker, "Ada buku perawatan luka?"))
    merge(TurnFactory(text="Tanya di meja").conversation, into=into, by=sari)
    link_by_code(asker, make_code(ani, by=ani.user))
    assert recognize(asker) == []


def test_a_merged_conversation_is_its_members_only_where_its_own_side_is_proven_to_be(ani, budi, sari):
    linked, stranger, own = (web_identity(name) for name in ("tertaut", "lain", "kedua"))
    for side, member in ((linked, ani), (own, budi)):
        link_by_code(side, make_code(member, by=member.user))
    of_ani, of_budi = (take_up(hear(side, "Ada buku perawatan luka?")) for side in (linked, own))
    into = take_up(hear(stranger, "Rahasia orang lain"))
    assert (of_ani.member, merge(of_ani, into=into, by=sari).member) == (ani, None)
    assert list(conversations_visible_to(ani.user)) == [of_ani]
    second = take_up(hear(web_identity("kelima"), "Dari ponsel"))
    link_by_code(second.identity, make_code(budi, by=budi.user))
    assert merge(of_budi, into=second, by=sari).member == budi


@pytest.mark.parametrize("complaint", ["saya mau mengadu, petugas pagi kasar", "pengaduan"])
def test_a_complaint_told_to_the_chat_stands_in_no_conversation_that_every_librarian_reads(asker, complaint):
    chatted(asker, "jam buka besok")
    told = chatted(asker, complaint)
    assert told.understood.command == "complaint"
    hear(asker, "belum dijawab siapa pun")
    conversation = take_up(chatted(asker, "petugas"))
    texts = [turn.text for turn in conversation.turns.filter(kind="question").order_by("pk")]
    assert texts == ["jam buka besok", "belum dijawab siapa pun", "petugas"]
    assert str(conversation) == "belum dijawab siapa pun"


def test_nor_does_one_that_was_told_before_the_call_for_a_person_was_heard(asker):
    call, complaint = chatted(asker, "petugas"), chatted(asker, "saya mau mengadu, petugas pagi kasar")
    conversation = take_up(call)
    assert complaint.understood.command == "complaint"
    assert [turn.text for turn in conversation.turns.filter(kind="question")] == ["petugas"]
