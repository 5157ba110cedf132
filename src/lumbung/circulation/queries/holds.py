"""Reads about holds: the member's own, and the lists staff work through."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from lumbung.accounts.domain.permissions import may
from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.models.item import ItemQuerySet
from lumbung.catalogue.models.titles_of_copies import titles_of
from lumbung.catalogue.models.volume import same_volume
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.models.hold import QUEUE, HoldQuerySet
from lumbung.circulation.permissions import SEE
from lumbung.circulation.queries.bookings import kept_today
from lumbung.circulation.queries.closed_doors import resting_today
from lumbung.circulation.queries.handover_places import place_of
from lumbung.circulation.queries.hold_scopes import GONE, know_members, may_go_to, turns_for
from lumbung.circulation.queries.personal_rules import lent_to
from lumbung.circulation.queries.positions import with_position
from lumbung.circulation.queries.rule_book import rule_book
from lumbung.circulation.queries.rules import rules_now
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of

LENT = Q(item_type__lendable=True)
"""Copies that are lent to everybody."""


def holds_visible_to(viewer: object) -> HoldQuerySet:
    """Every hold for staff who may see them; a member's own open ones for the member."""
    holds = _with_record()
    if may(viewer, SEE):
        return holds
    key = getattr(viewer, "pk", None)
    return holds.none() if key is None else holds.open().filter(member__user=key)


def open_holds(member: Member) -> HoldQuerySet:
    """What the member waits for or may fetch, oldest first, each with its ``position`` in the queue."""
    return with_position(_with_record().open().filter(member=member)).order_by("placed_at", "id")


def open_holds_on(record: Record) -> HoldQuerySet:
    """Who waits for the title or may fetch it, in the order of the queue, each with its ``position``."""
    return with_position(_with_record().open().filter(record=record)).order_by(*QUEUE)


@dataclass(frozen=True)
class Reader:
    """A member in front of a title: the ``hold`` they have open on it, or when the copy they have on loan is due, on the clock of the
    branch that lent it."""

    member: Member
    hold: Hold | None
    due_at: datetime | None


def reader_of(record: Record, user: object) -> Reader | None:
    """What the title is to the member this signed-in user is, if any, in one statement; the hold is for reading only."""
    key = getattr(user, "pk", None)
    if key is None:
        return None
    mine = Q(member=OuterRef("pk"))
    loans = Loan.objects.open().filter(mine, item__in=Item.objects.holding([record.pk])).order_by("due_at")
    holds = with_position(Hold.objects.open().filter(mine, record=record))
    of_hold = {
        f"hold_{name}": Subquery(holds.values(name)[:1])
        for name in ("state", "ready_until", "pickup_branch", "place", "brought_on", "position")
    }
    of_loan = {name: Subquery(loans.values(name)[:1]) for name in ("due_at", "lent_from")}
    members = Member.objects.select_related("category", "branch").filter(user=key)
    member: Any = members.annotate(**of_loan, **of_hold).first()
    if member is None:
        return None
    hold: Any = None
    if member.hold_state:
        hold = Hold(record=record, member=member, state=member.hold_state, ready_until=member.hold_ready_until)
        hold.pickup_branch, hold.brought_on = branch_of(member.hold_pickup_branch), member.hold_brought_on
        hold.place = place_of(member.hold_place) if member.hold_place else None
        hold.position = member.hold_position
    return Reader(member, hold, member.due_at and member.due_at.astimezone(branch_of(member.lent_from).zone))


def can_fill_a_hold(item: Item) -> bool:
    """Whether it may go to anybody who waits; to whom, ``may_go_to`` says."""
    return item.status == Item.Statuses.AVAILABLE and (item.item_type.lendable or rule_book().are_personal)


def free_items(lent: Q = LENT) -> ItemQuerySet:
    """Items that could be lent at this moment: lendable (or as ``lent`` says, which ``lent_to`` tells), in order, not on loan, not set
    aside, not at rest, not kept for a booking."""
    return Item.objects.filter(
        ~Exists(Loan.objects.open().filter(item=OuterRef("pk"))),
        ~Exists(Hold.objects.set_aside().filter(item=OuterRef("pk"))),
        ~Exists(resting_today().filter(item=OuterRef("pk"))),
        ~Exists(kept_today().filter(item=OuterRef("pk"))),
        lent,
        status=Item.Statuses.AVAILABLE,
    )


@dataclass(frozen=True)
class Pull:
    """Fetch ``item`` from the shelf and set it aside for ``hold``."""

    hold: Hold
    item: Item


def pull_list(branch: Branch, *, limit: int = 200) -> list[Pull]:
    """What staff of the branch fetch from their shelves for those who wait, in the order in which they get one, at most ``limit``.

    A hold to be picked up elsewhere is left to that branch when a free copy stands there.
    """
    by_rule = rules_now().scope_holds  # then a copy that stands there may be none for this hold
    ours = Q() if by_rule else Q(pickup_branch=branch) | ~_stands(OuterRef("pickup_branch"))
    rows = _with_record().waiting().filter(ours, _stands(branch)).order_by(*turns_for(branch.pk))
    pulls, given = list[Pull](), set[int]()
    for holds in _in_stretches(rows, limit):
        copies = _free_copies({hold.record_id for hold in holds}, Q() if by_rule else Q(held_at=branch))
        know_members(holds)
        for hold in holds:
            left = [item for item in copies[hold.record_id] if item.pk not in given and may_go_to(hold, item)]
            copy = next((item for item in left if item.held_at_id == branch.pk), None)
            is_theirs = hold.pickup_branch_id != branch.pk and any(item.held_at_id == hold.pickup_branch_id for item in left)
            if copy is not None and not is_theirs:
                given.add(copy.pk)
                pulls.append(Pull(hold, copy))
        if len(pulls) >= limit:
            break
    return pulls[:limit]


def _in_stretches(rows: HoldQuerySet, size: int) -> Iterator[list[Hold]]:
    """The rows, so many at a time: who reads on does so only where the first did not do."""
    start, found = 0, list(rows[:size])
    while found:
        yield found
        start += size
        found = list(rows[start : start + size]) if len(found) == size else []


def _free_copies(titles: Collection[int], where: Q) -> dict[int, list[Item]]:
    """By title: the free copies in which it is, in the order of the shelf."""
    free = free_items(lent_to()).holding(titles).filter(where).select_related("location", "item_type")
    found: dict[int, list[Item]] = defaultdict(list)
    for item, in_it in _with_titles(list(free.order_by("call_number", "copy", "id"))):
        for title in in_it:
            found[title].append(item)
    return found


def _stands(branch: Branch | OuterRef) -> Q:
    """Whether a free copy of a hold's title, or into which the title is bound, stands at the branch."""
    lent = lent_to()
    own = free_items(lent).filter(record=OuterRef("record"), held_at=branch)
    bound = free_items(lent).filter(bound_titles__record=OuterRef("record"), held_at=branch)
    return Q(Exists(own)) | Q(Exists(bound))


def _with_titles(items: list[Item]) -> list[tuple[Item, list[int]]]:
    titles = titles_of(items)
    return [(item, titles[item.pk]) for item in items]


def holds_on_shelf(branch: Branch) -> HoldQuerySet:
    """Ready to be fetched at the branch, those whose last day is nearest first."""
    return _with_record().filter(state=Hold.States.READY, pickup_branch=branch).order_by("ready_until", "placed_at", "id")


def holds_to_send(branch: Branch) -> HoldQuerySet:
    """Set aside at the branch for members who pick up elsewhere, and to be sent there."""
    return _with_record().filter(state=Hold.States.IN_TRANSIT, item__held_at=branch).order_by("placed_at", "id")


def holds_to_come(branch: Branch) -> HoldQuerySet:
    """Set aside elsewhere and on their way to the branch, where their members fetch them."""
    on_the_way = _with_record().filter(state=Hold.States.IN_TRANSIT, pickup_branch=branch).select_related("item__held_at")
    return on_the_way.order_by("placed_at", "id")


def items_to_send_home(branch: Branch) -> QuerySet[Item]:
    """Copies that stand at this branch, nobody's and for nobody, and go to another: home, or where they go back to."""
    elsewhere = Q(returns_to=None) & ~Q(branch=branch) | Q(returns_to__isnull=False) & ~Q(returns_to=branch)
    home = Item.objects.filter(
        ~Exists(Loan.objects.open().filter(item=OuterRef("pk"))),
        ~Exists(Hold.objects.set_aside().filter(item=OuterRef("pk"))),
        elsewhere,
        held_at=branch,
    )
    return (
        home.exclude(status=Item.Statuses.WITHDRAWN)
        .select_related("record", "branch", "returns_to")
        .defer("record__marc", "record__findable")
        .order_by("branch", "pk")
    )


MOST_TO_CHOOSE = 100


def copies_to_choose(record: Record, *, to: Member | None = None, of: Collection[str] | None = None) -> list[Item]:
    """Copies of the title, or ``of`` these volumes of it, that somebody, or this member, may wait for, with branch and place, in shelf
    order; the first of very many."""
    copies = Item.objects.filter(lent_to(to), record=record).exclude(status__in=GONE)
    found = copies.select_related("branch", "location").order_by("branch__name", "shelf_key", "call_number", "copy", "id")
    if of is None:
        return list(found[:MOST_TO_CHOOSE])
    return [each for each in found if any(same_volume(volume, each.volume_told) for volume in of)][:MOST_TO_CHOOSE]


def loans_that_would_do(hold: Hold) -> list[Loan]:
    """The open loans of copies that would do for the hold, soonest due first, each with its recall if there is one."""
    loans = Loan.objects.open().filter(item__in=Item.objects.holding([hold.record_id])).exclude(member=hold.member_id)
    found = loans.select_related("item__item_type", "member", "lent_from", "recall").order_by("due_at", "id")
    return [loan for loan in found if may_go_to(hold, loan.item)]


def set_aside(items: Collection[int]) -> HoldQuerySet:
    """Holds for which these items (primary keys) are set aside, with who waits and where it is fetched."""
    return (
        Hold.objects.set_aside()
        .filter(item__in=items)
        .select_related("record", "member", "pickup_branch", "place")
        .defer("record__marc", "record__findable")
    )


def items_in_hand() -> QuerySet[Item]:
    """Items with what is said of one that lies on the desk: title, type, where it belongs and where it is; without the MARC."""
    return Item.objects.select_related("record", "item_type", "branch", "held_at", "returns_to", "location").defer(
        "record__marc", "record__findable"
    )


def expired_holds(branch: Branch) -> HoldQuerySet:
    """Closed without being fetched, the copy still on the branch's pick-up shelf: take it off and scan it."""
    return _with_record().left_on_shelf().filter(pickup_branch=branch).order_by("closed_at", "id")


def _with_record() -> HoldQuerySet:
    shown = ("record", "item", "wanted_item", "member__category", "pickup_branch", "place", "handover")
    return Hold.objects.select_related(*shown).defer("record__marc", "record__findable")
