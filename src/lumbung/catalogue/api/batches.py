"""Changing many records or items at once, by the verbs of the pages: chosen, worked out, looked at, carried out, taken back."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.responses import Status

from lumbung.accounts.domain.api_access import ApiRequest, Scoped
from lumbung.catalogue import queries
from lumbung.catalogue.domain import batches as verbs
from lumbung.catalogue.domain.batches import Action, ItemChanges, ItemDifference, RecordDifference, Step
from lumbung.catalogue.domain.batches.item_changes import EMPTIABLE, TEXTS
from lumbung.catalogue.domain.comparison import Side
from lumbung.catalogue.domain.item_selection import Selection
from lumbung.catalogue.domain.record_selection import Named, RecordSelection
from lumbung.catalogue.jobs import go_on_with_batch
from lumbung.catalogue.models import Batch, BatchLine, Defect, Item, ItemType, Material
from lumbung.catalogue.permissions import BATCHES, BATCHES_READ, BATCHES_WRITE
from lumbung.kernel.api.problems import UnknownName
from lumbung.kernel.api.shapes import Body, Day, Key, Listing, Name, PageNumber, PageSize, Prose, Word, listing
from lumbung.organization.models import Branch, Location

router = Router()

MOST_LINES, MOST_STEPS = 10_000, 10
Lines = Annotated[list[Word], Field(default_factory=list, max_length=MOST_LINES)]
Text = Annotated[str, Field(max_length=500)]


class RecordsChosen(Body):
    """What must hold of each record; what is left out does not narrow. ``branch`` is a code."""

    lines: Lines
    lines_are: Named = Named.BARCODE
    words: Word = ""
    material: Material | None = None
    branch: Word = ""
    import_run: Key | None = None
    added_since: Day | None = None
    defect: Defect | None = None

    def selection(self) -> RecordSelection:
        told = self.dict(exclude={"material", "branch", "defect"})
        branch = _coded("branch", Branch.objects.filter(code__iexact=self.branch).first(), self.branch)
        return RecordSelection(
            **told, material=self.material or "", defect=self.defect or "", branch=branch.pk if branch else None
        )


class ItemsChosen(Body):
    """The same of each item. ``branch``, ``location`` and ``item_type`` are codes; a location needs its branch."""

    barcodes: Lines
    words: Word = ""
    record: Key | None = None
    import_run: Key | None = None
    accession_from: Word = ""
    accession_to: Word = ""
    shelf_from: Word = ""
    shelf_to: Word = ""
    branch: Word = ""
    location: Word = ""
    item_type: Word = ""
    status: Item.Statuses | None = None
    not_labelled: bool = False

    def selection(self) -> Selection:
        told = self.dict(exclude={"branch", "location", "item_type", "status"})
        return Selection(**told, **_places(self.branch, self.location, self.item_type), status=self.status or "")


class StepIn(Body):
    """One step, as on the page: ``add``, ``replace``, ``set``, ``delete_field``, ``delete_subfield``, ``move``, ``position``, ``names``
    or ``class``."""

    action: Action
    tag: Annotated[str, Field(max_length=3)] = ""
    code: Annotated[str, Field(max_length=5)] = ""
    find: Text = ""
    put: Text = ""
    regex: bool = False
    same_case: bool = False


class RecordBatchIn(Body):
    name: Annotated[Name, Field(max_length=120)]
    selection: RecordsChosen
    steps: Annotated[list[StepIn], Field(min_length=1, max_length=MOST_STEPS)]


class ItemValuesIn(Body):
    """The fields that become something else; codes for branch, location and item type."""

    branch: Word = ""
    location: Word = ""
    item_type: Word = ""
    status: Item.Statuses | None = None
    source: Item.Sources | None = None
    vendor: Annotated[Word, Field(max_length=120)] = ""
    call_number: Annotated[Word, Field(max_length=120)] = ""
    price: Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)] | None = None
    accessioned_on: Day | None = None

    def put(self) -> Mapping[str, Any]:
        told = self.dict(exclude={"branch", "location", "item_type"})
        places = {name: row.pk for name, row in _places(self.branch, self.location, self.item_type).items() if row}
        return {name: value for name, value in told.items() if value not in {None, ""}} | places


class ItemBatchIn(Body):
    """``put`` are new values, ``empty`` fields to be emptied; ``class_to`` (297 or 2X) moves call numbers by the crosswalk."""

    name: Annotated[Name, Field(max_length=120)]
    selection: ItemsChosen
    put: ItemValuesIn = ItemValuesIn()
    empty: Annotated[list[Word], Field(default_factory=list, max_length=20)]
    note_added: Annotated[Prose, Field(max_length=500)] = ""
    replace_in: Word = ""
    find: Text = ""
    replace_by: Text = ""
    regex: bool = False
    same_case: bool = False
    class_to: Annotated[str, Field(max_length=3)] = ""

    def changes(self) -> ItemChanges:
        if unknown := [each for each in self.empty if each not in EMPTIABLE]:
            raise UnknownName("empty", unknown[0])
        if self.replace_in and self.replace_in not in TEXTS:
            raise UnknownName("replace_in", self.replace_in)
        told = self.dict(exclude={"name", "selection", "put", "empty"})
        return ItemChanges(**told, put=self.put.put(), empty=tuple(self.empty))


class BatchOut(Schema):
    """``expected`` is how many were chosen, ``looked_at`` how many of them were worked out, ``counts`` what came of those that differ;
    ``unknown`` are lines of the list that name nothing here."""

    id: int
    kind: Batch.Kinds
    name: str
    state: Batch.States
    expected: int
    looked_at: int
    unchanged: int
    unknown: list[str]
    counts: dict[str, int]
    stopped_because: str
    created_at: datetime
    finished_at: datetime | None


class BriefBatchOut(Schema):
    id: int
    kind: Batch.Kinds
    name: str
    state: Batch.States
    created_at: datetime
    finished_at: datetime | None


class DifferenceOut(Schema):
    """What becomes of one record or item: each field with what stands and what comes, and why it is refused or left."""

    key: int
    label: str
    outcome: BatchLine.Outcomes
    rows: list[dict[str, str]]
    reasons: list[str]


class DifferencesAsked(Schema):
    outcome: BatchLine.Outcomes | None = None
    page: PageNumber = 1
    size: PageSize = 20


class Pages(Schema):
    page: PageNumber = 1
    size: PageSize = 20


@router.get("", auth=Scoped(BATCHES_READ, BATCHES), response=Listing[BriefBatchOut])
def list_batches(request: ApiRequest, asked: Query[Pages]) -> dict[str, Any]:
    """Every batch, the latest first."""
    return listing(queries.batches(), asked.page, asked.size, lambda batch: batch)


@router.post("/records", auth=Scoped(BATCHES_WRITE, BATCHES), response={202: BatchOut})
def start_record_batch(request: ApiRequest, response: HttpResponse, given: RecordBatchIn) -> Status[dict[str, Any]]:
    """Ask what these steps would change in the records chosen. It is worked out in the background; nothing is changed before ``start``."""
    steps = [Step(**each.dict()) for each in given.steps]
    made = verbs.start_record_batch(given.selection.selection(), steps, name=given.name, by=request.auth.actor)
    return _set_going(made, response)


@router.post("/items", auth=Scoped(BATCHES_WRITE, BATCHES), response={202: BatchOut})
def start_item_batch(request: ApiRequest, response: HttpResponse, given: ItemBatchIn) -> Status[dict[str, Any]]:
    """The same for items."""
    made = verbs.start_item_batch(given.selection.selection(), given.changes(), name=given.name, by=request.auth.actor)
    return _set_going(made, response)


@router.get("/{int:key}", auth=Scoped(BATCHES_READ, BATCHES), response=BatchOut)
def show_batch(request: ApiRequest, key: int) -> dict[str, Any]:
    """How far a batch is, and what came of it."""
    return _told(get_object_or_404(Batch, pk=key))


@router.get("/{int:key}/differences", auth=Scoped(BATCHES_READ, BATCHES), response=Listing[DifferenceOut])
def batch_differences(request: ApiRequest, key: int, asked: Query[DifferencesAsked]) -> dict[str, Any]:
    """The preview: every record or item that would differ, with each difference. Afterwards what was done."""
    batch = get_object_or_404(Batch, pk=key)
    lines = batch.lines.filter(outcome=asked.outcome) if asked.outcome else batch.lines.all()
    found = listing(lines, asked.page, asked.size, lambda line: line)
    return {**found, "rows": [_difference(each) for each in verbs.differences(batch, found["rows"])]}


@router.post("/{int:key}/start", auth=Scoped(BATCHES_WRITE, BATCHES), response={202: BatchOut})
def start_batch(request: ApiRequest, response: HttpResponse, key: int) -> Status[dict[str, Any]]:
    """Agree to what was worked out: it is carried out in the background."""
    return _set_going(verbs.go_ahead(get_object_or_404(Batch, pk=key), by=request.auth.actor), response)


@router.post("/{int:key}/drop", auth=Scoped(BATCHES_WRITE, BATCHES), response=BatchOut)
def drop_batch(request: ApiRequest, key: int) -> dict[str, Any]:
    """Let it be: nothing was changed, and nothing will be."""
    return _told(verbs.drop_batch(get_object_or_404(Batch, pk=key), by=request.auth.actor))


@router.post("/{int:key}/undo", auth=Scoped(BATCHES_WRITE, BATCHES), response={202: BatchOut})
def undo_batch(request: ApiRequest, response: HttpResponse, key: int) -> Status[dict[str, Any]]:
    """Give back all it changed, in the background; what was changed since stays."""
    return _set_going(verbs.take_back_batch(get_object_or_404(Batch, pk=key), by=request.auth.actor), response)


def _set_going(batch: Batch, response: HttpResponse) -> Status[dict[str, Any]]:
    go_on_with_batch.enqueue(batch=batch.pk)
    response["Location"] = f"/api/v1/batches/{batch.pk}"
    return Status(202, _told(batch))


def _told(batch: Batch) -> dict[str, Any]:
    names = (
        "kind",
        "name",
        "state",
        "expected",
        "looked_at",
        "unchanged",
        "unknown",
        "stopped_because",
        "created_at",
        "finished_at",
    )
    return {"id": batch.pk, **{name: getattr(batch, name) for name in names}, "counts": queries.batch_counts(batch)}


def _difference(made: RecordDifference | ItemDifference) -> dict[str, Any]:
    line = made.line
    if isinstance(made, ItemDifference):
        rows = [{"field": field, "before": before, "after": after} for field, before, after in made.rows]
    else:
        rows = [{"field": row.tag, "before": _written(row.before), "after": _written(row.after)} for row in made.rows]
    return {"key": line.key, "label": line.label, "outcome": line.outcome, "rows": rows, "reasons": list(made.reasons)}


def _written(side: Side | None) -> str:
    """A field as the MARC view writes it, without its tag; empty for none."""
    if side is None:
        return ""
    return " ".join(
        filter(None, [side.indicators, "".join(f"${each.code}{each.text}" if each.code else each.text for each in side.pieces)])
    )


def _places(branch: str, location: str, item_type: str) -> dict[str, Any]:
    library = _coded("branch", Branch.objects.filter(code__iexact=branch).first(), branch)
    shelves = Location.objects.filter(branch=library, code__iexact=location)
    return {
        "branch": library,
        "location": _coded("location", shelves.first() if library else None, location),
        "item_type": _coded("item_type", ItemType.objects.filter(code__iexact=item_type).first(), item_type),
    }


def _coded(name: str, row: Any, code: str) -> Any:
    """The row of a code; None for no code."""
    if code and row is None:
        raise UnknownName(name, code)
    return row if code else None
