"""INLISLite as a source of plain rows."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, ClassVar

from lumbung.catalogue.models import Item
from lumbung.kernel.days import iso_day as day
from lumbung.members.models import MemberIdentifier
from lumbung.moving.domain.dumps import stage_dump
from lumbung.moving.domain.inlislite import beside
from lumbung.moving.domain.inlislite.particular_rules import material_called
from lumbung.moving.domain.inlislite.permits import count_permits, permits
from lumbung.moving.domain.inlislite.records import record_of
from lumbung.moving.domain.inlislite.rules import count_rules, rules
from lumbung.moving.domain.inlislite.tables import COLUMNS_KEPT, INDEXES, KEPT_WHOLE, MOVED, SKIPPED, WANTED
from lumbung.moving.domain.plain import (
    Category,
    ClosedDay,
    Copy,
    CopyType,
    Lending,
    Owed,
    Permitted,
    Person,
    Place,
    Plain,
    Rule,
    Title,
    Visiting,
)
from lumbung.moving.domain.sources import Kept, Problem, Progress, Source, text_of
from lumbung.moving.domain.staging import AT, Row, Staged
from lumbung.moving.domain.values import line, moment, money, number
from lumbung.moving.refusals import DAYS_UNREADABLE, PENDING

SIZE = 500
NOON, EVENING = time(12), time(23, 59, 59)
OPEN = "coalesce(loanstatus, '') <> 'Return' AND coalesce(actualreturn, '') IN ('', '0000-00-00 00:00:00', '0000-00-00')"
ACTIVE_MEMBERS = {"", "1", "3"}
Statuses = Item.Statuses
_STATUS_WORDS = (
    ("hilang", Statuses.LOST), ("rusak", Statuses.DAMAGED), ("perbaik", Statuses.IN_REPAIR), ("jilid", Statuses.IN_REPAIR),
    ("olah", Statuses.IN_PROCESS), ("siang", Statuses.WITHDRAWN),
)  # fmt: skip


class InlisLite(Source):
    name: ClassVar[str] = "inlislite"
    label: ClassVar[str] = "INLISLite 3"

    @classmethod
    def read_in(cls, path: Path, staged: Staged, progress: Progress) -> list[Problem]:
        problems = stage_dump(path, staged, progress, fallback={}, wanted=WANTED, skipped=SKIPPED)
        for table, column in INDEXES:
            staged.index(table, column)
        return problems

    def rows(self, kind: type[Plain], *, after: int = 0) -> Iterator[Plain]:
        tell = _ROWS.get(kind)
        return tell(self, after) if tell else iter(())

    def count(self, kind: type[Plain]) -> int:
        if kind in _COUNTS:
            return _COUNTS[kind](self)
        return self.staged.count(_TABLES[kind]) if kind in _TABLES else 0

    def sums(self) -> Mapping[str, int]:
        return {"open_loans": self.staged.count("collectionloanitems", OPEN), "owed": beside.total_owed(self)}

    def orphans(self) -> Iterator[Plain]:
        statement = (
            "SELECT collections.rowid AS _at, collections.* FROM collections LEFT JOIN catalogs ON catalogs.id = collections.catalog_id"
            " WHERE catalogs.id IS NULL ORDER BY collections.rowid"
        )
        holdings = Holdings(self)
        return (holdings.copy(row) for row in self.staged.ask(statement))

    def kept(self) -> Sequence[Kept]:
        found = []
        for table in self.staged.columns:
            if table in COLUMNS_KEPT:
                found.append(Kept(table, "columns", COLUMNS_KEPT[table]))
            elif table in KEPT_WHOLE:
                found.append(Kept(table, "rest"))
            elif table not in MOVED:
                found.append(Kept(table, "no_room"))
        return found

    def facts(self, kind: type[Plain], source_ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        tell = _FACTS.get(kind)
        return tell(self, source_ids) if tell else {}


class Holdings:
    """Titles with their copies; the small tables read once."""

    def __init__(self, source: Source) -> None:
        self.source, self.staged = source, source.staged
        self.statuses = source.staged.named("collectionstatus", "id", "name")
        self.rules = source.staged.named("collectionrules", "id", "name")
        self.origins = source.staged.named("collectionsources", "id", "name")
        self.kinds = source.staged.named("worksheets", "id", "name")

    def titles(self, after: int) -> Iterator[Plain]:
        for stretch in self.staged.stretches("catalogs", after=after, size=SIZE):
            keys = [row.get("id") for row in stretch]
            fields = self.staged.under("catalog_ruas", "catalogid", keys)
            copies = self.staged.under("collections", "catalog_id", keys)
            subfields = self._subfields([each.get("id") for rows in fields.values() for each in rows])
            for row in stretch:
                yield self._title(row, fields.get(row.get("id"), ()), subfields, copies.get(row.get("id"), ()))

    def _subfields(self, keys: Sequence[Any]) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for first in range(0, len(keys), SIZE):
            found |= self.staged.under("catalog_subruas", "ruasid", keys[first : first + SIZE])
        return found

    def _title(self, row: Row, fields: Sequence[Row], subfields: Mapping[str, Sequence[Row]], copies: Sequence[Row]) -> Title:
        kind = material_called(self.kinds.get(text_of(row, "worksheet_id"), ""))
        record, warnings = record_of(row, fields, subfields, self.source.origin.upper(), kind)
        return Title(
            source_id=text_of(row, "id"),
            at=row[AT],
            record=record,
            suppressed=text_of(row, "isopac") == "0",
            created_at=moment(row.get("createdate"), self.source.zone),
            updated_at=moment(row.get("updatedate"), self.source.zone),
            copies=tuple(self.copy(each) for each in copies),
            warnings=tuple(warnings),
            raw=row,
        )

    def copy(self, row: Row) -> Copy:
        status = self.statuses.get(text_of(row, "status_id"), "")
        rule = self.rules.get(text_of(row, "rule_id"), "")
        return Copy(
            source_id=text_of(row, "id"),
            at=row[AT],
            title=text_of(row, "catalog_id"),
            barcode=line(row.get("nomorbarcode")),
            place=line(row.get("location_id")) or None,
            copy_type=line(row.get("category_id")) or None,
            call_number=line(row.get("callnumber")),
            accession_number=line(row.get("noinduk")),
            accessioned_on=day(row.get("tanggalpengadaan")),
            source=_source(self.origins.get(text_of(row, "source_id"), "")),
            price=money(row.get("price")),
            status=str(next((known for word, known in _STATUS_WORDS if word in status.lower()), Statuses.AVAILABLE)),
            lendable="baca" not in rule.lower() and text_of(row, "isreferensi") != "1",
            note=_note(row),
            added_at=moment(row.get("createdate"), self.source.zone),
            raw=row,
        )


def _source(name: str) -> str:
    words = {
        "beli": Item.Sources.PURCHASE,
        "hadiah": Item.Sources.GIFT,
        "hibah": Item.Sources.GIFT,
        "sumbangan": Item.Sources.GIFT,
    }
    words |= {"tukar": Item.Sources.EXCHANGE, "deposit": Item.Sources.DEPOSIT, "terbitan sendiri": Item.Sources.OWN}
    return str(next((known for word, known in words.items() if word in name.lower()), ""))


def _note(row: Row) -> str:
    told = [
        ("RFID", row.get("rfid")),
        ("Edisi", row.get("edisiserial")),
        ("Jilid", row.get("nojilid")),
        ("Bahan sertaan", row.get("bahan_sertaan")),
        ("Keterangan", row.get("keterangan_lain")),
        ("Sumber", row.get("keterangan_sumber")),
    ]
    return "; ".join(f"{name}: {line(value)}" for name, value in told if line(value))


def _places(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.rows("locations", after=after):
        yield Place(source_id=text_of(row, "id"), at=row[AT], name=line(row.get("name")) or "–", raw=row)


def _copy_types(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.rows("collectioncategorys", after=after):
        yield CopyType(source_id=text_of(row, "id"), at=row[AT], name=line(row.get("name")) or "–", raw=row)


def _categories(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.rows("jenis_anggota", after=after):
        days = number(row.get("masaberlakuanggota"), least=1) or 365
        name = line(row.get("jenisanggota")) or "–"
        yield Category(
            source_id=text_of(row, "id"), at=row[AT], name=name, membership_months=max(1, round(days / 30.4)), raw=row
        )


def _closed_days(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.rows("holidays", after=after):
        told = day(row.get("dates")) or day(row.get("date"))
        name = line(row.get("names")) or line(row.get("name")) or "Libur"
        yield ClosedDay(source_id=text_of(row, "id"), at=row[AT], day=told, weekday=None, reason=name, raw=row)


def _titles(source: Source, after: int) -> Iterator[Plain]:
    return Holdings(source).titles(after)


def _members(source: Source, after: int) -> Iterator[Plain]:
    faculties = source.staged.named("master_fakultas", "id", "nama")
    programmes = source.staged.named("master_jurusan", "id", "nama")
    classes = source.staged.named("kelas_siswa", "id", "namakelassiswa")
    for row in source.staged.rows("members", after=after):
        told = (programmes.get(text_of(row, "jurusan_id")), classes.get(text_of(row, "kelas_id")))
        units = [*told, faculties.get(text_of(row, "fakultas_id")), line(row.get("institutionname"))]
        identity = line(row.get("identityno"))
        yield Person(
            source_id=text_of(row, "id"),
            at=row[AT],
            name=line(row.get("fullname")),
            barcode=line(row.get("memberno")),
            category=line(row.get("jenisanggota_id")) or None,
            joined_on=day(row.get("registerdate")) or day(row.get("createdate")),
            expires_on=day(row.get("enddate")),
            email=line(row.get("email")),
            phone=line(row.get("nohp")) or line(row.get("phone")),
            unit=next((each for each in units if each), ""),
            blocked_because="" if line(row.get("statusanggota_id")) in ACTIVE_MEMBERS else str(PENDING.sentence),
            note=line(row.get("keteranganlain")),
            identifiers=((MemberIdentifier.Kinds.OTHER.value, identity[:60]),)
            if identity and identity != line(row.get("memberno"))
            else (),
            image=line(row.get("photourl")),
            raw=row,
        )


def _loans(source: Source, after: int) -> Iterator[Plain]:
    renewals = Counter(text_of(row, "collectionloanitem_id") for row in source.staged.rows("collectionloanextends"))
    for row in source.staged.rows("collectionloanitems", after=after):
        lent, due = day(row.get("loandate")), day(row.get("duedate"))
        returned = moment(row.get("actualreturn"), source.zone, at=EVENING)
        is_open = returned is None and line(row.get("loanstatus")) != "Return"
        usual = datetime.combine(lent or date(1970, 1, 1), NOON, source.zone)
        yield Lending(
            source_id=text_of(row, "id"),
            at=row[AT],
            copy=text_of(row, "collection_id"),
            member=text_of(row, "member_id"),
            lent_at=moment(row.get("loandate"), source.zone, at=NOON) or usual,
            due_on=due or usual.date(),
            returned_at=None if is_open else returned or datetime.combine(due or usual.date(), EVENING, source.zone),
            renewal_count=renewals[text_of(row, "id")],
            faults=() if lent and due else (DAYS_UNREADABLE(),),
            raw={**row, "open": int(is_open)},
        )


def _copy_facts(source: Source, keys: Sequence[str]) -> dict[str, dict[str, str]]:
    rows = source.staged.under("collections", "id", keys)
    return {
        key: {"barcode": text_of(each, "nomorbarcode"), "call_number": text_of(each, "callnumber")}
        for key, (each, *_) in rows.items()
    }


def _member_facts(source: Source, keys: Sequence[str]) -> dict[str, dict[str, str]]:
    rows = source.staged.under("members", "id", keys)
    facts = {key: {"name": text_of(each, "fullname"), "barcode": text_of(each, "memberno")} for key, (each, *_) in rows.items()}
    return {key: {name: value for name, value in told.items() if value} for key, told in facts.items()}


def _loan_facts(source: Source, keys: Sequence[str]) -> dict[str, dict[str, str]]:
    facts = {}
    for key, (row, *_) in source.staged.under("collectionloanitems", "id", keys).items():
        is_open = line(row.get("loanstatus")) != "Return" and moment(row.get("actualreturn"), source.zone) is None
        due = day(row.get("duedate"))
        facts[str(key)] = {"due": due.isoformat() if due else "", "open": str(int(is_open))}
    return facts


def _title_facts(source: Source, keys: Sequence[str]) -> dict[str, dict[str, str]]:
    """INLISLite keeps the title a second time, in ``catalogs``, as it shows it in lists."""
    rows = source.staged.under("catalogs", "id", keys)
    return {
        key: {"title": text_of(each, "title").partition(" / ")[0].rstrip(" /:")}
        for key, (each, *_) in rows.items()
        if each.get("title")
    }


Rows = Callable[[Source, int], Iterator[Plain]]
_ROWS: dict[type[Plain], Rows] = {
    Place: _places,
    CopyType: _copy_types,
    Category: _categories,
    Rule: rules,
    ClosedDay: _closed_days,
    Title: _titles,
    Person: _members,
    Permitted: permits,
    Lending: _loans,
    Owed: beside.owed,
    Visiting: beside.visits,
}
_COUNTS: dict[type[Plain], Callable[[Source], int]] = {
    Owed: beside.count_owed,
    Visiting: beside.count_visits,
    Rule: count_rules,
    Permitted: count_permits,
}
_TABLES: dict[type[Plain], str] = {
    Place: "locations",
    CopyType: "collectioncategorys",
    Category: "jenis_anggota",
    ClosedDay: "holidays",
    Title: "catalogs",
    Copy: "collections",
    Person: "members",
    Lending: "collectionloanitems",
}
_FACTS: dict[type[Plain], Callable[[Source, Sequence[str]], Mapping[str, Mapping[str, str]]]] = {
    Title: _title_facts,
    Copy: _copy_facts,
    Person: _member_facts,
    Lending: _loan_facts,
    Visiting: beside.visit_facts,
}
