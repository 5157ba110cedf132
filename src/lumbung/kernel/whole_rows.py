"""A row kept whole as plain JSON, and the same row made again: for what is taken away in a way that can be taken back."""

from datetime import datetime
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

M = TypeVar("M", bound=Model)


class ExactEncoder(DjangoJSONEncoder):
    """Moments to the microsecond, so that what is given back is what it was."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def row_of(instance: Model) -> dict[str, Any]:
    """Every column of the row, by name; ``ExactEncoder`` writes it."""
    return {field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields}


def row_again(model: type[M], row: dict[str, Any]) -> M:
    """Make the row again, under its own key, from what ``row_of`` gave, as it was or as it was read back from JSON."""
    instance = model(**{each.attname: each.to_python(row[each.attname]) for each in model._meta.concrete_fields})
    instance.save(force_insert=True)
    return instance
