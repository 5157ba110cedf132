"""What people know by evidence, what they say of it, and thanks and awards that shame nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain import communities as groups
from lumbung.knowledge.domain import people, questions
from lumbung.knowledge.models import Attendance, Award, Expertise, Session, Thanks
from lumbung.knowledge.queries import people as queries
from lumbung.knowledge.queries.communities import density, regularity
from lumbung.knowledge.tests.making import community, published, topic
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def dewi(with_role):
    return with_role("librarian")


@pytest.fixture
def head(with_role):
    return with_role("head")


def solved(asker, expert, about):
    asked = questions.ask("Bagaimana?", topic=about, by=asker)
    questions.settle(questions.answer(asked, "Begini.", by=expert), by=asker)


def test_expertise_is_proposed_by_evidence_and_ranked_by_it(sari, dewi, head):
    about = topic()
    published(sari, approver=dewi)
    for _ in range(3):
        solved(sari, dewi, about)
    assert people.propose_expertise() == 2
    assert [(each.person, each.evidence, each.weight) for each in queries.experts_on(about)] == [
        (dewi, {"answered": 3}, 9), (sari, {"wrote": 1}, 5),
    ]  # fmt: skip
    [proposed] = Expertise.objects.filter(person=dewi)
    with pytest.raises(Refused) as refused:
        people.answer_expertise(proposed, is_mine=True, by=head)
    assert refused.value.codes == ["not_your_own"]
    people.answer_expertise(proposed, is_mine=False, by=dewi)
    people.propose_expertise()
    assert [each.person for each in queries.experts_on(about)] == [sari]


def test_a_hidden_answer_is_no_evidence(sari, dewi):
    asked = questions.ask("Bagaimana?", topic=topic(), by=sari)
    questions.settle(questions.answer(asked, "Begini.", hides_name=True, by=dewi), by=sari)
    assert people.propose_expertise() == 0


def test_nobody_thanks_themselves(sari, dewi):
    with pytest.raises(Refused) as refused:
        people.thank(sari, " ", by=sari)
    assert refused.value.codes == ["thanks_empty", "own_thanks"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Thanks.objects.create(person=sari, by=sari, text="x", at=clock.now())
    assert people.thank(dewi, "Sabar mengajari.", badge="lain", by=sari).badge == ""


def test_an_award_needs_evidence_and_is_shown_when_the_person_agrees(sari, dewi, head):
    criterion = people.set_criterion("Penulis tahun ini", measure="wrote", least=1, by=head)
    with pytest.raises(Refused) as refused:
        people.give_award(criterion, sari, by=head)
    assert refused.value.codes == ["no_candidate"]
    published(sari, approver=dewi)
    assert [(each.person, each.count) for each in queries.candidates(criterion)] == [(sari, 1)]
    award = people.give_award(criterion, sari, by=head)
    assert list(queries.shown_awards(sari, dewi)) == []
    assert list(queries.shown_awards(sari, sari)) == [award]
    with pytest.raises(Refused):
        people.agree(award, by=head)
    people.agree(award, by=sari)
    assert list(queries.shown_awards(sari, dewi)) == [award]
    assert Award.objects.get().evidence == "1 artikel terbit yang ditulis"


def test_a_plan_ends_with_evidence(sari, dewi, head):
    item = people.plan(sari, "Katalogisasi musik", way="Magang seminggu", by=head)
    assert item.leader == head
    with pytest.raises(Refused) as refused:
        people.fulfil(item, " ", by=dewi)
    assert refused.value.codes == ["evidence_empty", "not_your_own"]
    assert people.fulfil(item, "12 partitur dikatalog", by=sari).done_at is not None
    with pytest.raises(Refused) as refused:
        people.plan(sari, "", by=dewi)
    assert refused.value.codes == ["goal_to_learn_empty", "not_your_own"]


def meetings(group, weeks, *people_there):
    for week in weeks:
        held = Session.objects.create(
            title=f"Pekan {week}",
            community=group,
            state="published",
            expected_product="Notulen",
            starts_at=clock.now() - timedelta(weeks=week),
        )
        for person in people_there:
            Attendance.objects.create(session=held, person=person)


def test_a_group_becomes_a_community_when_it_is_stable_and_regular(sari, dewi, head):
    group = groups.start_group("Belajar menulis", kind="writing", by=sari)
    assert group.charter.startswith("Kami menulis bersama")
    meetings(group, [1, 2], sari, dewi)
    with pytest.raises(Refused) as refused:
        groups.become_community(group, by=sari)
    assert refused.value.codes == ["not_yet_regular"]
    meetings(group, [3, 4], sari, dewi)
    found = regularity(group)
    assert (found.sessions, found.weeks, found.steadiness, found.is_regular) == (4, 4, 100, True)
    assert groups.become_community(group, by=sari).state == "community"
    meetings(group, [5], head)
    assert regularity(group).steadiness == 75


def test_density_counts_pairs_who_had_to_do_with_each_other(sari, dewi, head):
    group = community("Layanan", sari, dewi, head)
    assert density(group).share == 0
    meetings(group, [1], sari, dewi)
    solved(sari, head, topic())
    found = density(group)
    assert (found.pairs, found.possible, found.share) == (2, 3, 67)
    assert found.partners == {sari.pk: 2, dewi.pk: 1, head.pk: 1}


def test_a_facilitator_invites_a_guest_and_the_last_one_does_not_leave(sari, dewi, ani):
    group = groups.start_group("Tren", kind="trends", by=sari)
    with pytest.raises(Refused) as refused:
        groups.invite_guest(group, "siapa", institution="", by=dewi)
    assert refused.value.codes == ["guest_unknown", "institution_empty"]
    with pytest.raises(Refused) as refused:
        groups.invite_guest(group, dewi.username, institution="ITB", by=sari)
    assert refused.value.codes == ["guest_is_staff"]
    held = groups.invite_guest(group, "ANI", institution="Perpustakaan ITB", by=sari)
    assert (held.person, held.role) == (ani.user, "guest")
    with pytest.raises(Refused) as refused:
        groups.leave(group, sari, by=sari)
    assert refused.value.codes == ["last_facilitator"]
    groups.leave(group, ani.user, by=sari)
    assert group.memberships.filter(left_at__isnull=True).count() == 1


def test_goals_move_as_far_as_they_are_wanted(sari, dewi):
    group = groups.start_group("Tren", kind="trends", by=sari)
    goal = groups.set_goal(group, "Sepuluh ringkasan tren", wanted=10, by=sari)
    assert groups.move_goal(goal, 99, by=sari).reached == 10
    assert goal.is_reached is False
    goal.refresh_from_db()
    assert goal.is_reached is True


def test_the_table_of_what_somebody_did_tells_the_day_as_the_library_has_it(client, sari, dewi, signed_in):
    LibraryFactory()
    with clock.stopped_at(datetime(2026, 11, 30, 23, 30, tzinfo=UTC)):
        solved(dewi, sari, topic())
    span = {"first": "2026-12-01", "last": "2026-12-01", "form": "csv"}
    table = signed_in(client, sari).get(reverse("knowledge:person_report", args=[sari.pk]), span).content.decode("utf-8-sig")
    assert table.splitlines()[1].startswith("2026-12-01,")


def test_the_one_box_finds_colleagues_for_the_staff_inside_the_house_alone(sari, dewi, ani, signed_in):
    dewi.name = "Dewi Lestari"
    dewi.save()
    about = topic("Sitasi ilmiah")
    known = Expertise.objects.create(person=dewi, topic=about, weight=3, counted_at=clock.now())
    shown = f'<a href="{reverse("knowledge:person", args=[dewi.pk])}">Dewi Lestari</a>'

    def finds(words, user=sari, **where):
        client = signed_in(Client(**where), user) if user else Client(**where)
        return shown in client.get("/search", {"q": words}).text

    assert [finds(words) for words in ("dewi", "Lestari dewi", "sitasi", "dewi sitasi", "dewi koki")] == [True] * 4 + [False]
    assert [finds("dewi", user) for user in (ani.user, None)] == [False, False]
    assert not finds("dewi", REMOTE_ADDR="203.0.113.9")
    people.answer_expertise(known, is_mine=False, by=dewi)
    assert not finds("sitasi")
    dewi.is_active = False
    dewi.save()
    assert not finds("dewi")
