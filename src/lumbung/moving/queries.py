"""What others may ask about moves, and where rows of other systems went."""

from django.db.models import QuerySet

from lumbung.moving.models import Finding, Move, Origin


def moves() -> QuerySet[Move]:
    return Move.objects.select_related("created_by")


def findings_of(move: Move) -> QuerySet[Finding]:
    """Of the move itself, once it was carried out; else of its rehearsal. What is wrong with the input is told by both; refused first."""
    told = Finding.objects.filter(move=move)
    told = (
        told.filter(rehearsal=False) | told.filter(entity="input")
        if move.approved and move.rehearsed
        else told.filter(rehearsal=True)
    )
    return told.order_by("-refused", "entity", "id")


def key_of(entity: str, source_id: str, *, origin: str | None = None) -> int | None:
    """Our row for a row of another system; without ``origin``, of the system that was moved in from first."""
    found = Origin.objects.filter(entity=entity, source_id=source_id)
    if origin is not None:
        found = found.filter(source=origin)
    return found.order_by("pk").values_list("key", flat=True).first()
