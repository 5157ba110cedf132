"""What readers care for, as it was counted last night: much borrowed, trending, borrowed together."""

from collections.abc import Sequence

from lumbung.catalogue.models import Record
from lumbung.catalogue.models.record import RecordQuerySet
from lumbung.discovery.models import BorrowedTogether, Ranked


def ranked(name: str, size: int = 50) -> list[Record]:
    """The titles of a counted list, best first, that the public may see; two statements."""
    keys = list(Ranked.objects.filter(list=name).order_by("place").values_list("record", flat=True)[:size])
    return in_order(keys)


def borrowed_together(record: int, size: int = 6) -> list[Record]:
    """What those who borrowed this title borrowed too, most people first."""
    pairs = BorrowedTogether.objects.filter(record=record).order_by("-members", "other")
    return in_order(list(pairs.values_list("other", flat=True)[:size]))


def in_order(keys: Sequence[int]) -> list[Record]:
    """These titles in this order, without those the public may not see."""
    shown = on_covers().in_bulk(list(keys)) if keys else {}
    return [shown[key] for key in keys if key in shown]


def on_covers() -> RecordQuerySet:
    """Titles all may see, with what stands on a cover."""
    return Record.objects.shown_to_public().only("title", "creator", "classification", "year", "cover")
