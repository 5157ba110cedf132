"""Proposing a weeding: the copies are written down, and somebody says which of them stay."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from lumbung.catalogue.domain.item_selection import Selection, item_selection_of
from lumbung.catalogue.domain.record_selection import stretched
from lumbung.catalogue.domain.withdrawals.criteria import STRETCH, Criteria, criteria_of
from lumbung.catalogue.events_of_many import WithdrawalDropped, WithdrawalProposed
from lumbung.catalogue.models import Item, Withdrawal, WithdrawalLine
from lumbung.catalogue.refusals import NO_ITEMS_CHOSEN, WITHDRAWAL_NOT_PROPOSED, WITHDRAWAL_TOO_LARGE
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

MOST = 100_000
AT_ONCE = 200
"""Of more copies than these the work is left to the background."""
States = Withdrawal.States


@transaction.atomic
def propose_withdrawal(
    selection: Selection, criteria: Criteria, *, name: str, reason: str, by: events.Actor | None
) -> Withdrawal:
    """Write down which copies should go; from many copies they are left to be found by ``prepare_withdrawal``.

    Refuses a selection that says nothing, and, where it can be told at once, one that nothing meets and more than MOST copies.
    """
    chosen = selection.items()
    proposed = Withdrawal.objects.create(
        name=name, reason=reason, asked={"selection": selection.stored(), "criteria": criteria.stored()},
        proposed_by_id=by.pk if by is not None else None, proposed_at=clock.now(),
    )  # fmt: skip
    if chosen.count() <= AT_ONCE:
        _prepare(proposed)
    return proposed


def prepare_withdrawal(withdrawal: Withdrawal) -> Withdrawal:
    """Find and write down the copies; asked again, it begins anew. What stands in the way is told in the row. Past that state nothing
    happens."""
    is_preparing = _begin_anew(withdrawal)
    withdrawal.refresh_from_db()
    if not is_preparing:
        return withdrawal
    try:
        _prepare(withdrawal)
    except Refused as refused:
        Withdrawal.objects.filter(pk=withdrawal.pk).update(stopped_because="; ".join(map(str, refused.reasons)))
        withdrawal.refresh_from_db()
    return withdrawal


@transaction.atomic
def _begin_anew(withdrawal: Withdrawal) -> bool:
    """Forget what was written down. False when that was proposed, or dropped, meanwhile."""
    if locked(withdrawal).state != States.PREPARING:
        return False
    withdrawal.lines.all().delete()
    Withdrawal.objects.filter(pk=withdrawal.pk).update(expected=0, done=0, stopped_because="")
    return True


def _prepare(withdrawal: Withdrawal) -> None:
    found = criteria_of(withdrawal.asked["criteria"]).meet(item_selection_of(withdrawal.asked["selection"]).items())
    if not found:
        raise Refused(NO_ITEMS_CHOSEN())
    if len(found) > MOST:
        raise Refused(WITHDRAWAL_TOO_LARGE(count=len(found), most=MOST))
    Withdrawal.objects.filter(pk=withdrawal.pk).update(expected=len(found))
    for some in stretched(iter(found), STRETCH):
        if not _write_down(withdrawal, some):
            break
    _propose(withdrawal)


@transaction.atomic
def _write_down(withdrawal: Withdrawal, keys: Sequence[int]) -> bool:
    """False when somebody dropped it meanwhile."""
    if not Withdrawal.objects.filter(pk=withdrawal.pk, state=States.PREPARING).update(done=F("done") + len(keys)):
        return False
    items = Item.objects.filter(pk__in=keys).select_related("record").defer("record__marc", "record__findable")
    WithdrawalLine.objects.bulk_create(
        WithdrawalLine(
            withdrawal=withdrawal, item=each, barcode=each.barcode, title=each.record.title, call_number=each.call_number,
            accession_number=each.accession_number, shelf_key=each.shelf_key,
        )
        for each in items
    )  # fmt: skip
    return True


@transaction.atomic
def _propose(withdrawal: Withdrawal) -> None:
    if Withdrawal.objects.filter(pk=withdrawal.pk, state=States.PREPARING).update(state=States.PROPOSED):
        events.record(WithdrawalProposed(withdrawal=withdrawal.pk, items=withdrawal.lines.count()), by=withdrawal.proposed_by)
    withdrawal.refresh_from_db()


@transaction.atomic
def keep_lines(withdrawal: Withdrawal, kept: set[int], shown: set[int]) -> None:
    """Of the ``shown`` lines those in ``kept`` stay on the shelf, the others go. Refuses a weeding that is decided."""
    current = locked(withdrawal)
    if current.state != States.PROPOSED:
        raise Refused(WITHDRAWAL_NOT_PROPOSED(state=current.get_state_display()))
    lines = current.lines.filter(pk__in=shown)
    lines.filter(pk__in=kept).update(kept=True)
    lines.exclude(pk__in=kept).update(kept=False)


@transaction.atomic
def drop_withdrawal(withdrawal: Withdrawal, *, by: events.Actor | None) -> Withdrawal:
    """Let it be: nothing goes. Refuses a weeding that is decided."""
    current = locked(withdrawal)
    if current.state not in {States.PREPARING, States.PROPOSED}:
        raise Refused(WITHDRAWAL_NOT_PROPOSED(state=current.get_state_display()))
    current.state = States.DROPPED
    current.save(update_fields=["state"])
    events.record(WithdrawalDropped(withdrawal=current.pk), by=by)
    return current


def locked(withdrawal: Withdrawal) -> Withdrawal:
    return Withdrawal.objects.select_for_update().get(pk=withdrawal.pk)
