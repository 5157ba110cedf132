"""Places of hand-over that are no branches: when they are visited, what is brought there, and what follows when a visit is called off."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client

from lumbung.accounts.models import Role
from lumbung.circulation.domain.closed_doors import close_doors, open_doors
from lumbung.circulation.domain.fines import accrue_fines
from lumbung.circulation.domain.handover_places import (
    add_place,
    add_visit,
    call_off_visit,
    change_place,
    follow_visits,
    put_back_visit,
    remove_place,
)
from lumbung.circulation.domain.holds import place_hold
from lumbung.circulation.domain.loans import check_in, check_out, renew
from lumbung.circulation.domain.queue import change_pickup
from lumbung.circulation.domain.recalls import recall_loan
from lumbung.circulation.finding import find_places
from lumbung.circulation.models import DueDateShift, HandoverPlace, Hold, Loan, VisitDay
from lumbung.circulation.queries.handover_places import (
    coming_visits,
    days_of_handover,
    next_rounds,
    offered_visits,
    pickup_named,
    visits,
)
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.organization.domain.calendar import announce_closure
from lumbung.organization.tests.factories import LibraryFactory, open_on

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
"""08.00 in Jakarta."""
THURSDAY, NEXT = date(2026, 12, 3), date(2026, 12, 10)
ONE_DAY = timedelta(days=1)
HALL = {"kind": "stop", "name": "Balai Desa Sukamaju", "weekdays": "4", "starts": time(9), "ends": time(11)}


@pytest.fixture(autouse=True)
def _morning(pusat):
    LibraryFactory()
    open_on(pusat)
    with clock.stopped_at(MONDAY):
        yield


@pytest.fixture
def hall(pusat, sari) -> HandoverPlace:
    return add_place(branch=pusat, by=sari, **HALL)


def ready(member, place: HandoverPlace) -> Hold:
    """A copy comes back, and the member waits for it at the place."""
    item = ItemFactory(branch=place.branch)
    hold = place_hold(item.record, member=member, pickup_branch=place.branch, place=place, by=member.user)
    assert check_in(item, at=place.branch, by=None).hold == hold
    hold.refresh_from_db()
    return hold


def days(place: HandoverPlace, count: int) -> list[date]:
    return [visit.day for visit, _n in zip(visits(place, date(2026, 11, 30)), range(count), strict=False)]


def codes(verb) -> list[str]:
    with pytest.raises(Refused) as refused:
        verb()
    return refused.value.codes


def test_a_place_is_visited_on_its_weekdays_every_so_many_weeks_within_its_days(hall, sari):
    assert days(hall, 3) == [THURSDAY, NEXT, date(2026, 12, 17)]
    change_place(hall, by=sari, weekdays="14", every_weeks=2, first_day=date(2026, 12, 2), last_day=date(2026, 12, 16))
    assert days(hall, 9) == [THURSDAY, date(2026, 12, 14)]


def test_a_visit_is_not_offered_once_it_has_ended(hall):
    with clock.stopped_at(datetime(2026, 12, 3, 3, 59, tzinfo=UTC)):
        assert next(coming_visits(hall)).day == THURSDAY
    with clock.stopped_at(datetime(2026, 12, 3, 4, 0, tzinfo=UTC)):
        assert next(coming_visits(hall)).day == NEXT


def test_a_closed_branch_visits_nobody_unless_a_day_was_added_by_name(hall, sari, pusat):
    announce_closure(first_day=THURSDAY, last_day=THURSDAY + ONE_DAY, reason="Libur", by=sari, branch=pusat)
    assert days(hall, 1) == [NEXT]
    add_visit(hall, THURSDAY, by=sari)
    assert days(hall, 2) == [THURSDAY, NEXT]


def test_all_that_is_wrong_with_a_place_is_said_at_once(hall, pusat, sari):
    wrong = {**HALL, "ends": time(8), "first_day": NEXT, "last_day": THURSDAY}
    assert codes(lambda: add_place(branch=pusat, by=sari, **wrong)) == [
        "place_name_taken",
        "visit_backwards",
        "round_backwards",
    ]
    assert codes(lambda: change_place(hall, by=sari, name=" ", every_weeks=13)) == ["place_name_empty", "round_weeks_wrong"]
    assert codes(lambda: change_place(hall, by=sari, every_weeks=2)) == ["round_without_beginning"]


def test_a_single_day_is_settled_with_a_reason_and_taken_back(hall, sari):
    yesterday = THURSDAY - timedelta(days=7)
    assert codes(lambda: call_off_visit(hall, yesterday, reason="", by=sari)) == ["visit_past", "visit_reason_missing"]
    assert codes(lambda: call_off_visit(hall, THURSDAY + ONE_DAY, reason="x", by=sari)) == ["no_visit_that_day"]
    assert codes(lambda: add_visit(hall, THURSDAY, by=sari)) == ["visit_there"]
    said = call_off_visit(hall, THURSDAY, reason="Mobil mogok", by=sari)
    assert days(hall, 1) == [NEXT]
    put_back_visit(said, by=sari)
    assert (days(hall, 1), VisitDay.objects.count()) == ([THURSDAY], 0)
    told = JournalEntry.objects.filter(name__startswith="Visit").order_by("pk")
    assert [(each.name, each.data["day"], each.actor_id) for each in told] == [
        ("VisitCalledOff", "2026-12-03", sari.pk),
        ("VisitPutBack", "2026-12-03", sari.pk),
    ]


def test_a_copy_waits_at_the_branch_for_the_next_visit_and_can_be_had_while_holds_are_kept(hall, ani, rule, sari):
    hold = ready(ani, hall)
    assert (hold.state, hold.pickup_branch, hold.brought_on, hold.ready_until) == ("ready", hall.branch, THURSDAY, THURSDAY)
    change_place(hall, by=sari, weekdays="23")
    assert days_of_handover(hall, count=3) == (date(2026, 12, 1), date(2026, 12, 2))
    with clock.stopped_at(datetime(2026, 12, 1, 2, 0, tzinfo=UTC)):
        assert days_of_handover(hall, count=3) == (date(2026, 12, 2), date(2026, 12, 2))


def test_without_a_visit_to_come_it_waits_at_the_branch(hall, ani, rule, sari):
    item = ItemFactory(branch=hall.branch)
    hold = place_hold(item.record, member=ani, pickup_branch=hall.branch, place=hall, by=None)
    change_place(hall, by=sari, last_day=date(2026, 12, 1), weekdays="")
    check_in(item, at=hall.branch, by=None)
    hold.refresh_from_db()
    assert (hold.place, hold.brought_on, hold.ready_until) == (None, None, THURSDAY)


def test_what_waits_for_a_visit_that_is_called_off_goes_to_the_next(hall, ani, budi, rule, sari):
    hold, fetched = ready(ani, hall), ready(budi, hall)
    check_out(fetched.item, to=budi, at=hall.branch, by=sari)
    call_off_visit(hall, THURSDAY, reason="Mobil mogok", by=sari)
    hold.refresh_from_db()
    assert (hold.brought_on, hold.ready_until) == (NEXT, NEXT)
    moved = JournalEntry.objects.get(name="HoldVisitMoved")
    assert (moved.data["hold"], moved.data["ready_until"]) == (hold.pk, "2026-12-10")


def test_at_night_holds_follow_a_closure_and_come_back_to_the_branch_when_the_round_ends(hall, ani, rule, sari, pusat):
    hold = ready(ani, hall)
    assert follow_visits() == 0
    announce_closure(first_day=THURSDAY, last_day=THURSDAY, reason="Libur", by=sari, branch=pusat)
    assert (follow_visits(), follow_visits()) == (1, 0)
    hold.refresh_from_db()
    assert hold.brought_on == NEXT
    change_place(hall, by=sari, last_day=date(2026, 12, 4))
    hold.refresh_from_db()
    assert (hold.state, hold.place, hold.ready_until) == ("ready", None, date(2026, 12, 4))


def test_a_place_that_is_not_offered_is_chosen_by_nobody_and_serves_those_who_chose_it(hall, ani, budi, rule, sari, pusat):
    hold = ready(ani, hall)
    change_place(hall, by=sari, is_offered=False)
    assert (offered_visits(), pickup_named(f"p{hall.pk}"), pickup_named("p"), pickup_named("x")) == ([], None, None, None)
    record = ItemFactory(branch=pusat).record
    assert codes(lambda: place_hold(record, member=budi, pickup_branch=pusat, place=hall, by=None)) == ["place_not_offered"]
    other = HoldFactory(member=budi)
    assert codes(lambda: change_pickup(other, pusat, place=hall, by=None)) == ["place_not_offered"]
    hold.refresh_from_db()
    assert (hold.place, hold.brought_on, next_rounds(pusat, count=1)) == (hall, THURSDAY, [THURSDAY])


def test_what_was_handed_over_at_a_place_is_due_and_renewed_to_a_visit_within_the_membership(hall, ani, rule, sari):
    hold = ready(ani, hall)
    with clock.stopped_at(datetime(2026, 12, 4, 2, 0, tzinfo=UTC)):
        loan = check_out(hold.item, to=ani, at=hall.branch, by=sari)
        assert (loan.place, loan.due_at.astimezone(hall.branch.zone).date()) == (hall, date(2026, 12, 17))
    with clock.stopped_at(datetime(2026, 12, 14, 2, 0, tzinfo=UTC)):
        assert renew(loan, by=sari).due_at.astimezone(hall.branch.zone).date() == date(2026, 12, 24)
    ani.expires_on = date(2026, 12, 22)
    ani.save()
    later = ready(ani, hall)
    with clock.stopped_at(datetime(2026, 12, 14, 2, 0, tzinfo=UTC)):
        bounded = check_out(later.item, to=ani, at=hall.branch, by=sari)
    assert bounded.due_at.astimezone(hall.branch.zone).date() == date(2026, 12, 21)


def test_a_place_that_was_used_is_not_removed_and_one_that_was_not_is(hall, ani, rule, sari, pusat):
    other = add_place(branch=pusat, by=sari, **{**HALL, "name": "Kantor Fakultas", "kind": "point"})
    ready(ani, hall)
    assert codes(lambda: remove_place(hall, by=sari)) == ["place_in_use"]
    remove_place(other, by=sari)
    assert list(HandoverPlace.objects.all()) == [hall]


def test_everybody_sees_where_and_when_and_takes_the_visits_into_a_calendar(client: Client, hall, sari):
    page = client.get("/pickup-places").content.decode()
    assert ("Balai Desa Sukamaju" in page, "Kam 3 Des" in page, "09.00–11.00" in page) == (True, True, True)
    call_off_visit(hall, THURSDAY, reason="Mobil mogok", by=sari)
    assert "Mobil mogok" in client.get("/pickup-places").content.decode()
    told = client.get("/pickup-places/calendar.ics").content.decode()
    assert ("DTSTART:20261210T020000Z" in told, "20261203" in told) == (True, False)
    assert "Balai Desa Sukamaju" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("words", "found"),
    [("perpustakaan keliling", 1), ("balai sukamaju", 1), ("perpustakaan", 0), ("balai kota", 0), ("", 0)],
)
def test_the_search_box_knows_the_places(hall, words, found):
    hits = find_places(words, 3)
    assert [(hit.title, hit.text) for hit in hits] == [("Balai Desa Sukamaju", "Kam 3 Des 09.00–11.00")] * found


def test_sari_sets_up_a_round_on_its_pages_and_nobody_else_does(client: Client, ani, pusat, sari, with_role, signed_in):
    desk, clerk = signed_in(Client(), sari), signed_in(Client(), with_role(Role.CIRCULATION))
    sent = {
        "name": "SD Sukamaju", "kind": "stop", "branch": pusat.pk, "weekdays": ["2", "4"], "starts": "09:00", "ends": "08:00",
        "every_weeks": "1", "is_offered": "on",
    }  # fmt: skip
    assert clerk.post("/staff/pickup-places/new", sent).status_code == 403
    assert "Jam selesai harus sesudah jam mulai." in desk.post("/staff/pickup-places/new", sent).content.decode()
    desk.post("/staff/pickup-places/new", {**sent, "ends": "10:00"})
    school = HandoverPlace.objects.get()
    assert (school.weekdays, school.branch, school.is_offered) == ("24", pusat, True)
    page = f"/staff/pickup-places/{school.pk}"
    visit = f"{page}/visits"
    desk.post(visit, {"day": "2026-12-03", "step": "call_off", "reason": "Mobil mogok"})
    desk.post(visit, {"day": "2026-12-04", "step": "add"})
    assert days(school, 3) == [date(2026, 12, 1), date(2026, 12, 4), date(2026, 12, 8)]
    assert "dibatalkan: Mobil mogok" in desk.get(page).content.decode()
    desk.post(visit, {"day": "2026-12-03", "step": "put_back"})
    assert days(school, 2) == [date(2026, 12, 1), THURSDAY]
    for day, step in (("x", "add"), ("2026-12-03", "sell"), ("2026-12-03", "put_back")):
        assert desk.post(visit, {"day": day, "step": step}).status_code == 404
    desk.post(page, {**sent, "name": "SDN Sukamaju", "ends": "10:00", "weekdays": []})
    assert HandoverPlace.objects.get().name == "SDN Sukamaju"
    assert "SDN Sukamaju" in desk.get("/staff/pickup-places").content.decode()
    assert clerk.get("/staff/pickup-places/round").status_code == 200
    assert clerk.get("/staff/pickup-places/round?day=x").status_code == 404
    assert signed_in(client, ani.user).get("/staff/pickup-places/round").status_code == 403
    desk.post(page, {"_method": "DELETE"})
    assert not HandoverPlace.objects.exists()


def test_ani_chooses_the_place_for_a_new_hold_and_moves_one_that_waits(client: Client, hall, ani, budi, rule, pusat, signed_in):
    item, waiting = ItemFactory(branch=pusat), HoldFactory(member=ani, record=RecordFactory(), pickup_branch=pusat)
    ItemFactory(record=waiting.record)
    signed_in(client, ani.user)
    assert (
        f'<option value="p{hall.pk}">Balai Desa Sukamaju · Kam 3 Des</option>' in client.get(f"/records/{item.record_id}").text
    )
    told = client.post(f"/records/{item.record_id}/holds", {"branch": f"p{hall.pk}"}, follow=True).content.decode()
    assert "Kami akan memberi tahu Anda bila sudah dapat diambil di Balai Desa Sukamaju" in told
    assert client.post(f"/records/{item.record_id}/holds", {"branch": "p999"}).status_code == 404
    client.post(f"/my/holds/{waiting.pk}/pickup", {"branch": f"p{hall.pk}"})
    assert sorted(Hold.objects.values_list("place", "pickup_branch")) == [(hall.pk, pusat.pk)] * 2
    client.post(f"/my/holds/{waiting.pk}/pickup", {"branch": str(pusat.pk)})
    waiting.refresh_from_db()
    assert waiting.place is None
    assert signed_in(Client(), budi.user).post(f"/my/holds/{waiting.pk}/pickup", {"branch": f"p{hall.pk}"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("address", "questions"), [("round", 6), ("", 3)])
def test_the_lists_of_a_round_ask_the_same_number_of_questions(
    hall, ani, budi, pusat, sari, rule, signed_in, rows, address, questions, django_assert_num_queries
):
    for number in range(rows):
        place = add_place(branch=pusat, by=sari, **{**HALL, "name": f"Titik {number}"}) if number else hall
        lent = ready(budi, place)
        ready(ani, place)
        check_out(lent.item, to=budi, at=pusat, by=sari)
    desk = signed_in(Client(), sari)
    page = f"/staff/pickup-places/{address}".rstrip("/")
    desk.get(page)
    with django_assert_num_queries(questions):
        assert desk.get(page).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_public_page_asks_nothing_once_it_is_known(client: Client, hall, pusat, sari, rows, django_assert_num_queries):
    for number in range(1, rows):
        add_place(branch=pusat, by=sari, **{**HALL, "name": f"Titik {number}"})
    client.get("/pickup-places")
    with django_assert_num_queries(0):
        assert len(client.get("/pickup-places").context["groups"][0][1]) == rows


def test_what_is_due_at_a_visit_that_does_not_take_place_is_due_at_the_next_within_its_bounds(hall, ani, budi, rule, sari):
    asked, bound, recalled = ready(ani, hall), ready(budi, hall), ready(ani, hall)
    loans = [check_out(each.item, to=each.member, at=hall.branch, by=sari) for each in (asked, bound, recalled)]

    def due() -> list[date]:
        rows = Loan.objects.in_bulk([loan.pk for loan in loans])
        return [rows[loan.pk].due_at.astimezone(hall.branch.zone).date() for loan in loans]

    assert due() == [NEXT, NEXT, NEXT]
    budi.expires_on = date(2026, 12, 12)
    budi.save()
    said = call_off_visit(hall, NEXT, reason="Mobil mogok", by=sari)
    third = date(2026, 12, 17)
    assert due() == [third, NEXT, third]
    shifts = DueDateShift.objects.order_by("pk")
    assert [(each.loan, each.move.moved_by) for each in shifts] == [(loans[0], sari), (loans[2], sari)]
    HoldFactory(record=recalled.record, member=budi, pickup_branch=hall.branch)
    recall_loan(loans[2], by=sari)
    assert (follow_visits(), due()[2]) == (0, date(2026, 12, 7))
    put_back_visit(said, by=sari)
    announce_closure(first_day=third, last_day=third, reason="Libur", by=sari, branch=hall.branch)
    assert (follow_visits(), follow_visits()) == (1, 0)
    assert due() == [date(2026, 12, 24), NEXT, date(2026, 12, 7)]
    change_place(hall, by=sari, weekdays="5")
    assert due() == [date(2026, 12, 25), date(2026, 12, 11), date(2026, 12, 7)]


def test_closed_doors_that_are_called_off_leave_what_went_on_to_a_later_visit_meanwhile(hall, ani, rule, sari, pusat):
    hold = ready(ani, hall)
    closed = close_doors(first_day=THURSDAY, last_day=THURSDAY, reason="Abu", note="Daring.", branch=pusat, by=sari)
    assert follow_visits() == 1
    open_doors(closed, by=sari)
    hold.refresh_from_db()
    assert (hold.brought_on, hold.ready_until) == (NEXT, NEXT)


def test_what_is_due_at_a_visit_goes_to_a_later_one_at_once_while_doors_are_closed_and_back_when_that_is_called_off(
    hall, ani, rule, sari, pusat
):
    hold = ready(ani, hall)
    loan = check_out(hold.item, to=ani, at=pusat, by=sari)

    def due() -> date:
        loan.refresh_from_db()
        return loan.due_at.astimezone(pusat.zone).date()

    assert due() == NEXT
    closed = close_doors(first_day=NEXT, last_day=NEXT + ONE_DAY, reason="Abu", note="Daring.", branch=pusat, by=sari)
    assert (due(), follow_visits()) == (date(2026, 12, 17), 0)
    open_doors(closed, by=sari)
    assert due() == NEXT


def test_a_closure_said_on_the_day_of_a_visit_moves_what_was_due_at_it_in_the_night_after_before_any_fine(
    hall, ani, rule, sari, pusat
):
    hold = ready(ani, hall)
    loan = check_out(hold.item, to=ani, at=pusat, by=sari)
    Loan.objects.update(policy={**loan.policy, "fine": 500})

    def due() -> date:
        loan.refresh_from_db()
        return loan.due_at.astimezone(pusat.zone).date()

    assert due() == NEXT
    with clock.stopped_at(MONDAY + timedelta(days=10, hours=6)):  # after the place should have been visited
        announce_closure(first_day=NEXT, last_day=NEXT, reason="Banjir", by=sari, branch=pusat)
    with clock.stopped_at(MONDAY + timedelta(days=10, hours=16, minutes=10)):  # 00.10 in Jakarta, the day after
        assert (follow_visits(), accrue_fines(), due()) == (1, 0, NEXT + timedelta(days=7))
    with clock.stopped_at(MONDAY + timedelta(days=18, hours=16)):
        assert (follow_visits(), accrue_fines(), due()) == (0, 1, NEXT + timedelta(days=7))


def test_a_round_that_changes_after_a_visit_leaves_what_was_due_at_it_overdue(hall, ani, rule, sari, pusat):
    hold = ready(ani, hall)
    loan = check_out(hold.item, to=ani, at=pusat, by=sari)
    with clock.stopped_at(MONDAY + timedelta(days=11)):
        change_place(hall, by=sari, weekdays="3")
    loan.refresh_from_db()
    assert loan.due_at.astimezone(pusat.zone).date() == NEXT
