"""SIP2 writes moments as YYYYMMDDZZZZHHMMSS: ZZZZ is blank for local time, a Z at its end for UTC."""

from datetime import UTC, datetime, tzinfo

_WIDTH = 18


def write_moment(moment: datetime, zone: tzinfo) -> str:
    """The moment in local time, to the second."""
    return moment.astimezone(zone).strftime("%Y%m%d    %H%M%S")


def read_moment(text: str, zone: tzinfo) -> datetime | None:
    """The moment; None where there is none (blank, or not a date). A zone other than Z is read as local time."""
    if len(text) != _WIDTH:
        return None
    try:
        moment = datetime.strptime(text[:8] + text[12:], "%Y%m%d%H%M%S")  # noqa: DTZ007 -- the zone stands in the middle
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC if text[8:12].strip() == "Z" else zone)
