"""Changing named fields of a row: the one way of every verb that does."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Model


def set_changed(row: Model, wanted: Mapping[str, Any], *, allowed: Collection[str]) -> list[str]:
    """Set on the row what differs, text without the blanks around it; returns the names of those fields, sorted. Nothing is saved.

    Raises ``TypeError`` for a name that is not ``allowed``: a slip of the program, not of a person.
    """
    if unknown := wanted.keys() - set(allowed):
        raise TypeError(f"{type(row).__name__} has no {', '.join(sorted(unknown))} to change")
    tidy = {name: value.strip() if isinstance(value, str) else value for name, value in wanted.items()}
    changed = sorted(name for name, value in tidy.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, tidy[name])
    return changed
