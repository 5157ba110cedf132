"""Which copies a weeding proposes, and who keeps what."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from lumbung.catalogue.domain import lending
from lumbung.catalogue.domain.item_selection import Selection
from lumbung.catalogue.events_of_many import WithdrawalDropped, WithdrawalProposed
from lumbung.catalogue.models import Item, Withdrawal, WithdrawalLine
from lumbung.catalogue.refusals import NO_ITEMS_CHOSEN, WITHDRAWAL_NOT_PROPOSED, WITHDRAWAL_TOO_LARGE
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

MOST = 1000
YEAR = 365.25
States = Withdrawal.States


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """What must hold of a copy beside being chosen: its title published before a year, the copy here since before a day, not lent
    for so many years, and more copies of its title than so many (the copies above that number are proposed, newest first kept)."""

    published_before: int | None = None
    here_before: date | None = None
    idle_years: int | None = None
    copies_to_keep: int | None = None

    def meet(self, items: QuerySet[Item]) -> list[Item]:
        """Those of the items that meet them, in shelf order; never one that is lent now or is gone already."""
        items = items.exclude(status=Item.Statuses.WITHDRAWN)
        if self.published_before is not None:
            items = items.filter(record__year__lt=self.published_before)
        if self.here_before is not None:
            moment = timezone.make_aware(datetime.combine(self.here_before, time.min))
            items = items.filter(Q(accessioned_on__lt=self.here_before) | Q(accessioned_on=None, added_at__lt=moment))
        found = list(items[: 20 * MOST])
        away = lending.lent_among([each.pk for each in found])
        if self.idle_years is not None:
            away |= lending.lent_since(clock.now() - timedelta(days=self.idle_years * YEAR))
        return self._spare([each for each in found if each.pk not in away])

    def _spare(self, found: list[Item]) -> list[Item]:
        """Without those that must stay so that every title keeps so many copies."""
        if self.copies_to_keep is None:
            return found
        gone = [Item.Statuses.WITHDRAWN, Item.Statuses.LOST]
        held = Item.objects.filter(record__in={each.record_id for each in found}).exclude(status__in=gone).order_by()
        spare = {record: count - self.copies_to_keep for record, count in held.values_list("record").annotate(Count("pk"))}
        chosen = set[int]()
        for each in sorted(found, key=lambda item: (item.added_at, item.pk)):
            if spare.get(each.record_id, 0) > 0:
                spare[each.record_id] -= 1
                chosen.add(each.pk)
        return [each for each in found if each.pk in chosen]


@transaction.atomic
def propose_withdrawal(
    selection: Selection, criteria: Criteria, *, name: str, reason: str, by: events.Actor | None
) -> Withdrawal:
    """Write down which copies should go. Refuses a selection that says nothing, one that nothing meets, and more than MOST copies."""
    found = criteria.meet(selection.items())
    if not found:
        raise Refused(NO_ITEMS_CHOSEN())
    if len(found) > MOST:
        raise Refused(WITHDRAWAL_TOO_LARGE(count=len(found), most=MOST))
    proposed = Withdrawal.objects.create(
        name=name, reason=reason, proposed_by_id=by.pk if by is not None else None, proposed_at=clock.now()
    )
    WithdrawalLine.objects.bulk_create(
        WithdrawalLine(
            withdrawal=proposed, item=each, barcode=each.barcode, title=each.record.title, call_number=each.call_number,
            accession_number=each.accession_number, shelf_key=each.shelf_key,
        )
        for each in found
    )  # fmt: skip
    events.record(WithdrawalProposed(withdrawal=proposed.pk, items=len(found)), by=by)
    return proposed


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
    if current.state != States.PROPOSED:
        raise Refused(WITHDRAWAL_NOT_PROPOSED(state=current.get_state_display()))
    current.state = States.DROPPED
    current.save(update_fields=["state"])
    events.record(WithdrawalDropped(withdrawal=current.pk), by=by)
    return current


def locked(withdrawal: Withdrawal) -> Withdrawal:
    return Withdrawal.objects.select_for_update().get(pk=withdrawal.pk)
