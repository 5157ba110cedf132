"""From one title to others: those about the same, those on the way up and down the class tree."""

from collections.abc import Sequence

from lumbung.catalogue.domain.bibliographic import Description
from lumbung.catalogue.models import Record
from lumbung.discovery import classes
from lumbung.discovery.models import BrowsedTitle
from lumbung.discovery.queries.interest import in_order
from lumbung.search.documents import Query
from lumbung.search.queries import NotReady, find

LOOKED_AT = 60
MOST_SUBJECTS = 6


def similar(record: Record, said: Description, size: int = 8) -> list[Record]:
    """Titles that share most subjects and creators with this one: one question to the index, two statements."""
    chosen = _shared(said)
    if not chosen:
        return []
    try:
        found = find(Query(chosen=chosen, size=LOOKED_AT, facets=())).keys
    except NotReady:
        return []
    near = dict(BrowsedTitle.objects.filter(pk__in={*found, record.pk}).values_list("pk", "headings"))
    own = set(near.pop(record.pk, ()))
    best = sorted(near, key=lambda key: (-len(own.intersection(near[key])), found.index(key)))
    return in_order(best[:size])


def way_up(record: Record) -> Sequence[tuple[str, str]]:
    """The places of its class in the tree, widest first, with their captions."""
    return [(place, classes.caption(place)) for place in classes.classes_of(record.classification)]


def _shared(said: Description) -> dict[str, list[str]]:
    """What a similar title has one of: its subjects; without any, its creators, else its place in the class tree."""
    subjects = list(dict.fromkeys(each.heading for each in said.subjects))[:MOST_SUBJECTS]
    creators = list(dict.fromkeys(each.name for each in said.contributors))[:MOST_SUBJECTS]
    ways = {"subject": subjects, "creator": creators, "classification": classes.classes_of(said.classification)[-1:]}
    return next(({name: values} for name, values in ways.items() if values), {})
