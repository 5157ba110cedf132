"""Answers that lend, take back and renew: the verbs of the desk, asked by a machine."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from lumbung.catalogue.models import Item
from lumbung.circulation.domain.loans import CheckInResult, check_in, check_out, renew, undo_check_out
from lumbung.circulation.gateways.sip2.desk import Desk, attempted, due, lines, yes
from lumbung.circulation.gateways.sip2.items import MEDIA, title
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.queries import blocks_to_check_out, lending_fee, loan_of, open_loans
from lumbung.circulation.refusals import LOAN_CLOSED
from lumbung.formats.sip2 import Message
from lumbung.kernel import clock
from lumbung.kernel.refusals import Reason
from lumbung.kernel.ui.words import rupiah
from lumbung.members.models import Member

ANSWERED_BY = {"11": "12", "29": "30"}
SAID_TWICE = timedelta(minutes=5)
"""A machine whose line broke asks again for the loan it has; within this time that is the same wish and not a second one."""
RENTAL = "06"
"""The type of fee (BT) for what is lent against money."""
HOLD_HERE, HOLD_ELSEWHERE, SEND_ON = "01", "02", "04"
"""Kinds of alert (CV), as sorting machines know them."""


def check_out_item(desk: Desk, asked: Message) -> Message:
    """11 → 12. With BI=Y the loan just made is undone; of an item the member has already, the loan is renewed if the machine says
    so, or told again if it was made a moment ago. What costs something is lent once the machine says that the member agreed (BO)."""
    member, item = desk.member(asked), desk.item(asked)
    if member is None or item is None:
        return _lent(desk, asked, item, _unknown(member, item))
    if wrong := _barred(desk, member, asked):
        return _lent(desk, asked, item, wrong)
    own = _own(item, member)
    if asked["BI"] == "Y":
        return _undone(desk, asked, item, own)
    if own is not None and _is_the_same_wish(own, desk):
        return _lent(desk, asked, item, [], loan=own)
    if own is not None and asked["renewal_policy"] == "Y":
        return _renewed(desk, asked, item, own)
    return _lent_now(desk, asked, item, member)


def _lent_now(desk: Desk, asked: Message, item: Item, member: Member) -> Message:
    if (fee := lending_fee(item, member, desk.branch)) and asked["BO"] != "Y":
        return _lent(desk, asked, item, [*blocks_to_check_out(item, member, at=desk.branch), _to_be_agreed(fee)], fee=fee)
    loan, reasons = attempted(lambda: check_out(item, to=member, at=desk.branch, by=desk.by))
    if loan is None and (own := _own(item, member)) is not None and _is_the_same_wish(own, desk):
        loan, reasons = own, []  # sent again on another line, it was carried out meanwhile
    return _lent(desk, asked, item, reasons, loan=loan, fee=fee)


def _own(item: Item, member: Member) -> Loan | None:
    """The open loan of the item, if it is this member's."""
    held = loan_of(item)
    return held if held is not None and held.member_id == member.pk else None


def renew_item(desk: Desk, asked: Message) -> Message:
    """29 → 30. Only the member who has the item renews it, whatever the machine says of third parties. What costs something is done once
    the machine says that the member agreed (BO)."""
    member, item = desk.member(asked), desk.item(asked)
    if member is None or item is None:
        return _lent(desk, asked, item, _unknown(member, item))
    if wrong := _barred(desk, member, asked):
        return _lent(desk, asked, item, wrong)
    if (own := _own(item, member)) is None:
        return _lent(desk, asked, item, [_("Eksemplar ini tidak sedang dipinjam dengan kartu ini.")])
    return _renewed(desk, asked, item, own)


def _renewed(desk: Desk, asked: Message, item: Item, own: Loan) -> Message:
    if (fee := own.terms.renewal_fee) and asked["BO"] != "Y":
        return _lent(desk, asked, item, [_to_be_agreed(fee)], fee=fee)
    loan, reasons = attempted(lambda: renew(own, by=desk.by))
    return _lent(desk, asked, item, reasons, loan=loan, is_renewal=True, fee=fee)


def renew_all(desk: Desk, asked: Message) -> Message:
    """65 → 66. Each loan by itself: what can be renewed is, and why the rest cannot is said."""
    member = desk.member(asked)
    wrong = _barred(desk, member, asked) if member else _unknown(member, None)
    renewed: list[str] = []
    left: list[str] = []
    said = lines(wrong)
    for loan in open_loans(member) if member and not wrong else []:
        if (fee := loan.terms.renewal_fee) and asked["BO"] != "Y":
            left.append(loan.item.barcode)
            said += lines([f"{loan.item.title_told}: {_to_be_agreed(fee)}"])
            continue
        _renewal, reasons = attempted(lambda loan=loan: renew(loan, by=desk.by))  # type: ignore[misc]  # mypy and default values
        (left if reasons else renewed).append(loan.item.barcode)
        said += lines(f"{loan.item.title_told}: {reason}" for reason in reasons)
    fields = [("AO", desk.institution(asked)), ("BM", renewed), ("BN", left), ("AF", said)]
    counts = {"renewed": f"{len(renewed):04}", "unrenewed": f"{len(left):04}"}
    return Message.of("66", fields, ok="0" if wrong else "1", date=desk.moment(), **counts)


def check_in_item(desk: Desk, asked: Message) -> Message:
    """09 → 10: the item is taken back and the machine told where it goes. To undo a return is for staff."""
    item = desk.item(asked)
    if item is None or not desk.terminal.takes_back or asked["BI"] == "Y":
        said = (
            [_("Eksemplar ini tidak dikenal.")]
            if item is None
            else [_("Mesin ini tidak melayani itu. Tanyakan di meja layanan.")]
        )
        return _returned(desk, asked, item, None, said)
    result = check_in(item, at=desk.branch, by=desk.by)
    return _returned(desk, asked, item, result, _told(result))


def _undone(desk: Desk, asked: Message, item: Item, own: Loan | None) -> Message:
    _nothing, reasons = attempted(lambda: undo_check_out(own, by=desk.by)) if own else (None, [LOAN_CLOSED()])
    answer = _lent(desk, asked, item, reasons)
    return answer if reasons else Message("12", {**answer.fixed, "ok": "1"}, answer.fields)


def _is_the_same_wish(own: Loan, desk: Desk) -> bool:
    fresh = clock.now() - own.lent_at < SAID_TWICE and not own.renewal_count
    return fresh and own.lent_by_id == desk.by.pk and own.lent_from_id == desk.branch.pk


def _barred(desk: Desk, member: Member, asked: Message) -> Sequence[Reason | str]:
    if not desk.terminal.lends:
        return [_("Mesin ini tidak melayani itu. Tanyakan di meja layanan.")]
    return desk.pin_reasons(member, asked)


def _unknown(member: Member | None, item: Item | None) -> list[str]:
    said = [] if member else [_("Kartu ini tidak dikenal.")]
    return said if item or not member else [*said, _("Eksemplar ini tidak dikenal.")]


def _to_be_agreed(fee: int) -> str:
    return _("Biayanya %(amount)s. Setujui dahulu.") % {"amount": rupiah(fee)}


def _lent(
    desk: Desk,
    asked: Message,
    item: Item | None,
    said: Sequence[object],
    *,
    loan: Loan | None = None,
    is_renewal: bool = False,
    fee: int = 0,
) -> Message:
    """The answer to a check-out or a renewal; without a ``loan`` it was refused."""
    return Message.of(
        ANSWERED_BY[asked.code],
        [
            ("AO", desk.institution(asked)),
            ("AA", asked["AA"]),
            ("AB", asked["AB"]),
            ("AJ", title(item)),
            ("AH", due(loan.due) if loan else ""),
            ("BT", RENTAL if fee else None),
            ("CI", "N"),
            ("BH", "IDR" if fee else None),
            ("BV", str(fee) if fee else None),
            ("CK", MEDIA.get(item.record.material, MEDIA[""]) if item else None),
            ("AF", lines(said)),
        ],
        ok="1" if loan else "0",
        renewal_ok=yes(loan and is_renewal),
        magnetic="U",
        desensitize=yes(loan and not is_renewal),
        date=desk.moment(),
    )


def _told(result: CheckInResult) -> list[str]:
    said = []
    if result.loan is None:
        said.append(_("Tidak sedang dipinjam; eksemplar diterima."))
    if result.hold is not None:
        said.append(_("Ada yang memesan. Serahkan ke meja layanan."))
    if result.overdue_days:
        said.append(_("Terlambat %(days)s hari.") % {"days": result.overdue_days})
    return said


def _returned(desk: Desk, asked: Message, item: Item | None, result: CheckInResult | None, said: list[str]) -> Message:
    hold, to = (result.hold, result.send_to) if result else (None, None)
    return Message.of(
        "10",
        [
            ("AO", desk.institution(asked)),
            ("AB", asked["AB"]),
            ("AQ", item.branch.code if item else ""),
            ("AJ", title(item) if item else None),
            ("CL", _bin(item, result) if item and result else None),
            ("CK", MEDIA.get(item.record.material, MEDIA[""]) if item else None),
            ("CS", item.call_number or None if item else None),
            ("CT", to.code if to else None),
            ("CV", _alert(result)),
            ("AF", lines(said)),
        ],
        ok="1" if result else "0",
        resensitize=yes(result and hold is None),
        magnetic="U",
        alert=yes(hold or to or not result),
        date=desk.moment(),
    )


def _alert(result: CheckInResult | None) -> str | None:
    if result is None or not (result.hold or result.send_to):
        return None
    if result.hold is None:
        return SEND_ON
    return HOLD_HERE if result.hold.state == Hold.States.READY else HOLD_ELSEWHERE


def _bin(item: Item, result: CheckInResult) -> str:
    """Where a sorting machine drops it: ``hold``, the branch it is to be sent to, else its own location."""
    if result.send_to is not None:
        return result.send_to.code
    return "hold" if result.hold is not None else item.location.code if item.location else item.branch.code
