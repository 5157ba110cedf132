"""Sessions: published with schedule, points and product; closed with the product or a reason; who may do what."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain import attendance, nudges, polls, series, sessions
from lumbung.knowledge.domain.actions import take_on
from lumbung.knowledge.domain.agenda import add_point
from lumbung.knowledge.models import Series, Session
from lumbung.knowledge.queries.sessions import streak_of
from lumbung.knowledge.tests.factories import SessionFactory
from lumbung.messaging.models import Delivery
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)


def test_a_session_is_published_only_with_schedule_points_and_product(sari):
    session = sessions.plan(title="Layanan malam", by=sari)
    with pytest.raises(Refused) as refused:
        sessions.publish(session, by=sari)
    assert refused.value.codes == ["schedule_missing", "points_missing", "expected_product_missing"]
    sessions.change(session, starts_at=MONDAY, expected_product="SOP jam malam", by=sari)
    add_point(session, "Siapa yang menjaga?", by=sari)
    assert sessions.publish(session, by=sari).state == "published"
    with pytest.raises(Refused) as refused:
        sessions.change(session, starts_at=None, expected_product="", by=sari)
    assert refused.value.codes == ["schedule_missing", "expected_product_missing"]


def test_the_database_keeps_a_published_session_whole(sari):
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.create(title="Tanpa jadwal", state="published")
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.create(title="Tanpa hasil", state="closed", starts_at=MONDAY, expected_product="SOP")


def test_a_session_closes_with_its_product_or_a_reason(sari):
    session = SessionFactory()
    with pytest.raises(Refused) as refused:
        sessions.close(session, by=sari)
    assert refused.value.codes == ["product_or_reason_missing"]
    assert sessions.close(session, without_product="Pembicara sakit", by=sari).without_product == "Pembicara sakit"
    for late in (
        lambda: sessions.change(session, title="Lain", by=sari),
        lambda: sessions.close(session, product="x", by=sari),
    ):
        with pytest.raises(Refused) as refused:
            late()
        assert refused.value.codes == ["session_over"]


def test_a_session_does_not_close_before_it_begins(sari):
    with pytest.raises(Refused) as refused:
        sessions.close(SessionFactory(starts_at=clock.now() + timedelta(days=1)), product="SOP", by=sari)
    assert refused.value.codes == ["session_not_begun"]


def test_attendance_is_typed_in_from_paper_and_counts_once(sari, with_role):
    rina = with_role("circulation")
    session = SessionFactory()
    names = f"{rina.name.upper()}\n  Pak Joko (satpam) \nsari\n\nPak Joko (satpam)"
    assert attendance.enter_attendance(session, names=names, by=sari) == 3
    assert attendance.enter_attendance(session, people=[rina], names="Pak Joko (satpam)", by=sari) == 0
    assert set(session.attendances.values_list("person", "name")) == {(sari.pk, ""), (rina.pk, ""), (None, "Pak Joko (satpam)")}


def test_a_recurring_session_makes_its_next_and_the_host_rotates(sari, with_role):
    LibraryFactory()
    rina = with_role("circulation")
    with clock.stopped_at(MONDAY - timedelta(days=1)):
        first = sessions.plan(
            title="Diskusi Senin", starts_at=MONDAY, expected_product="Keputusan", points="Antrean\nRak", by=sari
        )
        sessions.publish(first, by=sari)
        rounds = series.repeat(first, every_weeks=1, hosts=[sari, rina], by=sari)
        assert series.make_next_of_all() == 0
    take_on("Pasang papan petunjuk", owner=rina, due_on=MONDAY.date(), session=first, by=sari)
    with clock.stopped_at(MONDAY + timedelta(days=1)):
        assert series.make_next_of_all() == 1
        second = rounds.sessions.latest("pk")
        assert (second.starts_at, second.facilitator, second.state) == (MONDAY + timedelta(weeks=1), rina, "published")
        assert [each.title for each in second.points.all()] == ["Antrean", "Rak", "Pasang papan petunjuk"]
        assert series.make_next(rounds, by=sari) == second
    with clock.stopped_at(MONDAY + timedelta(weeks=5)):
        third = series.make_next(rounds, by=sari)
    assert (third.starts_at, third.facilitator) == (MONDAY + timedelta(weeks=6), sari)


def test_a_session_that_is_told_twice_to_come_round_is_one_series(client, sari, signed_in):
    LibraryFactory()
    first = SessionFactory(facilitator=sari, starts_at=clock.now() + timedelta(days=3))
    signed_in(client, sari)
    sent = {"csrfmiddlewaretoken": "a" * 64, "every_weeks": 1, "hosts": [sari.pk]}
    answers = [client.post(reverse("knowledge:session_repeat", args=[first.pk]), sent) for _ in range(2)]
    assert [each["Location"] for each in answers] == [reverse("knowledge:session", args=[first.pk])] * 2
    assert Series.objects.count() == 1


def test_a_poll_settles_the_schedule(sari, with_role):
    session = sessions.plan(title="Kapan kita bertemu", by=sari)
    with pytest.raises(Refused) as refused:
        polls.offer(session, [MONDAY], by=sari)
    assert refused.value.codes == ["poll_empty"]
    polls.offer(session, [MONDAY, MONDAY + timedelta(hours=3)], by=sari)
    early, late = session.poll_options.all()
    polls.answer(session, [early.pk, late.pk], by=with_role("circulation"))
    polls.answer(session, [late.pk], by=sari)
    assert [each.answers.count() for each in (early, late)] == [1, 2]
    assert polls.settle(late, by=sari).starts_at == MONDAY + timedelta(hours=3)
    assert session.poll_options.count() == 0


def test_reminders_go_the_day_before_and_nudges_after_two_and_four_days(sari, with_role):
    LibraryFactory()
    head = with_role("head")
    head.email = "ratna@kampus.example"
    head.save()
    session = SessionFactory(facilitator=sari, starts_at=MONDAY, title="Diskusi Senin")
    with clock.stopped_at(MONDAY - timedelta(hours=20)):
        assert (nudges.remind_of_sessions(), nudges.remind_of_sessions()) == (2, 0)
    assert sorted(Delivery.objects.values_list("address", flat=True)) == ["ratna@kampus.example", "sari@kampus.example"]
    told = []
    for hours in (47, 49, 50, 97, 98):
        with clock.stopped_at(MONDAY + timedelta(hours=hours)):
            told.append(nudges.nudge_for_minutes())
    assert told == [0, 1, 0, 1, 0]
    assert Delivery.objects.filter(code="minutes_missing").latest("pk").address == "ratna@kampus.example"
    assert "Diskusi Senin" in Delivery.objects.latest("pk").subject
    assert mail.outbox == []
    assert session.state == "published"


def test_a_whiteboard_picture_is_judged_by_its_content(client, sari, signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    LibraryFactory()
    session = SessionFactory(facilitator=sari)
    page = reverse("knowledge:session_picture_add", args=[session.pk])
    signed_in(client, sari)
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 64 + b"IEND\xaeB`\x82"
    client.post(page, {"picture": SimpleUploadedFile("papan.png", png), "caption": "Papan"})
    client.post(page, {"picture": SimpleUploadedFile("papan.png", b"<svg onload=alert(1)>"), "caption": "Jahat"})
    [kept] = session.pictures.all()
    shown = client.get(reverse("knowledge:session_picture", args=[session.pk, kept.pk]))
    assert (shown["Content-Type"], shown["Content-Security-Policy"]) == ("image/png", "default-src 'none'; sandbox")
    shown.close()


def test_drafts_are_their_makers_and_colleagues_lead_only_their_own(client, sari, ani, with_role, signed_in):
    LibraryFactory()
    rina, tono = with_role("circulation"), with_role("cataloguer")
    draft = sessions.plan(title="Rahasia dulu", by=rina)
    page = reverse("knowledge:session", args=[draft.pk])
    status = [signed_in(Client(), each).get(page).status_code for each in (sari, rina, tono, ani.user)]
    assert status == [200, 200, 404, 403]
    public = SessionFactory(facilitator=rina)
    change = reverse("knowledge:session_change", args=[public.pk])
    assert [signed_in(Client(), each).get(change).status_code for each in (sari, rina, tono, ani.user)] == [200, 200, 403, 403]
    assert Client().get(change).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_many_sessions_there_are(client, sari, signed_in, count, django_assert_max_num_queries):
    LibraryFactory()
    for _ in range(count):
        SessionFactory()
        SessionFactory(starts_at=clock.now() + timedelta(days=2))
    signed_in(client, sari)
    with django_assert_max_num_queries(9):
        assert client.get(reverse("knowledge:sessions")).status_code == 200


def test_a_thousand_sessions_of_history_cost_no_more_questions(client, sari, signed_in, django_assert_max_num_queries):
    LibraryFactory()
    start = clock.now() - timedelta(days=1)
    Session.objects.bulk_create(
        Session(title=f"Sesi {n}", state="published", starts_at=start - timedelta(days=n), expected_product="SOP")
        for n in range(1000)
    )
    signed_in(client, sari)
    with django_assert_max_num_queries(9):
        answer = client.get(reverse("knowledge:sessions") + "?page=40")
    assert "Sesi 999" in answer.content.decode()


def test_the_calendar_is_icalendar(client, sari, signed_in):
    LibraryFactory()
    SessionFactory(title="Diskusi, rak; baru", starts_at=clock.now() + timedelta(days=3))
    answer = signed_in(client, sari).get(reverse("knowledge:session_calendar"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "SUMMARY:Diskusi\\, rak\\; baru" in answer.content.decode()


def test_every_page_of_a_session_opens(client, sari, signed_in):
    LibraryFactory()
    session = SessionFactory(facilitator=sari)
    signed_in(client, sari)
    for name in ("session", "session_change", "session_paper", "minutes", "session_repeat", "session_poll"):
        assert client.get(reverse(f"knowledge:{name}", args=[session.pk])).status_code == 200, name
    for name in ("sessions", "session_new", "actions", "action_new"):
        assert client.get(reverse(f"knowledge:{name}")).status_code == 200, name


def test_a_streak_is_broken_by_a_gap_a_cancelled_session_and_one_to_which_nobody_came(sari):
    LibraryFactory()
    weekly = Series.objects.create(title="Senin", expected_product="Catatan", points="Tren")
    held = {"series": weekly, "state": "closed", "product": "notulen"}
    for week in (1, 2, 3, 5, 6):
        SessionFactory(starts_at=MONDAY - timedelta(weeks=week), **held)
    with clock.stopped_at(MONDAY):
        assert streak_of(weekly) == 3
        latest = SessionFactory(starts_at=MONDAY - timedelta(hours=3), series=weekly)
        assert streak_of(weekly) == 3
    with clock.stopped_at(MONDAY + timedelta(hours=60)):
        assert streak_of(weekly) == 0
        attendance.enter_attendance(latest, people=[sari], by=sari)
        assert streak_of(weekly) == 4
    Session.objects.filter(starts_at=MONDAY - timedelta(weeks=2)).update(state="cancelled")
    with clock.stopped_at(MONDAY + timedelta(hours=60)):
        assert streak_of(weekly) == 2
    with clock.stopped_at(MONDAY + timedelta(weeks=3)):
        assert streak_of(weekly) == 0
