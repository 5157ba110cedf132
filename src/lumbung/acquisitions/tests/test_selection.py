"""Selection: accepted with a priority and a fund, declined with a reason, taken back while nothing is ordered."""

import pytest

from lumbung.acquisitions.domain.funds import change_fund
from lumbung.acquisitions.domain.orders import add_line, cancel_order
from lumbung.acquisitions.domain.selection import accept_request, decline_request, reopen_request
from lumbung.acquisitions.queries.requests import to_order
from lumbung.acquisitions.tests.factories import a_draft, a_fund, a_request
from lumbung.acquisitions.tests.test_requests import refused
from lumbung.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db


def test_a_request_is_accepted_with_priority_and_fund(sari, ani):
    fund = a_fund()
    accepted = accept_request(
        a_request(member=ani, copies=5), priority=1, fund=fund, copies=3, reason="Dipakai kuliah", by=sari
    )
    assert (accepted.state, accepted.priority, accepted.fund, accepted.copies) == ("accepted", 1, fund, 3)
    assert (accepted.decided_by, accepted.reason) == (sari, "Dipakai kuliah")
    told = JournalEntry.objects.get(name="PurchaseRequestAccepted")
    assert told.data == {"purchase_request": accepted.pk, "member": ani.pk, "priority": 1}
    assert fund.committed == 0


def test_nothing_is_decided_twice_nor_without_its_reasons(sari):
    request, fund = a_request(), change_fund(a_fund(), is_active=False, by=None)
    assert refused(lambda: accept_request(request, priority=9, fund=fund, copies=0, by=sari)) == [
        "priority_unknown",
        "fund_not_in_use",
        "copies_out_of_range",
    ]
    assert refused(lambda: decline_request(request, reason=" ", by=sari)) == ["reason_empty"]
    decline_request(request, reason="Sudah ada edisi baru", by=sari)
    assert refused(lambda: accept_request(request, priority=2, by=sari)) == ["request_decided"]
    assert refused(lambda: decline_request(request, reason="Lagi", by=sari)) == ["request_decided"]


def test_a_decision_is_taken_back_until_it_is_ordered(sari):
    request = accept_request(a_request(), priority=2, by=sari)
    assert reopen_request(request, by=sari).state == "asked"
    assert refused(lambda: reopen_request(request, by=sari)) == ["request_not_decided"]
    accept_request(request, priority=2, by=sari)
    order = a_draft()
    add_line(order, request=request, fund=a_fund(), unit_price=50_000, by=sari)
    assert refused(lambda: reopen_request(request, by=sari)) == ["request_on_order"]
    cancel_order(order, why="Salah rekanan", by=sari)
    assert reopen_request(request, by=sari).state == "asked"


def test_a_decision_taken_back_gives_back_the_copies_that_were_asked_for(sari):
    request = accept_request(a_request(copies=5), priority=2, copies=3, by=sari)
    assert (request.copies, request.asked_copies) == (3, 5)
    reopen_request(request, by=sari)
    request.refresh_from_db()
    assert (request.copies, request.asked_copies) == (5, 5)
    assert accept_request(request, priority=2, by=sari).copies == 5


def test_what_is_accepted_waits_to_be_ordered_the_most_urgent_first(sari):
    low, high, asked = a_request("Satu"), a_request("Dua"), a_request("Tiga")
    accept_request(low, priority=3, by=sari)
    accept_request(high, priority=1, by=sari)
    assert [each.title for each in to_order()] == ["Dua", "Satu"]
    order = a_draft()
    add_line(order, request=high, fund=a_fund(), unit_price=1, by=sari)
    assert [each.title for each in to_order()] == ["Satu"]
    cancel_order(order, why="Batal", by=sari)
    assert [each.title for each in to_order()] == ["Dua", "Satu"]
    assert asked.state == "asked"
