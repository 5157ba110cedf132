"""Rows of tables as JSON Lines (one JSON object a line, UTF-8), and back to the letter: the same on every engine.

Texts, numbers, truths and JSON are themselves; moments and days are ISO 8601, amounts decimal text, bytes base64, references the key
they name. Names stand in the order of the alphabet, rows in the order of their keys: equal tables make equal files.
"""

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

STRETCH = 500
Kind = type[models.Model]


class UnreadableRowError(ValueError):
    """A line is no row of this table; the text says why."""


def stored_fields(kind: Kind) -> list[Any]:
    """The columns that are written: all but those the database makes of others."""
    return [field for field in kind._meta.local_concrete_fields if not field.generated]


def lines(kind: Kind) -> Iterator[str]:
    """Every row of the table, whatever the model's own manager hides, a line each. Memory does not grow with the table."""
    names = [field.attname for field in stored_fields(kind)]
    rows = kind._base_manager.order_by("pk").values_list(*names)  # noqa: SLF001 -- every row
    for row in rows.iterator(chunk_size=STRETCH):
        yield json.dumps(dict(zip(names, map(_plain, row), strict=True)), ensure_ascii=False, sort_keys=True) + "\n"


def row_of(kind: Kind, line: str) -> models.Model:
    """The row that a line tells. Raises ``UnreadableRowError`` for what is no JSON, an unknown column, and a value that cannot be."""
    try:
        told = json.loads(line)
        if unknown := told.keys() - {field.attname for field in stored_fields(kind)}:
            raise UnreadableRowError(", ".join(sorted(unknown)))
        return kind(
            **{field.attname: _value(field, told[field.attname]) for field in stored_fields(kind) if field.attname in told}
        )
    except (ValueError, TypeError, AttributeError, ValidationError) as error:
        raise UnreadableRowError(str(error)) from None


def _value(field: Any, told: Any) -> Any:
    if told is None or isinstance(field, models.JSONField):
        return told
    return (field.target_field if field.is_relation else field).to_python(told)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode("ascii")
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool | dict | list):
        return value
    return str(value)
