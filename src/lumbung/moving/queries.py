"""What others may ask about moves, and where rows of other systems went."""

from typing import NamedTuple

from django.db.models import Count, Min, QuerySet

from lumbung.catalogue.models import Item
from lumbung.moving.models import Departure, Finding, Move, Origin
from lumbung.moving.words import entity_name


class Counted(NamedTuple):
    """A kind of finding: one of them, how many there are, and what they are about."""

    one: Finding
    number: int
    label: str


def moves() -> QuerySet[Move]:
    return Move.objects.select_related("created_by")


def departures() -> QuerySet[Departure]:
    return Departure.objects.select_related("created_by")


def findings_of(move: Move, *, code: str = "") -> QuerySet[Finding]:
    """Of the move itself, once it was carried out; else of its rehearsal. What is wrong with the input is told by both; refused first.
    With ``code``, of that kind alone."""
    told = Finding.objects.filter(move=move)
    told = (
        told.filter(rehearsal=False) | told.filter(entity="input")
        if move.approved and move.rehearsed
        else told.filter(rehearsal=True)
    )
    if code:
        told = told.filter(code=code)
    return told.order_by("-refused", "entity", "id")


def is_useless(move: Move) -> bool:
    """Whether nothing of the file can be read, so that going on with it would end the same."""
    return not move.rehearsed and Finding.objects.filter(move=move, entity="input", refused=True).exists()


def findings_counted(move: Move) -> list[Counted]:
    """The kinds of findings with how many there are, and one of each to show what it says; refused first."""
    counted = findings_of(move).order_by("-refused", "entity", "code").values("refused", "entity", "code")
    rows = list(counted.annotate(count=Count("pk"), one=Min("pk")))
    shown = Finding.objects.in_bulk([row["one"] for row in rows])
    return [Counted(shown[row["one"]], row["count"], entity_name(row["entity"])) for row in rows]


def copies_of(items: QuerySet[Item], move: int) -> QuerySet[Item]:
    """Those of the items that the move of this number brought."""
    return items.filter(pk__in=Origin.objects.filter(move=move, entity="copy", made=True).values("key"))


def key_of(entity: str, source_id: str, *, origin: str | None = None) -> int | None:
    """Our row for a row of another system; without ``origin``, of the system that was moved in from first."""
    found = Origin.objects.filter(entity=entity, source_id=source_id)
    if origin is not None:
        found = found.filter(source=origin)
    return found.order_by("pk").values_list("key", flat=True).first()
