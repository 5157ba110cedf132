"""What may be done to every item of a batch."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Manager, Model

from lumbung.catalogue.domain.batches.by_rule import crosswalk_kept, pairs_in, scheme_faults
from lumbung.catalogue.domain.batches.patterns import Search
from lumbung.catalogue.domain.crosswalk.numbers import rewritten
from lumbung.catalogue.domain.items import change_item, set_status
from lumbung.catalogue.models import Item, ItemType
from lumbung.catalogue.refusals import LOCATION_ELSEWHERE, NOTHING_TO_CHANGE, REFERENCE_GONE, STATUS_UNKNOWN
from lumbung.kernel import events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization.models import Branch, Location

REFERENCES: dict[str, Manager[Any]] = {"branch": Branch.objects, "location": Location.objects, "item_type": ItemType.objects}
TEXTS = ("call_number", "volume", "copy", "accession_number", "vendor", "note")
EMPTIABLE = (
    "location",
    "source",
    "vendor",
    "price",
    "note",
    "call_number",
    "volume",
    "copy",
    "accession_number",
    "accessioned_on",
)
EMPTY: dict[str, Any] = {"location": None, "price": None, "accessioned_on": None}


@dataclass(frozen=True, kw_only=True)
class ItemChanges:
    """``put`` are fields with their new values (keys for branch, location and item type), ``empty`` fields to be emptied, ``note_added`` a
    line behind the note that stands; in ``replace_in`` (one of TEXTS) ``find`` becomes ``replace_by``; ``class_to`` (297 or 2X) puts call
    numbers into that scheme by the crosswalk kept in ``rule``."""

    put: Mapping[str, Any] = field(default_factory=dict)
    empty: tuple[str, ...] = ()
    note_added: str = ""
    replace_in: str = ""
    find: str = ""
    replace_by: str = ""
    regex: bool = False
    same_case: bool = False
    class_to: str = ""
    rule: Mapping[str, Any] = field(default_factory=dict)

    def kept(self) -> "ItemChanges":
        """The same with the crosswalk it follows, as it stands now."""
        return replace(self, rule=crosswalk_kept()) if self.class_to else self

    def faults(self) -> list[Reason]:
        """Everything that keeps it from being carried out."""
        asked = (self.put, self.empty, self.note_added, self.replace_in, self.class_to)
        found = [] if any(asked) else [NOTHING_TO_CHANGE()]
        found += scheme_faults(self.class_to) if self.class_to else []
        for name, rows in REFERENCES.items():
            if self.put.get(name) is not None and not rows.filter(pk=self.put[name]).exists():
                found.append(REFERENCE_GONE(name=str(rows.model._meta.verbose_name)))
        if self.put.get("status", Item.Statuses.AVAILABLE) not in Item.Statuses.values:
            found.append(STATUS_UNKNOWN(status=self.put["status"]))
        if self.replace_in:
            pattern = self._search().fault(self.replace_by)
            found += [pattern] if pattern else [] if self.find else [NOTHING_TO_CHANGE()]
        return found

    def stored(self) -> dict[str, Any]:
        return {**asdict(self), "put": {name: _plain(value) for name, value in self.put.items()}, "empty": list(self.empty)}

    def wanted(self, item: Item) -> dict[str, Any]:
        """The fields, as plain values, that this would make other than they are. Refuses a pattern that takes too long."""
        wanted = {name: _plain(value) for name, value in self.put.items()}
        elsewhere = "branch" in wanted and wanted["branch"] != item.branch_id
        if elsewhere and "location" not in wanted:
            wanted["location"] = None  # a shelf of the branch it leaves
        wanted |= {name: EMPTY.get(name, "") for name in self.empty}
        if self.note_added:
            note = str(wanted.get("note", item.note))
            wanted["note"] = "\n".join(filter(None, [note, self.note_added]))
        if self.replace_in:
            text = str(wanted.get(self.replace_in, getattr(item, self.replace_in)))
            wanted[self.replace_in] = self._search().replaced(text, self.replace_by)
        if self.class_to:
            number = str(wanted.get("call_number", item.call_number))
            wanted["call_number"] = rewritten(number, self.class_to, pairs_in(self.rule))
        held = as_kept(item, wanted)
        return {name: value for name, value in wanted.items() if held[name] != value}

    def refused(self, item: Item, wanted: Mapping[str, Any], homes: Mapping[int, int]) -> list[Reason]:
        """Why the item cannot become so; ``homes`` tells the branch of every location."""
        branch = wanted.get("branch", item.branch_id)
        shelf = wanted.get("location", item.location_id)
        if shelf is None or homes.get(shelf) == branch:
            return []
        place, library = Location.objects.filter(pk=shelf).first(), Branch.objects.filter(pk=branch).first()
        return [LOCATION_ELSEWHERE(location=place or shelf, branch=library or branch)]

    def _search(self) -> Search:
        return Search(self.find, self.regex, self.same_case)


def changes_of(stored: dict[str, Any]) -> ItemChanges:
    """What ``stored`` wrote."""
    return ItemChanges(**{**stored, "empty": tuple(stored["empty"])})


def as_kept(item: Item, names: Mapping[str, Any] | set[str]) -> dict[str, Any]:
    """These fields of the item as plain values."""
    return {name: _plain(getattr(item, f"{name}_id" if name in REFERENCES else name)) for name in names}


def write(item: Item, values: Mapping[str, Any], *, by: events.Actor | None) -> None:
    """Give the item these plain values through its verbs. Refuses as they do, and when a branch, location or type is gone."""
    told = {name: _meant(name, value) for name, value in values.items() if name != "status"}
    if told:
        change_item(item, by=by, **told)
    if "status" in values:
        set_status(item, values["status"], because=Item.Causes.BATCH, by=by)


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    return str(value) if isinstance(value, Decimal | date) else value


def _meant(name: str, value: Any) -> Any:
    if value is None or value == "":
        return value
    if name in REFERENCES:
        found = REFERENCES[name].filter(pk=value).first()
        if found is None:
            raise Refused(REFERENCE_GONE(name=str(REFERENCES[name].model._meta.verbose_name)))
        return found
    if name == "price":
        return Decimal(value)
    return date.fromisoformat(value) if name == "accessioned_on" else value
