"""What devices tell of reading, and what they are told."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from lumbung.digital.domain.reading import LONGEST_NOTE, MarkSent, keep_marks, keep_position, located
from lumbung.digital.models import File, Mark, Position
from lumbung.kernel import clock
from lumbung.kernel.days import is_within_reach
from lumbung.kernel.refusals import Refused

MOST_AT_ONCE = 500
LONGEST_KEY = 40


def received(request: HttpRequest, file: File) -> str:
    """Keep what the device tells: ``{"device", "position": {"locator", "at"}, "marks": […]}``. Returns what is wrong with it."""
    try:
        told = json.loads(request.body)
        device = _key(told["device"])
        position, marks = told.get("position"), [_mark(each) for each in told.get("marks", [])[:MOST_AT_ONCE]]
        if position:
            locator, at = located(position["locator"]), _moment(position["at"])
            keep_position(file, reader=request.user, device=device, locator=locator, at=at)  # type: ignore[arg-type]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return _("Kiriman dari perangkat tidak terbaca.")
    except Refused as refused:
        return " ".join(str(reason) for reason in refused.reasons)
    if marks:
        keep_marks(file, marks, reader=request.user)  # type: ignore[arg-type]
    return ""


def as_json(position: Position | None, marks: Iterable[Mark]) -> dict[str, Any]:
    """Everything a device needs to show where the person is and what they marked."""
    return {
        "position": {"device": position.device, "locator": position.locator, "at": position.at.isoformat()}
        if position
        else None,
        "marks": [_told(mark) for mark in marks],
    }


def _told(mark: Mark) -> dict[str, Any]:
    return {
        "key": mark.key,
        "kind": mark.kind,
        "locator": mark.locator,
        "note": mark.note,
        "colour": mark.colour,
        "at": mark.changed_at.isoformat(),
        "version": mark.version,
        "beside": mark.beside.key if mark.beside else None,
        "removed": mark.removed_at is not None,
    }


def _mark(told: Any) -> MarkSent:
    kind, colour, note = told["kind"], told.get("colour", Mark.Colours.GRAIN), told.get("note", "")
    if kind not in Mark.Kinds.values or colour not in Mark.Colours.values or not isinstance(note, str) or "\0" in note:
        raise ValueError("a mark has a kind, a colour and a note")
    return MarkSent(
        key=_key(told["key"]),
        kind=kind,
        locator=located(told["locator"]),
        note=note[:LONGEST_NOTE],
        colour=colour,
        changed_at=_moment(told["at"]),
        base=int(told.get("version", 0)),
        is_removed=told.get("removed") is True,
    )


def _key(told: Any) -> str:
    if not isinstance(told, str) or not 1 <= len(told) <= LONGEST_KEY or "\0" in told:
        raise ValueError("a key is a short text")
    return told


def _moment(told: Any) -> datetime:
    at = parse_datetime(told) if isinstance(told, str) else None
    if at is None or at.tzinfo is None or not is_within_reach(at):
        raise ValueError("a moment has a time zone, and a year of ours")
    return min(at, clock.now())
