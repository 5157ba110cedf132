"""Rows that people put in order: each has a place, counted from one."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def exchanged(rows: Iterable[Row], moved: models.Model, *, up: bool, field: str = "position") -> list[Row]:
    """The rows, numbered anew, after ``moved`` changed places with the one before or after it; empty where there is none, or where it is
    not among them any more."""
    order = list(rows)
    at = next((index for index, each in enumerate(order) if each.pk == moved.pk), None)
    if at is None or not 0 <= (other := at - 1 if up else at + 1) < len(order):
        return []
    order[at], order[other] = order[other], order[at]
    return numbered(order, field)


def numbered(rows: list[Row], field: str = "position") -> list[Row]:
    """The rows, with the places in which they stand; not saved."""
    for place, each in enumerate(rows, start=1):
        setattr(each, field, place)
    return rows
