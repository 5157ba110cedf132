"""The doors close, or do not after all: each member whose loans or holds moved is told, once, in one letter."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from lumbung.catalogue.models.volume import volume_of, with_volume
from lumbung.circulation.models import ClosedDoors, DueDateShift, Hold
from lumbung.kernel.models import JournalEntry
from lumbung.members.models import Member
from lumbung.messaging.queries import unspoken
from lumbung.organization.queries import branch_of
from lumbung.reactions.letters import write_to

STRETCH = 100


def doors_closed_letters(entry: JournalEntry) -> None:
    """Not where whoever closed wanted no letters, nor when the doors opened again before their turn came, nor while due dates move."""
    closed = ClosedDoors.objects.filter(pk=entry.data["closed_doors"], opened_at=None, tells=True).first()
    if closed is not None and not closed.is_moving:
        _write_all(closed, "doors_closed")


def doors_called_off_letters(entry: JournalEntry) -> None:
    """To those who were told that the doors would close."""
    closed = ClosedDoors.objects.filter(pk=entry.data["closed_doors"], tells=True).first()
    if closed is not None and entry.data["called_off"]:
        _write_all(closed, "doors_called_off")


def _write_all(closed: ClosedDoors, code: str) -> None:
    moved, held = _loans(closed), _holds(closed)
    keys = sorted({*moved, *held})
    common = {"first_day": closed.first_day, "last_day": closed.last_day, "reason": closed.reason, "note": closed.note}
    for first in range(0, len(keys), STRETCH):
        stretch = keys[first : first + STRETCH]
        for key, member in _unspoken(code, closed, stretch):
            facts = {**common, "loans": moved.get(key, []), "holds": held.get(key, [])}
            write_to(member, code, facts, occasions=[_occasion(code, closed, key)])


def _unspoken(code: str, closed: ClosedDoors, keys: list[int]) -> Iterable[tuple[int, Member]]:
    """Those not told yet; of what was called off only those who had been told."""
    left = unspoken([_occasion(code, closed, key) for key in keys])
    before = set() if code == "doors_closed" else unspoken([_occasion("doors_closed", closed, key) for key in keys])
    members = Member.objects.filter(pk__in=keys).select_related("user")
    return [
        (each.pk, each)
        for each in members.order_by("pk")
        if _occasion(code, closed, each.pk) in left and _occasion("doors_closed", closed, each.pk) not in before
    ]


def _occasion(code: str, closed: ClosedDoors, member: int) -> str:
    return f"{code}:{closed.pk}:{member}"


def _loans(closed: ClosedDoors) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    shifts = DueDateShift.objects.filter(move=closed.due_dates_id, loan__member__isnull=False)
    copy = ("loan__item__record__title", "loan__item__call_number", "loan__item__volume")
    told = ("loan__member", "due_at", "loan__lent_from", *copy)
    for member, due, branch, title, call_number, volume in shifts.order_by("pk").values_list(*told):
        named = with_volume(title, volume_of(call_number, told=volume))
        found[member].append({"title": named, "due": due.astimezone(branch_of(branch).zone).date()})
    return found


def _holds(closed: ClosedDoors) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    holds = Hold.objects.filter(pk__in=map(int, closed.pickups), member__isnull=False)
    for member, title, volume, until in holds.order_by("pk").values_list("member", "record__title", "volume", "ready_until"):
        found[member].append({"title": with_volume(title, volume), "until": until})
    return found
