"""Titles with their copies, by the catalogue's own bulk verb."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from lumbung.catalogue.domain import arrivals, items, records
from lumbung.catalogue.domain.bibliographic import has_title
from lumbung.catalogue.domain.bound_titles import bind_title
from lumbung.catalogue.domain.marc_shape import shape_faults
from lumbung.catalogue.models import BoundTitle, Item, ItemType, Record
from lumbung.catalogue.refusals import BARCODE_TOO_LONG, NO_TITLE
from lumbung.kernel.refusals import Reason, Refused
from lumbung.moving.domain.options import Places
from lumbung.moving.domain.plain import Bound, Copy, Title
from lumbung.moving.domain.stages.houses import IN_HOUSE, make_type
from lumbung.moving.domain.stages.stage import Stage
from lumbung.moving.refusals import (
    COPY_MISSING,
    COPY_TYPE_UNKNOWN,
    KEPT_AS_CHANGED_HERE,
    PLACE_UNKNOWN,
    TITLE_MISSING,
    USUAL_TYPE_NAME,
)
from lumbung.organization.domain import barcodes
from lumbung.organization.models import Branch, Location
from lumbung.organization.refusals import BARCODE_EMPTY, BARCODE_TAKEN_BY_ITEM, BARCODE_TAKEN_BY_MEMBER

LONGEST_BARCODE = 60
COPY = Copy.entity
CREATORS = ("100", "110", "111", "700", "710", "711")


class TitleStage(Stage[Title]):
    kind = Title
    journalled = "record"

    def __init__(self, work: Any) -> None:
        super().__init__(work)
        self.copies = CopyStage(work)

    def take(self, some: Sequence[Title]) -> None:
        super().take(some)
        known = self.work.origins.of(self.kind.entity)
        later = [copy for row in some if row.source_id in known for copy in row.copies]
        self.copies.take([copy for copy in later if copy.source_id not in self.copies.met])
        self.copies.met.clear()

    def bring_in(self, fresh: Sequence[Title]) -> None:
        admitted = [row for row in fresh if not self._refused(row)]
        accepted = [self.copies.judged(row.copies) for row in admitted]
        if self.work.pretend:
            for row, own in zip(admitted, accepted, strict=True):
                self.came(row, None)
                self.copies.noted(own, [None] * len(own))
            return
        made = arrivals.bring_in(
            [self._arriving(row, own) for row, own in zip(admitted, accepted, strict=True)], by=self.work.by
        )
        for row, key, own, told in zip(admitted, made.titles, accepted, made.copies, strict=True):
            self.came(row, key)
            self.copies.noted(own, told)

    def _refused(self, row: Title) -> bool:
        """Reject a title that no catalogue could hold; its copies are told as copies without a title."""
        faults = [] if has_title(row.record) else [NO_TITLE()]
        if faults := faults + shape_faults(row.record):
            self.work.reject(row, *faults)
            self.copies.orphaned(row.copies)
        return bool(faults)

    def _arriving(self, row: Title, own: Sequence[Copy]) -> arrivals.ArrivingTitle:
        return arrivals.ArrivingTitle(
            record=row.record,
            created_at=row.created_at or self.work.now,
            updated_at=row.updated_at or row.created_at or self.work.now,
            suppressed=row.suppressed,
            copies=[self.copies.arriving(copy) for copy in own],
        )

    def change(self, row: Title, key: int) -> dict[str, Any] | None:
        current = Record.objects.filter(pk=key).first()
        if current is None:
            return None
        before = {"version": current.version, "suppressed": current.suppressed}
        changed = records.change_record(current, row.record, version=current.version, by=self.work.by)
        records.set_suppressed(changed, row.suppressed, by=self.work.by)
        return before

    def restore(self, key: int, before: dict[str, Any]) -> None:
        current = Record.objects.filter(pk=key).first()
        if current is None:
            return
        if current.revisions.filter(was=before["version"]).exists():
            current = records.restore_version(current, before["version"], version=current.version, by=self.work.by)
        records.set_suppressed(current, before["suppressed"], by=self.work.by)

    def ours(self) -> QuerySet[Any]:
        return Record.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        return {
            each.pk: {
                "title": each.title,
                "year": str(each.year or ""),
                "class": each.classification,
                "creators": str(len(each.marc_record.all(*CREATORS))),
                "hidden": str(int(each.suppressed)),
            }
            for each in Record.objects.filter(pk__in=keys)
        }


class CopyStage(Stage[Copy]):
    """Copies of titles that came before; those of new titles come with them, through ``TitleStage``."""

    kind = Copy
    journalled = "item"

    def __init__(self, work: Any) -> None:
        super().__init__(work)
        self.met: set[str] = set()
        self._barcodes: set[str] = set()
        self._usual: dict[bool, int] = {}
        self._homes = dict(Location.objects.values_list("pk", "branch"))

    def judged(self, copies: Sequence[Copy]) -> list[Copy]:
        """Those of the copies of a new title that may come in; the others are reported. Counts them as read."""
        fresh, known = self.sorted_out(copies)
        self.met.update(copy.source_id for copy in copies)
        for row, _ in known:  # its title is new, so it belonged to another before: that is changed by hand
            self.work.warn(row, KEPT_AS_CHANGED_HERE())
            self.work.count(COPY, "ours")
        return self._admitted(fresh)

    def _admitted(self, fresh: Sequence[Copy]) -> list[Copy]:
        taken = barcodes.taken([row.barcode for row in fresh]) if self.work.pretend else {}
        admitted = []
        for row in fresh:
            if reason := self._fault(row, taken):
                self.work.reject(row, reason)
                continue
            self._barcodes.add(barcodes.normal(row.barcode))
            admitted.append(row)
        return admitted

    def _fault(self, row: Copy, taken: Mapping[str, Any]) -> Reason | None:
        name = barcodes.normal(row.barcode)
        if not name:
            return BARCODE_EMPTY()
        if len(name) > LONGEST_BARCODE:
            return BARCODE_TOO_LONG(barcode=row.barcode, most=LONGEST_BARCODE)
        if name in self._barcodes:
            return BARCODE_TAKEN_BY_ITEM(barcode=row.barcode)
        if name in taken:
            return (BARCODE_TAKEN_BY_MEMBER if taken[name] == "member" else BARCODE_TAKEN_BY_ITEM)(barcode=row.barcode)
        return None

    def noted(self, own: Sequence[Copy], told: Sequence[int | Reason | None]) -> None:
        for row, each in zip(own, told, strict=True):
            self.came(row, each)

    def orphaned(self, copies: Sequence[Copy]) -> None:
        for row in copies:
            self.met.add(row.source_id)
            self.work.count(COPY, "read")
            self.work.reject(row, TITLE_MISSING(title=row.title))

    def bring_in(self, fresh: Sequence[Copy]) -> None:
        """Copies that the other system gave to titles which came in before."""
        told = [(row, self.work.origins.key("title", row.title)) for row in fresh]
        there = _standing(Record.objects.all(), [title for _, title in told])
        homes = [(row, title if title in there else None) for row, title in told]
        for row, title in homes:
            if title is None:
                self.work.reject(row, TITLE_MISSING(title=row.title))
        admitted = set(map(id, self._admitted([row for row, title in homes if title is not None])))
        for row, title in homes:
            if id(row) not in admitted:
                continue
            if self.work.pretend:
                self.came(row, None)
            elif record := Record.objects.filter(pk=title or 0).first():
                arriving = arrivals.ArrivingTitle(
                    key=record.pk,
                    record=record.marc_record,
                    created_at=record.created_at,
                    updated_at=record.updated_at,
                    copies=[self.arriving(row)],
                )
                self.came(row, arrivals.bring_in([arriving], by=self.work.by).copies[0][0])
            else:
                self.work.reject(row, TITLE_MISSING(title=row.title))

    def arriving(self, row: Copy) -> arrivals.ArrivingCopy:
        branch, location = self._where(row)
        return arrivals.ArrivingCopy(
            barcode=row.barcode.strip(),
            branch=branch,
            location=location,
            item_type=self._type(row),
            call_number=row.call_number,
            volume=row.volume,
            accession_number=row.accession_number,
            accessioned_on=row.accessioned_on,
            source=row.source,
            vendor=row.vendor,
            price=row.price,
            status=row.status,
            note=row.note,
            added_at=row.added_at or self.work.now,
        )

    def _where(self, row: Copy) -> tuple[int, int | None]:
        """Branch and location of a copy."""
        key = self.work.origins.key("place", row.place)
        if row.place and key is None:
            self.work.warn(row, PLACE_UNKNOWN(place=row.place))
        if (room := self.work.origins.key("room", row.room)) is not None:
            return self._home(room), room
        if key is None:
            return self.work.branch.pk, None
        if self.work.options.places is Places.BRANCHES:
            return key, None
        return self._home(key), key

    def _home(self, room: int) -> int:
        """The branch of a room."""
        if room not in self._homes:
            self._homes = dict(Location.objects.values_list("pk", "branch"))
        return self._homes.get(room, self.work.branch.pk)

    def _type(self, row: Copy) -> int:
        """The type of a copy; of one that is not lent, the like type for reading in the house."""
        key = self.work.origins.key("copy_type", row.copy_type)
        if row.copy_type and key is None:
            self.work.warn(row, COPY_TYPE_UNKNOWN(type=row.copy_type))
        if row.lendable:
            return key if key is not None else self._usual_type(lendable=True)
        return self._usual_type(lendable=False) if key is None else self._in_house(row.copy_type or "", key)

    def _usual_type(self, *, lendable: bool) -> int:
        if lendable not in self._usual:
            name = str(USUAL_TYPE_NAME[lendable])
            there = ItemType.objects.filter(name=name, lendable=lendable).first()
            self._usual[lendable] = there.pk if there else make_type(name, lendable=lendable, by=self.work.by)
        return self._usual[lendable]

    def _in_house(self, source_id: str, key: int) -> int:
        """The type beside ``key`` whose copies are not lent: that type itself when it is one, else one made for the purpose."""
        like = self.work.origins.key("copy_type", source_id + IN_HOUSE)
        if like is None:
            base = ItemType.objects.get(pk=key)
            like = key
            if base.lendable:
                like = make_type(str(USUAL_TYPE_NAME["in_house"]) % {"type": base.name}, lendable=False, by=self.work.by)
            self.work.origins.add("copy_type", source_id + IN_HOUSE, like, "", made=like != key)
        return like

    def change(self, row: Copy, key: int) -> dict[str, Any] | None:
        """What the other system says of the copy now. A barcode that is taken meanwhile stays as it was."""
        current = Item.objects.filter(pk=key).first()
        if current is None:
            return None
        branch, location = self._where(row)
        told: dict[str, Any] = {
            "branch_id": branch,
            "location_id": location,
            "item_type_id": self._type(row),
            "call_number": row.call_number[:120],
            "accession_number": row.accession_number[:60],
            "vendor": row.vendor[:120],
            "note": row.note,
        }
        before = {name: getattr(current, name) for name in told} | {"status": current.status}
        self._set(current, told, row.status)
        return before

    def restore(self, key: int, before: dict[str, Any]) -> None:
        if current := Item.objects.filter(pk=key).first():
            status = before.pop("status")
            self._set(current, before, status)

    def _set(self, current: Item, told: dict[str, Any], status: str) -> None:
        places = {
            "branch": Branch.objects.get(pk=told["branch_id"]),
            "location": Location.objects.filter(pk=told["location_id"]).first(),
            "item_type": ItemType.objects.get(pk=told["item_type_id"]),
        }
        texts = {name: value for name, value in told.items() if not name.endswith("_id")}
        items.set_status(items.change_item(current, by=self.work.by, **places, **texts), status, by=self.work.by)

    def ours(self) -> QuerySet[Any]:
        return Item.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        return {
            each.pk: {
                "barcode": each.barcode,
                "call_number": each.call_number,
                "status": each.status,
                "title": each.record.title,
            }
            for each in Item.objects.filter(pk__in=keys).select_related("record")
        }


class BoundStage(Stage[Bound]):
    """Titles that are in a copy of another: whoever wants one of them is given that copy."""

    kind = Bound

    def bring_in(self, fresh: Sequence[Bound]) -> None:
        told = [(row, self.work.origins.key("title", row.title), self.work.origins.key(COPY, row.copy)) for row in fresh]
        titles = _standing(Record.objects.all(), [title for _, title, _ in told])
        copies = _standing(Item.objects.all(), [copy for _, _, copy in told])
        for row, title, copy in told:
            reasons = [] if title in titles else [TITLE_MISSING(title=row.title)]
            reasons += [] if copy in copies else [COPY_MISSING(copy=row.copy)]
            if reasons:
                self.work.reject(row, *reasons)
            elif self.work.pretend:
                self.came(row, None)
            else:
                self._bind(row, Item.objects.get(pk=copy or 0), Record.objects.listed().get(pk=title or 0))

    def _bind(self, row: Bound, copy: Item, title: Record) -> None:
        try:
            with transaction.atomic():
                made = bind_title(copy, title, by=self.work.by)
        except Refused as refused:
            self.work.reject(row, *refused.reasons)
        else:
            self.came(row, made.pk)

    def ours(self) -> QuerySet[Any]:
        return BoundTitle.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        return {each.pk: {"copy": each.item.barcode} for each in BoundTitle.objects.filter(pk__in=keys).select_related("item")}


def _standing(rows: QuerySet[Any], keys: Sequence[int | None]) -> set[int | None]:
    """Those of the keys whose row is still here: what an earlier move brought may have been removed. What a rehearsal made up is."""
    kept = {key for key in keys if key is not None and key > 0}
    found = rows.filter(pk__in=kept).values_list("pk", flat=True) if kept else ()
    return {key for key in keys if key is not None and key < 0} | set(found)
