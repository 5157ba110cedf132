"""Handing over, teams and guests, setting aside, merging and splitting: nothing said is lost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from lumbung.desk import queries
from lumbung.desk.domain.answering import answer
from lumbung.desk.domain.course import claim
from lumbung.desk.domain.handing import give_to_team, hand_over, snooze, take_back
from lumbung.desk.domain.hearing import join, take_up
from lumbung.desk.domain.joining import merge, split, undo_merge
from lumbung.desk.domain.notes import add_note
from lumbung.desk.models import Conversation, Team, TeamMember, Turn
from lumbung.desk.tests.factories import ConversationFactory, TurnFactory
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.messaging.models import Delivery
from lumbung.messaging.tests.factories import hear, web_identity
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def branch():
    LibraryFactory()
    return BranchFactory()


def test_a_conversation_goes_over_with_a_note_that_calls_the_colleague(client, sari, with_role, signed_in):
    rina = with_role("librarian")
    conversation = claim(ConversationFactory(), by=sari)
    hand_over(conversation, rina, "Sudah dicari di katalog, tinggal e-jurnal.", by=sari)
    conversation.refresh_from_db()
    [turn] = queries.turns_of(conversation)
    assert (conversation.assignee, turn.kind, turn.handed_to, turn.by) == (rina, "note", rina, sari)
    assert [each.turn for each in queries.mentions_of(rina)] == [turn]
    signed_in(client, rina).get(reverse("desk:conversation", args=[conversation.pk]))
    assert not queries.mentions_of(rina).exists()


def test_it_is_not_handed_over_without_a_note_or_to_somebody_who_may_not_see_it(sari, ani):
    with pytest.raises(Refused) as refused:
        hand_over(ConversationFactory(), ani.user, " ", by=sari)
    assert refused.value.codes == ["note_empty", "not_at_the_desk"]


def test_a_note_calls_those_it_names_who_may_see_it(sari, ani, with_role):
    rina = with_role("librarian")
    add_note(ConversationFactory(), f"@{rina.username}, @ani dan sari@kampus.example: lihat ini", by=sari)
    assert (queries.mentions_of(rina).count(), queries.mentions_of(ani.user).count(), queries.mentions_of(sari).count()) == (
        1,
        0,
        0,
    )


def test_what_a_librarian_had_who_left_is_nobodys_again(sari, with_role):
    rina = with_role("librarian")
    mine = claim(ConversationFactory(), by=rina)
    rina.is_active = False
    rina.save()
    assert list(queries.queue("unassigned", sari, TODAY)) == [mine]
    assert (take_back(rina, by=sari), take_back(rina, by=sari)) == (1, 0)
    mine.refresh_from_db()
    assert mine.assignee is None


def test_a_guest_of_a_partner_library_sees_the_team_alone_and_until_the_day(client, sari, with_role, signed_in):
    guest, team = with_role("member"), Team.objects.create(name="Ilmu kesehatan", channels=["web"])
    with clock.stopped_at(MONDAY):
        TeamMember.objects.create(team=team, user=guest, is_guest=True, until=TODAY)
        theirs = give_to_team(ConversationFactory(opened_at=MONDAY), team, by=sari)
        other = ConversationFactory(opened_at=MONDAY)
        assert list(queries.conversations_visible_to(guest)) == [theirs]
        desk = signed_in(client, guest)
        pages = [reverse("desk:conversation", args=[each.pk]) for each in (theirs, other)]
        assert [desk.get(each).status_code for each in (*pages, reverse("desk:inbox"))] == [200, 404, 200]
        hand_over(theirs, guest, "Tolong dijawab", by=sari)
    with clock.stopped_at(MONDAY + timedelta(days=1)):
        assert [signed_in(client, guest).get(each).status_code for each in pages] == [403, 403]


def test_what_is_set_aside_comes_back_at_its_time_or_when_the_asker_speaks(sari):
    asker = web_identity()
    with clock.stopped_at(MONDAY):
        conversation = take_up(hear(asker, "Halo"))
        snooze(conversation, MONDAY + timedelta(hours=4), by=sari)
        assert not queries.queue("open", sari, TODAY).exists()
        assert list(queries.queue("snoozed", sari, TODAY)) == [conversation]
        with pytest.raises(Refused) as refused:
            snooze(conversation, MONDAY, by=sari)
        assert refused.value.codes == ["snooze_is_past"]
    with clock.stopped_at(MONDAY + timedelta(hours=4)):
        assert list(queries.queue("open", sari, TODAY)) == [conversation]
    with clock.stopped_at(MONDAY + timedelta(hours=1)):
        join(hear(asker, "Masih perlu"))
        assert list(queries.queue("open", sari, TODAY)) == [conversation]


def test_three_channels_merged_wrongly_come_apart_again_with_all_that_was_said(sari):
    sides = [web_identity(f"sisi-{n}") for n in range(3)]
    first, second, third = (take_up(hear(side, f"Pertanyaan {n}")) for n, side in enumerate(sides))
    merge(second, into=first, by=sari)
    merge(third, into=first, by=sari)
    assert [turn.text for turn in queries.turns_of(first)] == ["Pertanyaan 0", "Pertanyaan 1", "Pertanyaan 2"]
    assert join(hear(sides[1], "Tambahan dari sisi kedua")) == first
    assert set(queries.identities_of(first)) == set(sides)
    answer(first, "Kepada yang terakhir bicara", seen=Turn.objects.latest("pk").pk, by=sari)
    answer(first, "Kepada yang pertama", seen=Turn.objects.latest("pk").pk, by=sari, to=sides[0])
    assert [each.identity for each in Delivery.objects.order_by("pk")] == [sides[1], sides[0]]
    undo_merge(third, by=sari)
    third.refresh_from_db()
    assert (third.state, third.merged_into, [turn.text for turn in queries.turns_of(third)]) == ("open", None, ["Pertanyaan 2"])
    undo_merge(second, by=sari)
    assert join(hear(sides[1], "Lagi")) == second
    assert Turn.objects.count() == 7


def test_merging_is_refused_with_itself_when_closed_and_with_a_complaint(sari):
    conversation = ConversationFactory()
    with pytest.raises(Refused) as refused:
        merge(conversation, into=conversation, by=sari)
    assert refused.value.codes == ["merged_with_itself"]
    with pytest.raises(Refused) as refused:
        merge(ConversationFactory(is_complaint=True), into=conversation, by=sari)
    assert refused.value.codes == ["one_of_them_is_confidential"]
    with pytest.raises(Refused) as refused:
        undo_merge(conversation, by=sari)
    assert refused.value.codes == ["not_merged"]


def test_a_second_question_becomes_a_conversation_of_its_own(sari, ani):
    conversation = TurnFactory(conversation__member=ani, text="Buku ekonomi?").conversation
    second = TurnFactory(conversation=conversation, text="Dan bagaimana cara bebas pustaka?")
    with pytest.raises(Refused) as refused:
        split(conversation, [], by=sari)
    assert refused.value.codes == ["nothing_to_split"]
    beside = split(conversation, [second.pk], by=sari)
    assert (beside.subject, beside.member, beside.assignee) == ("Dan bagaimana cara bebas pustaka?", ani, sari)
    assert ([t.text for t in queries.turns_of(conversation)], [t.text for t in queries.turns_of(beside)]) == (
        ["Buku ekonomi?"], ["Dan bagaimana cara bebas pustaka?"],
    )  # fmt: skip


def test_the_pages_hand_over_merge_split_snooze_and_act_on_many(client, sari, with_role, signed_in):
    rina, desk = with_role("librarian"), signed_in(client, sari)
    one, other = TurnFactory().conversation, TurnFactory(text="Kedua").conversation
    desk.post(reverse("desk:merge", args=[one.pk]), {"other": other.pk})
    assert "Tergabung di sini" in desk.get(reverse("desk:conversation", args=[one.pk])).content.decode()
    desk.post(reverse("desk:undo_merge", args=[other.pk]))
    TurnFactory(conversation=one, text="Ketiga")
    desk.post(reverse("desk:split", args=[one.pk]), {"turn": one.turns.last().pk})
    assert Conversation.objects.filter(state="open").count() == 3
    assert desk.post(reverse("desk:hand_over", args=[one.pk]), {"to": rina.pk, "note": ""}).status_code == 422
    desk.post(reverse("desk:hand_over", args=[one.pk]), {"to": rina.pk, "note": "Lanjutkan, ya"})
    desk.post(reverse("desk:snooze", args=[one.pk]), {"hours": "4"})
    desk.post(f"{reverse('desk:bulk')}?queue=open", {"act": "claim", "pk": [other.pk, one.pk]})
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.assignee, other.assignee, one.snoozed_until is not None) == (rina, sari, True), (
        "what a colleague has is taken over knowingly"
    )
    answer_ = desk.post(reverse("desk:bulk"), {"act": "close", "pk": [other.pk]}, follow=True)
    assert "Katakan bagaimana hasilnya" in answer_.content.decode()
    desk.post(reverse("desk:bulk"), {"act": "spam", "pk": [other.pk]})
    other.refresh_from_db()
    assert (other.outcome, desk.post(reverse("desk:bulk"), {"act": "burn"}).status_code) == ("spam", 404)


def test_a_number_that_is_no_conversation_is_refused_on_the_page_and_what_was_done_is_said(client, sari, signed_in):
    desk, kept, other = signed_in(client, sari), ConversationFactory(), ConversationFactory()

    def does(act, conversation=kept, **told):
        sent = desk.post(reverse(f"desk:{act}", args=[conversation.pk]), told, follow=True)
        return [str(each) for each in sent.context["messages"]]

    hidden = ConversationFactory(is_complaint=True)
    for number in ("abc", "", "999999", str(hidden.pk)):
        told = desk.post(reverse("desk:merge", args=[kept.pk]), {"other": number})
        assert f"Tidak ada percakapan bernomor “{number}” di antara yang dapat Anda lihat." in told.content.decode()
    TurnFactory(conversation=other)
    does("merge", other=other.pk)
    assert does("undo_merge", other) == ["Dipisahkan lagi; kedua percakapan terbuka."]
    team = Team.objects.create(name="Referensi")
    assert does("team_of", team=team.pk) == ["Diberikan kepada tim Referensi."]
    assert does("team_of", team="") == ["Kembali ke antrean semua petugas."]
    give_to_team(kept, team, by=sari)
    old = Team.objects.create(name="Lama", is_active=False)
    for told, why in (
        ({"team": "999"}, "Tim itu tidak ada."),
        ({"team": "x"}, "Tim itu tidak ada."),
        ({}, "Tim itu tidak ada."),
    ):
        assert why in desk.post(reverse("desk:team_of", args=[kept.pk]), told).content.decode()
    told = desk.post(reverse("desk:team_of", args=[kept.pk]), {"team": old.pk})
    assert (told.status_code, "Tim Lama tidak dipakai lagi." in told.content.decode()) == (409, True)
    kept.refresh_from_db()
    assert kept.team == team
    assert desk.post(reverse("desk:bulk"), {"act": "close"}, follow=True).context["messages"]


def test_what_is_set_aside_says_until_when_and_may_come_back_at_once(client, sari, signed_in):
    desk, conversation = signed_in(client, sari), ConversationFactory()
    page = reverse("desk:conversation", args=[conversation.pk])
    with clock.stopped_at(MONDAY):
        told = desk.post(reverse("desk:snooze", args=[conversation.pk]), {"hours": "24"}, follow=True)
        assert [str(each) for each in told.context["messages"]] == [
            "Ditunda sampai besok 09.10, atau sampai penanya menulis lagi."
        ]
        assert "ditunda sampai besok 09.10" in desk.get(page).content.decode()
        desk.post(reverse("desk:snooze", args=[conversation.pk]), {"now": "1"})
        assert "ditunda sampai" not in desk.get(page).content.decode()
        assert queries.counts(sari, TODAY)["snoozed"] == 0


def test_in_a_merged_conversation_each_is_called_by_their_own_name(client, sari, signed_in):
    first, second = (take_up(hear(web_identity(name, name=name), f"Kata {name}")) for name in ("Eko", "Dwi"))
    merge(second, into=first, by=sari)
    told = signed_in(client, sari).get(reverse("desk:conversation", args=[first.pk])).content.decode()
    heads = [part.partition(" · ")[0].rpartition(">")[2] for part in told.split('<li class="turn question"')[1:]]
    assert heads == ["Eko", "Dwi"]
