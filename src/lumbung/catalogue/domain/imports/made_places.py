"""The branches, locations and item types that an import made for its copies, when it is undone."""

from collections.abc import Iterator
from itertools import chain

from django.db import transaction
from django.db.models import ForeignObjectRel, Model

from lumbung.catalogue.domain.item_types import remove_item_type
from lumbung.catalogue.models import ImportRun, ItemType
from lumbung.catalogue.refusals import PLACE_STAYS, PLACE_STAYS_DESCRIBED
from lumbung.kernel import events
from lumbung.kernel.refusals import Reason
from lumbung.organization.domain.branches import remove_branch, remove_location
from lumbung.organization.models import Branch, Location

DESCRIPTIONS = ("address", "phone", "directions")
Place = Branch | Location | ItemType


@transaction.atomic
def remove_places(run: ImportRun, *, by: events.Actor | None) -> None:
    """Remove those that nothing uses and nobody described; the import says which stay, and why."""
    stay = []
    for place in chain(_made(run, Location), _made(run, ItemType), _made(run, Branch)):
        if reason := _against(place):
            stay.append(reason)
        elif isinstance(place, Branch):
            remove_branch(place, by=by)
        elif isinstance(place, Location):
            remove_location(place, by=by)
        else:
            remove_item_type(place, by=by)
    ImportRun.objects.filter(pk=run.pk).update(left_places="\n".join(map(str, stay)))


def _made(run: ImportRun, model: type[Place]) -> Iterator[Place]:
    """Asked for as it is come to: locations are gone before their branches are looked at."""
    keys = [key for kind, key in run.made_places if kind == model._meta.model_name]
    yield from model._default_manager.filter(pk__in=keys).order_by("pk")  # noqa: SLF001 -- Django's documented name


def _against(place: Place) -> Reason | None:
    facts = {"kind": str(place._meta.verbose_name).capitalize(), "name": place.name}
    if used := sorted({str(each._meta.verbose_name) for each in _users(place)}):
        return PLACE_STAYS(**facts, what=", ".join(used))
    if any(getattr(place, name, "") for name in DESCRIPTIONS):
        return PLACE_STAYS_DESCRIBED(**facts)
    return None


def _users(place: Place) -> Iterator[type[Model]]:
    """What keeps anything about it, be it of parts that the catalogue does not know: the database's foreign keys do."""
    for relation in place._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.related_model is not None:
            model = relation.related_model
            if model._default_manager.filter(**{relation.field.name: place.pk}).exists():  # noqa: SLF001 -- Django's documented name
                yield model
