"""Shifts that route, and targets by opening hours."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse

from lumbung.desk import queries
from lumbung.desk.business_hours import minutes_between, moment_after
from lumbung.desk.domain.answering import answer
from lumbung.desk.domain.duty import add_shift, remove_shift, repeat_week
from lumbung.desk.domain.hearing import join, take_up
from lumbung.desk.domain.targets import set_target
from lumbung.desk.models import Shift, Team, TeamMember, Turn
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.messaging.tests.factories import hear, web_identity
from lumbung.organization.models import Closure, OpeningHours
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db
MONDAY_NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MINUTES = {"first_minutes": 60, "next_minutes": 30, "resolution_minutes": 600}
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def branch():
    LibraryFactory()
    branch = BranchFactory()
    for weekday in range(5):
        OpeningHours.objects.create(branch=branch, weekday=weekday, opens=time(8), closes=time(16))
    return branch


def test_minutes_count_only_while_the_branch_is_open(branch):
    friday_1530 = datetime(2026, 11, 27, 8, 30, tzinfo=UTC)
    monday_0830 = datetime(2026, 11, 30, 1, 30, tzinfo=UTC)
    assert moment_after(branch, friday_1530, 60) == monday_0830
    assert minutes_between(branch, friday_1530, monday_0830) == 60
    Closure.objects.create(branch=branch, first_day="2026-11-30", last_day="2026-11-30", reason="Libur")
    from lumbung.organization.queries import calendars  # noqa: PLC0415 -- forgotten here alone

    calendars.forget()
    assert moment_after(branch, friday_1530, 60) == monday_0830 + timedelta(days=1)
    assert minutes_between(branch, friday_1530, monday_0830) == 30


def test_where_no_hours_are_known_every_minute_counts():
    branch = BranchFactory(code="FIK")
    assert moment_after(branch, MONDAY_NINE, 60 * 30) == MONDAY_NINE + 30 * HOUR
    assert minutes_between(branch, MONDAY_NINE, MONDAY_NINE + 30 * HOUR) == 60 * 30


def test_a_question_is_due_by_the_target_of_its_channel_and_late_when_it_is_past(sari):
    set_target(by=sari, **{**MINUTES, "first_minutes": 5})
    set_target(channel="web", by=sari, **MINUTES)
    asker = web_identity()
    with clock.stopped_at(MONDAY_NINE):
        conversation = take_up(hear(asker, "Halo"))
    assert (conversation.due_at, conversation.resolve_by) == (MONDAY_NINE + HOUR, datetime(2026, 11, 24, 4, 0, tzinfo=UTC))
    with clock.stopped_at(MONDAY_NINE + HOUR - timedelta(minutes=10)):
        assert list(queries.queue("late", sari, MONDAY_NINE.date())) == [conversation]
        answer(conversation, "Ya?", seen=Turn.objects.latest("pk").pk, by=sari)
        conversation.refresh_from_db()
        assert (conversation.due_at, conversation.first_took, conversation.answered_late) == (None, 50, False)
        join(hear(asker, "Bukunya ada?"))
    conversation.refresh_from_db()
    assert conversation.due_at == MONDAY_NINE + timedelta(minutes=80)
    with clock.stopped_at(MONDAY_NINE + 2 * HOUR):
        answer(conversation, "Ada", seen=Turn.objects.latest("pk").pk, by=sari)
    conversation.refresh_from_db()
    assert conversation.answered_late is True


def test_a_target_of_no_time_is_refused(sari):
    with pytest.raises(Refused) as refused:
        set_target(by=sari, **{**MINUTES, "next_minutes": 0})
    assert refused.value.codes == ["target_too_short"]


def test_what_comes_in_goes_to_whoever_is_on_duty_and_has_the_fewest(sari, with_role):
    rina, doni = with_role("librarian"), with_role("librarian")
    with clock.stopped_at(MONDAY_NINE):
        assert take_up(hear(web_identity(), "Sebelum ada giliran")).assignee is None
        add_shift(sari, place="wfo", starts_at=MONDAY_NINE - HOUR, ends_at=MONDAY_NINE + HOUR, by=sari)
        add_shift(rina, place="wfh", starts_at=MONDAY_NINE - HOUR, ends_at=MONDAY_NINE + HOUR, channels=["web"], by=sari)
        add_shift(doni, place="wfh", starts_at=MONDAY_NINE - HOUR, ends_at=MONDAY_NINE + HOUR, channels=["telegram"], by=sari)
        assert [take_up(hear(web_identity(), "Halo")).assignee for _ in range(3)] == [sari, rina, sari]
    assert not queries.on_duty("web", MONDAY_NINE + HOUR).exists()
    assert queries.next_on_duty(MONDAY_NINE - 2 * HOUR) == MONDAY_NINE - HOUR
    assert queries.next_on_duty(MONDAY_NINE) is None


def test_a_team_takes_what_comes_by_its_channel(sari, with_role):
    rina, team = with_role("librarian"), Team.objects.create(name="Daring", channels=["web"])
    TeamMember.objects.create(team=team, user=rina)
    for user in (sari, rina):
        add_shift(user, place="wfo", starts_at=MONDAY_NINE - HOUR, ends_at=MONDAY_NINE + HOUR, by=sari)
    with clock.stopped_at(MONDAY_NINE):
        conversation = take_up(hear(web_identity(), "Halo"))
    assert (conversation.team, conversation.assignee) == (team, rina)


def test_shifts_do_not_overlap_and_a_week_is_repeated_once(sari, with_role):
    shift = add_shift(sari, place="wfo", starts_at=MONDAY_NINE, ends_at=MONDAY_NINE + 4 * HOUR, by=sari)
    for begins, ends in ((3, 5), (-1, 1)):
        with pytest.raises(Refused) as refused:
            add_shift(sari, place="wfh", starts_at=MONDAY_NINE + begins * HOUR, ends_at=MONDAY_NINE + ends * HOUR, by=sari)
        assert refused.value.codes == ["shift_overlaps"]
    with pytest.raises(Refused) as refused:
        add_shift(sari, place="wfh", starts_at=MONDAY_NINE + HOUR, ends_at=MONDAY_NINE, by=sari)
    assert refused.value.codes == ["shift_backwards"]
    assert [repeat_week(MONDAY_NINE - HOUR, by=sari) for _ in range(2)] == [1, 0]
    assert Shift.objects.latest("pk").starts_at == MONDAY_NINE + timedelta(days=7)
    remove_shift(shift, by=sari)
    assert Shift.objects.count() == 1


def test_the_head_plans_and_librarians_look(client, sari, ani, with_role, signed_in):
    head = with_role("head")
    desk = signed_in(client, head)
    told = {"user": sari.pk, "day": "2026-11-23", "starts": "09:00", "ends": "12:00", "place": "wfh", "channels": ["web"]}
    with clock.stopped_at(MONDAY_NINE):
        assert desk.post(reverse("desk:roster"), told).status_code == 302
        assert desk.post(reverse("desk:roster"), told).status_code == 422
        desk.post(f"{reverse('desk:week_repeat')}?week=2026-11-25")
        desk.post(reverse("desk:targets"), {"channel": "web", **MINUTES})
        for name in MINUTES:
            assert desk.post(reverse("desk:targets"), {"channel": "web", **MINUTES, name: "9" * 12}).status_code == 422
        desk.post(reverse("desk:teams"), {"name": "Kesehatan", "channels": ["web"]})
        team = Team.objects.get()
        assert desk.post(reverse("desk:team_join", args=[team.pk]), {"username": ani.user.username}).status_code == 422
        desk.post(reverse("desk:team_join", args=[team.pk]), {"username": "ANI", "until": "2026-12-31"})
        desk.post(reverse("desk:team_join", args=[team.pk]), {"username": "sari"})
        pages = [reverse("desk:targets"), reverse("desk:teams"), reverse("desk:team", args=[team.pk])]
        shown = [desk.get(each).content.decode() for each in (*pages, f"{reverse('desk:roster')}?week=2026-11-30")]
        assert all(word in page for word, page in zip(["1 j", "Ani (tamu)", "tamu sampai", "Dari rumah"], shown, strict=True))
        desk.post(reverse("desk:team_leave", args=[team.people.get(user=sari).pk]))
        desk.post(reverse("desk:team", args=[team.pk]), {"name": "Kedokteran", "channels": []})
        assert (Team.objects.get().name, Team.objects.get().is_active, team.people.count()) == ("Kedokteran", False, 1)
        looking = signed_in(client, sari)
        assert [looking.get(each).status_code for each in (*pages, reverse("desk:roster"))] == [403, 403, 403, 200]
        looking.post(reverse("desk:roster"), {**told, "day": "2026-11-24"})
        assert Shift.objects.count() == 2
        gone = signed_in(client, head).post(reverse("desk:shift_remove", args=[Shift.objects.latest("starts_at").pk]))
        assert (gone.url, Shift.objects.count()) == (f"{reverse('desk:roster')}?week=2026-11-30", 1), "the week one looked at"
