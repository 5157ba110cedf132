"""What lateness and loss cost at the demonstration library: its rules of money, the stretches of its year, and the fees of the term."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from lumbung.accounts.models import User
from lumbung.catalogue.models import ItemType
from lumbung.circulation.domain.fees import charge, waive
from lumbung.circulation.domain.fines import accrue_fines, report_lost
from lumbung.circulation.domain.payment_ways import change_payment_ways
from lumbung.circulation.domain.payments import take_payment, tell_of_payment
from lumbung.circulation.domain.rules import add_rule, change_rule
from lumbung.circulation.models import Fee, Loan, LoanRule
from lumbung.circulation.queries import open_fees
from lumbung.members.models import Member
from lumbung.organization.domain.periods import add_period
from lumbung.organization.models import Branch

STUDENTS = ("student", "final-year", "postgraduate")
FINE: dict[str, Any] = {
    "fine": 500,
    "grace_days": 1,
    "cap_at_price": True,
    "fine_cap": 25_000,
    "owed_limit": 20_000,
    "lost_price": 75_000,
    "processing_fee": 10_000,
}
DAYS_INSTEAD: dict[str, Any] = {"fine": 0, "suspension_days": 2, "suspension_cap": 14}
CARD = 10_000
BANK = "Bank Contoh 000-1234-567\na.n. Perpustakaan Universitas Nusa"


def set_terms_of_money(today: date, *, by: User) -> None:
    """Students pay Rp500 a day after a day of grace, lecturers nothing; who keeps a reserve copy may not borrow for some days.

    In the exams reserve copies go out by the hour.
    """
    for rule in LoanRule.objects.filter(category__code__in=STUDENTS):
        change_rule(rule, by=by, **FINE)
    change_payment_ways(bank=BANK, qris_name="", by=by)
    for rule in LoanRule.objects.filter(item_type__code="reserve"):
        change_rule(rule, by=by, **DAYS_INSTEAD)
    reserve = ItemType.objects.get(code="reserve")
    add_rule(name="Tandon di masa ujian", item_type=reserve, period="exams", loan_hours=4, loan_limit=1, renewal_limit=0, by=by)
    for kind, name, begins, ends in (
        ("term", "Semester ganjil", -100, 60),
        ("exams", "Ujian akhir semester ganjil", 40, 53),
    ):
        first_day, last_day = today + timedelta(days=begins), today + timedelta(days=ends)
        add_period(kind=kind, name=name, first_day=first_day, last_day=last_day, by=by)


def settle_the_term(members: list[Member], desk: Branch, *, by: User) -> None:
    """Last night's fines; one book is lost, one fee waived, one transfer told of; Ani has paid some of what she owes.

    ``members``: Ani first.
    """
    accrue_fines()
    late = _late_borrowers(members)
    if loan := next(late, None):
        report_lost(loan, by=by)
    if loan := next(late, None):
        waive(_fine_of(loan), reason="Meja tutup karena listrik padam ketika buku diantar", by=by)
    if loan := next(late, None):
        owed = _fine_of(loan).left
        tell_of_payment(loan.borrower, owed, method="transfer", at=desk, reference="BRI 0341 7720", by=by)
    ani = members[0]
    card = charge(ani, Fee.Kinds.CARD, CARD, branch=desk, note="Kartu pengganti", by=by)
    take_payment(ani, CARD, method="cash", at=desk, fees=[card], by=by)


def pay_at_the_desk(member: Member, desk: Branch, *, by: User) -> None:
    """Pay in cash all that is owed, with a receipt; nothing happens when nothing is."""
    if owed := sum(fee.left for fee in open_fees(member)):
        take_payment(member, owed, method="cash", at=desk, by=by)


def _late_borrowers(members: list[Member]) -> Iterator[Loan]:
    """One overdue loan with an open fine of each member but the first, the loan longest overdue first."""
    fined = Loan.objects.open().filter(fees__once__startswith="overdue:").exclude(member=members[0])
    seen = set()
    for loan in fined.select_related("member", "item").order_by("due_at", "pk"):
        if loan.member_id not in seen:
            seen.add(loan.member_id)
            yield loan


def _fine_of(loan: Loan) -> Fee:
    return Fee.objects.get(loan=loan, kind=Fee.Kinds.OVERDUE)
