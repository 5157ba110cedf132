"""Holds and loans when two titles become one, or are two again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import ngettext

from lumbung.catalogue.domain.record_followers import Follower
from lumbung.catalogue.models import Record
from lumbung.circulation.domain.holds import pass_on
from lumbung.circulation.events import HoldCancelled, HoldResumed
from lumbung.circulation.models import Hold, Loan
from lumbung.kernel import clock, events
from lumbung.organization.queries import branch_of

NEAREST = [Hold.States.READY, Hold.States.IN_TRANSIT, Hold.States.WAITING]
"""Of a member's two holds the one that is nearest to being fetched stays."""


def told(gone: Record, kept: Record) -> Sequence[str]:
    """What will become of loans and holds, without saying whose they are."""
    lent = Loan.objects.open().filter(item__record=gone).count()
    holds = Hold.objects.open().filter(record=gone)
    waiting = set(holds.values_list("member", flat=True))
    both = Hold.objects.open().filter(record=kept, member__in=waiting).count()
    having = Loan.objects.open().filter(member__in=waiting, item__record=kept).count()
    having += Loan.objects.open().filter(item__record=gone, member__holds__in=Hold.objects.open().filter(record=kept)).count()
    counted = [
        (lent, ngettext("%(n)d pinjaman ikut eksemplarnya.", "%(n)d pinjaman ikut eksemplarnya.", lent)),
        (len(waiting), ngettext("%(n)d pesanan pindah.", "%(n)d pesanan pindah.", len(waiting))),
        (
            both,
            ngettext(
                "%(n)d anggota memesan keduanya: satu pesanannya tinggal, dengan tempat antrean yang lebih awal.",
                "%(n)d anggota memesan keduanya: satu pesanannya tinggal, dengan tempat antrean yang lebih awal.",
                both,
            ),
        ),
        (
            having,
            ngettext(
                "%(n)d anggota meminjam yang satu dan memesan yang lain; keduanya tetap.",
                "%(n)d anggota meminjam yang satu dan memesan yang lain; keduanya tetap.",
                having,
            ),
        ),
    ]
    return [sentence % {"n": count} for count, sentence in counted if count]


def move(gone: int, kept: int, by: events.Actor | None) -> dict[str, Any]:
    """Every hold on ``gone`` comes to wait for ``kept``. Of two that one member has, one stays, at the earlier place in the queue; a copy
    that was set aside for the other goes to the next who waits."""
    held = Hold.objects.select_for_update(no_key=True, of=("self",)).filter(record__in=[gone, kept])
    rows = list(held.order_by("pk"))
    of_kept = {each.member_id: each for each in rows if each.record_id == kept and each.is_open}
    pairs = [
        (of_kept[each.member_id], each)
        for each in rows
        if each.record_id == gone and each.is_open and each.member_id in of_kept
    ]
    joined = [_joined(*pair) for pair in pairs]
    moved = [each.pk for each in rows if each.record_id == gone]
    Hold.objects.filter(pk__in=moved).update(record=kept)
    for note in joined:
        _let_go(Hold.objects.get(pk=note["closed"]), note, by)
        events.record(HoldCancelled(hold=note["closed"], record=kept, member=note["member"]), by=by)
    return {"moved": moved, "joined": joined}


def give_back(moved: dict[str, Any], gone: int, kept: int, by: events.Actor | None) -> None:
    """Holds go back to the title they were for; one with a copy goes where its copy is. A hold that was joined to another stands again
    where the member still waits for that other."""
    free = Hold.objects.filter(pk__in=moved["moved"], record=kept, item__isnull=True, wanted_item__isnull=True)
    free.update(record=gone)
    Hold.objects.filter(Q(item__record=gone) | Q(wanted_item__record=gone), record=kept).update(record=gone)
    for note in moved["joined"]:
        _part(note, gone if note["of_gone"] else kept, by)


def _joined(ours: Hold, theirs: Hold) -> dict[str, Any]:
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


def _let_go(closed: Hold, note: dict[str, Any], by: events.Actor | None) -> None:
    """Its copy goes to the next who waits; if nobody does, a ready one stays marked as standing on the pick-up shelf."""
    item = closed.item
    if item is None:
        return
    where = closed.pickup_branch if note["was_ready"] else branch_of(item.held_at_id)
    if pass_on(item, at=where, by=by) is not None or not note["was_ready"]:
        Hold.objects.filter(pk=closed.pk).update(item=None)


def _part(note: dict[str, Any], record: int, by: events.Actor | None) -> None:
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


FOLLOWER = Follower("circulation.holds", (Hold,), told, move, give_back)
