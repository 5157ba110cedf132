"""What a desk did while the line was cut, brought in later: once, in its order, at the moment at which it happened.

A book that left the building has left it: what staff may set aside is set aside, and what nobody may (somebody else has the item, the
card is not known) becomes a conflict that a person settles. A later truth is never undone by an earlier one that arrives late.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Item
from lumbung.catalogue.queries import item_by_barcode
from lumbung.circulation import refusals
from lumbung.circulation.domain.loans import check_in, check_out, undo_check_out
from lumbung.circulation.events import (
    OfflineConflictDismissed,
    OfflineConflictFound,
    OfflineConflictSettled,
    OfflineEntryHandedIn,
    OfflineEntryTakenBack,
)
from lumbung.circulation.models import Loan, OfflineEntry
from lumbung.circulation.queries import loan_of
from lumbung.kernel import channel, clock, events
from lumbung.kernel.refusals import Reason, Refusal, Refused
from lumbung.kernel.turns import wait_for_turn
from lumbung.members.queries import member_by_barcode
from lumbung.organization.models import Branch

CHANNEL = "offline"
OLDEST = timedelta(days=60)
AHEAD = timedelta(minutes=10)
"""A device that says it was longer ago, or is yet to come, has a clock gone wrong."""
WHY = "Meja tanpa jaringan"
TAKEN_BACK = _("Dibatalkan di perangkat.")
WAIVABLE = frozenset(each.code for each in vars(refusals).values() if isinstance(each, Refusal) and each.waivable)
Kinds, States = OfflineEntry.Kinds, OfflineEntry.States


@dataclass(frozen=True)
class Kept:
    """What the device kept: its number there, which it counts for each branch, when by its clock, and what was done."""

    sequence: int
    at: datetime
    kind: str
    card: str
    code: str
    is_taken_back: bool = False
    """By the clerk, after it was sent without an answer: whether it was done is for us to say."""
    clerk: events.Actor | None = None
    """Who did it; None where the device does not say: then it is whoever sends it."""


def take_entries(device: str, kept: Sequence[Kept], *, at: Branch, by: events.Actor) -> list[OfflineEntry]:
    """Bring in what a device kept, in the order in which it happened, each in a transaction of its own. Sent again, nothing is done
    twice: the entries that are there come back."""
    return [_take(device, each, at=at, by=by) for each in sorted(kept, key=lambda each: each.sequence)]


@transaction.atomic
def retry_entry(entry: OfflineEntry, *, by: events.Actor) -> OfflineEntry:
    """Try once more what was in the way, at the moment at which it happened. What stands against it now is kept on the entry. Refuses
    what the clerk took back: it is not to be done."""
    entry = _open(entry)
    if entry.is_taken_back:
        raise Refused(refusals.TAKEN_BACK_LATE())
    _carry_out(entry, by=by)
    if entry.state == States.DONE:
        events.record(OfflineConflictSettled(entry=entry.pk), by=by)
    return entry


@transaction.atomic
def dismiss_entry(entry: OfflineEntry, *, reason: str, by: events.Actor) -> OfflineEntry:
    """Leave it as it is. Refuses without a reason, and an entry that is settled."""
    entry = _open(entry)
    if not reason.strip():
        raise Refused(refusals.REASON_MISSING())
    entry.state, entry.note, entry.card = States.DISMISSED, reason.strip()[:200], ""
    entry.reasons = [{"code": each["code"], "said": ""} for each in entry.reasons]  # the sentences name the card
    entry.save(update_fields=["state", "note", "card", "reasons"])
    events.record(OfflineConflictDismissed(entry=entry.pk), by=by)
    return entry


@transaction.atomic
def _take(device: str, kept: Kept, *, at: Branch, by: events.Actor) -> OfflineEntry:
    wait_for_turn(f"offline {device}")
    there = OfflineEntry.objects.filter(device=device, branch=at, sequence=kept.sequence).first()
    if there is not None:
        return _taken_back(there, by=by) if kept.is_taken_back else there
    clerk = kept.clerk or by
    entry = OfflineEntry(
        device=device,
        sequence=kept.sequence,
        kind=Kinds(kept.kind),
        card="" if kept.is_taken_back else kept.card[:60],
        code=kept.code[:60],
        branch=at,
        clerk_id=clerk.pk,
        sent_by_id=by.pk,
        happened_at=kept.at,
        received_at=clock.now(),
        state=States.CONFLICT,
    )
    if kept.is_taken_back:  # kept nevertheless: the first sending may still be on its way, and finds it here
        entry.state, entry.note = States.DISMISSED, str(TAKEN_BACK)
        _keep(entry, by=by)
        events.record(OfflineEntryTakenBack(entry=entry.pk), by=by)
        return entry
    _keep(entry, by=by)
    _carry_out(entry, by=clerk)
    if entry.state == States.CONFLICT:
        events.record(OfflineConflictFound(entry=entry.pk, codes=[each["code"] for each in entry.reasons]), by=clerk)
    return entry


def _keep(entry: OfflineEntry, *, by: events.Actor) -> None:
    entry.save(force_insert=True)
    if entry.clerk_id != by.pk:
        events.record(OfflineEntryHandedIn(entry=entry.pk), by=by)


def _taken_back(entry: OfflineEntry, *, by: events.Actor) -> OfflineEntry:
    """Undo what came of an entry, as at a desk; what cannot be undone so becomes a conflict, for a person to put right."""
    if entry.is_taken_back or entry.state == States.DISMISSED:
        return entry
    if entry.state == States.CONFLICT:
        return dismiss_entry(entry, reason=str(TAKEN_BACK), by=by)
    entry.is_taken_back = True
    if _is_undone(entry, by=by):
        entry.state, entry.note, entry.loan = States.DISMISSED, str(TAKEN_BACK), None
        events.record(OfflineEntryTakenBack(entry=entry.pk), by=by)
    else:
        reason = refusals.TAKEN_BACK_LATE()
        entry.state, entry.reasons = States.CONFLICT, [{"code": reason.code, "said": str(reason)}]
        events.record(OfflineConflictFound(entry=entry.pk, codes=[reason.code]), by=by)
    entry.save(update_fields=["is_taken_back", "state", "note", "loan", "reasons"])
    return entry


def _is_undone(entry: OfflineEntry, *, by: events.Actor) -> bool:
    """Whether nothing stands that came of this entry alone: it did nothing, it is over, others say the same, or it is undone now."""
    loan = entry.loan
    if loan is None or entry.kind == Kinds.RETURN:
        return loan is None
    others = OfflineEntry.objects.filter(loan=loan, kind=Kinds.LOAN, state=States.DONE).exclude(pk=entry.pk)
    if loan.returned_at is not None or loan.channel != CHANNEL or others.exists():
        return True
    try:
        undo_check_out(loan, by=by)
    except Refused:
        return False
    return True


def _carry_out(entry: OfflineEntry, *, by: events.Actor) -> None:
    """Do it, or keep why not."""
    try:
        _check_clock(entry.happened_at)
        with clock.stopped_at(min(entry.happened_at, clock.now())), channel.through(CHANNEL), transaction.atomic():
            entry.loan = _lend(entry, by=by) if entry.kind == Kinds.LOAN else _take_back(entry, by=by)
        entry.state, entry.card, entry.reasons = States.DONE, "", []
    except Refused as refused:
        entry.reasons = [{"code": each.code, "said": str(each)} for each in refused.reasons]
    entry.save(update_fields=["loan", "state", "card", "reasons"])


def _lend(entry: OfflineEntry, *, by: events.Actor) -> Loan:
    member, item, reasons = member_by_barcode(entry.card), item_by_barcode(entry.code), list[Reason]()
    if member is None:
        reasons.append(refusals.CARD_UNKNOWN(card=entry.card))
    if item is None:
        reasons.append(refusals.ITEM_UNKNOWN(code=entry.code))
    if member is None or item is None:
        raise Refused(reasons)
    open_loan = loan_of(item)
    if open_loan is not None and open_loan.member_id == member.pk:
        return open_loan  # scanned twice, or lent at another desk as well
    return check_out(item, to=member, at=entry.branch, by=by, waive=WAIVABLE, waive_reason=WHY)


def _take_back(entry: OfflineEntry, *, by: events.Actor) -> Loan | None:
    """The loan that ended; None where there was none, or only one that began after this return."""
    item = item_by_barcode(entry.code)
    if item is None:
        raise Refused(refusals.ITEM_UNKNOWN(code=entry.code))
    Item.objects.select_for_update(no_key=True).only("pk").get(pk=item.pk)
    open_loan = loan_of(item)
    if open_loan is None or open_loan.lent_at > entry.happened_at:
        return None
    return check_in(item, at=entry.branch, by=by, is_late_news=True).loan


def _check_clock(happened_at: datetime) -> None:
    now = clock.now()
    if not now - OLDEST <= happened_at <= now + AHEAD:
        raise Refused(refusals.DEVICE_CLOCK_WRONG())


def _open(entry: OfflineEntry) -> OfflineEntry:
    entry = OfflineEntry.objects.select_for_update(of=("self",)).select_related("branch").get(pk=entry.pk)
    if entry.state != States.CONFLICT:
        raise Refused(refusals.ENTRY_SETTLED())
    return entry
