"""iCalendar (RFC 5545) of opening hours: events at a moment in UTC or of whole days, nothing more."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 75
"""Octets of a line without its line end (section 3.1)."""


@dataclass(frozen=True)
class Entry:
    """One event. ``begins`` and ``ends`` are both aware moments, or both days, the last day included; ``uid`` is unique in the world."""

    uid: str
    summary: str
    begins: date
    ends: date
    location: str = ""


def calendar(name: str, entries: Iterable[Entry], *, stamp: datetime, producer: str) -> str:
    """The calendar object, its lines folded and ended as the standard wants; ``stamp`` (aware) is when it was made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{escaped(producer)}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{escaped(name)}")
    for entry in entries:
        lines += ["BEGIN:VEVENT", f"UID:{escaped(entry.uid)}", f"DTSTAMP:{_moment(stamp)}", *_span(entry)]
        lines.append(f"SUMMARY:{escaped(entry.summary)}")
        if entry.location:
            lines.append(f"LOCATION:{escaped(entry.location)}")
        lines += ["TRANSP:TRANSPARENT", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def escaped(text: str) -> str:
    """A value of type TEXT (section 3.3.11); control characters are left out."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(each for each in text if each.isprintable() or each == "\t")


def folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, no character torn; every part but the first begins with a space (section 3.1)."""
    part, size = "", 0
    for each in line:
        octets = len(each.encode())
        if size + octets > LONGEST_LINE:
            yield part
            part, size = " ", 1
        part, size = part + each, size + octets
    yield part


def _span(entry: Entry) -> tuple[str, str]:
    if isinstance(entry.begins, datetime) and isinstance(entry.ends, datetime):
        return f"DTSTART:{_moment(entry.begins)}", f"DTEND:{_moment(entry.ends)}"
    after = entry.ends + timedelta(days=1)  # a day DTEND is the first day no longer meant (section 3.6.1)
    return f"DTSTART;VALUE=DATE:{entry.begins:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
