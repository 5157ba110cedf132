"""Serving with the doors closed."""

from dataclasses import dataclass
from datetime import date

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class DoorsClosed(Event):
    """``branch`` is None when every branch closes. ``loans``, ``holds`` and ``services`` are how many were changed for it."""

    closed_doors: int
    branch: int | None
    first_day: date
    last_day: date
    loans: int
    holds: int
    services: int


@dataclass(frozen=True, kw_only=True)
class DoorsOpened(Event):
    """``called_off``: before the doors had closed, so that everything is as it was."""

    closed_doors: int
    branch: int | None
    called_off: bool
