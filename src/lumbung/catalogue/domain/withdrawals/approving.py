"""Approving a weeding: the copies go a stretch at a time, then the minutes are set."""

import secrets
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from lumbung.catalogue.domain import lending
from lumbung.catalogue.domain.items import set_status
from lumbung.catalogue.domain.record_selection import stretched
from lumbung.catalogue.domain.records import set_suppressed
from lumbung.catalogue.domain.withdrawals.minutes import issue_minutes, set_annexes
from lumbung.catalogue.domain.withdrawals.proposing import AT_ONCE, locked
from lumbung.catalogue.models import BoundTitle, Item, Record, Withdrawal, WithdrawalLine
from lumbung.catalogue.models.titles_of_copies import titles_of
from lumbung.catalogue.refusals import (
    MINUTES_NUMBER_TAKEN,
    NO_ITEMS_CHOSEN,
    SIGNERS_ONE_TO_THREE,
    WITHDRAWAL_NOT_PROPOSED,
)
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused

States, Statuses = Withdrawal.States, Item.Statuses
MOST_SIGNERS = 3
STRETCH = 100


@transaction.atomic
def approve_withdrawal(
    withdrawal: Withdrawal,
    *,
    number: str,
    place: str,
    dated: date,
    signers: Sequence[dict[str, str]],
    hide_titles: bool,
    address_of: Callable[[str], str],
    by: events.Actor | None,
) -> Withdrawal:
    """Let the proposed copies go (status withdrawn) and set the minutes as PDF; many are left to ``run_withdrawal``. A copy lent
    meanwhile stays, as does one that is gone.

    With ``hide_titles``, titles without any copy left are hidden from the public. ``address_of`` gives the address at which the minutes
    with a token are checked. Refuses a weeding that is decided, one from which nothing goes, other than one to three signers, and a
    number that other minutes have.
    """
    current = locked(withdrawal)
    if reasons := _faults(current, number, signers):
        raise Refused(reasons)
    current.number, current.place, current.dated, current.signers = number, place, dated, list(signers)
    current.hides_titles, current.token = hide_titles, secrets.token_urlsafe(16)
    current.check_address = address_of(current.token)
    current.state, current.expected, current.done, current.reached = States.RUNNING, _going(current).count(), 0, 0
    current.approved_by_id, current.approved_at = by.pk if by is not None else None, clock.now()
    current.save()
    return run_withdrawal(current) if current.expected <= AT_ONCE else current


def run_withdrawal(withdrawal: Withdrawal) -> Withdrawal:
    """Carry out what was approved; asked again, it goes on where it was."""
    while _let_go(withdrawal):
        pass
    set_annexes(withdrawal)
    issue_minutes(withdrawal)
    withdrawal.refresh_from_db()
    return withdrawal


@transaction.atomic
def _let_go(withdrawal: Withdrawal) -> bool:
    """Let the next copies go. False when none are left."""
    current = locked(withdrawal)
    lines = list(_going(current).filter(pk__gt=current.reached).order_by("pk")[:STRETCH])
    if current.state != States.RUNNING or not lines:
        return False
    items = (
        Item.objects.select_for_update().order_by("pk").in_bulk([line.item_id for line in lines if line.item_id is not None])
    )
    lent = lending.lent_among(list(items))
    gone = [line for line in lines if line.item_id in items and line.item_id not in lent]
    for line in gone:
        line.item = items[line.item_id or 0]
        line.was = line.item.status
        set_status(line.item, Statuses.WITHDRAWN, because=Item.Causes.WITHDRAWAL, why=current.number, by=current.approved_by)
    WithdrawalLine.objects.bulk_update(gone, ["was"], batch_size=STRETCH)
    if current.hides_titles:
        current.hidden += _hide_emptied(gone, current.approved_by)
    current.reached, current.done = lines[-1].pk, current.done + len(lines)
    current.save(update_fields=["hidden", "reached", "done"])
    return True


def _going(withdrawal: Withdrawal) -> QuerySet[WithdrawalLine]:
    """The lines whose copy may go: not kept, still there."""
    return withdrawal.lines.filter(kept=False, item__isnull=False).exclude(item__status=Statuses.WITHDRAWN)


def _anything_goes(withdrawal: Withdrawal) -> bool:
    """Whether there is a copy that is not lent meanwhile."""
    keys = _going(withdrawal).order_by().values_list("item", flat=True).iterator(chunk_size=1000)
    return any(set(some) - lending.lent_among(some) for some in stretched(keys, 1000))


def _faults(withdrawal: Withdrawal, number: str, signers: Sequence[Any]) -> list[Reason]:
    reasons = []
    if withdrawal.state != States.PROPOSED:
        reasons.append(WITHDRAWAL_NOT_PROPOSED(state=withdrawal.get_state_display()))
    elif not _anything_goes(withdrawal):
        reasons.append(NO_ITEMS_CHOSEN())
    if not 0 < len(signers) <= MOST_SIGNERS:
        reasons.append(SIGNERS_ONE_TO_THREE())
    if Withdrawal.objects.filter(number__iexact=number).exclude(pk=withdrawal.pk).exists():
        reasons.append(MINUTES_NUMBER_TAKEN(number=number))
    return reasons


def _hide_emptied(gone: Sequence[WithdrawalLine], by: events.Actor | None) -> list[int]:
    """Hide the titles of these copies, and those bound into them, that have no other copy; their keys."""
    keys = {title for titles in titles_of([line.item for line in gone if line.item is not None]).values() for title in titles}
    others = Item.objects.filter(record=OuterRef("pk")).exclude(status=Statuses.WITHDRAWN)
    bound = BoundTitle.objects.filter(record=OuterRef("pk")).exclude(item__status=Statuses.WITHDRAWN)
    emptied = Record.objects.filter(~Exists(others), ~Exists(bound), pk__in=keys, suppressed=False)
    return [set_suppressed(each, True, by=by).pk for each in emptied]
