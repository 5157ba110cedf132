"""Which copies may go to whom who waits, by whose they are, where they stand and how new they are; and who of those goes first.

The rules say it for the member, the copy and the branch where it is fetched (``hold_from``, ``pickup_at``, ``guarded_days``). Where no rule
says any of it, nothing is asked of the database.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Case, When, prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lumbung.catalogue.models import Item, Record
from lumbung.circulation.models import Hold, HoldFrom, LocalFirst, PickupAt
from lumbung.circulation.models.hold import QUEUE
from lumbung.circulation.queries.deciding_rules import by_decision
from lumbung.circulation.queries.personal_rules import is_lent_to, know_personal_rules
from lumbung.circulation.queries.rule_book import rule_book
from lumbung.circulation.queries.rules import Decision, hold_decision, rules_now
from lumbung.circulation.queries.urgency import urgency
from lumbung.circulation.refusals import COPY_GUARDED, HELD_BY_OWN_MEMBERS, NOT_FETCHED_THERE
from lumbung.kernel.refusals import Reason
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of, lineage

GONE = (Item.Statuses.LOST, Item.Statuses.WITHDRAWN)


def scope_reasons(found: Decision | None, item: Item, member: Member, pickup: Branch) -> list[Reason]:
    """What of this decision about a hold keeps this copy from the member who would fetch it there."""
    if found is None:
        return []
    policy, own, at_home = found.policy, member.branch_id == item.branch_id, pickup.pk == item.branch_id
    owner = branch_of(item.branch_id).name
    reasons = []
    if not _may_hold(policy.hold_from, own, member, item):
        reasons.append(
            HELD_BY_OWN_MEMBERS(branch=_house(owner, policy.hold_from == HoldFrom.GROUP), rule=by_decision(found, "hold_from"))
        )
    if not _may_fetch(policy.pickup_at, item, pickup):
        there = branch_of(item.held_at_id).name if policy.pickup_at == PickupAt.HOLDING else owner
        where = _house(there, policy.pickup_at == PickupAt.GROUP)
        reasons.append(NOT_FETCHED_THERE(branch=where, rule=by_decision(found, "pickup_at")))
    if policy.guarded_days is not None and not (own or at_home) and found.case.added_on is not None:
        until = found.case.added_on + timedelta(days=policy.guarded_days)
        if found.case.day <= until:
            told = {"branch": owner, "until": date_format(until, "j F Y"), "rule": by_decision(found, "guarded_days")}
            reasons.append(COPY_GUARDED(**told))
    return reasons


def _house(branch: str, with_kin: bool) -> str:
    return _("%(branch)s dan cabang seinduknya") % {"branch": branch} if with_kin else branch


def _may_hold(said: str, own: bool, member: Member, item: Item) -> bool:
    return said == HoldFrom.ANY or own or (said == HoldFrom.GROUP and are_kin(member.branch_id, item.branch_id))


def _may_fetch(said: str, item: Item, pickup: Branch) -> bool:
    if said == PickupAt.GROUP:
        return are_kin(pickup.pk, item.branch_id)
    return said == PickupAt.ANY or pickup.pk == (item.held_at_id if said == PickupAt.HOLDING else item.branch_id)


def are_kin(one: int, other: int) -> bool:
    """Whether two branches (keys) are parts of one house: the same branch stands above both, or one above the other."""
    return lineage(one)[-1] == lineage(other)[-1]


def kept_from(hold: Hold, item: Item) -> list[Reason]:
    """What the rules have against this copy going to this hold, of which title or volume apart."""
    if not rules_now().scope_holds:
        return []
    pickup = branch_of(hold.pickup_branch_id)
    return scope_reasons(decision_for(hold, item, pickup), item, hold.holder, pickup)


def may_go_to(hold: Hold, item: Item) -> bool:
    """Whether this copy of the title would do, and the rules let it go to this hold."""
    return hold.fits(item) and not kept_from(hold, item) and _is_lent(hold, item)


def _is_lent(hold: Hold, item: Item) -> bool:
    """Whether the copy may be lent to who waits; copies read in the house are asked about where a member's own rule may lend them."""
    if not rule_book().are_personal:
        return True
    return is_lent_to(item, hold.holder)


def decision_for(hold: Hold, item: Item, at: Branch) -> Decision | None:
    """What holds today for this hold and this copy of its title, fetched at the branch."""
    return hold_decision(hold.holder, item, at, material=_material_of(hold))


def _material_of(hold: Hold) -> str:
    if Hold.record.is_cached(hold):
        return hold.record.material
    if not rules_now().know_materials:
        return ""
    return Record.objects.values_list("material", flat=True).get(pk=hold.record_id)


def in_turn(holds: Collection[Hold], item: Item) -> list[Hold]:
    """Of these holds, which come in the order of the queue, those that the copy may go to, in the order in which it does."""
    know_members(holds)
    return locals_first([hold for hold in holds if may_go_to(hold, item)], item)


def know_members(holds: Collection[Hold]) -> None:
    """Read at once who waits, where what follows asks about each of them."""
    are_personal = rule_book().are_personal
    if holds and (are_personal or rules_now().scope_holds or (len(holds) > 1 and urgency().local_first == LocalFirst.MEMBERS)):
        prefetch_related_objects(list(holds), "member")
    if are_personal:
        know_personal_rules([hold.holder for hold in holds])


def locals_first(holds: Sequence[Hold], item: Item) -> list[Hold]:
    """The same in the order in which they get the copy: who was put first with a reason, then whoever the library's settings count as local
    to the branch it belongs to, then who asked first."""
    if len(holds) <= 1 or urgency().local_first == LocalFirst.NOBODY:
        return list(holds)
    return sorted(holds, key=lambda hold: (-hold.priority, not is_local(hold, item.branch_id)))


def is_local(hold: Hold, owner: int) -> bool:
    """Whether the hold goes before others for copies of this branch (a key)."""
    match urgency().local_first:
        case LocalFirst.PICKUP:
            return hold.pickup_branch_id == owner
        case LocalFirst.MEMBERS:
            return hold.holder.branch_id == owner
    return False


def local_by() -> str:
    """The field of a hold that makes it local to a branch; nothing where nobody goes first for that."""
    return {LocalFirst.PICKUP: "pickup_branch", LocalFirst.MEMBERS: "member__branch"}.get(LocalFirst(urgency().local_first), "")


def turns_for(owner: int) -> list[Any]:
    """The order in which holds get copies of this branch (a key), for a question to the database."""
    by = local_by()
    return [*QUEUE[:1], *([Case(When(**{by: owner}, then=0), default=1)] if by else []), *QUEUE[1:]]
