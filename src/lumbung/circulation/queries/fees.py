"""Reads about money. What a member owes is told to the member and to staff who may see fees, to nobody else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, cast

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from lumbung.accounts.domain.permissions import may
from lumbung.circulation.models import PAID, CashClosing, CashOpening, Fee, FeeAccount, FeeEntry, Payment
from lumbung.circulation.models.fee import FeeQuerySet
from lumbung.circulation.permissions import FEES
from lumbung.members.models import Member
from lumbung.organization.models import Branch


@dataclass(frozen=True)
class Standing:
    """What a member owes and has to their credit, in whole rupiah, and the last day of a suspension, if there is one."""

    owed: int = 0
    credit: int = 0
    suspended_until: date | None = None


def standing(member: Member) -> Standing:
    """What the member owes now and has to their credit; no statement where ``member`` came with its account."""
    account = account_of(member)
    return Standing(account.owed, account.credit, account.suspended_until) if account else Standing()


def account_of(member: Member) -> FeeAccount | None:
    """The account of the member, None for one who never had a fee."""
    try:
        account: FeeAccount = cast(
            Any, member
        ).fee_account  # the other end of FeeAccount.member, which types do not always know
    except FeeAccount.DoesNotExist:
        return None
    return account


def owed_by(members: Collection[int]) -> dict[int, int]:
    """Rupiah owed by each of these members (primary keys) who owes anything, in one statement."""
    return dict(FeeAccount.objects.filter(member__in=members, owed__gt=0).values_list("member", "owed"))


def credit_of(members: Collection[int]) -> dict[int, int]:
    """Rupiah in the favour of each of these members (primary keys) who has any, in one statement."""
    return dict(FeeAccount.objects.filter(member__in=members, credit__gt=0).values_list("member", "credit"))


def owed_for(loans: Collection[int]) -> dict[int, int]:
    """Rupiah still owed for each of these loans (primary keys) for which anything is, in one statement."""
    fees = Fee.objects.open().filter(loan__in=loans).order_by().values_list("loan")
    return dict(fees.annotate(sum=Sum(F("amount") - F("settled"))))


def members_who_owe() -> QuerySet[FeeAccount]:
    """Accounts on which something is owed, most first, with their members."""
    return FeeAccount.objects.filter(owed__gt=0).select_related("member__category").order_by("-owed", "id")


def open_fees(member: Member) -> FeeQuerySet:
    """What the member still owes, oldest first, with what each is for."""
    return fees_of(member).open().order_by("charged_at", "id")


def fees_of(member: Member | int) -> FeeQuerySet:
    """Every fee of the member, latest first, with what each is for."""
    fees = Fee.objects.filter(account__member=member).select_related("item__record", "loan", "branch", "account")
    return fees.defer("item__record__marc", "item__record__findable").order_by("-charged_at", "-id")


class FeesToChange(NamedTuple):
    """What of a member's fees is open, oldest first; and what is settled, with money at least in part, latest first."""

    member: Member
    open: list[Fee]
    settled: list[Fee]


def fees_to_change(member: int, *, since: datetime) -> FeesToChange:
    """The member of this key with what is open and what was charged since then. Whoever has such fees comes with them, in one statement.

    Raises ``Member.DoesNotExist``.
    """
    paid = Coalesce(-Sum("entries__amount", filter=Q(entries__kind__in=PAID)), 0)
    fees = fees_of(member).filter(Q(settled__lt=F("amount")) | Q(charged_at__gte=since))
    rows = fees.select_related("account__member__category").annotate(paid=paid)
    found: list[Any] = list(rows.order_by("charged_at", "id"))
    whose = found[0].account.member if found else Member.objects.select_related("category", "fee_account").get(pk=member)
    settled = [fee for fee in reversed(found) if not fee.is_open and fee.paid > 0]
    return FeesToChange(whose, [fee for fee in found if fee.is_open], settled)


def fees_visible_to(viewer: object) -> FeeQuerySet:
    """All fees for staff who may see them, their own for a member."""
    fees = Fee.objects.select_related("account__member", "item__record", "loan", "branch").defer(
        "item__record__marc", "item__record__findable"
    )
    if may(viewer, FEES):
        return fees
    key = getattr(viewer, "pk", None)
    return fees.none() if key is None else fees.filter(account__member__user=key)


def entries_of(member: Member) -> QuerySet[FeeEntry]:
    """Every line of the member's account, latest first."""
    lines = FeeEntry.objects.filter(account__member=member).select_related("fee__item__record", "payment", "by")
    return lines.defer("fee__item__record__marc", "fee__item__record__findable").order_by("-at", "-id")


def payments_visible_to(viewer: object) -> QuerySet[Payment]:
    """All payments for staff who may see fees, their own for a member."""
    payments = Payment.objects.select_related("member", "branch", "taken_by")
    if may(viewer, FEES):
        return payments
    key = getattr(viewer, "pk", None)
    return payments.none() if key is None else payments.filter(member__user=key)


def still_to_pay(member: Member) -> int:
    """Rupiah the member owes beyond what was told of and waits to be seen, never below nothing."""
    waiting = Payment.objects.filter(member=member, state=Payment.States.WAITING).aggregate(sum=Coalesce(Sum("amount"), 0))[
        "sum"
    ]
    return max(0, standing(member).owed - int(waiting))


def payments_to_verify() -> QuerySet[Payment]:
    """Money members told of that nobody has looked for yet, longest waiting first."""
    return Payment.objects.filter(state=Payment.States.WAITING).select_related("member", "branch").order_by("made_at", "id")


@dataclass(frozen=True)
class CashBook:
    """What moved at a branch on one day: its payments in order, the sum of each method (given back is taken off), and when the drawer
    was counted."""

    branch: Branch
    day: date
    payments: list[Payment]
    closings: list[CashClosing]
    openings: list[CashOpening]

    @property
    def sums(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for payment in self.payments:
            if payment.state == Payment.States.RECEIVED:
                label = str(payment.get_method_display())
                found[label] = found.get(label, 0) + payment.moved
        return found

    @property
    def total(self) -> int:
        """What came in that day, without what was only moved from credit."""
        moved = (
            each for each in self.payments if each.state == Payment.States.RECEIVED and each.method != Payment.Methods.CREDIT
        )
        return sum(payment.moved for payment in moved)


def cash_book(branch: Branch, day: date) -> CashBook:
    """The cash book of a day, as the branch counts days, in three statements."""
    start = datetime.combine(day, time(), branch.zone)
    within = (start, datetime.combine(day + timedelta(days=1), time(), branch.zone))
    payments = Payment.objects.filter(
        branch=branch, made_at__gte=within[0], made_at__lt=within[1], receipt_number__isnull=False
    )
    closings = CashClosing.objects.filter(branch=branch, closed_at__gte=within[0], closed_at__lt=within[1])
    openings = CashOpening.objects.filter(branch=branch, opened_at__gte=within[0], opened_at__lt=within[1])
    return CashBook(
        branch,
        day,
        list(payments.select_related("member", "taken_by").order_by("made_at", "id")),
        list(closings.select_related("closed_by").order_by("closed_at", "id")),
        list(openings.select_related("opened_by").order_by("opened_at", "id")),
    )


def last_closing(branch: Branch) -> CashClosing | None:
    return CashClosing.objects.filter(branch=branch).order_by("-closed_at", "-id").first()


def open_shift(branch: Branch) -> CashOpening | None:
    """The shift that was opened at the branch and is not closed."""
    return CashOpening.objects.filter(branch=branch, closing=None).select_related("opened_by").first()


def cash_begun_with(branch: Branch) -> int:
    """What the drawer is reckoned from: what was left at the last closing, and what more or less was found as the shift began."""
    before, shift = last_closing(branch), open_shift(branch)
    return (before.left if before else 0) + (shift.difference if shift else 0)


def cash_in_drawer(branch: Branch) -> int:
    """What should lie in the drawer now: what it is reckoned from, and what moved since the last closing."""
    drawer = Payment.objects.filter(branch=branch, method=Payment.Methods.CASH, state=Payment.States.RECEIVED, closing=None)
    moved = drawer.aggregate(
        came=Coalesce(Sum("amount", filter=Q(is_pay_out=False)), 0), went=Coalesce(Sum("amount", filter=Q(is_pay_out=True)), 0)
    )
    return cash_begun_with(branch) + int(moved["came"]) - int(moved["went"])


def cash_taken(branch: Branch, *, since: datetime, until: datetime, by: int | None = None) -> int:
    """Rupiah in cash received at the branch, less what was given back, from ``since`` to before ``until``; ``by`` one user (key)."""
    payments = Payment.objects.filter(
        branch=branch, method=Payment.Methods.CASH, state=Payment.States.RECEIVED, made_at__gte=since, made_at__lt=until
    )
    if by is not None:
        payments = payments.filter(taken_by=by)
    return sum(payment.moved for payment in payments)


def accounts_that_disagree() -> QuerySet[FeeAccount]:
    """Accounts whose totals are not what their lines add up to: there should be none, and the checkup says so."""
    on_fees = Coalesce(Sum("entries__amount", filter=Q(entries__fee__isnull=False)), 0)
    on_credit = Coalesce(Sum("entries__amount", filter=Q(entries__fee=None)), 0)
    counted = FeeAccount.objects.annotate(counted_owed=on_fees, counted_credit=-on_credit)
    return counted.exclude(owed=F("counted_owed"), credit=F("counted_credit"))
