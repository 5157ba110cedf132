"""Is this in the catalogue already? Asked before a record is added."""

from lumbung.catalogue import queries
from lumbung.catalogue.domain import bibliographic
from lumbung.catalogue.models import Identifier, Record
from lumbung.formats import marc

MATCHED_BY = (Identifier.Kinds.CONTROL_NUMBER, Identifier.Kinds.ISBN, Identifier.Kinds.ISSN)


def duplicates_of(given: marc.Record) -> list[Record]:
    """Records with the same control number, ISBN or ISSN, oldest first, for a cataloguer to look at."""
    _, numbers = bibliographic.columns_of(given)
    keys: set[int] = set()
    for kind in MATCHED_BY:
        values = [each.value for each in numbers if each.kind == kind]
        if values:
            keys.update(queries.records_identified_by(kind, values).values())
    return queries.records_in_order(sorted(keys))
