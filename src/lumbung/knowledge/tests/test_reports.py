"""Survey, cycle, year, audit and hand-over: anonymous where promised, and exact."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain import actions, attendance, audits, hand_overs, minutes, surveys, trace
from lumbung.knowledge.models import Audit, SurveyReturn, SurveyTally
from lumbung.knowledge.queries.cycle import steps_between, year_of
from lumbung.knowledge.queries.ideas import result_of, shares_of
from lumbung.knowledge.queries.measures import sharing_by_month
from lumbung.knowledge.tests.factories import SessionFactory
from lumbung.knowledge.tracing import Links, Ref
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 3, 2, 2, tzinfo=UTC)


def codes(verb, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        verb(*args, **kwargs)
    return refused.value.codes


def sheet(run, value):
    return dict.fromkeys(run.questions.values_list("pk", flat=True), value)


def answered_by(run, count, role, value):
    for _ in range(count):
        surveys.answer(run, sheet(run, value), by=UserFactory(roles=[role]))


def test_a_survey_is_answered_once_and_whole(sari):
    run = surveys.open_run("Maret", by=sari)
    assert codes(surveys.open_run, "April", by=sari) == ["survey_open"]
    first = run.questions.first()
    assert codes(surveys.answer, run, {first.pk: 3}, by=sari) == ["survey_incomplete"]
    assert codes(surveys.answer, run, {**sheet(run, 3), first.pk: 6}, by=sari) == ["survey_incomplete"]
    surveys.answer(run, sheet(run, 3), by=sari)
    assert codes(surveys.answer, run, sheet(run, 5), by=sari) == ["survey_answered"]
    surveys.close_run(run, by=sari)
    assert codes(surveys.answer, run, sheet(run, 3), by=UserFactory(roles=[Role.LIBRARIAN])) == ["survey_over"]


def test_nothing_kept_tells_who_answered_what(sari):
    run = surveys.open_run("Maret", by=sari)
    answered_by(run, 2, Role.LIBRARIAN, 4)
    assert {field.name for field in SurveyTally._meta.fields} == {"id", "question", "group", "value", "count"}
    assert {field.name for field in SurveyReturn._meta.fields} == {"id", "run", "person"}
    assert set(SurveyTally.objects.values_list("count", flat=True)) == {2}
    assert set(JournalEntry.objects.filter(name="SurveyAnswered").values_list("actor_id", flat=True)) == {None}


def test_a_group_too_small_to_hide_in_is_not_shown_and_cannot_be_reckoned(sari):
    run = surveys.open_run("Maret", by=sari)
    answered_by(run, 5, Role.LIBRARIAN, 2)
    answered_by(run, 4, Role.HEAD, 5)
    score = result_of(surveys.close_run(run, by=sari)).items[0]
    assert (score.leaders, score.librarians, score.everybody, score.gap) == (None, 2.0, None, None)


def test_what_a_survey_says_of_sharing_stands_beside_the_month_unless_somebody_could_be_reckoned_from_it(
    sari, django_assert_num_queries
):
    zone = LibraryFactory().zone
    span = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    for month, heads in ((2, 0), (3, 4), (4, 5)):
        with clock.stopped_at(datetime(2026, month, 10, tzinfo=UTC)):
            run = surveys.open_run(f"Bulan {month}", by=sari)
            answered_by(run, 5, Role.LIBRARIAN, 2)
            answered_by(run, heads, Role.HEAD, 5)
            surveys.close_run(run, by=sari)
        with django_assert_num_queries(3):
            told = sharing_by_month(*span, zone)
    assert [(each.first.month, each.pieces, each.culture) for each in told] == [(2, 0, 2.0), (4, 0, 3.5)]


def test_the_gap_between_leaders_and_librarians_is_shown(client, sari, signed_in):
    LibraryFactory()
    run = surveys.open_run("Maret", by=sari)
    answered_by(run, 5, Role.LIBRARIAN, 2)
    answered_by(run, 5, Role.HEAD, 4)
    page = reverse("knowledge:survey", args=[run.pk])
    assert 'class="gap"' not in signed_in(client, sari).get(page).content.decode()
    result = result_of(surveys.close_run(run, by=sari))
    assert [(each.leaders, each.librarians, each.gap) for each in result.dimensions] == [(4.0, 2.0, 2.0)] * 5
    assert result.items[0].everybody == 3.0
    shown = client.get(page).content.decode()
    assert shown.count('class="leaders" cx="295"') == shown.count('class="librarians" cx="105"') == 15
    assert client.get(reverse("knowledge:surveys")).status_code == 200


def test_the_way_from_talk_to_use_is_counted_with_its_days(sari):
    library = LibraryFactory()
    with clock.stopped_at(DAY + timedelta(days=1)):
        first, _second = SessionFactory(starts_at=DAY, topic="Sirkulasi"), SessionFactory(starts_at=DAY)
        attendance.enter_attendance(first, people=[sari], by=sari)
    with clock.stopped_at(DAY + timedelta(days=2)):
        kept = minutes.propose(minutes.write(first, summary="Semua", said={}, by=sari), by=sari)
    with clock.stopped_at(DAY + timedelta(days=5)):
        trace.link(kept, Ref("article", 7), Links.COMPILED, by=sari)
    with clock.stopped_at(DAY + timedelta(days=15)):
        trace.link(Ref("article", 7), Ref("use", 3), Links.USED, by=sari)
    steps = steps_between(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    assert [(each.stage, each.count, each.days) for each in steps] == [
        ("S", 2, None), ("E", 1, 2.0), ("C", 1, 3.0), ("I", 1, 10.0), ("S+", 0, None),
    ]  # fmt: skip
    assert year_of(2026, library.zone).by_topic == [("", 1, 0), ("Sirkulasi", 1, 0)]


def test_the_year_tells_what_is_carried_over(client, sari, signed_in):
    LibraryFactory()
    with clock.stopped_at(DAY):
        session = SessionFactory(starts_at=DAY, topic="Sirkulasi")
        late = actions.take_on("Cat rak", owner=sari, due_on=date(2026, 5, 1), session=session, by=sari)
        actions.end(actions.take_on("Beli lampu", owner=sari, due_on=date(2026, 5, 1), by=sari), result="Sudah", by=sari)
    with clock.stopped_at(datetime(2027, 2, 1, tzinfo=UTC)):
        actions.end(late, result="Selesai juga", by=sari)
    shown = signed_in(client, sari).get(reverse("knowledge:year") + "?year=2026").content.decode()
    assert "Cat rak" in shown
    assert "Beli lampu" not in shown
    table = b"".join(client.get(reverse("knowledge:year") + "?year=2026&form=csv").streaming_content).decode()
    assert "Cat rak" in table


def test_an_audit_tells_where_each_topic_lives_beside_delphi(sari):
    LibraryFactory()
    written, talked = SessionFactory(topic="Sirkulasi", facilitator=sari), SessionFactory(topic="sirkulasi")
    attendance.enter_attendance(written, people=[sari], by=sari)
    kept = minutes.propose(minutes.write(written, summary="Ada", said={}, by=sari), by=sari)
    SessionFactory(topic="Repositori", facilitator=sari)
    audit = audits.audit_knowledge(heads="Menjilid koran lama: Tono\n\nSirkulasi: Rina, Tono\nKosong", by=sari)
    lines = {each.topic: (each.place, each.people, each.is_at_risk) for each in audit.lines.all()}
    assert lines == {
        "Sirkulasi": ("documents", 3, False),
        "Repositori": ("heads", 1, True),
        "Menjilid koran lama": ("heads", 1, True),
        "Kosong": ("heads", 0, True),
    }
    trace.link(kept, Ref("article", 1), Links.COMPILED, by=sari)
    shares = shares_of(audits.audit_knowledge(by=sari))
    assert [(each.place, each.topics, each.percent, each.delphi) for each in shares] == [
        ("heads", 1, 50, 42), ("documents", 0, 0, 26), ("base", 1, 50, 12),
    ]  # fmt: skip
    assert (Audit.objects.count(), talked.state) == (2, "published")


def test_a_hand_over_asks_the_usual_and_lists_its_gaps(client, sari, with_role, signed_in):
    LibraryFactory()
    rina, tono, other = with_role("circulation"), with_role("cataloguer"), with_role("verifier")
    actions.take_on("Cat rak", owner=rina, due_on=date(2026, 12, 1), by=sari)
    assert codes(hand_overs.open_hand_over, rina, last_day=date(2026, 12, 31), successor=rina, by=sari) == [
        "successor_is_leaver"
    ]
    opened = hand_overs.open_hand_over(rina, last_day=date(2026, 12, 31), successor=tono, by=sari)
    assert codes(hand_overs.open_hand_over, rina, last_day=date(2026, 12, 31), by=sari) == ["leaver_hands_over"]
    assert opened.items.count() == len(hand_overs.USUAL) + 1
    for item in list(opened.items.all())[1:]:
        hand_overs.tell(item, told="Lihat di sini", address="/staff/knowledge/articles/1", by=rina)
    page = reverse("knowledge:hand_over", args=[opened.pk])
    status = [signed_in(Client(), each).get(page).status_code for each in (sari, rina, tono, other)]
    assert status == [200, 200, 200, 404]
    assert "1 celah" in signed_in(client, sari).get(page).content.decode()
    assert hand_overs.close_hand_over(opened, by=sari) == 1
    assert codes(hand_overs.add_item, opened, "Lagi", by=sari) == ["hand_over_over"]


def test_pages_open_and_reports_are_managed_by_those_who_manage(sari, ani, with_role, signed_in):
    LibraryFactory()
    rina = with_role("circulation")
    names = ("cycle", "year", "improvement_plan", "surveys", "audits", "hand_overs")
    for user, status in ((sari, 200), (rina, 200), (ani.user, 403)):
        assert {signed_in(Client(), user).get(reverse(f"knowledge:{name}")).status_code for name in names} == {status}
    for name in ("audits", "hand_overs", "survey_open"):
        assert signed_in(Client(), rina).post(reverse(f"knowledge:{name}")).status_code == 403, name


def test_a_thousand_sessions_of_history_cost_no_more_questions(client, sari, signed_in, django_assert_max_num_queries):
    LibraryFactory()
    model = type(SessionFactory())
    model.objects.bulk_create(
        model(
            title=f"Sesi {n}", state="published", starts_at=DAY + timedelta(hours=n), expected_product="SOP", topic=f"T{n % 9}"
        )
        for n in range(1000)
    )
    signed_in(client, sari)
    for name, most in (("cycle", 16), ("year", 22)):
        with django_assert_max_num_queries(most):
            assert client.get(reverse(f"knowledge:{name}") + "?year=2026").status_code == 200
