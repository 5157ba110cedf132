"""Why a title may not be held: every reason that stands."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Min

from lumbung.catalogue.models import Item, Record
from lumbung.circulation.models import Hold, HoldOf, Loan
from lumbung.circulation.queries.blocks import blocks_of_member
from lumbung.circulation.queries.deciding_rules import by_decision
from lumbung.circulation.queries.hold_scopes import GONE, decision_for, scope_reasons
from lumbung.circulation.queries.holds import free_items
from lumbung.circulation.queries.personal_rules import lent_to, personal_blocks
from lumbung.circulation.queries.rule_book import rule_book
from lumbung.circulation.queries.rules import Decision, hold_decision, rules_now
from lumbung.circulation.queries.volumes import is_held, is_lent
from lumbung.circulation.refusals import (
    COPIES_NOT_CHOSEN,
    COPY_MISSING,
    HAS_IT_ON_LOAN,
    HELD_BY_NO_RULE,
    HOLD_EXISTS,
    HOLD_LIMIT_REACHED,
    HOLDS_PER_DAY_REACHED,
    HOLDS_PER_RECORD_REACHED,
    NOTHING_TO_HOLD,
    ON_THE_SHELF,
    READY_STAYS,
)
from lumbung.kernel import clock
from lumbung.kernel.refusals import Reason
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of

_LIMITS = ("hold_limit", "holds_per_day", "holds_per_record")


def blocks_to_place_hold(
    record: Record,
    member: Member,
    pickup_branch: Branch,
    *,
    volume: str = "",
    item: Item | None = None,
    of_member: bool = False,
) -> list[Reason]:
    """Every reason not to put this member on the waiting list of this title, of one volume of it, or for one copy. ``of_member``: the
    member asks, and no staff or machine.

    A title with copies on the shelf may be held too: staff then fetch one (``pull_list``).
    """
    now = clock.now()
    reasons = blocks_of_member(member, pickup_branch, now)
    wanted = volume or (item.volume_as(record.pk) if item is not None else "")
    mine = list(Hold.objects.open().filter(member=member).values_list("record", "volume"))
    if is_held(wanted, (held for title, held in mine if title == record.pk)):
        reasons.append(HOLD_EXISTS())
    lent = Loan.objects.open().filter(member=member, item__in=Item.objects.holding([record.pk])).select_related("item")
    if is_lent(wanted, (loan.item.volume_as(record.pk) for loan in lent)):
        reasons.append(HAS_IT_ON_LOAN())
    found = chances_of(record, member, pickup_branch, volume=volume, item=item)
    kindest = kindest_of(found)
    if kindest is None:
        return [*reasons, NOTHING_TO_HOLD()]
    reasons += against_all(found)
    titles = [title for title, _ in mine]
    reasons += _blocks_of_limits(member, kindest, pickup_branch, now, held=len(titles), on_it=titles.count(record.pk))
    if of_member:
        reasons += _blocks_of_choice(kindest, item)
    if not kindest.policy.hold_on_shelf and is_lent(wanted, _volumes_on_shelf(record, member)):
        reasons.append(ON_THE_SHELF(rule=by_decision(kindest, "hold_on_shelf")))
    return reasons


def _volumes_on_shelf(record: Record, member: Member) -> Iterator[str]:
    """Of each copy that could be had at once, which volume of the title it is."""
    free = free_items(lent_to(member)).holding([record.pk])
    return (copy.volume_as(record.pk) for copy in free.iterator(chunk_size=100))


@dataclass(frozen=True)
class Chance:
    """A copy, or several alike, that a member might wait for: what is decided of it, and what keeps it ``against`` this member."""

    found: Decision
    against: Sequence[Reason]

    @property
    def is_open(self) -> bool:
        return not self.against


def chances_of(record: Record, member: Member, pickup: Branch, *, volume: str = "", item: Item | None = None) -> list[Chance]:
    """What is decided of the copies that would do for such a hold, in one statement, those alike told once."""
    return _chances(_copies(record, member, item), record, member, pickup, volume=volume, item=item)


def _chances(
    copies: Iterable[Item], record: Record, member: Member, pickup: Branch, *, volume: str = "", item: Item | None = None
) -> list[Chance]:
    is_close = rules_now().look_at_copies
    wanted = Hold(record=record, member=member, pickup_branch=pickup, volume=volume, wanted_item=item)
    chances: dict[tuple[object, ...], Chance] = {}
    for copy in copies:
        added_on = copy.added_at and copy.added_at.astimezone(pickup.zone).date()
        facts = (copy.item_type_id, copy.location_id, copy.branch_id, copy.held_at_id, copy.returns_to_id, added_on)
        if facts in chances or (is_close and not wanted.fits(copy)):
            continue
        if found := hold_decision(member, copy, pickup, material=record.material):
            against = scope_reasons(found, copy, member, pickup) if is_close else []
            chances[facts] = Chance(found, [*against, *personal_blocks(copy, member)])
    return list(chances.values())


def kindest_of(chances: Sequence[Chance]) -> Decision | None:
    """By which of them one goes: of those that are open to the member, else of all, the one whose rules let more be held."""
    last = [chance for chance in chances if chance.is_open] or chances
    return max((chance.found for chance in last), key=_kindness, default=None)


def against_all(chances: Sequence[Chance]) -> list[Reason]:
    """What keeps the member from every one of them, each reason once; nothing where one is open."""
    if any(chance.is_open for chance in chances):
        return []
    return list({reason.code: reason for chance in chances for reason in chance.against}.values())


def unfetched_fee(record: Record, member: Member, pickup_branch: Branch, *, volume: str = "", item: Item | None = None) -> int:
    """What it would cost the member not to fetch it there, were the hold placed now, in whole rupiah."""
    if not rules_now().charge_unfetched:
        return 0
    found = kindest_of(chances_of(record, member, pickup_branch, volume=volume, item=item))
    return found.policy.unfetched_fee if found else 0


@dataclass(frozen=True)
class HoldTerms:
    """What a member is told before placing a hold: whether a copy may or must be chosen (``hold_of``), and what it costs not to fetch it:
    ``fees`` are amounts with the rule that says so and the branches at which they hold; none where it costs nothing."""

    hold_of: str
    fees: Sequence[tuple[int, str, Sequence[Branch]]]


def hold_terms(record: Record, member: Member, branches: Sequence[Branch]) -> HoldTerms:
    """What is told of a hold to be fetched at one of these branches, in one statement, and in none where no rule says any of it."""
    rules = rules_now()
    if not (rules.charge_unfetched or rules.choose_copies) or not branches:
        return HoldTerms(HoldOf.TITLE, ())
    copies = list(_copies(record, member))
    decided = [(branch, kindest_of(_chances(copies, record, member, branch))) for branch in branches]
    fees: dict[tuple[int, str], list[Branch]] = {}
    for branch, found in decided:
        if found is not None and found.policy.unfetched_fee:
            fees.setdefault((found.policy.unfetched_fee, by_decision(found, "unfetched_fee")), []).append(branch)
    everywhere = len(branches)
    told = [(fee, rule, where if len(where) < everywhere else ()) for (fee, rule), where in fees.items()]
    return HoldTerms(_choice_of({found.policy.hold_of for _branch, found in decided if found is not None}), told)


def _choice_of(said: Collection[str]) -> str:
    """What the form offers where branches may say it differently: whatever one of them lets or makes a member choose."""
    if set(said) <= {HoldOf.TITLE}:
        return HoldOf.TITLE
    return HoldOf.COPY if set(said) == {HoldOf.COPY} else HoldOf.EITHER


def blocks_to_give_up(hold: Hold) -> list[Reason]:
    """What keeps the member, and no staff, from cancelling the hold: it stands ready, and a rule says that it stays. Its copy is read."""
    if hold.state != Hold.States.READY or hold.item is None or not rules_now().keep_ready:
        return []
    found = decision_for(hold, hold.item, branch_of(hold.pickup_branch_id))
    return [] if found is None or found.policy.cancel_ready else [READY_STAYS(rule=by_decision(found, "cancel_ready"))]


def _copies(record: Record, member: Member, only: Item | None = None) -> Iterable[Item]:
    """Copies that are there and are lent to the member, or the ``only`` one of them that would do; where no rule looks at single copies,
    one for each type and place."""
    copies = Item.objects.holding([record.pk]).filter(lent_to(member)).exclude(status__in=GONE).order_by()
    if only is not None:
        copies = copies.filter(pk=only.pk)
    elif not rules_now().look_at_copies:
        alike = ("item_type", "location", *(["branch"] if rule_book().are_personal else []))
        first = copies.values(*alike).annotate(first=Min("pk")).values("first")
        copies = Item.objects.filter(pk__in=first)
    return copies.only(
        "item_type", "location", "branch", "held_at", "returns_to", "added_at", "record", "volume", "call_number"
    )


def _blocks_of_choice(found: Decision, item: Item | None) -> list[Reason]:
    """Whether members wait for the title or for a copy they choose."""
    said, rule = found.policy.hold_of, by_decision(found, "hold_of")
    if said == HoldOf.TITLE and item is not None:
        return [COPIES_NOT_CHOSEN(rule=rule)]
    return [COPY_MISSING(rule=rule)] if said == HoldOf.COPY and item is None else []


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
