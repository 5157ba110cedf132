"""Recording a loan again with a new due date."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from lumbung.catalogue.models import Item
from lumbung.circulation.domain.loans import check_in, check_out, renew
from lumbung.circulation.models import Renewal
from lumbung.circulation.queries import blocks_to_renew, blocks_to_renew_each, open_loans
from lumbung.circulation.queries.rules import rules_now
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanFactory, LoanRuleFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.members import block

pytestmark = pytest.mark.django_db

JAKARTA = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=JAKARTA)


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), JAKARTA)


@pytest.fixture
def loan(sari, ani, pusat, rule):
    with clock.stopped_at(MONDAY):
        return check_out(ItemFactory(), to=ani, at=pusat, by=sari)


def test_a_renewal_counts_from_today_and_keeps_the_old_date(ani, loan):
    with clock.stopped_at(MONDAY + timedelta(days=5)):
        renewed = renew(loan, by=ani.user)

    assert (renewed.due_at, renewed.renewal_count) == (end_of(date(2026, 3, 14)), 1)
    kept = Renewal.objects.get()
    assert (kept.loan, kept.renewed_by) == (loan, ani.user)
    assert (kept.renewed_at, kept.was_due_at, kept.due_at) == (
        MONDAY + timedelta(days=5),
        end_of(date(2026, 3, 9)),
        end_of(date(2026, 3, 14)),
    )
    assert JournalEntry.objects.get(name="Renewed").data == {
        "loan": loan.pk,
        "item": loan.item_id,
        "record": loan.item.record_id,
        "member": ani.pk,
        "was_due_at": "2026-03-09T16:59:59+00:00",
        "due_at": "2026-03-14T23:59:59+07:00",
        "waived": [],
        "of_itself": False,
    }


def test_the_policy_of_the_day_of_lending_holds_though_the_rule_has_changed(ani, loan, rule):
    rule.loan_days, rule.renewal_limit = 1, 0
    rule.save()
    with clock.stopped_at(MONDAY + timedelta(days=5)):
        assert renew(loan, by=ani.user).due_at == end_of(date(2026, 3, 14))


def test_renewing_on_the_day_of_lending_gains_nothing_and_is_refused(ani, loan):
    with clock.stopped_at(MONDAY), pytest.raises(Refused) as refused:
        renew(loan, by=ani.user)
    assert [str(reason) for reason in refused.value.reasons] == [
        "Belum perlu diperpanjang: jatuh temponya sudah 9 Maret 2026 (aturan “Mahasiswa, semua jenis”)."
    ]


def test_a_title_another_member_waits_for_is_not_renewed_unless_staff_waive(sari, ani, budi, loan):
    HoldFactory(record=loan.item.record, member=budi)
    with clock.stopped_at(MONDAY + timedelta(days=2)):
        with pytest.raises(Refused) as refused:
            renew(loan, by=ani.user)
        assert refused.value.codes == ["wanted_by_others"]
        renewed = renew(loan, by=sari, waive={"wanted_by_others"}, waive_reason="Pemesan setuju")
    assert renewed.renewal_count == 1
    entry = JournalEntry.objects.get(name="Renewed")
    assert (entry.data["waived"], renewed.renewals.get().waive_reason) == (["wanted_by_others"], "Pemesan setuju")


def test_every_block_to_a_renewal_is_named_at_once(sari, ani, budi, loan):
    loan.renewal_count = 2
    loan.save()
    HoldFactory(record=loan.item.record, member=budi)
    block(ani, reason="Skorsing", by=sari)
    Item.objects.filter(pk=loan.item_id).update(status="lost")
    with clock.stopped_at(MONDAY + timedelta(days=30)), pytest.raises(Refused) as refused:
        renew(loan, by=sari)
    assert refused.value.codes == ["item_lost", "member_blocked", "wanted_by_others", "loan_overdue", "renewal_limit_reached"]


def test_a_returned_loan_is_not_renewed(sari, ani, pusat, loan):
    check_in(loan.item, at=pusat, by=sari)
    with pytest.raises(Refused) as refused:
        renew(loan, by=ani.user)
    assert refused.value.codes == ["loan_closed"]


def test_waiving_everything_still_needs_a_later_due_date(sari, ani, loan):
    ani.expires_on = date(2026, 3, 9)
    ani.save()
    with clock.stopped_at(MONDAY + timedelta(days=4)), pytest.raises(Refused) as refused:
        renew(loan, by=sari, waive={"renewal_gains_nothing"})
    assert refused.value.codes == ["renewal_gains_nothing"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_blocks_of_many_loans_are_read_in_two_statements(ani, budi, pusat, rule, count, django_assert_num_queries):
    loans = LoanFactory.create_batch(count, member=ani, lent_at=clock.now() - timedelta(days=3))
    blocks_to_renew(loans[0])
    HoldFactory(record=loans[0].item.record, member=budi)
    rules_now()  # remembered, as on every page
    with django_assert_num_queries(3):
        blocks = blocks_to_renew_each(open_loans(ani))
    assert {key: [reason.code for reason in reasons] for key, reasons in blocks.items()} == {
        loan.pk: ["wanted_by_others"] if loan == loans[0] else [] for loan in loans
    }


def test_a_refused_renewal_names_the_rule_that_said_how_often_when_it_was_lent(sari, ani, pusat, rule):
    weekend = LoanRuleFactory(name="Akhir pekan", category=None, branch=pusat, loan_days=3, renewal_limit=None)
    with clock.stopped_at(MONDAY):
        loan = check_out(ItemFactory(), to=ani, at=pusat, by=sari)
    assert (loan.policy["rule"], loan.policy["rules"]) == (weekend.pk, {"renewal_limit": rule.pk})
    loan.renewal_count = 2
    loan.save()
    with clock.stopped_at(MONDAY + timedelta(days=1)), pytest.raises(Refused) as refused:
        renew(loan, by=ani.user)
    assert [str(reason) for reason in refused.value.reasons] == [
        "Sudah diperpanjang 2 kali, batasnya 2 (aturan “Mahasiswa, semua jenis”)."
    ]
