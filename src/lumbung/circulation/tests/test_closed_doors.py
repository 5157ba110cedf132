"""Serving with the doors closed: seen before, done at once, told everywhere, ended or called off, and nobody worse off."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from lumbung.circulation.domain import closed_doors
from lumbung.circulation.domain.closed_doors import close_doors, finish_closing, open_doors, open_doors_in_time
from lumbung.circulation.domain.due_dates import move_back
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.models import ClosedDoors, Hold, Loan
from lumbung.circulation.queries.closed_doors import effects_of
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.organization import queries as organization
from lumbung.organization.domain.services import create_default_services, set_state
from lumbung.organization.models import Closure, Offering, Period
from lumbung.organization.tests.factories import LibraryFactory, open_on

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 30), date(2026, 12, 11)
REOPENS = date(2026, 12, 14)
ASH = {"first_day": FIRST, "last_day": LAST, "reason": "Abu vulkanik", "note": "Layanan daring tetap berjalan."}


@pytest.fixture
def lent(sari, ani, pusat, rule):
    """A loan of ani's that falls due while the doors are closed, and a hold ready until then."""
    LibraryFactory()
    open_on(pusat)
    create_default_services(by=sari)
    with clock.stopped_at(MONDAY):
        loan = check_out(ItemFactory(branch=pusat), to=ani, at=pusat, by=sari)
    item = ItemFactory(branch=pusat)
    HoldFactory(record=item.record, member=ani, pickup_branch=pusat, item=item, state="ready", ready_until=date(2026, 12, 1))
    assert loan.due_at.astimezone(pusat.zone).date() == FIRST
    return loan


def due(loan, branch):
    loan.refresh_from_db()
    return loan.due_at.astimezone(branch.zone).date()


@pytest.fixture
def many(lent, pusat, ani, sari, monkeypatch):
    """Three loans that fall due while the doors are closed, where one is as many as move at once."""
    monkeypatch.setattr(closed_doors, "AT_ONCE", 1)
    monkeypatch.setattr(closed_doors, "STRETCH", 1)
    with clock.stopped_at(MONDAY):
        return [lent, *(check_out(ItemFactory(branch=pusat), to=ani, at=pusat, by=sari) for _ in range(2))]


def days_due(loans, branch):
    return [due(loan, branch) for loan in loans]


def test_many_due_dates_follow_in_the_background_and_go_on_where_a_worker_left_them(many, pusat, sari):
    with clock.stopped_at(MONDAY):
        closed = close_doors(**ASH, branch=pusat, by=sari)
        assert (closed.is_moving, closed.loans_moved, closed.loans_to_move) == (True, 0, 3)
        assert (days_due(many, pusat), organization.is_open_on(pusat, date(2026, 12, 7))) == ([FIRST] * 3, False)
        assert closed_doors._moves_on(closed.pk)  # a stretch; then the worker ended
        assert days_due(many, pusat) == [REOPENS, FIRST, FIRST]
        finish_closing(closed)
        finish_closing(closed)
    closed.refresh_from_db()
    assert (days_due(many, pusat), closed.is_moving, closed.loans_moved) == ([REOPENS] * 3, False, 3)
    told = JournalEntry.objects.filter(name__in=["DueDatesMoved", "ClosingFinished"]).order_by("pk").values_list("name", "data")
    assert list(told) == [
        ("DueDatesMoved", {"move": closed.due_dates_id, "count": 3}),
        ("ClosingFinished", {"closed_doors": closed.pk, "loans": 3}),
    ]


def test_what_is_called_off_while_due_dates_follow_is_as_it_was_and_nothing_follows_any_more(many, pusat, sari):
    with clock.stopped_at(MONDAY):
        closed = close_doors(**ASH, branch=pusat, by=sari)
        closed_doors._moves_on(closed.pk)
        open_doors(closed, by=sari)
        finish_closing(closed)
    assert days_due(many, pusat) == [FIRST] * 3


def test_a_move_that_is_taken_back_while_it_goes_on_goes_no_further(many, pusat, sari):
    with clock.stopped_at(MONDAY):
        closed = close_doors(**ASH, branch=pusat, by=sari)
        closed_doors._moves_on(closed.pk)
        move_back(closed.due_dates, by=sari)
        finish_closing(closed)
    closed.refresh_from_db()
    assert (days_due(many, pusat), closed.is_moving) == ([FIRST] * 3, False)


def test_the_page_tells_how_far_due_dates_followed_until_all_have(client, many, pusat, sari, signed_in):
    desk = signed_in(client, sari)
    with clock.stopped_at(MONDAY):
        closed = close_doors(**ASH, branch=pusat, by=sari)
        closed_doors._moves_on(closed.pk)
        page = reverse("circulation:closed_doors_one", args=[closed.pk])
        told = desk.get(page, headers={"HX-Request": "true"}).content.decode()
        assert ("dari 3, berjalan di belakang" in told, 'hx-trigger="every 2s"' in told, "<h1>" in told) == (True, True, False)
        assert told in desk.get(page).content.decode()
        finish_closing(closed)
        assert desk.get(page, headers={"HX-Request": "true"}).content.decode().strip() == '<dd class="num">3</dd>'


def test_what_would_change_is_counted_and_nothing_is_written(lent, pusat):
    found = effects_of(FIRST, LAST, pusat)
    assert (found.loans, found.holds, found.opens) == (1, 1, [(pusat, date(2026, 12, 14))])
    assert not ClosedDoors.objects.exists()


def test_one_verb_moves_due_dates_pickups_calendar_and_services(lent, pusat, sari):
    reading = Offering.objects.get(name="Membaca di tempat")
    with clock.stopped_at(MONDAY):
        closed = close_doors(**ASH, branch=pusat, services={reading.pk: "closed"}, by=sari)
    assert (due(lent, pusat), closed.loans_moved) == (REOPENS, 1)
    assert Hold.objects.get().ready_until == date(2026, 12, 16)
    assert not organization.is_open_on(pusat, date(2026, 12, 7))
    assert Period.objects.get().kind == Period.Kinds.CLOSED_SERVICE
    reading.refresh_from_db()
    assert (reading.state, reading.state_note) == ("closed", "Layanan daring tetap berjalan.")
    told = JournalEntry.objects.get(name="DoorsClosed").data
    assert (told["loans"], told["holds"], told["services"], told["branch"]) == (1, 1, 1, pusat.pk)


def test_called_off_in_time_everything_is_as_it_was(lent, pusat, sari):
    reading = Offering.objects.get(name="Membaca di tempat")
    with clock.stopped_at(MONDAY):
        closed = close_doors(**ASH, branch=pusat, services={reading.pk: "closed"}, by=sari)
        open_doors(closed, by=sari)
    assert (due(lent, pusat), Hold.objects.get().ready_until) == (FIRST, date(2026, 12, 1))
    assert (Closure.objects.count(), Period.objects.count()) == (0, 0)
    reading.refresh_from_db()
    assert (reading.state, reading.state_note) == ("open", "")


def test_opened_early_the_calendar_opens_tomorrow_and_due_dates_stay(lent, pusat, sari):
    with clock.stopped_at(MONDAY):
        closed = close_doors(**ASH, branch=pusat, by=sari)
    with clock.stopped_at(datetime(2026, 12, 2, 2, 0, tzinfo=UTC)):
        opened = open_doors(closed, by=sari)
        with pytest.raises(Refused) as refused:
            open_doors(closed, by=sari)
    assert (opened.last_day, Closure.objects.get().last_day, Period.objects.get().last_day) == (date(2026, 12, 2),) * 3
    assert organization.is_open_on(pusat, date(2026, 12, 3))
    assert due(lent, pusat) == REOPENS
    assert refused.value.codes == ["doors_open_already"]


def test_a_copy_that_came_back_meanwhile_is_left_alone_when_it_is_called_off(lent, pusat, sari):
    with clock.stopped_at(MONDAY):
        closed = close_doors(**ASH, branch=pusat, by=sari)
        check_in(lent.item, at=pusat, by=sari)
        open_doors(closed, by=sari)
    assert due(lent, pusat) == REOPENS
    assert Loan.objects.get().returned_at == MONDAY


def test_doors_open_by_themselves_when_the_time_is_over(lent, pusat, sari):
    reading = Offering.objects.get(name="Membaca di tempat")
    with clock.stopped_at(MONDAY):
        close_doors(**ASH, branch=pusat, services={reading.pk: "closed"}, by=sari)
    with clock.stopped_at(datetime(2026, 12, 11, 10, 0, tzinfo=UTC)):
        assert open_doors_in_time() == 0
    with clock.stopped_at(datetime(2026, 12, 12, 1, 0, tzinfo=UTC)):
        assert (open_doors_in_time(), open_doors_in_time()) == (1, 0)
    reading.refresh_from_db()
    assert (reading.state, Closure.objects.get().last_day) == ("open", LAST)


def test_a_service_that_was_given_another_word_meanwhile_keeps_it(lent, pusat, sari):
    reading = Offering.objects.get(name="Membaca di tempat")
    with clock.stopped_at(MONDAY):
        closed = close_doors(**ASH, branch=pusat, services={reading.pk: "closed"}, by=sari)
        set_state(reading, "limited", note="Dengan perjanjian.", by=sari)
        open_doors(closed, by=sari)
    reading.refresh_from_db()
    assert (reading.state, reading.state_note) == ("limited", "Dengan perjanjian.")


def test_closing_closed_doors_again_is_refused_with_every_reason(lent, pusat, sari):
    with clock.stopped_at(MONDAY):
        close_doors(**ASH, by=sari)
        with pytest.raises(Refused) as refused:
            close_doors(first_day=LAST, last_day=LAST + timedelta(days=3), reason="Listrik", note=" ", branch=pusat, by=sari)
    assert refused.value.codes == ["doors_note_missing", "doors_closed_already"]
    assert ClosedDoors.objects.count() == 1


def test_a_librarian_looks_first_then_closes_and_every_public_page_says_so(client, lent, pusat, sari, signed_in):
    desk, reading = signed_in(client, sari), Offering.objects.get(name="Membaca di tempat")
    form = {
        "branch": pusat.pk,
        "first_day": "2026-11-30",
        "last_day": "2026-12-11",
        "reason": "Abu vulkanik",
        "note": ASH["note"],
    }
    form[f"service-{reading.pk}"] = "closed"
    with clock.stopped_at(MONDAY):
        seen = desk.post(reverse("circulation:close_doors"), form).content.decode()
        assert ("1 pinjaman yang jatuh tempo" in seen, ClosedDoors.objects.count()) == (True, 0)
        desk.post(reverse("circulation:close_doors"), {**form, "sure": "1"})
        page = desk.get("/services").content.decode()
        assert page.count("Layanan daring tetap berjalan.") == 2
        assert "Abu vulkanik" in desk.get(reverse("circulation:closed_doors")).content.decode()
        closed = ClosedDoors.objects.get()
        assert "Buka kembali" in desk.get(reverse("circulation:closed_doors_one", args=[closed.pk])).content.decode()
        report = reverse("circulation:closed_doors_one", args=[closed.pk])
        assert "Membaca di tempat: Tutup" in desk.get(report).content.decode()
        desk.post(reverse("circulation:open_doors", args=[closed.pk]))
        assert "Abu vulkanik" not in desk.get("/services").content.decode()
        told = desk.get(report).content.decode()  # what it was changed for, and not what it says of itself since
        assert ("Membaca di tempat" in told, "Membaca di tempat: Buka" in told) == (True, False)


def test_only_librarians_and_heads_close_doors(client, lent, ani, with_role, signed_in):
    pages = [reverse("circulation:closed_doors"), reverse("circulation:close_doors")]
    for user in (ani.user, with_role("circulation"), with_role("cataloguer")):
        assert [signed_in(client, user).get(page).status_code for page in pages] == [403, 403]


@pytest.mark.parametrize("rows", [1, 3])
def test_closed_doors_are_listed_with_a_fixed_number_of_statements(
    client, lent, sari, rows, signed_in, django_assert_num_queries
):
    for n in range(rows):
        ClosedDoors.objects.create(first_day=FIRST, last_day=LAST, reason=f"Sebab {n}", note="-", closed_at=MONDAY)
    desk = signed_in(client, sari)
    desk.get(reverse("circulation:closed_doors"))
    with django_assert_num_queries(5):
        assert desk.get(reverse("circulation:closed_doors")).status_code == 200
