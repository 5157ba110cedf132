"""What a refusal says of the rule or the setting it follows, so that whoever is refused may ask for it by name."""

from django.db.models import F
from django.utils.translation import gettext as _

from lumbung.circulation.models import Loan, LoanKinds
from lumbung.circulation.queries.fines import suspension_of
from lumbung.circulation.queries.rules import Decision, rule_titled
from lumbung.members.models import Member
from lumbung.organization.queries import branch_of

LATE_RETURNS_ASKED = 5


def by_rule(title: str) -> str:
    """That the rule of this title decides; where none does, that the terms do which hold without one."""
    return _(" (aturan “%(rule)s”)") % {"rule": title} if title else _(" (ketentuan umum)")


def by_decision(found: Decision | None, term: str) -> str:
    """Which rule says this term of what is decided now."""
    return by_rule(found.title_of(term) if found else "")


def by_loan(loan: Loan, term: str) -> str:
    """Which rule said this term when it was lent; that rule may be gone by now."""
    if (key := loan.rule_for(term)) is None:
        return by_rule("")
    title = rule_titled(key)
    return by_rule(title) if title else _(" (ketentuan saat dipinjam)")


def by_suspension(member: Member) -> str:
    """Which rule suspends the member: that of the loan that came back late last, as long as it is known whose it was."""
    late = Loan.objects.filter(member=member, policy__has_key="suspension_days", returned_at__gt=F("due_at"))
    for loan in late.order_by("-returned_at", "-pk")[:LATE_RETURNS_ASKED]:
        if loan.returned_at is not None and suspension_of(loan, loan.returned_at):
            return by_loan(loan, "suspension_days")
    return _(" (ketentuan saat dipinjam)")


def by_end_of_renewal(loan: Loan) -> str:
    """What keeps a renewal from lasting beyond the present due date."""
    if loan.kind == LoanKinds.ON_SITE:
        return _(" (dibaca di tempat)")
    terms, zone = loan.terms, branch_of(loan.lent_from_id).zone
    due = loan.due_at.astimezone(zone).date()
    if not terms.beyond_expiry and due >= loan.borrower.expires_on:
        return _(" (akhir keanggotaan)")
    if terms.last_day is not None and due >= terms.last_day:
        return by_loan(loan, "due_by")
    lasted = (due - loan.lent_at.astimezone(zone).date()).days
    if terms.renewal_total_days is not None and lasted >= terms.renewal_total_days:
        return by_loan(loan, "renewal_total_days")
    return by_loan(loan, "renewal_days" if terms.renewal_days is not None else "loan_days")
