"""The course of a conversation: taken, described, noted on, closed and opened again; and who may see it."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from lumbung.desk import queries
from lumbung.desk.domain.bulk import act_on_all
from lumbung.desk.domain.course import claim, close, describe, reopen
from lumbung.desk.domain.notes import add_note
from lumbung.desk.models import Turn
from lumbung.desk.tests.factories import ConversationFactory, TurnFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.privacy.holdings import registered
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _library():
    LibraryFactory()


def test_a_conversation_is_claimed_and_the_journal_says_who_had_it(sari, with_role):
    rina = with_role("librarian")
    conversation = claim(claim(ConversationFactory(), by=rina), by=sari, instead_of=rina.pk)
    assert (conversation.assignee, conversation.revision) == (sari, 2)
    assert [entry.data["was"] for entry in JournalEntry.objects.filter(name="ConversationClaimed")] == [None, rina.pk]
    claim(conversation, by=sari)
    assert JournalEntry.objects.filter(name="ConversationClaimed").count() == 2


def test_who_takes_it_from_an_old_page_does_not_take_it_from_a_colleague_unknowingly(sari, with_role, client, signed_in):
    rina, conversation = with_role("librarian"), ConversationFactory()
    desk, take = signed_in(client, sari), reverse("desk:claim", args=[conversation.pk])
    assert 'name="instead_of" value=""' in desk.get(reverse("desk:conversation", args=[conversation.pk])).content.decode()
    claim(conversation, by=rina)
    desk.post(take, {"instead_of": ""})
    conversation.refresh_from_db()
    assert conversation.assignee == rina
    [refused] = act_on_all([conversation], "claim", by=sari)[1]
    assert f"{rina.name} sudah mengambilnya." in refused
    page = desk.get(reverse("desk:conversation", args=[conversation.pk])).content.decode()
    assert ("Ambil alih" in page, f'name="instead_of" value="{rina.pk}"' in page) == (True, True)
    desk.post(take, {"instead_of": rina.pk})
    conversation.refresh_from_db()
    assert conversation.assignee == sari
    sari.is_active = False
    sari.save()
    assert claim(conversation, by=rina).assignee == rina, "who has left holds nothing"


def test_it_closes_only_when_its_kind_and_outcome_are_said(sari):
    conversation = ConversationFactory(kind="")
    with pytest.raises(Refused) as refused:
        close(conversation, by=sari)
    assert refused.value.codes == ["question_kind_missing", "outcome_missing"]
    conversation = describe(conversation, kind="research", outcome="answered", effort=4, follow_up_on=None, by=sari)
    conversation = close(conversation, by=sari)
    assert (conversation.state, conversation.closed_at is not None) == ("closed", True)
    with pytest.raises(Refused) as refused:
        claim(conversation, by=sari)
    assert refused.value.codes == ["conversation_closed"]
    with pytest.raises(Refused) as refused:
        reopen(reopen(conversation, by=sari), by=sari)
    assert refused.value.codes == ["conversation_open"]


def test_nobody_can_be_told_on_a_day_that_is_past_or_when_nobody_is_known(sari, ani):
    with clock.stopped_at(MONDAY):
        with pytest.raises(Refused) as refused:
            describe(ConversationFactory(), follow_up_on=date(2026, 11, 22), by=sari)
        assert refused.value.codes == ["follow_up_is_past", "follow_up_has_nobody"]
        kept = describe(ConversationFactory(member=ani), follow_up_on=date(2026, 11, 23), by=sari)
    assert kept.follow_up_on == date(2026, 11, 23)


def test_a_note_is_for_colleagues_and_an_empty_one_is_refused(sari):
    conversation = ConversationFactory()
    note = add_note(conversation, "Sudah dicek di gudang", by=sari)
    assert (note.kind, note.by, note.conversation.revision) == ("note", sari, 1)
    with pytest.raises(Refused) as refused:
        add_note(conversation, " \n", by=sari)
    assert refused.value.codes == ["note_empty"]


def test_librarians_see_every_conversation_members_their_own_and_strangers_none(client, sari, ani, budi, signed_in, with_role):
    of_ani, of_nobody = ConversationFactory(member=ani), ConversationFactory()
    assert set(queries.conversations_visible_to(sari)) == {of_ani, of_nobody}
    assert list(queries.conversations_visible_to(ani.user)) == [of_ani]
    assert not queries.conversations_visible_to(budi.user).exists()
    assert not queries.conversations_visible_to(None).exists()
    page = reverse("desk:conversation", args=[of_ani.pk])
    for user in (ani.user, budi.user, with_role("cataloguer")):
        assert [signed_in(client, user).get(each).status_code for each in (page, reverse("desk:inbox"))] == [403, 403]
    assert signed_in(client, sari).get(page).status_code == 200


def test_the_page_takes_a_note_a_description_and_a_claim(client, sari, ani, signed_in):
    conversation = TurnFactory(conversation__member=ani).conversation
    earlier = ConversationFactory(member=ani, subject="Yang dulu")
    desk = signed_in(client, sari)
    page = reverse("desk:conversation", args=[conversation.pk])
    assert "Yang dulu" in desk.get(page).content.decode()
    assert desk.post(reverse("desk:note", args=[conversation.pk]), {"note": ""}).status_code == 422
    desk.post(reverse("desk:note", args=[conversation.pk]), {"note": "Lihat juga rak 330"})
    desk.post(reverse("desk:claim", args=[conversation.pk]))
    told = {"kind": "research", "effort": "3", "outcome": "answered", "follow_up_on": "", "close": "1"}
    assert desk.post(reverse("desk:description", args=[conversation.pk]), {**told, "outcome": ""}).status_code == 422
    desk.post(reverse("desk:description", args=[conversation.pk]), told)
    conversation.refresh_from_db()
    assert (conversation.state, conversation.effort, conversation.assignee) == ("closed", 3, sari)
    assert "Lihat juga rak 330" in desk.get(page).content.decode()
    desk.post(reverse("desk:reopen", args=[conversation.pk]))
    conversation.refresh_from_db()
    assert (conversation.state, earlier.state) == ("open", "open")


def test_a_member_reads_what_they_asked_and_is_forgotten_while_the_figure_stays(sari, ani):
    conversation = TurnFactory(conversation__member=ani, conversation__subject="Ekonomi").conversation
    add_note(conversation, "Ani tampak bingung", by=sari)
    [holding] = [each for each in registered() if each.code == "desk"]
    told = holding.told(ani)["conversations"]
    assert [(each["kind"], each["text"]) for each in told] == [("question", "Adakah buku tentang ekonomi mikro?")]
    holding.erase(ani)
    conversation.refresh_from_db()
    assert (conversation.member, conversation.subject, conversation.kind) == (None, "", "ready")
    assert set(Turn.objects.values_list("text", "words")) == {("", "")}
    assert queries.found("bingung", sari) == []
