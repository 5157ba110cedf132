"""When a closure is entered, loans that now fall due on a closed day are proposed a new date, moved by one verb, and back."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from lumbung.accounts.models import Role
from lumbung.circulation.domain.due_dates import move_back, move_off_closed_days
from lumbung.circulation.domain.loans import check_in
from lumbung.circulation.models import DueDateMove, Loan
from lumbung.circulation.queries.due_dates import due_on_closed_days, still_moved
from lumbung.circulation.tests.factories import LoanFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.organization.domain.calendar import announce_closure, set_opening_hours, withdraw_closure
from lumbung.organization.models import Closure

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)  # Monday morning in Jakarta
DAY = timedelta(days=1)
DAY_3 = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def _monday():
    with clock.stopped_at(NOW):
        yield


def due(days: int) -> datetime:
    """The last second of a day, counted from Monday the 23rd, in Jakarta."""
    return datetime(2026, 11, 23, 16, 59, 59, tzinfo=UTC) + timedelta(days=days)


def close(first: int, last: int, **facts):
    today = datetime(2026, 11, 23, tzinfo=UTC).date()
    facts = {"reason": "Abu vulkanik", **facts}
    return announce_closure(first_day=today + first * DAY, last_day=today + last * DAY, by=None, **facts)


def test_what_falls_on_a_closed_day_is_proposed_the_next_open_one_moved_and_moved_back(pusat, sari):
    on_it, after = LoanFactory(due_at=due(3)), LoanFactory(due_at=due(6))
    assert due_on_closed_days() == []
    close(2, 4)
    (proposal,) = due_on_closed_days()
    assert (proposal.loan, proposal.reason, proposal.due_at) == (on_it, "Abu vulkanik", due(5))
    on_it.refresh_from_db()
    assert on_it.due_at == due(3)
    move = move_off_closed_days(looked_at=1, by=sari)
    on_it.refresh_from_db()
    after.refresh_from_db()
    assert (on_it.due_at, after.due_at, move.reason, due_on_closed_days()) == (due(5), due(6), "Abu vulkanik", [])
    assert JournalEntry.objects.get(name="DueDatesMoved").data["count"] == 1
    assert move_back(move, by=sari) == 1
    on_it.refresh_from_db()
    assert on_it.due_at == due(3)


def test_only_the_branch_that_closes_is_asked_and_days_without_hours_count_as_closed(pusat, teknik, sari):
    here, there = LoanFactory(item__branch=pusat, due_at=due(3)), LoanFactory(item__branch=teknik, due_at=due(3))
    close(3, 3, branch=pusat)
    assert [each.loan for each in due_on_closed_days()] == [here]
    set_opening_hours(teknik, [(day, datetime.min.time(), datetime.max.time()) for day in range(3)], by=None)
    assert [(each.loan, each.reason, each.due_at) for each in due_on_closed_days(teknik)] == [(there, "", due(7))]


def test_a_rule_that_takes_no_notice_hours_and_what_is_lost_or_back_are_left_alone(pusat, sari):
    LoanFactory(due_at=due(3), policy={"rule": 1, "loan_days": 7, "closed_days": "ignore", "category": 1})
    LoanFactory(due_at=due(3), kind="hourly")
    LoanFactory(due_at=due(3), reported_lost_at=NOW)
    LoanFactory(due_at=due(3), returned_at=NOW + DAY)
    close(2, 4)
    assert due_on_closed_days() == []
    with pytest.raises(Refused) as refused:
        move_off_closed_days(looked_at=0, by=sari)
    assert refused.value.codes == ["nothing_to_move"]


def test_a_proposal_that_changed_since_is_shown_again(pusat, sari):
    back, _left = LoanFactory(due_at=due(3)), LoanFactory(due_at=due(3))
    close(2, 4)
    check_in(back.item, at=pusat, by=sari)
    with pytest.raises(Refused) as refused:
        move_off_closed_days(looked_at=2, by=sari)
    assert (refused.value.codes, DueDateMove.objects.count()) == (["proposal_changed"], 0)


def test_sari_announces_a_closure_sees_the_proposal_moves_and_takes_it_back(client: Client, pusat, sari):
    loan = LoanFactory(due_at=due(3), item__record__title="Bumi manusia", member__name="Ani")
    client.force_login(sari)
    told = {"reason": "Renovasi", "first_day": "2026-11-25", "last_day": "2026-11-27", "branch": ""}
    page = client.post(reverse("organization:closures"), told, follow=True).content.decode()
    assert reverse("circulation:due_dates") in page
    page = client.get(reverse("circulation:due_dates")).content.decode()
    assert ["Bumi manusia" in page, "Renovasi" in page, "Sab 28 Nov 2026" in page] == [True] * 3
    client.post(reverse("circulation:due_dates"), {"looked_at": "1"})
    assert Loan.objects.get().due_at == due(5)
    client.post(reverse("circulation:due_dates_back", args=[DueDateMove.objects.get().pk]))
    loan.refresh_from_db()
    assert loan.due_at == due(3)
    assert reverse("circulation:due_dates_back", args=[1]) not in client.get(reverse("circulation:due_dates")).content.decode()


def called_off(client: Client, closure: Closure) -> str:
    return client.post(reverse("organization:closure_withdraw", args=[closure.pk]), follow=True).content.decode()


TOLD = "pinjaman telah dipindahkan dari hari yang kini buka lagi dan tetap pada tanggal barunya."


def test_who_calls_a_closure_off_is_told_what_stays_moved_off_its_days(client: Client, pusat, sari):
    LoanFactory(due_at=due(3))
    client.force_login(sari)
    renovation, other = close(2, 4, reason="Renovasi, lantai 2"), close(32, 32, reason="Renovasi, lantai 2")
    move = move_off_closed_days(looked_at=1, by=sari)
    assert TOLD not in called_off(client, other)
    page = called_off(client, renovation)
    assert [f"1 {TOLD}" in page, reverse("circulation:due_dates") + "#moves" in page] == [True, True]
    moves = client.get(reverse("circulation:due_dates")).content.decode()
    assert "semula Kam 26 Nov 2026 sampai Kam 26 Nov 2026" in moves
    move_back(move, by=sari)
    days = {"lifted": "2026-11-25", "until": "2026-11-27", "at": ""}
    assert TOLD not in client.get(reverse("organization:closures"), days).content.decode()


def test_one_move_for_two_closures_counts_for_each_what_was_due_on_its_days(client: Client, pusat, sari):
    for day in (3, 3, 6):
        LoanFactory(due_at=due(day))
    client.force_login(sari)
    first, second = close(3, 3), close(6, 6)
    move_off_closed_days(looked_at=3, by=sari)
    assert [f"1 {TOLD}" in called_off(client, second), f"2 {TOLD}" in called_off(client, first)] == [True, True]


def test_days_that_stay_closed_and_other_branches_do_not_count(client: Client, pusat, teknik, sari):
    LoanFactory(item__branch=pusat, due_at=due(3))
    LoanFactory(item__branch=teknik, due_at=due(3))
    client.force_login(sari)
    everywhere, here = close(3, 3), close(3, 3, branch=pusat)
    move_off_closed_days(looked_at=2, by=sari)
    assert (still_moved(DAY_3, DAY_3), TOLD in called_off(client, here)) == (0, False)
    here = close(3, 3, branch=pusat)
    assert f"1 {TOLD}" in called_off(client, everywhere)
    assert f"1 {TOLD}" in called_off(client, here)
    assert (still_moved(DAY_3, DAY_3, pusat), still_moved(DAY_3, DAY_3, teknik), still_moved(DAY_3, DAY_3)) == (1, 1, 2)


def test_who_shortens_a_closure_is_told_of_the_days_that_open_again(client: Client, pusat, sari):
    for day in (2, 4):
        LoanFactory(due_at=due(day))
    client.force_login(sari)
    closure = close(2, 4)
    move_off_closed_days(looked_at=2, by=sari)
    shorten = reverse("organization:closure_shorten", args=[closure.pk])
    assert f"1 {TOLD}" in client.post(shorten, {"last_day": "2026-11-26"}, follow=True).content.decode()


@pytest.mark.parametrize(
    "days",
    [
        {"lifted": "Renovasi"},
        {"lifted": "2026-11-26", "until": "2026-11-26", "at": "x"},
        {"lifted": "1000-01-01", "until": "9998-12-31"},
    ],
)
def test_an_address_made_by_hand_tells_of_nothing_moved(client: Client, pusat, sari, days):
    LoanFactory(due_at=due(3))
    closure = close(3, 3)
    move_off_closed_days(looked_at=1, by=sari)
    withdraw_closure(closure, by=sari)
    client.force_login(sari)
    answer = client.get(reverse("organization:closures"), days)
    assert (answer.status_code, TOLD in answer.content.decode()) == (200, False)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CIRCULATION])
def test_only_who_may_close_doors_moves_due_dates(client: Client, with_role, role):
    client.force_login(with_role(role))
    assert client.get(reverse("circulation:due_dates")).status_code == 403


def test_every_move_is_listed_searched_taken_along_and_taken_back_from_there(
    client: Client, pusat, sari, django_assert_max_num_queries
):
    def moved(days: int, reason: str, barcode: str) -> DueDateMove:
        loan = LoanFactory(due_at=due(days), item__barcode=barcode)
        made = DueDateMove.objects.create(reason=reason, moved_at=NOW - days * DAY, moved_by=sari)
        made.shifts.create(loan=loan, was_due_at=due(days - 1), due_at=due(days))
        return made

    made = [moved(n, f"Alasan {n:02}", f"B-{n:02}") for n in range(1, 53)]
    client.force_login(sari)
    listed, short = reverse("circulation:due_date_moves"), client.get(reverse("circulation:due_dates")).content.decode()
    assert (short.count("Alasan "), listed in short) == (40, True), "twenty of them, each with its button"
    with django_assert_max_num_queries(12):
        first = client.get(listed).content.decode()
    assert (first.count("<li "), "Halaman 1 dari 2" in first) == (50, True)
    assert client.get(listed, {"page": 2}).content.decode().count("<li ") == 2

    def found(words: str) -> list[str]:
        return [each.reason for each in client.get(listed, {"q": words}).context["page"]]

    assert [found("alasan 07"), found("b-52"), found("B-5"), found("%"), len(found(sari.name))] == [
        ["Alasan 07"], ["Alasan 52"], [], [], 50,
    ]  # fmt: skip
    table = b"".join(client.get(reverse("circulation:due_date_moves_csv"), {"q": "B-52"}).streaming_content).decode()
    assert (table.count("\n"), "Alasan 52" in table, "B-52" in table) == (2, True, False)
    told = client.post(reverse("circulation:due_dates_back", args=[made[51].pk]), {"from": "moves"})
    assert (told.status_code, told["Location"]) == (302, listed)
    book = load_workbook(io.BytesIO(client.get(reverse("circulation:due_date_moves_xlsx")).content)).active
    assert (book.max_row, book.cell(53, 2).value, book.cell(53, 7).value) == (53, "Alasan 52", "2026-11-23")
