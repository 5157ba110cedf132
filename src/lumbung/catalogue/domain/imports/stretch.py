"""One stretch of an import: entries of a file made into rows, with the reports about them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from lumbung.catalogue.domain import bibliographic
from lumbung.catalogue.domain.authorities.linking import add_headings
from lumbung.catalogue.domain.imports.accepted import Accepted, Bringer, Origin
from lumbung.catalogue.domain.imports.bindings import bind
from lumbung.catalogue.domain.imports.copies import Copy
from lumbung.catalogue.domain.imports.deciding import Decided, change_matched, decide
from lumbung.catalogue.domain.imports.headings import Headings
from lumbung.catalogue.domain.imports.holdings_records import HoldingsRecords
from lumbung.catalogue.domain.imports.judging import Judged
from lumbung.catalogue.domain.imports.matching import Rule
from lumbung.catalogue.domain.imports.options import ImportOptions
from lumbung.catalogue.domain.imports.places import Places
from lumbung.catalogue.domain.shelf_order import shelf_key
from lumbung.catalogue.models import Identifier, ImportRejection, ImportRun, Item, Record
from lumbung.catalogue.models.volume import LONGEST as LONGEST_VOLUME
from lumbung.catalogue.refusals import (
    BARCODE_TOO_LONG,
    ITEM_WITHOUT_BARCODE,
    ITEM_WITHOUT_BRANCH,
)
from lumbung.formats import marc
from lumbung.kernel import rows
from lumbung.kernel.refusals import Reason
from lumbung.organization.domain import barcodes
from lumbung.organization.models import Barcode
from lumbung.organization.refusals import BARCODE_TAKEN_BY_ITEM, BARCODE_TAKEN_BY_MEMBER

LONGEST_BARCODE, LONGEST_CALL_NUMBER, LONGEST_COPY, LONGEST_ACCESSION, LONGEST_VENDOR = 60, 120, 20, 60, 120
RECORD_COLUMNS = (
    "id", "marc", *bibliographic.Columns._fields, "suppressed", "version", "import_run_id", "created_at", "updated_at",
)  # fmt: skip
ITEM_COLUMNS = (
    "record_id", "barcode", "branch_id", "held_at_id", "location_id", "item_type_id", "call_number", "volume", "copy",
    "shelf_key",
    "accession_number", "accessioned_on", "source", "vendor", "price", "status", "note", "is_bound", "import_run_id", "added_at",
)  # fmt: skip


@dataclass
class Seen:
    """What a dry run met: barcodes, headings by kind and key, and how many titles that would be added have each number."""

    barcodes: set[str] = field(default_factory=set)
    headings: set[tuple[str, str]] = field(default_factory=set)
    titles: Counter[str] = field(default_factory=Counter)


class Stretch:
    """The work on one stretch, which was judged before. ``seen`` is what was met before, which a dry run must remember for itself. The
    ``last`` stretches are those of holdings records that waited for their titles."""

    def __init__(
        self, run: ImportRun, options: ImportOptions, places: Places, seen: Seen | None, judged: Judged, *, last: bool = False
    ) -> None:
        self.run, self.options, self.places, self.judged = run, options, places, judged
        self.seen = seen.barcodes if seen else None
        self.headings = Headings(run, judged.authorities, seen.headings if seen else None)
        self.holdings = HoldingsRecords(
            run,
            judged.holdings,
            seen.titles if seen else None,
            last=last,
            profile=options.items,
            rule=options.duplicates,
        )
        self.items_added = self.items_rejected = 0
        self.unbound: list[tuple[int, str]] = []
        self.decided = Decided(Rule.ADD)

    @property
    def rejected(self) -> int:
        """How many entries are refused."""
        return self.judged.rejected

    def reports(self) -> list[ImportRejection]:
        """All that is to be told of the entries."""
        return [ImportRejection(import_run=self.run, **each._asdict()) for each in self.judged.reports]

    def _refuse(self, entry: Origin, reason: Reason) -> None:
        self.judged.rejected += 1
        self.judged.report(entry, reason, refused=True, raw=entry.raw)

    def store(self, now: datetime) -> tuple[int, int] | None:
        """Store records, numbers and copies; returns the first and last new key, if any. In a dry run only the reports are made."""
        decided = self.decided = decide(self.judged.accepted, self.options)
        if not self.run.dry_run:
            for one, key in zip(decided.added, rows.reserve(Record, len(decided.added)), strict=True):
                one.key = key
        decided.settle_keys()
        for one, reason in decided.reasons():
            self.judged.report(one.entry, reason)
        self.headings.store(now, refuse=self._refuse, by=self.places.by)
        at = connection.ops.adapt_datetimefield_value(now)
        held = self.holdings.settle(decided, warn=self.judged.report, refuse=self._refuse)
        bringing: list[Bringer] = [*decided.bringing_copies(), *held]
        items = [self._row(one, copy, at) for one, copy in self._admitted_copies(bringing)]
        if self.run.dry_run:
            return None
        self._store_records(decided.added, at)
        add_headings((one.key, each) for one in decided.added if one.key is not None for each in one.headings)
        rows.insert(Item, ITEM_COLUMNS, items)
        hosts = [(one.key, code) for one in decided.added if one.key is not None for code in one.hosts]
        self.unbound = bind(hosts, by=self.places.by) if hosts else []
        change_matched(decided, self.options, run=self.run, by=self.places.by)
        self.holdings.attach(by=self.places.by)
        keys = [one.key for one in decided.added if one.key is not None]
        return (keys[0], keys[-1]) if keys else None

    def touched(self) -> list[int]:
        """Keys of the records it changed or gave copies, ascending; those that it added itself are not among them."""
        own = {one.key for one in self.decided.added}
        held = {one.key for one in self.holdings.settled if one.key is not None and one.key not in own}
        return sorted({*self.decided.touched(), *held})

    def _admitted_copies(self, bringing: Iterable[Bringer]) -> list[tuple[Bringer, Copy]]:
        """The copies that may have their barcodes; the others are reported, each by its own reason."""
        wanted: list[tuple[Bringer, Copy]] = []
        normal: set[str] = set()
        for one in bringing:
            for copy in one.copies:
                if fault := self._fault_of(one, copy):
                    self._reject_copy(one, copy, fault)
                elif (name := barcodes.normal(copy.barcode)) in normal or (self.seen is not None and name in self.seen):
                    self._reject_copy(one, copy, BARCODE_TAKEN_BY_ITEM(barcode=copy.barcode))
                else:
                    normal.add(name)
                    wanted.append((one, copy))
        if self.seen is not None:
            self.seen |= normal
            taken = barcodes.taken(normal)
        else:
            taken = barcodes.claim_all([copy.barcode for _, copy in wanted], Barcode.Names.ITEM)
        admitted = [pair for pair in wanted if not self._is_taken(*pair, taken)] if taken else wanted
        self.items_added = len(admitted)
        return admitted

    def _is_taken(self, one: Bringer, copy: Copy, taken: dict[str, Barcode.Names]) -> bool:
        holder = taken.get(barcodes.normal(copy.barcode))
        if holder is None:
            return False
        reason = BARCODE_TAKEN_BY_ITEM if holder == Barcode.Names.ITEM else BARCODE_TAKEN_BY_MEMBER
        self._reject_copy(one, copy, reason(barcode=copy.barcode))
        return True

    def _fault_of(self, one: Bringer, copy: Copy) -> Reason | None:
        if not copy.barcode:
            return ITEM_WITHOUT_BARCODE(place=one.record.fields[copy.place].tag)
        if len(copy.barcode) > LONGEST_BARCODE:
            return BARCODE_TOO_LONG(barcode=copy.barcode, most=LONGEST_BARCODE)
        if not (copy.branch or self.places.usual_branch):
            return ITEM_WITHOUT_BRANCH(barcode=copy.barcode)
        return None

    def _reject_copy(self, one: Bringer, copy: Copy, reason: Reason) -> None:
        self.items_rejected += 1
        field = one.record.fields[copy.place]
        self.judged.report(one.entry, reason, raw=marc.dumps(marc.Record(fields=[field])).encode())

    def _store_records(self, added: list[Accepted], at: Any) -> None:
        rest = (False, 1, self.run.pk, at, at)
        rows.insert(Record, RECORD_COLUMNS, [(one.key, one.text, *one.columns, *rest) for one in added])
        rows.insert(
            Identifier,
            ("record_id", "kind", "value"),
            [(one.key, *number) for one in added for number in one.numbers],
        )

    def _row(self, one: Bringer, copy: Copy, at: Any) -> tuple[Any, ...]:
        places = self.places
        branch = places.branch(copy.branch)
        row = (
            one.key,
            copy.barcode,
            branch,
            places.branch(copy.held_at) if copy.held_at and copy.held_at != copy.branch else branch,
            places.location(branch, copy.branch, copy.location),
            places.item_type(copy.item_type, lendable=copy.lendable),
            copy.call_number[:LONGEST_CALL_NUMBER],
            copy.volume[:LONGEST_VOLUME],
            copy.number[:LONGEST_COPY],
            shelf_key(copy.call_number[:LONGEST_CALL_NUMBER], copy.number[:LONGEST_COPY], copy.volume[:LONGEST_VOLUME]),
            copy.accession_number[:LONGEST_ACCESSION],
            copy.accessioned_on,
            "",
            copy.vendor[:LONGEST_VENDOR],
            connection.ops.adapt_decimalfield_value(copy.price, 12, 2) if copy.price is not None else None,
            copy.status,
            copy.note,
            False,
            self.run.pk,
            at,
        )
        self._report_places(one)
        return row

    def _report_places(self, one: Bringer) -> None:
        for reason in self.places.reports:
            self.judged.report(one.entry, reason)
        self.places.reports.clear()
