"""Rules that speak of how many wait: shorter loans of what is in demand, by holds, beyond the copies, or for each copy."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.circulation.domain.loans import check_out, renew
from lumbung.circulation.domain.rules import add_rule
from lumbung.circulation.queries import blocks_to_check_out, is_waited_for
from lumbung.circulation.queries.demand import demand_for
from lumbung.circulation.queries.rulings import Demand
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # nine in the morning in Jakarta


@pytest.mark.parametrize(
    ("counted", "least", "reached"),
    [("title", 3, True), ("title", 4, False), ("beyond", 1, True), ("beyond", 2, False), ("copy", 1, True), ("copy", 2, False),
     ("free", 3, True), ("free", 4, False)],
)  # fmt: skip
def test_how_many_wait_is_counted_in_four_ways(counted, least, reached):
    assert Demand(waiting=3, copies=2, free=1).reaches(least, counted) is reached


def test_where_there_is_no_copy_those_who_wait_are_counted_as_for_one():
    assert Demand(waiting=3).reaches(3, "copy") is True


@pytest.mark.parametrize(("counted", "days"), [("title", 2), ("beyond", 7), ("copy", 7), ("free", 2)])
def test_what_is_in_demand_is_lent_for_less_long_and_what_is_lent_keeps_its_days(sari, ani, budi, pusat, rule, counted, days):
    add_rule(name="Laris", waiting_from=2, waiting_counted=counted, loan_days=2, by=None)
    record = RecordFactory()
    before, item = ItemFactory.create_batch(2, record=record)
    with clock.stopped_at(MONDAY):
        earlier = check_out(before, to=budi, at=pusat, by=sari)
        assert (earlier.due_at - MONDAY).days == 7
        own = HoldFactory(record=record, member=ani)
        HoldFactory.create_batch(2, record=record)
        HoldFactory(record=record, is_suspended=True)
        assert demand_for(item, ani) == Demand(2, *{"title": (0, 0), "beyond": (2, 0), "copy": (2, 0), "free": (0, 1)}[counted])
        loan = check_out(item, to=ani, at=pusat, by=sari)
    assert (loan.due_at - MONDAY).days == days
    earlier.refresh_from_db()
    own.refresh_from_db()
    assert ((earlier.due_at - MONDAY).days, own.loan) == (7, loan)


def test_a_title_many_wait_for_is_not_lent_where_the_rule_says_so_and_it_is_named(ani, budi, pusat, rule):
    add_rule(name="Terlalu laris", waiting_from=1, waiting_counted="copy", may_borrow=False, by=None)
    item = ItemFactory()
    assert blocks_to_check_out(item, ani, at=pusat) == []
    HoldFactory(record=item.record, member=ani)
    assert blocks_to_check_out(item, ani, at=pusat) == []
    HoldFactory(record=item.record, member=budi)
    assert [str(block) for block in blocks_to_check_out(item, ani, at=pusat)] == [
        "Menurut aturan “Terlalu laris” ini tidak dipinjamkan."
    ]


@pytest.mark.parametrize("said", [{"in_demand": True}, {"waiting_from": 1}], ids=["waited for", "so many wait"])
def test_who_asks_which_rule_holds_is_told_what_the_desk_will_do(client: Client, signed_in, sari, ani, budi, pusat, rule, said):
    add_rule(name="Laris", loan_days=2, by=None, **said)
    item, _ = ItemFactory.create_batch(2, record=RecordFactory(), branch=pusat)
    HoldFactory(record=item.record, member=ani)
    assert (is_waited_for(item, ani), is_waited_for(item, budi)) == (False, True)
    desk = signed_in(client, sari)
    with clock.stopped_at(MONDAY):
        asked = [{"member": member.barcode, "item": item.barcode, "branch": pusat.pk} for member in (ani, budi)]
        told = [desk.get(reverse("circulation:tester"), each).context["answer"].due_at for each in asked]
        assert [(due - MONDAY).days for due in told] == [7, 2]
        assert check_out(item, to=budi, at=pusat, by=sari).due_at == told[1]


def test_nobody_is_asked_how_many_wait_where_no_rule_speaks_of_it(ani, rule, django_assert_num_queries):
    item = ItemFactory()
    add_rule(name="Ditunggu", in_demand=True, loan_days=3, by=None)
    demand_for(item, ani)  # the rules are read
    with django_assert_num_queries(0):
        assert demand_for(item, ani) == Demand()


def test_a_running_loan_is_renewed_by_its_own_terms(sari, ani, pusat, rule):
    add_rule(name="Laris", waiting_from=1, loan_days=2, by=None)
    loan = LoanFactory(member=ani, lent_at=MONDAY, due_at=MONDAY + timedelta(days=7))
    with clock.stopped_at(MONDAY + timedelta(days=3)):
        assert (renew(loan, by=ani.user).due_at - clock.now()).days == 7


@pytest.mark.parametrize("least", [0, 1001])
def test_how_many_wait_is_from_one_on(sari, least):
    with pytest.raises(Refused) as refused:
        add_rule(waiting_from=least, loan_days=2, by=sari)
    assert refused.value.codes == ["rule_number_wrong"]
