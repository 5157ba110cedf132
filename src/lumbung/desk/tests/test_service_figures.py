"""Which services are used and asked for, which nobody has, how soon each is done, and what to do about it."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse

from lumbung.desk.domain.targets import set_target
from lumbung.desk.models import Appointment, Rating
from lumbung.desk.service_figures import lines
from lumbung.desk.tests.factories import ConversationFactory
from lumbung.kernel import clock, rooms
from lumbung.organization.domain import measures
from lumbung.organization.domain.measures import Measure, Span, measure_called
from lumbung.organization.domain.services import add_service, change_service, set_state
from lumbung.organization.models import OpeningHours
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
GUIDANCE = {"name": "Bimbingan", "kind": "guidance", "summary": "Ditemani mencari", "by_contact": True}


@pytest.fixture
def branch():
    LibraryFactory()
    branch = BranchFactory()
    for weekday in range(5):
        OpeningHours.objects.create(branch=branch, weekday=weekday, opens=time(8), closes=time(16))
    return branch


@pytest.fixture
def service(branch, sari):
    """Guidance, which there has been for a long time and which nobody counts."""
    return old(sari, **GUIDANCE)


@pytest.fixture
def counted(monkeypatch):
    """A measure that tells what stands in the list: one use for each moment."""
    moments: list[datetime] = []
    spans: list[Span] = []
    measure = Measure(
        "test.letters",
        "Surat",
        lambda first, last: sum(first <= each < last for each in moments),
        lambda until: max((each for each in moments if each < until), default=None),
        lambda first, last: [each for each in spans if first <= each.ended < last],
    )
    monkeypatch.setitem(measures._measures, measure.code, measure)
    return moments, spans


def old(sari, **fields):
    with clock.stopped_at(NOW - timedelta(days=400)):
        return add_service(**fields, by=sari)


def ago(days):
    return NOW - timedelta(days=days)


def line_of(service, days=30):
    with clock.stopped_at(NOW):
        return next(each for each in lines(days) if each.service == service)


def test_requests_are_counted_and_complaints_spam_and_older_ones_are_not(service):
    for days in (1, 29, 31):
        ConversationFactory(service=service, opened_at=ago(days))
    ConversationFactory(service=service, opened_at=ago(2), is_complaint=True)
    ConversationFactory(service=service, opened_at=ago(2), outcome="spam", state="closed", closed_at=ago(2))
    line = line_of(service)
    assert (line.uses, line.requests, line.before, line.last, line.flags) == (None, 2, 1, ago(1), [])


def test_one_that_nobody_counts_and_nobody_asks_for_says_so_and_one_that_is_counted_is_idle(service, sari, counted):
    assert line_of(service).flags == ["uncounted"]
    change_service(service, measure="test.letters", by=sari)
    assert (line_of(service).uses, line_of(service).flags) == (0, ["idle"])
    counted[0].append(ago(3))
    line = line_of(service)
    assert (line.measure, line.uses, line.total, line.last, line.flags, line.advice) == ("Surat", 1, 1, ago(3), [], [])
    assert line_of(service, days=60).before == 0


def test_what_is_told_to_do_fits_what_stands_in_the_way(service, sari, counted):
    change_service(service, measure="test.letters", by_contact=False, desk_only_reason="Ada di gedung.", by=sari)
    set_state(service, "closed", note="Renovasi", by=sari)
    change_service(service, is_published=False, by=sari)
    assert [each.split(":")[0].split(" ")[0] for each in line_of(service).advice] == [
        "Masih", "Tersembunyi", "Hanya", "Umumkan",
    ]  # fmt: skip


def test_a_new_service_is_new_until_somebody_uses_it(branch, sari):
    with clock.stopped_at(ago(5)):
        service = add_service(**GUIDANCE, by=sari)
    assert (line_of(service).flags, line_of(service).advice) == (["new"], [])
    ConversationFactory(service=service, opened_at=ago(1))
    assert line_of(service).flags == []
    assert line_of(service, days=30).is_new


def test_one_that_lost_more_than_half_is_falling_and_a_few_less_are_not(service, sari, counted):
    change_service(service, measure="test.letters", by=sari)
    counted[0].extend([ago(days) for days in (31, 32, 33, 34, 35, 1, 2)])
    assert (line_of(service).before, line_of(service).total, line_of(service).flags) == (5, 2, ["falling"])
    counted[0].append(ago(3))
    assert line_of(service).flags == []


def test_poor_marks_of_three_make_it_dull_and_of_two_do_not(service):
    for number in range(3):
        asked = ConversationFactory(service=service, opened_at=ago(2))
        facts = {"asked_at": ago(2), "until": NOW, "manner": 4, "help": 2, "rated_at": ago(1)}
        Rating.objects.create(conversation=asked, secret=str(number), **facts)
        assert line_of(service).flags == (["dull"] if number == 2 else [])
    assert (line_of(service).help, line_of(service).rated) == (2, 3)


def test_how_long_it_took_is_set_beside_the_target_in_opening_hours(service, sari, branch, counted):
    change_service(service, measure="test.letters", by=sari)
    counted[0].append(ago(3))
    friday = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    counted[1].append(Span(branch.pk, friday, friday + timedelta(days=2, hours=17, minutes=30)))  # until Monday 08.30
    assert (line_of(service).took.minutes, line_of(service).took.in_time, line_of(service).flags) == (90, None, [])
    set_target(service=service, first_minutes=30, next_minutes=60, resolution_minutes=240, by=sari)
    ConversationFactory(
        service=service, opened_at=ago(4), closed_at=ago(3), state="closed", outcome="answered", resolution_took=300
    )
    line = line_of(service)
    assert (line.target, line.took.done, line.took.minutes, line.took.in_time, line.flags) == (240, 2, 195, 50, [])
    set_target(service=service, first_minutes=30, next_minutes=60, resolution_minutes=190, by=sari)
    assert line_of(service).flags == ["late"]


def test_the_desk_counts_its_questions_and_its_meetings(branch, sari, ani, service):
    questions, meetings = measure_called("desk.questions"), measure_called("desk.consultations")
    ConversationFactory(opened_at=ago(1))
    ConversationFactory(opened_at=ago(1), service=service)
    ConversationFactory(opened_at=ago(1), is_complaint=True)
    for state, days in (("held", 2), ("cancelled", 3)):
        begins = ago(days)
        Appointment.objects.create(
            member=ani, user=sari, kind="guidance", starts_at=begins, ends_at=begins + timedelta(hours=1), place="R. 2",
            topic="Skripsi", state=state, secret=state,
        )  # fmt: skip
    assert (questions.uses(ago(30), NOW), questions.last(NOW)) == (1, ago(1))
    assert (meetings.uses(ago(30), NOW), meetings.last(NOW)) == (1, ago(2))


def test_a_measure_of_a_closed_room_is_not_asked(branch, sari):
    service = old(sari, name="Membaca", kind="other", summary="–", by_contact=True, measure="spaces.visits")
    assert line_of(service).flags == ["idle"]
    rooms.closed.assume(frozenset({"spaces"}))
    assert (line_of(service).uses, line_of(service).flags) == (None, ["uncounted"])


def test_the_page_is_for_those_who_see_figures_and_its_filter_and_table_say_the_same(
    client, sari, service, counted, signed_in, with_role
):
    change_service(service, measure="test.letters", by=sari)
    old(sari, **{**GUIDANCE, "name": "=Silang layan", "kind": "other"})
    page = reverse("desk:services")
    assert signed_in(client, with_role("circulation")).get(page).status_code == 403
    desk = signed_in(client, sari)
    with clock.stopped_at(NOW):
        counted[0].append(ago(40))
        shown = {
            told: [each.service.name for each in desk.get(page, dict([told])).context["lines"]]
            for told in (("days", "30"), ("show", "idle"), ("kind", "other"), ("days", "x"))
        }
        assert shown == {
            ("days", "30"): ["Bimbingan", "=Silang layan"],
            ("show", "idle"): ["=Silang layan"],
            ("kind", "other"): ["=Silang layan"],
            ("days", "x"): ["Bimbingan", "=Silang layan"],
        }
        table = b"".join(desk.get(page, {"days": "30", "show": "look", "format": "csv"}).streaming_content).decode("utf-8-sig")
        assert "Tidak ada layanan seperti itu" in desk.get(page, {"kind": "promotion"}).content.decode()
    rows = table.splitlines()
    assert (len(rows), rows[1].split(",")[:6]) == (3, ["Bimbingan", "Bimbingan pemustaka", "Buka", "0", "0", "1"])
    assert rows[2].startswith("'=Silang layan,")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_statements_for_one_and_many(client, sari, branch, count, signed_in, django_assert_num_queries):
    for number in range(count):
        old(sari, **{**GUIDANCE, "name": f"Layanan {number}"})
    desk, page = signed_in(client, sari), reverse("desk:services")
    desk.get(page)
    with django_assert_num_queries(9):
        desk.get(page)


def test_the_form_of_a_service_offers_what_is_counted_and_keeps_what_is_counted_no_more(client, sari, service, signed_in):
    desk, page = signed_in(client, sari), reverse("organization:service", args=[service.pk])
    form = desk.get(page).context["form"]
    assert {"", "circulation.loans", "members.clearance", "digital.deposits", "discovery.news"} <= {
        value for value, _ in form.fields["measure"].choices
    }
    desk.post(page, {**GUIDANCE, "by_contact": "on", "position": 0, "is_published": "on", "measure": "spaces.visits"})
    service.refresh_from_db()
    assert service.measure == "spaces.visits"
    rooms.closed.assume(frozenset({"spaces"}))
    assert ("spaces.visits", "spaces.visits") in desk.get(page).context["form"].fields["measure"].choices
    with pytest.raises(ValueError, match="two measures are called"):
        measures.register(measure_called("desk.questions"))
