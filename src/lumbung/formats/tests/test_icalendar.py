"""iCalendar as RFC 5545 wants it."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from lumbung.formats.icalendar import Entry, calendar, escaped, folded

STAMP = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WIB = timezone(timedelta(hours=7))


def test_a_calendar_has_moments_in_utc_and_whole_days_with_the_day_after_as_their_end():
    opening = Entry(
        "a@x", "Buka", datetime(2026, 11, 23, 8, tzinfo=WIB), datetime(2026, 11, 23, 16, tzinfo=WIB), "Jl. Raya 1, Nusa"
    )
    closure = Entry("b@x", "Tutup: Natal; cuti", date(2026, 12, 25), date(2026, 12, 31))
    told = calendar("Perpustakaan Pusat", [opening, closure], stamp=STAMP, producer="-//Lumbung//EN")
    assert told.split("\r\n") == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lumbung//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        "X-WR-CALNAME:Perpustakaan Pusat",
        "BEGIN:VEVENT", "UID:a@x", "DTSTAMP:20261123T020000Z", "DTSTART:20261123T010000Z", "DTEND:20261123T090000Z",
        "SUMMARY:Buka", "LOCATION:Jl. Raya 1\\, Nusa", "TRANSP:TRANSPARENT", "END:VEVENT",
        "BEGIN:VEVENT", "UID:b@x", "DTSTAMP:20261123T020000Z", "DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20270101",
        "SUMMARY:Tutup: Natal\\; cuti", "TRANSP:TRANSPARENT", "END:VEVENT",
        "END:VCALENDAR", "",
    ]  # fmt: skip


def test_text_is_escaped_and_cannot_begin_a_line_of_its_own():
    assert escaped("a\\b;c,d\r\ne\rf\x00g\u2028h") == "a\\\\b\\;c\\,d\\ne\\nfgh"


@given(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"])))
def test_folded_lines_hold_75_octets_and_unfold_to_the_same(line):
    parts = list(folded(line))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
