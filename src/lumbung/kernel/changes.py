"""Changing a row: how every verb takes hold of it, and sets named fields."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model

from lumbung.kernel.refusals import Gone, Reason, Refusal

Row = TypeVar("Row", bound=Model)


def locked(row: Row, *, gone: Refusal) -> Row:
    """The row as it stands now, for the rest of the transaction. Refuses with ``gone`` when somebody removed it meanwhile."""
    kind: Any = type(row)
    current: Row | None = kind.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if current is None:
        raise Gone(gone())
    return current


def named_by(row: Model) -> list[Model]:
    """What the row names, by its keys alone: nothing is read."""
    fields = [(field.related_model, getattr(row, field.attname)) for field in row._meta.concrete_fields if field.is_relation]
    return [kind(pk=key) for kind, key in fields if kind is not None and key is not None]


def reasons_of_those_gone(named: Iterable[Model], *, gone: Refusal) -> list[Reason]:
    """A reason for each kind of row of which somebody removed one meanwhile; the others stay to the end of the transaction.

    In one order whatever is named first, so that no two wait for each other: groups of branches before branches, as the verbs of groups do.
    """
    rows = list(named)
    there = {row: _held(row) for row in sorted(set(rows), key=lambda row: (row._meta.label, row.pk), reverse=True)}
    lost = [str(row._meta.verbose_name) for row in rows if not there[row]]
    return [gone(what=kind) for kind in dict.fromkeys(lost)]


def _held(row: Model) -> bool:
    kind: Any = type(row)
    return kind.objects.select_for_update(no_key=True).filter(pk=row.pk).values_list("pk").first() is not None


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
