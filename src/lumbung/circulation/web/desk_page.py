"""What the desk shows: the member who is open, the item in hand, what was done last, and what was done so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from lumbung.catalogue.models import Item
from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.loans import FRESH
from lumbung.circulation.models import Booking, Hold, Loan
from lumbung.circulation.queries.bookings import kept_on_day
from lumbung.circulation.queries.explaining import booked_words
from lumbung.circulation.queries.personal_rules import personal_rules_of, personal_words
from lumbung.circulation.refusals import NOT_FOR_LOAN
from lumbung.circulation.web import visit
from lumbung.circulation.web.addresses import RETURNING, open_member
from lumbung.circulation.web.scan import look_up, members_called
from lumbung.kernel import clock
from lumbung.kernel.permissions import may
from lumbung.kernel.refusals import Reason
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of


@dataclass(frozen=True)
class Line:
    """A loan in the list: ``deed`` is what was last done with it in this visit, ``is_fresh`` whether it can still be undone."""

    loan: Loan
    deed: visit.Deed | None
    is_fresh: bool


@dataclass(frozen=True)
class Account:
    """The open member at a glance."""

    member: Member
    lines: Sequence[Line]
    holds: Sequence[Hold]
    limit: int | None
    limits: Sequence[queries.LimitStanding]
    personal: Sequence[tuple[str, str]]
    overdue: int
    owed: int

    @property
    def open_count(self) -> int:
        return sum(line.loan.returned_at is None and line.loan.reported_lost_at is None for line in self.lines)

    @property
    def ready(self) -> list[Hold]:
        return [hold for hold in self.holds if hold.state == Hold.States.READY]


@dataclass(frozen=True)
class InHand:
    """An item the desk has to ask about: ``is_own`` when the open member has it; ``blocks`` stand against lending or
    renewing it, or, while somebody else has it, against a hold."""

    item: Item
    loan: Loan | None
    is_own: bool
    blocks: Sequence[Reason]

    @property
    def may_go_on(self) -> bool:
        return all(block.waivable for block in self.blocks)

    @property
    def stays_in_house(self) -> bool:
        return any(block.code == NOT_FOR_LOAN.code for block in self.blocks)


@dataclass(frozen=True)
class Outcome:
    """What was done last (lent, renewed, returned, seen, read, held, undone), and where the item goes now."""

    deed: str
    item: Item
    loan: Loan | None = None
    hold: Hold | None = None
    send_to: Branch | None = None
    overdue_days: int = 0
    was_lost: bool = False

    @property
    def rule(self) -> str:
        """What the rule that said how long is called, unless it is gone."""
        return queries.rule_titled(self.loan.policy.get("rule")) if self.loan else ""

    @property
    def terms(self) -> list[str]:
        """What the loan was made under, in words."""
        return [*queries.policy_words(self.loan.terms, self.loan.kind), *booked_words(self.loan)] if self.loan else []

    @property
    def fine(self) -> int:
        """Rupiah still to be paid for the lateness of this loan."""
        if not (self.overdue_days and self.loan and self.loan.member):
            return 0
        return sum(fee.left for fee in queries.open_fees(self.loan.member) if fee.loan_id == self.loan.pk)

    @property
    def credit(self) -> int:
        """Rupiah in the member's favour where what came back had been lost: what was paid for the loss may be theirs again."""
        return queries.standing(self.loan.member).credit if self.was_lost and self.loan and self.loan.member else 0

    @property
    def booking(self) -> Booking | None:
        """The booking for which a copy that came back has to be there today; nothing where it is set aside for a hold."""
        if self.hold is not None or self.deed not in {"returned", "seen", "read"}:
            return None
        return kept_on_day(self.item, clock.today(branch_of(self.item.branch_id).zone))

    @property
    def tone(self) -> str:
        return "attention" if self.hold or self.send_to or self.overdue_days or self.was_lost or self.deed == "seen" else "ok"


def desk_page(request: HttpRequest, branch: Branch) -> dict[str, Any]:
    """Everything the desk's templates need."""
    asked = request.GET
    member, words = open_member(asked), asked.get("q", "").strip()
    outcome = _outcome(request, branch)
    return {
        "branch": branch,
        "member": member,
        "today": clock.today(branch.zone),
        "account": _account(request, member, branch) if member else None,
        "mode": RETURNING if asked.get("mode") == RETURNING else "",
        "q": words,
        "matches": members_called(words) if words else [],
        "found": look_up(words) if words else None,
        "in_hand": _in_hand(asked.get("item", ""), member, branch) if outcome is None else None,
        "outcome": outcome,
        "taken_back": [] if member else _done_with(request, {"returned"}),
        "may_waive": may(request.user, permissions.WAIVE),
        "is_partial": bool(request.headers.get("HX-Request")),
    }


def receipt_page(request: HttpRequest, branch: Branch) -> dict[str, Any]:
    """What a receipt tells: the open member's deeds of this visit; with nobody open, what was taken back."""
    member = open_member(request.GET)
    lines = _done_with(request, {"lent", "renewed", "returned"}, member) if member else _done_with(request, {"returned"})
    paper = request.GET.get("paper", "")
    return {
        "branch": branch,
        "member": member,
        "masked": f"••••{member.barcode[-4:]}" if member else "",
        "lines": lines,
        "is_out": any(line.loan.returned_at is None for line in lines),
        "now": clock.now(),
        "paper": paper if paper in {"a5", "a4"} else "roll",
    }


def _account(request: HttpRequest, member: Member, branch: Branch) -> Account:
    deeds, now = visit.deeds(request), clock.now()
    order = {loan: place for place, loan in enumerate(deeds, start=1)}
    loans = sorted(queries.open_loans(member), key=lambda loan: -order.get(loan.pk, 0))
    fresh = {
        loan.pk
        for loan in loans
        if loan.lent_by_id == request.user.pk and not loan.renewal_count and now - loan.lent_at < FRESH
    }
    total = queries.total_decision(member, branch)
    return Account(
        member=member,
        lines=[Line(loan, deeds.get(loan.pk), loan.pk in fresh) for loan in loans] + _done_with(request, {"returned"}, member),
        holds=list(queries.open_holds(member)),
        limit=total.policy.loan_limit if total else None,
        limits=queries.limit_standings(member, loans, at=branch),
        personal=[(personal_words(each), each.reason) for each in personal_rules_of(member)],
        overdue=sum(loan.is_overdue(now) for loan in loans),
        owed=queries.standing(member).owed,
    )


def _done_with(request: HttpRequest, which: set[visit.Deed], member: Member | None = None) -> list[Line]:
    """Loans of this visit with these deeds, latest first; only the member's when one is given."""
    deeds = {loan: deed for loan, deed in visit.deeds(request).items() if deed in which}
    loans = queries.loans_visible_to(request.user).select_related("member__category").in_bulk(list(deeds)) if deeds else {}
    shown = [loans[key] for key in reversed(deeds) if key in loans]
    return [Line(loan, deeds[loan.pk], False) for loan in shown if member is None or loan.member_id == member.pk]


def _in_hand(barcode: str, member: Member | None, branch: Branch) -> InHand | None:
    item = queries.items_in_hand().filter(barcode=barcode).first() if barcode else None
    if item is None:
        return None
    loan = queries.loan_of(item)
    own = loan if loan and member and loan.member_id == member.pk else None
    blocks: Sequence[Reason] = ()
    if own is not None:
        blocks = queries.blocks_to_renew(own)
    elif member is not None and loan is None:
        blocks = queries.blocks_to_check_out(item, member, at=branch)
    elif member is not None:
        volume = queries.volume_in_hand(item, member)
        blocks = queries.blocks_to_place_hold(item.record, member, branch, volume=volume)
    return InHand(item, loan, own is not None, blocks)


def _outcome(request: HttpRequest, branch: Branch) -> Outcome | None:
    deed, key = request.GET.get("done", ""), request.GET.get("loan", "")
    if deed in {"lent", "renewed", "returned"} and key.isdecimal():
        loan = queries.loans_visible_to(request.user).filter(pk=key).first()
        if loan is None:
            return None
        return _in_again(request, deed, loan.item, branch, loan) if deed == "returned" else Outcome(deed, loan.item, loan)
    item = (
        queries.items_in_hand().filter(barcode=request.GET.get("item", "")).first()
        if deed in {"seen", "read", "held", "undone"}
        else None
    )
    if item is None:
        return None
    return _in_again(request, deed, item, branch) if deed in {"seen", "read"} else Outcome(deed, item)


def _in_again(request: HttpRequest, deed: str, item: Item, branch: Branch, loan: Loan | None = None) -> Outcome:
    """The item lies on the desk: who waits for it, and where it goes."""
    hold = queries.set_aside([item.pk]).first()
    goes_to = hold.pickup_branch if hold else item.goes_to
    return Outcome(
        deed,
        item,
        loan,
        hold=hold,
        send_to=goes_to if goes_to.pk != branch.pk else None,
        overdue_days=queries.days_late_at_return(loan) if loan else 0,
        was_lost=request.GET.get("found") == "yes",
    )
