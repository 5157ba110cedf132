"""Opening and closing rooms: verbs of whoever leads the library."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.kernel import clock, events, rooms
from lumbung.kernel.events import Event, event
from lumbung.kernel.models import ClosedRoom
from lumbung.kernel.refusals import Refusal, Refused

ROOM_UNKNOWN = Refusal("room_unknown", _("Bagian “%(room)s” tidak dikenal, atau selalu terbuka."))


@event
class RoomClosed(Event):
    room: str


@event
class RoomOpened(Event):
    room: str


@transaction.atomic
def close_room(key: str, *, by: events.Actor | None) -> None:
    """Close a room: its pages, links and jobs are gone; what is kept in it stays. Nothing happens when it is closed. Refuses what is
    no room."""
    if rooms.room_called(key) is None:
        raise Refused(ROOM_UNKNOWN(room=key))
    _, made = ClosedRoom.objects.get_or_create(room=key, defaults={"closed_at": clock.now()})
    if made:
        events.record(RoomClosed(room=key), by=by)
        rooms.closed.changed()


@transaction.atomic
def open_room(key: str, *, by: events.Actor | None) -> None:
    """Open a room: everything is there as it was left. Nothing happens when it is open. Refuses what is no room."""
    if rooms.room_called(key) is None:
        raise Refused(ROOM_UNKNOWN(room=key))
    gone, _kinds = ClosedRoom.objects.filter(room=key).delete()
    if gone:
        events.record(RoomOpened(room=key), by=by)
        rooms.closed.changed()


@transaction.atomic
def begin_with(keys: Collection[str], *, by: events.Actor | None) -> None:
    """Open these rooms and close all others. Refuses what is no room."""
    for key in keys:
        open_room(key, by=by)
    for key in {room.key for room, _is_open in rooms.rooms()} - set(keys):
        close_room(key, by=by)
