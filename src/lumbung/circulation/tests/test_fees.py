"""What members owe: every line moves the fee and the account together, and nobody is charged or paid for twice."""

import pytest
from django.db import IntegrityError, transaction

from lumbung.circulation.domain.fees import bring_forward, charge, correct, raise_to, take_back, waive, write_off
from lumbung.circulation.domain.payments import take_payment
from lumbung.circulation.models import Fee, FeeAccount, FeeEntry
from lumbung.circulation.queries import accounts_that_disagree, fees_visible_to, open_fees, owed_by, standing
from lumbung.circulation.tests.factories import LoanFactory
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
OVERDUE, LOST = Fee.Kinds.OVERDUE, Fee.Kinds.LOST


def refused(call) -> list[str]:
    with pytest.raises(Refused) as told:
        call()
    return told.value.codes


def owed(member) -> tuple[int, int]:
    account = FeeAccount.objects.get(member=member)
    assert not accounts_that_disagree().exists()
    return account.owed, account.credit


def test_a_charge_is_owed_and_stands_in_the_journal_without_the_loan(sari, ani):
    loan = LoanFactory(member=ani)
    fee = charge(ani, OVERDUE, 1500, by=sari, loan=loan, item=loan.item, branch=loan.lent_from)
    assert (fee.amount, fee.left, owed(ani)) == (1500, 1500, (1500, 0))
    assert list(open_fees(ani)) == [fee]
    entry = JournalEntry.objects.get(name="FeeCharged")
    assert entry.data == {"fee": fee.pk, "member": ani.pk, "kind": "overdue", "amount": 1500}


@pytest.mark.parametrize("amount", [0, -500, 1_000_000_001])
def test_a_charge_of_nothing_or_of_a_barcode_is_refused(sari, ani, amount):
    assert refused(lambda: charge(ani, LOST, amount, by=sari)) == ["amount_wrong"]
    assert not FeeAccount.objects.exists()


def test_one_occasion_is_charged_once(sari, ani):
    first = charge(ani, LOST, 90_000, by=sari, once="lost:loan:1")
    assert charge(ani, LOST, 95_000, by=sari, once="lost:loan:1") == first
    assert owed(ani) == (90_000, 0)


def test_a_fee_that_grows_is_raised_to_its_sum_and_never_lowered(ani):
    for total in (500, 1500, 1500, 1000):
        raise_to(ani, OVERDUE, total, once="overdue:loan:1:2026-11-20", by=None)
    [fee] = open_fees(ani)
    assert (fee.amount, [line.amount for line in fee.entries.all()], owed(ani)) == (1500, [500, 1000], (1500, 0))
    assert raise_to(ani, OVERDUE, 0, once="overdue:loan:2:2026-11-20", by=None) is None


def test_what_was_owed_elsewhere_is_brought_forward_once(ani):
    for _ in range(2):
        bring_forward(ani, 12_000, kind="overdue", note="SLiMS: 3 November 2025", once="slims:fines:33", by=None)
    assert owed(ani) == (12_000, 0)


def test_a_fee_is_waived_in_part_and_written_off_for_the_rest(sari, ani):
    fee = charge(ani, OVERDUE, 5000, by=sari)
    assert waive(fee, 2000, reason="libur banjir", by=sari).left == 3000
    assert correct(fee, 500, reason="salah hitung", by=sari).left == 2500
    assert write_off(fee, reason="anggota pindah", by=sari).left == 0
    assert owed(ani) == (0, 0)
    assert [(line.kind, line.amount, line.reason) for line in fee.entries.all()] == [
        ("charge", 5000, ""),
        ("waiver", -2000, "libur banjir"),
        ("correction", -500, "salah hitung"),
        ("write_off", -2500, "anggota pindah"),
    ]


def test_taking_off_says_everything_that_is_wrong_at_once(sari, ani):
    fee = charge(ani, OVERDUE, 5000, by=sari)
    assert refused(lambda: waive(fee, 6000, reason=" ", by=sari)) == ["reason_missing", "amount_over_fee"]
    assert refused(lambda: waive(fee, -1, reason="x", by=sari)) == ["amount_wrong"]
    waive(fee, reason="x", by=sari)
    assert refused(lambda: write_off(fee, reason="x", by=sari)) == ["fee_settled"]


def test_a_fee_taken_back_gives_what_was_paid_as_credit_once(sari, ani, pusat):
    fee = charge(ani, LOST, 100_000, by=sari)
    take_payment(ani, 60_000, method="cash", at=pusat, by=sari)
    assert take_back(fee, reason="buku ditemukan", by=sari) == 60_000
    assert owed(ani) == (0, 60_000)
    assert take_back(fee, reason="buku ditemukan", by=sari) == 0
    assert (owed(ani), standing(ani).credit) == ((0, 60_000), 60_000)


def test_credit_pays_for_the_next_fee(sari, ani, pusat):
    take_back_paid(sari, ani, pusat)
    charge(ani, OVERDUE, 4000, by=sari)
    assert refused(lambda: take_payment(ani, 4000, method="credit", at=pusat, by=sari)) == ["amount_over_credit"]
    take_payment(ani, 3000, method="credit", at=pusat, by=sari)
    assert owed(ani) == (1000, 0)


def take_back_paid(sari, ani, pusat) -> None:
    fee = charge(ani, LOST, 3000, by=sari)
    take_payment(ani, 3000, method="cash", at=pusat, by=sari)
    take_back(fee, reason="ditemukan", by=sari)


def test_each_sees_their_own_fees_and_staff_see_all(sari, ani, budi):
    fee = charge(ani, OVERDUE, 1500, by=sari)
    assert list(fees_visible_to(sari)) == list(fees_visible_to(ani.user)) == [fee]
    assert list(fees_visible_to(budi.user)) == list(fees_visible_to(None)) == []
    assert owed_by([ani.pk, budi.pk]) == {ani.pk: 1500}


@pytest.mark.parametrize(
    "broken",
    [
        lambda fee: Fee.objects.filter(pk=fee.pk).update(settled=fee.amount + 1),
        lambda fee: Fee.objects.filter(pk=fee.pk).update(settled=-1),
        lambda fee: FeeAccount.objects.update(owed=-1),
        lambda fee: FeeAccount.objects.update(credit=-1),
        lambda fee: FeeEntry.objects.update(amount=0),
        lambda fee: FeeEntry.objects.update(kind="waiver"),
    ],
)
def test_the_database_keeps_the_ledger_whole(sari, ani, broken):
    fee = charge(ani, OVERDUE, 1500, by=sari)
    with pytest.raises(IntegrityError), transaction.atomic():
        broken(fee)


def test_an_account_changed_behind_its_lines_is_found(sari, ani):
    charge(ani, OVERDUE, 1500, by=sari)
    assert list(accounts_that_disagree()) == []
    FeeAccount.objects.update(owed=1400)
    assert [account.member for account in accounts_that_disagree()] == [ani]
