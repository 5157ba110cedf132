"""Whose words are whose where conversations were merged: nobody ever reads another's, and who is forgotten is so everywhere."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from lumbung.desk.domain.answering import answer, greeting
from lumbung.desk.domain.course import close, describe
from lumbung.desk.domain.forgetting import forget_askers
from lumbung.desk.domain.hearing import join, take_up
from lumbung.desk.domain.joining import merge, split, undo_merge
from lumbung.desk.domain.own_data import HOLDING
from lumbung.desk.domain.requests import request_service
from lumbung.desk.models import Conversation, Turn
from lumbung.desk.queries import conversations_visible_to
from lumbung.kernel import clock
from lumbung.members.domain.channel_links import link_by_code, make_code, unlink
from lumbung.messaging.tests.factories import hear, web_identity
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def branch():
    LibraryFactory()
    return BranchFactory()


def chat_of(member):
    identity = web_identity(name=member.name)
    link_by_code(identity, make_code(member, by=member.user))
    return identity


def read_by(member):
    """What the member reads of what is kept of them."""
    return [each["text"] for each in HOLDING.told(member)["conversations"]]


def say(conversation, text, *, to, by):
    return answer(conversation, text, seen=Turn.objects.latest("pk").pk, by=by, to=to)


@pytest.fixture
def both(ani, budi, sari):
    """Budi's conversation was put into Ani's, and both go on talking there."""
    of_ani, of_budi = chat_of(ani), chat_of(budi)
    into, other = take_up(hear(of_ani, "Kata Ani")), take_up(hear(of_budi, "Kata Budi"))
    say(other, "Kepada Budi", to=of_budi, by=sari)
    merge(other, into=into, by=sari)
    for side in (of_ani, of_budi):
        assert join(hear(side, f"Lagi dari {side.name}")) == into
        say(into, f"Lagi kepada {side.name}", to=side, by=sari)
    return into, other


OF_ANI = ["Kata Ani", "Lagi dari Ani", "Lagi kepada Ani"]
OF_BUDI = ["Kata Budi", "Kepada Budi", "Lagi dari Budi Santoso", "Lagi kepada Budi Santoso"]


def test_each_of_two_members_whose_conversations_were_merged_reads_their_own_words_and_no_others(
    both, ani, budi, client, signed_in
):
    into, _other = both
    assert (read_by(ani), read_by(budi)) == (OF_ANI, OF_BUDI)
    kept = json.dumps(json.loads(signed_in(client, ani.user).get("/my/privacy.json").content))
    assert ("Kata Ani" in kept, "Budi" in kept) == (True, False)
    assert into not in conversations_visible_to(ani.user)


def test_a_librarian_reads_both_and_greets_nobody_by_the_others_name(both, sari, client, signed_in):
    into, other = both
    page = signed_in(client, sari).get(reverse("desk:conversation", args=[into.pk])).content.decode()
    assert all(said in page for said in (*OF_ANI, *OF_BUDI))
    assert (greeting(into), greeting(other)) == ("Halo Kak, ", "Halo Kak Budi, ")


def test_what_a_side_said_and_was_told_since_goes_with_it_when_the_merger_is_undone(both, ani, budi, sari):
    into, other = both
    undo_merge(other, by=sari)
    assert [turn.text for turn in into.turns.order_by("pk")] == OF_ANI
    assert [turn.text for turn in other.turns.order_by("pk")] == OF_BUDI
    assert (read_by(ani), read_by(budi)) == (OF_ANI, OF_BUDI)


def test_a_merger_into_what_was_merged_itself_is_undone_from_where_the_words_stand_now(both, budi, sari):
    into, other = both
    last = take_up(hear(web_identity(name="Eko"), "Kata Eko"))
    merge(into, into=last, by=sari)
    undo_merge(other, by=sari)
    assert [turn.text for turn in other.turns.order_by("pk")] == OF_BUDI
    undo_merge(into, by=sari)
    assert [turn.text for turn in into.turns.order_by("pk")] == OF_ANI


def test_what_is_split_out_is_whose_it_was_and_not_the_members_of_what_it_stood_in(both, ani, budi, sari):
    into, other = both
    beside = split(into, list(into.turns.filter(origin=other).values_list("pk", flat=True)), by=sari)
    assert (beside.member, read_by(ani), read_by(budi)) == (budi, OF_ANI, OF_BUDI)
    rest = hear(web_identity(name="Eko"), "Kata Eko")
    merge(take_up(rest), into=into, by=sari)
    mixed = split(into, [into.turns.get(incoming=rest).pk, into.turns.first().pk], by=sari)
    assert mixed.member is None


def test_a_form_that_was_merged_is_read_by_whoever_filled_it_in(ani, budi, sari):
    into = request_service("Dari Ani", service=None, member=ani)
    merge(request_service("Dari Budi", service=None, member=budi), into=into, by=sari)
    assert (read_by(ani), read_by(budi)) == (["Dari Ani"], ["Dari Budi"])


def test_who_is_forgotten_is_so_wherever_their_words_stand_and_the_others_words_stay(both, ani, budi):
    into, other = both
    HOLDING.erase(budi)
    other.refresh_from_db()
    assert [turn.text for turn in into.turns.order_by("pk")] == ["Kata Ani", "", "", "Lagi dari Ani", "Lagi kepada Ani", "", ""]
    assert (other.member, read_by(ani)) == (None, OF_ANI)
    HOLDING.erase(ani)
    assert not Turn.objects.exclude(text="").exists()


def test_a_telephone_that_goes_to_another_takes_no_words_along(ani, budi, sari):
    telephone = web_identity(name="Telepon")
    with clock.stopped_at(MONDAY):
        link = link_by_code(telephone, make_code(ani, by=ani.user))
        conversation = take_up(hear(telephone, "Kata Ani"))
    with clock.stopped_at(MONDAY + timedelta(hours=1)):
        unlink(link, ended_by="chat", by=ani.user)
        link_by_code(telephone, make_code(budi, by=budi.user))
        join(hear(telephone, "Kata Budi"))
        say(conversation, "Kepada Budi", to=telephone, by=sari)
    assert (read_by(ani), read_by(budi)) == (["Kata Ani"], ["Kata Budi", "Kepada Budi"])


def test_what_is_closed_and_forgotten_by_age_is_blank_for_both(both, sari):
    into, _other = both
    describe(into, kind="ready", outcome="answered", by=sari)
    close(into, by=sari)
    assert forget_askers(Conversation.objects.filter(pk=into.pk)) == 1
    assert not Turn.objects.exclude(text="").exists()
