"""Merging, undoing it and complaining together: nobody reads by that what they must not, and words go back where they were."""

import pytest
from django.urls import reverse

from lumbung.desk.domain.answering import answer
from lumbung.desk.domain.complaining import take_complaint
from lumbung.desk.domain.handing import give_back, pass_to_head
from lumbung.desk.domain.hearing import join, take_up
from lumbung.desk.domain.joining import merge, split, undo_merge
from lumbung.desk.domain.requests import request_service
from lumbung.desk.models import Conversation, Turn
from lumbung.desk.queries import conversations_visible_to, turns_of
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.channel_links import link_by_code, make_code
from lumbung.messaging.tests.factories import hear, web_identity
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def branch():
    LibraryFactory()
    return BranchFactory()


@pytest.fixture
def head(with_role):
    return with_role("head")


def chat_of(member):
    identity = web_identity(name=member.name)
    link_by_code(identity, make_code(member, by=member.user))
    return identity


def said_in(conversation):
    return [turn.text for turn in turns_of(conversation)]


@pytest.fixture
def passed_on(ani, budi, sari, head):
    """Ani's question was put into Budi's, which turned out to be a complaint; Ani and the head went on talking there."""
    of_ani = chat_of(ani)
    a, b = take_up(hear(of_ani, "Kata Ani tentang buku")), take_up(hear(chat_of(budi), "Petugas membentak kami"))
    merge(a, into=b, by=sari)
    pass_to_head(b, by=sari)
    assert take_complaint(hear(of_ani, "mengadu: petugas memukul saya")) == b
    answer(b, "Jawaban kepala", seen=Turn.objects.latest("pk").pk, by=head, to=of_ani)
    return a, b


def test_what_was_merged_into_a_complaint_leaves_every_list_but_the_heads_with_it(passed_on, sari, client, signed_in):
    a, _b = passed_on
    desk = signed_in(client, sari)
    assert desk.get(reverse("desk:conversation", args=[a.pk])).status_code == 404
    assert desk.post(reverse("desk:undo_merge", args=[a.pk])).status_code == 404
    assert not conversations_visible_to(sari).exists()


def test_the_head_takes_it_apart_again_and_each_part_stays_a_complaint(passed_on, sari, head, client, signed_in):
    a, b = passed_on
    signed_in(client, head).post(reverse("desk:undo_merge", args=[a.pk]))
    a.refresh_from_db()
    assert (a.is_open, a.is_complaint) == (True, True)
    assert said_in(a) == ["Kata Ani tentang buku", "mengadu: petugas memukul saya", "Jawaban kepala"]
    assert said_in(b) == ["Petugas membentak kami"]
    assert not conversations_visible_to(sari).exists()


def test_what_stands_where_the_reader_may_not_look_is_neither_named_nor_taken_apart(sari, client, signed_in):
    a, b = (take_up(hear(web_identity(name=name), f"Kata {name}")) for name in ("Eko", "Dwi"))
    merge(a, into=b, by=sari)
    Conversation.objects.filter(pk=b.pk).update(is_complaint=True)
    desk = signed_in(client, sari)
    page = desk.get(reverse("desk:conversation", args=[a.pk])).content.decode()
    assert ("Kata Dwi" in page, "Digabungkan dengan percakapan yang tidak dapat Anda lihat." in page) == (False, True)
    assert desk.post(reverse("desk:undo_merge", args=[a.pk])).status_code == 404
    assert said_in(b) == ["Kata Eko", "Kata Dwi"]


def test_a_complaint_into_which_the_confidential_form_was_merged_is_not_given_back_nor_what_is_split_out(ani, sari, head):
    chat = take_complaint(hear(web_identity(), "mengadu petugas pagi kasar"))
    merge(request_service("Petugas itu mencuri", service=None, member=ani, complaint=True), into=chat, by=head)
    beside = split(chat, [chat.turns.get(text="Petugas itu mencuri").pk], by=head)
    for each in (chat, beside):
        with pytest.raises(Refused) as refused:
            give_back(each, by=head)
        assert refused.value.codes == ["told_in_confidence"]
    assert not conversations_visible_to(sari).exists()


def test_what_was_merged_is_given_back_with_the_complaint_it_stands_in(ani, budi, sari, head):
    a, b = take_up(hear(chat_of(ani), "Kata Ani")), take_up(hear(chat_of(budi), "Kata Budi"))
    merge(a, into=b, by=sari)
    give_back(pass_to_head(b, by=sari), by=head)
    assert list(Conversation.objects.values_list("is_complaint", flat=True)) == [False, False]
    undo_merge(a, by=sari)
    assert set(conversations_visible_to(sari)) == {a, b}


def test_each_side_keeps_its_open_question_where_their_complaints_were_merged_too(ani, budi, sari, head):
    of_ani, of_budi = chat_of(ani), chat_of(budi)
    a, b = take_up(hear(of_ani, "Kata Ani")), take_up(hear(of_budi, "Kata Budi"))
    merge(a, into=b, by=sari)
    ca, cb = (take_complaint(hear(side, "mengadu petugas kasar")) for side in (of_ani, of_budi))
    merge(ca, into=cb, by=head)
    Conversation.objects.filter(pk=cb.pk).update(waiting_since=None)
    told = answer(b, "Untuk Ani", seen=Turn.objects.latest("pk").pk, by=sari, to=of_ani)
    assert join(hear(of_ani, "jam buka hari Sabtu", kind="button")) == b
    assert [b.turns.latest("pk").origin, told.origin] == [a, a]
    assert take_complaint(hear(of_ani, "mengadu lagi")) == cb
    assert cb.turns.latest("pk").origin == ca
    undo_merge(a, by=sari)
    assert said_in(a) == ["Kata Ani", "Untuk Ani", "jam buka hari Sabtu"]


def test_what_was_split_out_and_merged_back_stands_alone_again_when_that_is_undone(ani, sari):
    of_ani = chat_of(ani)
    a = take_up(hear(of_ani, "Satu tentang luka bakar"))
    join(hear(of_ani, "Dua tentang jam buka"))
    beside = split(a, [a.turns.last().pk], by=sari)
    merge(beside, into=a, by=sari)
    assert said_in(a) == ["Satu tentang luka bakar", "Dua tentang jam buka"]
    undo_merge(beside, by=sari)
    assert (said_in(a), said_in(beside)) == (["Satu tentang luka bakar"], ["Dua tentang jam buka"])


def test_a_chain_of_mergers_shows_the_owner_of_the_last_nothing_of_the_first(ani, budi, sari):
    a = take_up(hear(chat_of(budi), "Rahasia Budi"))
    b, c = (request_service(f"Dari Ani {n}", service=None, member=ani) for n in ("satu", "dua"))
    merge(b, into=c, by=sari)
    assert c in conversations_visible_to(ani.user)
    undo_merge(b, by=sari)
    merge(a, into=b, by=sari)
    merge(b, into=c, by=sari)
    assert c not in conversations_visible_to(ani.user)
