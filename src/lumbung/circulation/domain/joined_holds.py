"""Two holds of one person become one, where two titles or two registrations do; and are two again. Parts of those verbs."""

from datetime import datetime
from typing import Any

from lumbung.circulation.domain.holds import pass_on
from lumbung.circulation.events import HoldResumed
from lumbung.circulation.models import Hold
from lumbung.kernel import clock, events
from lumbung.organization.queries import branch_of

NEAREST = [Hold.States.READY, Hold.States.IN_TRANSIT, Hold.States.WAITING]
"""Of a member's two holds the one that is nearest to being fetched stays."""


def join(ours: Hold, theirs: Hold) -> dict[str, Any]:
    """Close one of the two, and tell which, and how they stood before."""
    stays, closed = sorted((ours, theirs), key=_distance)
    note = {
        "stays": stays.pk,
        "closed": closed.pk,
        "member": stays.member_id,
        "of_gone": closed.pk == theirs.pk,
        "placed_at": stays.placed_at.isoformat(),
        "item": closed.item_id,
        "was_ready": closed.state == Hold.States.READY,
    }
    Hold.objects.filter(pk=closed.pk).update(state=Hold.States.CANCELLED, closed_at=clock.now())
    Hold.objects.filter(pk=stays.pk).update(placed_at=min(stays.placed_at, closed.placed_at))
    return note


def _distance(hold: Hold) -> tuple[int, bool, int, datetime]:
    """How far the member is from the book: what is set aside, then what is not suspended, what staff put first, who came first."""
    return NEAREST.index(Hold.States(hold.state)), hold.is_suspended, -hold.priority, hold.placed_at


def let_go(closed: Hold, note: dict[str, Any], by: events.Actor | None) -> None:
    """Its copy goes to the next who waits; if nobody does, a ready one stays marked as standing on the pick-up shelf."""
    item = closed.item
    if item is None:
        return
    where = closed.pickup_branch if note["was_ready"] else branch_of(item.held_at_id)
    if pass_on(item, at=where, by=by) is not None or not note["was_ready"]:
        Hold.objects.filter(pk=closed.pk).update(item=None)


def stand_again(note: dict[str, Any], record: int, by: events.Actor | None) -> None:
    """Let the hold that was closed wait again, for ``record``, where its member still waits for the other and has no other hold on it."""
    stays, closed = (Hold.objects.select_for_update(no_key=True).filter(pk=note[name]).first() for name in ("stays", "closed"))
    if (
        stays is None
        or closed is None
        or not stays.is_open
        or closed.state != Hold.States.CANCELLED
        or closed.member_id is None
    ):
        return
    if Hold.objects.open().filter(record=record, member=closed.member_id, volume=closed.volume).exists():
        return
    Hold.objects.filter(pk=stays.pk, state__in=Hold.OPEN).update(placed_at=note["placed_at"])
    Hold.objects.filter(pk=closed.pk).update(
        record=record, state=Hold.States.WAITING, item=None, closed_at=None, ready_until=None
    )
    events.record(HoldResumed(hold=closed.pk, record=record, member=closed.member_id), by=by)
