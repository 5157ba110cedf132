"""Numbers larger than any column holds: no row has them, so who asks for one finds nothing.

Django knows that where a number is compared with one of the same table (``pk=``). Here it is known also of numbers in a list (``pk__in=``)
and of those that name a row of another table (``member=``), which SQLite would not even take.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import ForeignKey, IntegerField
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn
from django.db.models.lookups import In

LARGEST = 2**63 - 1


def is_beyond(value: Any) -> bool:
    """Whether it is a number that no column holds."""
    return isinstance(value, int) and not -LARGEST <= value <= LARGEST


class AmongNumbers(In):
    lookup_name = "in"

    def get_prep_lookup(self) -> Any:
        return _within(super().get_prep_lookup())


class AmongRows(RelatedIn):
    lookup_name = "in"

    def get_prep_lookup(self) -> Any:
        return _within(super().get_prep_lookup())


class OfRow(RelatedExact):
    lookup_name = "exact"

    def as_sql(self, *arguments: Any, **named: Any) -> Any:
        if is_beyond(self.rhs):
            raise EmptyResultSet
        return super().as_sql(*arguments, **named)


def _within(asked: Any) -> Any:
    return [each for each in asked if not is_beyond(each)] if isinstance(asked, list) else asked


def find_nothing_beyond() -> None:
    """Asked with these from now on."""
    IntegerField.register_lookup(AmongNumbers)
    ForeignKey.register_lookup(AmongRows)
    ForeignKey.register_lookup(OfRow)
