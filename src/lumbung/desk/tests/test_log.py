"""Questions from the counter and the telephone."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from lumbung.desk.domain.log import Asked, log_question
from lumbung.desk.models import Conversation, Turn
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.organization.queries import WORKING_BRANCH
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)


@pytest.fixture
def branch():
    LibraryFactory()
    return BranchFactory()


def test_a_question_that_was_answered_is_closed_as_it_is_written_down(branch, sari, ani):
    with clock.stopped_at(MONDAY):
        asked = Asked(
            channel="phone", kind="ready", question="Jam  buka\nhari Sabtu?", answer="08.00–12.00", member=ani, effort=1
        )
        conversation = log_question(asked, at=branch, by=sari)
    assert (conversation.state, conversation.outcome, conversation.closed_at) == ("closed", "answered", MONDAY)
    assert (conversation.subject, conversation.channel, conversation.assignee) == ("Jam buka hari Sabtu?", "phone", sari)
    assert [(turn.kind, turn.text, turn.by) for turn in Turn.objects.all()] == [
        ("question", "Jam  buka\nhari Sabtu?", None), ("answer", "08.00–12.00", sari),
    ]  # fmt: skip
    entry = JournalEntry.objects.get(name="QuestionLogged")
    assert entry.data == {
        "conversation": conversation.pk, "branch": branch.pk, "asked_by": "phone", "question_kind": "ready",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("outcome", "follow_up_on", "state"),
    [
        ("answered", None, "closed"),
        ("referred", None, "closed"),
        ("partly", None, "open"),
        ("unmet", None, "open"),
        ("answered", date(2026, 11, 30), "open"),
    ],
)
def test_what_is_not_done_with_stays_open_in_the_hands_of_who_wrote_it(branch, sari, ani, outcome, follow_up_on, state):
    with clock.stopped_at(MONDAY):
        asked = Asked(
            channel="walk_in", kind="research", question="Data panen", member=ani, outcome=outcome, follow_up_on=follow_up_on
        )
        conversation = log_question(asked, at=branch, by=sari)
    assert (conversation.state, conversation.assignee, conversation.follow_up_on) == (state, sari, follow_up_on)


def test_the_way_to_the_toilet_may_be_counted_without_a_word(branch, sari):
    conversation = log_question(Asked(channel="walk_in", kind="directional"), at=branch, by=sari)
    assert (str(conversation), conversation.state) == ("Arah dan tempat", "closed")


def test_a_question_is_refused_with_every_reason(branch, sari):
    with clock.stopped_at(MONDAY), pytest.raises(Refused) as refused:
        log_question(Asked(channel="walk_in", kind="", question=" ", follow_up_on=date(2026, 11, 22)), at=branch, by=sari)
    assert refused.value.codes == ["question_kind_missing", "question_empty", "follow_up_is_past", "follow_up_has_nobody"]
    assert not Conversation.objects.exists()


def test_the_form_writes_it_down_and_is_ready_for_the_next(client, branch, sari, ani, signed_in):
    desk, address = signed_in(client, sari), reverse("desk:log")
    assert "autofocus" in desk.get(address).content.decode()
    told = {"question": "Di mana skripsi?", "kind": "directional", "effort": "1", "outcome": "answered", "channel": "walk_in"}
    told |= {"branch": branch.pk, "member": "M-ANI"}
    answer = desk.post(address, told)
    conversation = Conversation.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{address}?last={conversation.pk}")
    ready = desk.get(answer.url).content.decode()
    assert f'href="{reverse("desk:conversation", args=[conversation.pk])}">Buka yang baru dicatat' in ready
    assert "Buka yang baru dicatat" not in desk.get(f"{address}?last=x").content.decode()
    assert (conversation.member, conversation.asker_name, conversation.effort) == (ani, "", 1)
    wrong = desk.post(address, {**told, "member": "X-1"})
    assert (wrong.status_code, "X-1” tidak dikenal" in wrong.content.decode()) == (422, True)
    again = desk.post(address, {**told, "outcome": "unmet"})
    assert again.url == reverse("desk:conversation", args=[Conversation.objects.latest("pk").pk])


def test_a_very_long_question_is_refused_and_a_nul_is_no_letter(branch, sari):
    with pytest.raises(Refused) as refused:
        log_question(Asked(channel="phone", kind="ready", question="a" * 20_001), at=branch, by=sari)
    assert refused.value.codes == ["text_too_long"]
    log_question(Asked(channel="phone", kind="ready", question="apa\0 itu"), at=branch, by=sari)
    assert Turn.objects.get().text == "apa itu"


def test_where_there_is_one_branch_the_form_knows_it(client, sari, signed_in):
    LibraryFactory()
    branch = BranchFactory()
    desk = signed_in(client, sari)
    assert f'<input type="hidden" name="branch" value="{branch.pk}"' in desk.get(reverse("desk:log")).text


def test_the_form_offers_the_branch_one_works_at_and_before_that_the_front_one(client, sari, signed_in):
    LibraryFactory()
    front = BranchFactory(name="Perpustakaan Pusat")
    faculty = BranchFactory(code="FIK", name="Fakultas Ilmu Kesehatan", parent=front)
    desk = signed_in(client, sari)
    chosen = f'<option value="{front.pk}" selected>'
    assert chosen in desk.get(reverse("desk:log")).text
    session = desk.session
    session[WORKING_BRANCH] = faculty.pk
    session.save()
    page = desk.get(reverse("desk:log")).text
    assert chosen not in page
    assert f'<option value="{faculty.pk}" selected>' in page
