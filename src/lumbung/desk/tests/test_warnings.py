"""Before a target is missed, and when it was: told to those who can do something, each once."""

from datetime import UTC, datetime, timedelta

import pytest

from lumbung.accounts.tests.factories import UserFactory
from lumbung.desk.domain.duty import add_shift
from lumbung.desk.domain.hearing import decide, take_up
from lumbung.desk.domain.targets import asked_again, set_target
from lumbung.desk.domain.teams import add_team, join_team
from lumbung.desk.domain.warnings import concerned, targets_are_near, warn_of_targets
from lumbung.desk.gateways.chat import knowledge
from lumbung.desk.models import Conversation, KnownAnswer
from lumbung.desk.tests.factories import ConversationFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.chat.knowing import known_answer
from lumbung.messaging.models import Delivery
from lumbung.messaging.tests.factories import hear, web_identity
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def branch():
    LibraryFactory()
    return BranchFactory()


@pytest.fixture
def head(with_role):
    return with_role("head")


def with_mail(user, address):
    type(user).objects.filter(pk=user.pk).update(email=address)
    return user


def test_who_has_it_is_warned_and_then_the_head_too_each_once(sari, head):
    with_mail(sari, "sari@nusa.example"), with_mail(head, "ratna@nusa.example")
    ConversationFactory(assignee=sari, due_at=MONDAY + timedelta(minutes=20), subject="Rahasia skripsi")
    told = []
    for minutes in (0, 6, 7, 21, 22):
        with clock.stopped_at(MONDAY + timedelta(minutes=minutes)):
            near = targets_are_near()
            told.append((warn_of_targets(), list(Delivery.objects.order_by("pk").values_list("address", flat=True))))
            assert near == told[-1][0]
    warned, missed = ["sari@nusa.example"], ["sari@nusa.example", "sari@nusa.example", "ratna@nusa.example"]
    assert told == [(False, []), (True, warned), (False, warned), (True, missed), (False, missed)]
    assert not Delivery.objects.filter(body__contains="Rahasia").exists()
    assert [each.data["is_missed"] for each in JournalEntry.objects.filter(name="TargetNeared").order_by("pk")] == [False, True]


def test_where_it_is_nobodys_the_team_or_whoever_is_on_duty_hears_of_it(sari, head, with_role):
    rina, dewi = with_role("circulation"), with_role("librarian")
    hours = {"starts_at": MONDAY - timedelta(hours=1), "ends_at": MONDAY + timedelta(hours=3)}
    add_shift(rina, place="wfh", **hours, by=head)
    team = add_team("Referensi", by=head)
    join_team(team, dewi, by=head)
    gone = UserFactory(is_active=False)
    with clock.stopped_at(MONDAY):
        assert list(concerned(ConversationFactory(), is_missed=False)) == [rina]
        assert list(concerned(ConversationFactory(assignee=gone), is_missed=False)) == [rina]
        assert list(concerned(ConversationFactory(team=team), is_missed=False)) == [dewi]
        assert set(concerned(ConversationFactory(team=team), is_missed=True)) == {dewi, head}
        assert list(concerned(ConversationFactory(is_complaint=True, assignee=sari), is_missed=False)) == [head]


def test_the_next_answer_has_a_warning_of_its_own(sari):
    set_target(first_minutes=10, next_minutes=30, resolution_minutes=600, by=sari)
    conversation = ConversationFactory(
        first_answered_at=MONDAY, next_minutes=30, warned=Conversation.Warned.MISSED, assignee=sari
    )
    asked_again(conversation, MONDAY)
    assert (conversation.warned, conversation.due_at) == (Conversation.Warned.NOT, MONDAY + timedelta(minutes=30))


def test_the_desk_decides_first_and_the_chat_follows_from_its_event(sari):
    asker = web_identity("pengunjung")
    left = JournalEntry.objects.filter(name="MessageLeftToChat")
    first = hear(asker, "Ada buku padi?")
    decide(first)
    assert [each.data["incoming"] for each in left] == [first.pk]
    conversation = take_up(first)
    decide(hear(asker, "Yang terbaru"))
    assert left.all().count() == 2
    Conversation.objects.filter(pk=conversation.pk).update(first_answered_at=MONDAY)
    decide(hear(asker, "Dan yang lama"))
    assert (left.all().count(), conversation.turns.count()) == (2, 3)


def test_an_answer_that_the_chat_gives_is_counted_as_used():
    KnownAnswer.objects.create(
        question="Berapa denda sehari?", text="Rp500.", source="Pasal 7", state="reviewed", words="denda hari",
        reviewed_on=MONDAY.date(), valid_until=MONDAY.date() + timedelta(days=900),
    )  # fmt: skip
    assert [each.source for each in knowledge("denda sehari berapa", "id")] == ["Pasal 7"]
    assert (known_answer("Kucing hilang", "id"), KnownAnswer.objects.get().uses) == (None, 0)
    assert known_answer("Berapa denda sehari?", "id").text.startswith("Rp500.")
    assert KnownAnswer.objects.get().uses == 1
