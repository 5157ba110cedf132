"""Parts of the program that a library opens one after another: what belongs to a closed one is not there, and what is kept in it stays.

There is one decision, ``is_open``, and every door asks it of whatever stands behind the door: pages and API in one middleware, the menu,
panels, search sources, commands of the chat, nightly and steady work. A room is known by the part whose code answers; ``belongs_to`` says
so of code that stands elsewhere. A part that is no room is always open.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.kernel.models import ClosedRoom
from lumbung.kernel.refusals import Refusal
from lumbung.kernel.remembered import remembered

ROOM_CLOSED = Refusal("room_closed", _("Bagian “%(room)s” belum dibuka oleh perpustakaan."))
F = TypeVar("F", bound=Callable[..., Any])
PACKAGE = "lumbung."


@dataclass(frozen=True)
class Room:
    """``key`` is the name of the part; ``about`` says what opening it brings. ``modules`` begin the names of code elsewhere that is its."""

    key: str
    label: str | Promise
    about: str | Promise
    icon: str = "dot"
    modules: tuple[str, ...] = ()


_rooms: dict[str, Room] = {}


def declare(room: Room) -> Room:
    """Make a room known; called once, at start-up, by the part itself. A key serves once."""
    if room.key in _rooms:
        raise ValueError(f"two rooms are called {room.key}")
    _rooms[room.key] = room
    return room


def rooms() -> list[tuple[Room, bool]]:
    """Every room, and whether it is open."""
    return [(room, is_open(room.key)) for room in _rooms.values()]


def room_called(key: str) -> Room | None:
    return _rooms.get(key)


def is_open(key: str) -> bool:
    """Whether the library uses this part."""
    return key not in _rooms or key not in closed()


def belongs_to(key: str) -> Callable[[F], F]:
    """Say of a view or a job that it is of this room, wherever its code stands."""

    def mark(what: F) -> F:
        what.room = key  # type: ignore[attr-defined]
        return what

    return mark


def room_of(what: Callable[..., Any]) -> str:
    """The room whose code this is; the name of a part that may be no room."""
    if told := getattr(what, "room", ""):
        return str(told)
    module = str(getattr(what, "__module__", ""))
    elsewhere = (room.key for room in _rooms.values() if module.startswith(room.modules or ("\0",)))
    return next(elsewhere, module.removeprefix(PACKAGE).partition(".")[0] if module.startswith(PACKAGE) else "")


def lets_in(what: Callable[..., Any]) -> bool:
    """Whether the room whose code this is, is open."""
    return is_open(room_of(what))


@remembered()
def closed() -> frozenset[str]:
    """The keys of the rooms that are closed."""
    return frozenset(ClosedRoom.objects.values_list("room", flat=True))
