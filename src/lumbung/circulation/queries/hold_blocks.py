"""Why a title may not be held: every reason that stands."""

from datetime import datetime, time

from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.models.volume import same_volume
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.queries.blocks import blocks_of_member
from lumbung.circulation.queries.deciding_rules import by_decision
from lumbung.circulation.queries.holds import GONE, free_items
from lumbung.circulation.queries.rules import Decision, hold_decision
from lumbung.circulation.refusals import (
    HAS_IT_ON_LOAN,
    HELD_BY_NO_RULE,
    HOLD_EXISTS,
    HOLD_LIMIT_REACHED,
    HOLDS_PER_DAY_REACHED,
    HOLDS_PER_RECORD_REACHED,
    NOTHING_TO_HOLD,
    ON_THE_SHELF,
)
from lumbung.kernel import clock
from lumbung.kernel.refusals import Reason
from lumbung.members.models import Member
from lumbung.organization.models import Branch

_LIMITS = ("hold_limit", "holds_per_day", "holds_per_record")


def blocks_to_place_hold(record: Record, member: Member, pickup_branch: Branch, *, volume: str = "") -> list[Reason]:
    """Every reason not to put this member on the waiting list of this title, or of one volume of it.

    A title with copies on the shelf may be held too: staff then fetch one (``pull_list``).
    """
    now = clock.now()
    reasons = blocks_of_member(member, pickup_branch, now)
    mine = list(Hold.objects.open().filter(member=member).values_list("record", "volume"))
    if (record.pk, volume) in mine or (record.pk, "") in mine:
        reasons.append(HOLD_EXISTS())
    lent = Loan.objects.open().filter(member=member, item__in=Item.objects.holding([record.pk])).select_related("item")
    if any(not volume or same_volume(volume, loan.item.volume_told) for loan in lent):
        reasons.append(HAS_IT_ON_LOAN())
    types = set(
        Item.objects.holding([record.pk])
        .filter(item_type__lendable=True)
        .exclude(status__in=GONE)
        .order_by()
        .values_list("item_type", flat=True)
    )
    decided = [hold_decision(member, each, pickup_branch) for each in types]
    kindest = max(filter(None, decided), key=_kindness, default=None)
    if kindest is None:
        return [*reasons, NOTHING_TO_HOLD()]
    titles = [title for title, _ in mine]
    reasons += _blocks_of_limits(member, kindest, pickup_branch, now, held=len(titles), on_it=titles.count(record.pk))
    if not volume and not kindest.policy.hold_on_shelf and free_items().holding([record.pk]).exists():
        reasons.append(ON_THE_SHELF(rule=by_decision(kindest, "hold_on_shelf")))
    return reasons


def _kindness(found: Decision) -> tuple[bool, int]:
    """Of several types of copies that one goes by whose rules let it be held at all, then the one of which more may be."""
    return all(getattr(found.policy, name) != 0 for name in _LIMITS), found.policy.hold_limit


def _blocks_of_limits(member: Member, found: Decision, at: Branch, now: datetime, *, held: int, on_it: int) -> list[Reason]:
    """What the limits have against one more hold, beside the ``held`` there are, ``on_it`` of them on the title."""
    policy, rule = found.policy, {name: by_decision(found, name) for name in _LIMITS}
    if never := next((name for name in _LIMITS if getattr(policy, name) == 0), None):
        return [HELD_BY_NO_RULE(rule=rule[never])]
    reasons: list[Reason] = []
    if held >= policy.hold_limit:
        reasons.append(HOLD_LIMIT_REACHED(limit=policy.hold_limit, rule=rule["hold_limit"]))
    if policy.holds_per_day is not None and _held_today(member, at, now) >= policy.holds_per_day:
        reasons.append(HOLDS_PER_DAY_REACHED(limit=policy.holds_per_day, rule=rule["holds_per_day"]))
    if policy.holds_per_record is not None and on_it >= policy.holds_per_record:
        reasons.append(HOLDS_PER_RECORD_REACHED(limit=policy.holds_per_record, rule=rule["holds_per_record"]))
    return reasons


def _held_today(member: Member, at: Branch, now: datetime) -> int:
    """How many holds the member placed since midnight at the branch, and did not cancel."""
    midnight = datetime.combine(now.astimezone(at.zone).date(), time(), at.zone)
    placed = Hold.objects.filter(member=member, placed_at__gte=midnight)
    return placed.exclude(state=Hold.States.CANCELLED).count()
