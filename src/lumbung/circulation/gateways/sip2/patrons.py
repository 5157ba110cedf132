"""Answers about people: patron status, patron information, a card that was swallowed, the end of a session."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lumbung.circulation.gateways.sip2.desk import Desk, lines, yes
from lumbung.circulation.models import Fee, Hold, Loan, Recall
from lumbung.circulation.queries import (
    blocks_of_account,
    blocks_of_member,
    open_fees,
    open_holds,
    open_loans,
    standing,
    total_decision,
)
from lumbung.circulation.refusals import HAS_OVERDUE_LOANS, LOAN_LIMIT_REACHED, OWES_TOO_MUCH
from lumbung.formats.sip2 import Message
from lumbung.kernel import clock
from lumbung.kernel.refusals import Reason
from lumbung.members.domain.members import block
from lumbung.members.models import Member

CURRENCY = "IDR"
NOBODY = "Y" * 4 + " " * 10
"""The status of a card that is not known: nothing is allowed."""
CHARGE, RENEWAL, RECALL, HOLD, TOO_MANY_CHARGED, TOO_MANY_OVERDUE, OWES = 0, 1, 2, 3, 5, 6, 10
PLACES = 14
MOST_COUNTED = 9999


@dataclass(frozen=True)
class Account:
    """A member as a machine may know them: what they have, wait for, and what stands against more."""

    member: Member
    loans: Sequence[Loan]
    holds: Sequence[Hold]
    fees: Sequence[Fee]
    of_member: Sequence[Reason]
    of_loans: Sequence[Reason]

    @classmethod
    def of(cls, member: Member, desk: Desk) -> "Account":
        now = clock.now()
        loans = list(open_loans(member)) if getattr(member, "has_loans", True) else []
        return cls(
            member,
            loans,
            list(open_holds(member)) if getattr(member, "has_holds", True) else [],
            list(open_fees(member)) if standing(member).owed else [],
            blocks_of_member(member, desk.branch, now),
            blocks_of_account(member, desk.branch, now, loans),
        )

    @property
    def reasons(self) -> list[Reason]:
        return [*self.of_member, *self.of_loans]

    @property
    def owed(self) -> int:
        """Whole rupiah."""
        return sum(fee.left for fee in self.fees)

    @property
    def overdue(self) -> list[Loan]:
        now = clock.now()
        return [loan for loan in self.loans if loan.is_overdue(now)]

    @property
    def recalled(self) -> list[Loan]:
        keys = set(Recall.objects.filter(loan__in=self.loans).values_list("loan", flat=True)) if self.loans else set()
        return [loan for loan in self.loans if loan.pk in keys]

    @property
    def ready(self) -> list[Hold]:
        return [hold for hold in self.holds if hold.state == Hold.States.READY]

    @property
    def waiting(self) -> list[Hold]:
        return [hold for hold in self.holds if hold.state != Hold.States.READY]

    @property
    def status(self) -> str:
        """The fourteen places of SIP2: Y where something is denied, blank where not."""
        codes, marks = {reason.code for reason in self.of_loans}, [" "] * PLACES
        denied = {
            CHARGE: bool(self.reasons),
            RENEWAL: bool(self.of_member),
            RECALL: bool(self.of_member),
            HOLD: bool(self.of_member),
            TOO_MANY_CHARGED: LOAN_LIMIT_REACHED.code in codes,
            TOO_MANY_OVERDUE: HAS_OVERDUE_LOANS.code in codes,
            OWES: OWES_TOO_MUCH.code in codes,
        }
        for place, is_denied in denied.items():
            marks[place] = "Y" if is_denied else " "
        return "".join(marks)


def status(desk: Desk, asked: Message) -> Message:
    """23 → 24."""
    member = desk.member(asked)
    return _standing(desk, asked, "24", member, Account.of(member, desk) if member else None)


def enable(desk: Desk, asked: Message) -> Message:
    """25 → 26: tells how the card stands, and lifts no block: that is for staff, who see why it is there."""
    member = desk.member(asked)
    return _standing(desk, asked, "26", member, Account.of(member, desk) if member else None)


def block_card(desk: Desk, asked: Message) -> Message:
    """01 → 24: the machine kept a card. The member is blocked where the machine may do so."""
    member = desk.member(asked)
    if member is not None and desk.terminal.blocks_cards and not member.blocked_because:
        said = asked["AL"].strip() or _("Kartu tertelan di %(terminal)s") % {"terminal": desk.terminal}
        member = block(member, reason=said[:200], by=desk.by)
    return _standing(desk, asked, "24", member, Account.of(member, desk) if member else None)


def end_session(desk: Desk, asked: Message) -> Message:
    """35 → 36: the member goes, and the PIN that was right is to be typed again."""
    desk.proven.clear()
    fields = [("AO", desk.institution(asked)), ("AA", asked["AA"])]
    return Message.of("36", fields, ended="Y", date=desk.moment())


def _standing(desk: Desk, asked: Message, code: str, member: Member | None, account: Account | None) -> Message:
    wrong = desk.pin_reasons(member, asked) if member else []
    shown = account is not None and not wrong
    money = [("BH", CURRENCY), ("BV", str(account.owed))] if code == "24" and account and shown else []
    return Message.of(
        code,
        [
            *_who(desk, asked, member, proven=not wrong),
            *money,
            ("AF", _said(member, wrong, account.reasons if account else [])),
        ],
        status=account.status if account and shown else NOBODY,
        language=asked.fixed.get("language", "000"),
        date=desk.moment(),
    )


def information(desk: Desk, asked: Message) -> Message:
    """63 → 64. What the member has and waits for is told only when the PIN is right, where the machine asks for one."""
    member = desk.member(asked)
    wrong = desk.pin_reasons(member, asked) if member else []
    account = Account.of(member, desk) if member and not wrong else None
    fields = _who(desk, asked, member, proven=not wrong)
    if account is not None:
        fields += [*_limits(account, desk), *_listed(account, asked), *_about(account.member)]
    fields.append(("AF", _said(member, wrong, account.reasons if account else [])))
    return Message.of(
        "64",
        fields,
        status=account.status if account else NOBODY,
        language=asked["language"],
        date=desk.moment(),
        holds=_count(account.ready if account else ()),
        overdue=_count(account.overdue if account else ()),
        charged=_count(account.loans if account else ()),
        fines=_count(account.fees if account else ()),
        recalls=_count(account.recalled if account else ()),
        unavailable=_count(account.waiting if account else ()),
    )


Fields = list[tuple[str, str | list[str] | None]]


def _who(desk: Desk, asked: Message, member: Member | None, *, proven: bool) -> Fields:
    return [
        ("AO", desk.institution(asked)),
        ("AA", member.barcode if member else asked["AA"]),
        ("AE", member.name if member and proven else ""),
        ("BL", yes(member)),
        ("CQ", yes(member and proven) if asked["AD"] or desk.terminal.needs_pin else None),
    ]


def _limits(account: Account, desk: Desk) -> Fields:
    total = total_decision(account.member, desk.branch)
    fields: Fields = [("BH", CURRENCY), ("BV", str(account.owed))]
    if total is not None:
        policy = total.policy
        owed_limit = None if policy.owed_limit is None else str(policy.owed_limit)
        loan_limit = None if policy.loan_limit is None else f"{min(policy.loan_limit, 9999):04}"
        fields += [("BZ", f"{policy.hold_limit:04}"), ("CB", loan_limit), ("CC", owed_limit)]
    return fields


def _listed(account: Account, asked: Message) -> Fields:
    """The one list asked for, by the first Y of the summary, from BP to BQ."""
    kinds: list[tuple[str, list[str]]] = [
        ("AS", [hold.item.barcode for hold in account.ready if hold.item]),
        ("AT", [loan.item.barcode for loan in account.overdue]),
        ("AU", [loan.item.barcode for loan in account.loans]),
        ("AV", [f"{fee.pk} {fee.get_kind_display()} {fee.left}" for fee in account.fees]),
        ("BU", [loan.item.barcode for loan in account.recalled]),
        ("CD", [hold.title_told for hold in account.waiting]),
    ]
    wanted = asked["summary"].find("Y")
    if not 0 <= wanted < len(kinds):
        return []
    name, values = kinds[wanted]
    first, last = (int(asked[each]) if asked[each].isdecimal() else None for each in ("BP", "BQ"))
    return [(name, lines(values[max(first or 1, 1) - 1 : last]))]


def _about(member: Member) -> Fields:
    fields: Fields = [("PA", member.expires_on.strftime("%Y%m%d")), ("PC", member.category.code)]
    return [*fields, ("BE", member.email or None), ("BF", member.phone or None)]


def _said(member: Member | None, wrong: Sequence[Reason], reasons: Sequence[Reason]) -> list[str]:
    if member is None:
        return [_("Kartu ini tidak dikenal.")]
    return lines(wrong or reasons)


def _count(things: Sequence[object]) -> str:
    return f"{min(len(things), MOST_COUNTED):04}"
