"""What a move's page shows of its figures."""

from datetime import timedelta
from math import ceil
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.kernel import clock
from lumbung.moving.models import Move
from lumbung.moving.words import ENTITIES, entity_name

CAME = ("added", "recognised", "same", "changed", "ours")


class Figure(NamedTuple):
    """One kind of row: how many the other system has, and what became (or would become) of them."""

    label: str
    source: int
    added: int
    there: int
    kept: int
    rejected: int


class Step(NamedTuple):
    label: Promise
    state: str


def figures_of(move: Move) -> list[Figure]:
    """Of the move itself once it began, else of the rehearsal; kinds of which there is nothing are left out."""
    phase = "move" if move.approved and move.rehearsed else "rehearsal"
    counted: dict[str, dict[str, int]] = move.counts.get(phase, {})
    source: dict[str, int] = move.counts.get("source", {}).get("rows", {})
    return [_figure(entity, source.get(entity, 0), counted.get(entity, {})) for entity in ENTITIES if source.get(entity)]


def brings_nothing(figures: list[Figure]) -> bool:
    """Whether the other system has rows, and every one of them is rejected."""
    return bool(figures) and all(each.rejected and each.rejected == each.source for each in figures)


def _figure(entity: str, source: int, counted: dict[str, int]) -> Figure:
    there = sum(counted.get(each, 0) for each in CAME if each != "added")
    return Figure(
        entity_name(entity), source, counted.get("added", 0), there, counted.get("kept", 0), counted.get("rejected", 0)
    )


def minutes_left(move: Move) -> int | None:
    """How many minutes the phase at work will still take, the last one begun counted; None while nobody can tell."""
    left = move.time_left(clock.now())
    return ceil(left / timedelta(minutes=1)) if left is not None else None


def steps_of(move: Move) -> list[Step]:
    """The way of a move: what is done, what is at work, what comes."""
    at = 0
    if move.rehearsed:
        at = 2
    elif move.state == Move.States.REHEARSING:
        at = 1
    if move.approved and move.rehearsed:
        at = 3
    if move.state in {Move.States.MOVED, Move.States.UNDOING, Move.States.UNDONE}:
        at = 5
    names = (_("Baca cadangan"), _("Uji coba"), _("Baca laporan"), _("Pindahkan"), _("Cocokkan"))
    return [Step(name, "done" if number < at else "now" if number == at else "") for number, name in enumerate(names)]


def proof_rows(proof: dict[str, Any]) -> list[dict[str, Any]]:
    """The kinds of a proof of which there is something, with their names."""
    return [
        {**each, "label": entity_name(each["entity"])} for each in proof.get("rows", []) if each["source"] or each["arrived"]
    ]
