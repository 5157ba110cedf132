"""One stretch of an import: some hundred entries of a file made into rows, with the reports about them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from lumbung.catalogue.domain import bibliographic
from lumbung.catalogue.domain.authorities.linking import store_headings
from lumbung.catalogue.domain.imports.accepted import Accepted, Bringer
from lumbung.catalogue.domain.imports.bindings import barcodes_of_hosts, bind
from lumbung.catalogue.domain.imports.copies import Copy, copies
from lumbung.catalogue.domain.imports.deciding import Decided, change_matched, decide
from lumbung.catalogue.domain.imports.headings import AUTHORITY, Headings
from lumbung.catalogue.domain.imports.holdings_records import KINDS as HOLDINGS
from lumbung.catalogue.domain.imports.holdings_records import HoldingsRecords
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
    NO_HEADING,
    NOT_BIBLIOGRAPHIC,
    import_refusal,
)
from lumbung.formats import marc
from lumbung.kernel import rows
from lumbung.kernel.refusals import Reason
from lumbung.organization.domain import barcodes
from lumbung.organization.models import Barcode
from lumbung.organization.refusals import BARCODE_TAKEN_BY_ITEM, BARCODE_TAKEN_BY_MEMBER

OTHER_FORMATS = frozenset("uvwxyq")  # holdings, classification and community information
LONGEST_BARCODE, LONGEST_CALL_NUMBER, LONGEST_COPY, LONGEST_ACCESSION, LONGEST_VENDOR = 60, 120, 20, 60, 120
BEGINNING = 1 << 16
KINDS: dict[str, str] = {each: each.value for each in Identifier.Kinds}
"""As the database takes them."""
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
    """What a dry run met: barcodes, headings by kind and key, and the control numbers of titles."""

    barcodes: set[str] = field(default_factory=set)
    headings: set[tuple[str, str]] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)


class Stretch:
    """The work on one stretch. ``seen`` is what was met before, which a dry run must remember for itself. The ``last`` stretches are
    those of holdings records that waited for their titles."""

    def __init__(
        self, run: ImportRun, options: ImportOptions, places: Places, seen: Seen | None, *, last: bool = False
    ) -> None:
        self.run, self.options, self.places = run, options, places
        self.seen = seen.barcodes if seen else None
        self.headings = Headings(run, seen.headings if seen else None)
        titles = seen.titles if seen else None
        self.holdings = HoldingsRecords(run, titles, last=last, profile=options.items, rule=options.duplicates)
        self.accepted: list[Accepted] = []
        self.reports: list[ImportRejection] = []
        self.read = self.rejected = self.items_added = self.items_rejected = 0
        self.end = run.offset
        self.unbound: list[tuple[int, str]] = []
        self.decided = Decided(Rule.ADD)

    def take(self, entries: Iterable[marc.Entry]) -> None:
        """Judge the entries; nothing is stored yet."""
        for entry in entries:
            self.read += 1
            self.end = entry.end
            found = entry.record
            is_holding = found is not None and found.leader[6] in HOLDINGS and self.holdings.take(entry, found)
            if found is not None and found.leader[6] in OTHER_FORMATS and not is_holding:
                self.report(entry, NOT_BIBLIOGRAPHIC(place=found.leader[6]), refused=True, raw=entry.raw)
                found = None
            is_authority = found is not None and found.leader[6] == AUTHORITY
            if found is not None and is_authority and not self.headings.take(entry, found):
                self.report(entry, NO_HEADING(), refused=True, raw=entry.raw)
                found = None
            for each in _worst_first(entry.defects):
                raw = _kept(entry.raw, each) if each.refused or each.altered else b""
                self.report(entry, import_refusal(each.kind)(place=each.place), refused=each.refused, raw=raw)
            if found is None:
                self.rejected += 1
                continue
            if is_authority or is_holding:
                continue
            columns, numbers = bibliographic.columns_of(found)
            self.accepted.append(Accepted(entry, found, columns, numbers))

    def take_again(self, entries: Iterable[marc.Entry]) -> None:
        """Take holdings records that were read and reported about before, and waited."""
        for entry in entries:
            if entry.record is not None:
                self.holdings.take(entry, entry.record)

    def report(self, entry: marc.Entry, reason: Reason, *, refused: bool = False, raw: bytes = b"") -> None:
        self.reports.append(
            ImportRejection(
                import_run=self.run,
                position=entry.position,
                offset=entry.offset,
                refused=refused,
                kind=reason.code,
                facts=dict(reason.facts),
                control_number=entry.record.control("001").strip()[:120] if entry.record else "",
                raw=raw,
            )
        )

    def _refuse(self, entry: marc.Entry, reason: Reason) -> None:
        self.rejected += 1
        self.report(entry, reason, refused=True, raw=entry.raw)

    def store(self, now: datetime) -> tuple[int, int] | None:
        """Store records, numbers and copies; returns the first and last new key, if any. In a dry run only the reports are made."""
        decided = self.decided = decide(self.accepted, self.options)
        if not self.run.dry_run:
            for one, key in zip(decided.added, rows.reserve(Record, len(decided.added)), strict=True):
                one.key = key
        decided.settle_keys()
        for one, reason in decided.reasons():
            self.report(one.entry, reason)
        self.headings.store(now, refuse=self._refuse, by=self.places.by)
        at = connection.ops.adapt_datetimefield_value(now)
        held = self.holdings.settle(decided.taking(), decided.left_out(), warn=self.report, refuse=self._refuse)
        bringing: list[Bringer] = [*decided.bringing_copies(), *held]
        items = [self._row(one, copy, at) for one, copy in self._admitted_copies(bringing)]
        if self.run.dry_run:
            return None
        self._store_records(decided.added, at)
        store_headings(((one.key, one.record) for one in decided.added if one.key is not None), new=True)
        rows.insert(Item, ITEM_COLUMNS, items)
        hosts = [(one.key, code) for one in decided.added if one.key is not None for code in barcodes_of_hosts(one.record)]
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
            for copy in copies(one.record, self.options.items):
                if fault := self._fault_of(copy):
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

    def _fault_of(self, copy: Copy) -> Reason | None:
        if not copy.barcode:
            return ITEM_WITHOUT_BARCODE(place=copy.field.tag)
        if len(copy.barcode) > LONGEST_BARCODE:
            return BARCODE_TOO_LONG(barcode=copy.barcode, most=LONGEST_BARCODE)
        if not (copy.branch or self.places.usual_branch):
            return ITEM_WITHOUT_BRANCH(barcode=copy.barcode)
        return None

    def _reject_copy(self, one: Bringer, copy: Copy, reason: Reason) -> None:
        self.items_rejected += 1
        self.report(one.entry, reason, raw=marc.dumps(marc.Record(fields=[copy.field])).encode())

    def _store_records(self, added: list[Accepted], at: Any) -> None:
        rest = (False, 1, self.run.pk, at, at)
        rows.insert(Record, RECORD_COLUMNS, [(one.key, marc.dumps(one.record), *one.columns, *rest) for one in added])
        rows.insert(
            Identifier,
            ("record_id", "kind", "value"),
            [(one.key, KINDS[number.kind], number.value) for one in added for number in one.numbers],
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
            self.report(one.entry, reason)
        self.places.reports.clear()


def _kept(raw: bytes, defect: marc.Defect) -> bytes:
    """The bytes to save aside; of a stretch without end only its beginning, because nobody mends 16 MiB by hand."""
    return raw[:BEGINNING] if defect.kind is marc.Kind.TOO_LARGE else raw


def _worst_first(defects: list[marc.Defect]) -> list[marc.Defect]:
    """Each kind of defect once, the one that cost the record before the rest."""
    kinds = {each.kind: each for each in sorted(defects, key=lambda each: each.refused)}
    return sorted(kinds.values(), key=lambda each: not each.refused)
