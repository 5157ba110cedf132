"""The desk takes back its own slip."""

from datetime import date, timedelta

import pytest

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.circulation.domain.loans import check_in, check_out, undo_check_out
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


def test_the_loan_is_gone_and_the_journal_keeps_both(sari, ani, pusat, rule):
    loan = check_out(ItemFactory(), to=ani, at=pusat, by=sari)
    key = loan.pk
    undo_check_out(loan, by=sari)
    assert not Loan.objects.exists()
    assert list(JournalEntry.objects.order_by("pk").values_list("name", "data__loan")) == [
        ("CheckedOut", key),
        ("CheckOutUndone", key),
    ]


def test_the_hold_it_filled_stands_again(sari, ani, pusat, rule):
    item = ItemFactory()
    ready = HoldFactory(record=item.record, member=ani, item=item, state=Hold.States.READY, ready_until=date(2099, 1, 1))
    undo_check_out(check_out(item, to=ani, at=pusat, by=sari), by=sari)
    ready.refresh_from_db()
    assert (ready.state, ready.item, ready.loan, ready.closed_at) == ("ready", item, None, None)

    other = ItemFactory()
    waiting = HoldFactory(record=other.record, member=ani)
    undo_check_out(check_out(other, to=ani, at=pusat, by=sari), by=sari)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.item, waiting.loan, waiting.closed_at) == ("waiting", None, None, None)


def test_only_the_own_fresh_and_open_loan_can_be_undone(sari, ani, pusat, rule):
    loan = check_out(ItemFactory(), to=ani, at=pusat, by=sari)
    with pytest.raises(Refused) as refused:
        undo_check_out(loan, by=UserFactory(roles=[Role.CIRCULATION]))
    assert refused.value.codes == ["loan_not_fresh"]
    with clock.stopped_at(clock.now() + timedelta(minutes=11)), pytest.raises(Refused) as refused:
        undo_check_out(loan, by=sari)
    assert refused.value.codes == ["loan_not_fresh"]
    check_in(loan.item, at=pusat, by=sari)
    with pytest.raises(Refused) as refused:
        undo_check_out(loan, by=sari)
    assert refused.value.codes == ["loan_closed"]
