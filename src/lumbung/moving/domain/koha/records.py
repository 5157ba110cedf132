"""Titles and copies of Koha: MARC 21 as it is kept there, copies as ``items`` tells them."""

from collections.abc import Iterator, Mapping, Sequence

from lumbung.catalogue.models import Item
from lumbung.formats.marc import Field, Record
from lumbung.kernel.days import iso_day as day
from lumbung.kernel.refusals import Reason
from lumbung.moving.domain.koha.hosts import Hosts
from lumbung.moving.domain.koha.reading import read_record, table_of_records
from lumbung.moving.domain.plain import Copy, Plain, Title
from lumbung.moving.domain.sources import Source, text_of
from lumbung.moving.domain.staging import AT, Row
from lumbung.moving.domain.values import line, moment, money, plain_text
from lumbung.moving.refusals import RECORD_UNREADABLE

SIZE = 500
COPIES = "952"
Statuses = Item.Statuses


class Holdings:
    """Titles with their copies; the small tables read once."""

    def __init__(self, source: Source) -> None:
        self.source, self.staged = source, source.staged
        self.table, self.where = table_of_records(source)
        self.hosts = Hosts(source)
        self.read_here = {text_of(row, "itemtype") for row in self.staged.rows("itemtypes") if is_set(row.get("notforloan"))}

    def titles(self, after: int) -> Iterator[Plain]:
        for stretch in self.staged.stretches(self.table, after=after, where=self.where, size=SIZE):
            keys = [row.get("biblionumber") for row in stretch]
            copies = self.staged.under("items", "biblionumber", keys)
            days = self.staged.under("biblio", "biblionumber", keys)
            types = self.staged.under("biblioitems", "biblionumber", keys)
            for row in stretch:
                key = row.get("biblionumber")
                usual = text_of(types[key][0], "itemtype") if key in types else ""
                yield self._title(row, days.get(key, [{}])[0], [self.copy(each, usual) for each in copies.get(key, ())])

    def _title(self, row: Row, biblio: Row, copies: Sequence[Copy]) -> Title:
        number, faults = text_of(row, "biblionumber"), list[Reason]()
        record = read_record(row)
        if record is None:
            record, faults = Record(leader="00000nam a2200000 a 4500", fields=[]), [RECORD_UNREADABLE()]
        record = self.hosts.linked(record)
        hidden = any(is_set(value) for code, value in subfields(record, "942") if code == "n")
        giver = Field("035", subfields=[("a", f"({self.source.origin.upper()}){number}")])
        kept = [each for each in record.fields if each.tag != COPIES or each.is_control]
        at = next((place for place, each in enumerate(kept) if not each.is_control), len(kept))
        return Title(
            source_id=number,
            at=row[AT],
            record=Record(leader=record.leader, fields=[*kept[:at], giver, *kept[at:]]),
            suppressed=hidden,
            created_at=moment(biblio.get("datecreated"), self.source.zone),
            updated_at=moment(biblio.get("timestamp"), self.source.zone),
            copies=tuple(copies),
            faults=tuple(faults),
            raw={"biblionumber": number, "title": biblio.get("title") or ""},
        )

    def copy(self, row: Row, usual_type: str = "") -> Copy:
        kind = line(row.get("itype")) or usual_type
        home = line(row.get("homebranch")) or line(row.get("holdingbranch"))
        shelf = line(row.get("location"))
        return Copy(
            source_id=text_of(row, "itemnumber"),
            at=row[AT],
            title=text_of(row, "biblionumber"),
            barcode=line(row.get("barcode")),
            place=home or None,
            room=f"{home}/{shelf}" if home and shelf else None,
            copy_type=kind or None,
            call_number=line(row.get("itemcallnumber")),
            volume=line(row.get("enumchron")),
            accession_number=line(row.get("stocknumber")),
            accessioned_on=day(row.get("dateaccessioned")),
            vendor=line(row.get("booksellerid")),
            price=money(row.get("price")) or money(row.get("replacementprice")),
            status=str(_status(row)),
            lendable=not is_set(row.get("notforloan")) and kind not in self.read_here,
            note=_note(row),
            added_at=moment(row.get("dateaccessioned"), self.source.zone),
            raw={name: value for name, value in row.items() if name != "more_subfields_xml"},
        )

    def orphans(self) -> Iterator[Plain]:
        """Items whose record is not there."""
        statement = (
            f"SELECT items.rowid AS _at, items.* FROM items LEFT JOIN {self.table} ON {self.table}.biblionumber = items.biblionumber"  # noqa: S608 -- ours
            f" WHERE {self.table}.biblionumber IS NULL ORDER BY items.rowid"
        )
        return (self.copy(row) for row in self.staged.ask(statement))


def subfields(record: Record, tag: str) -> list[tuple[str, str]]:
    """All subfields of the fields with this tag."""
    return [each for field in record.fields if field.tag == tag and not field.is_control for each in field.subfields]


def is_set(value: object) -> bool:
    """Whether a status of Koha's is set; a negative "not for loan" is one that passes."""
    text = line(value)
    return text not in {"", "0"} and not text.startswith("-")


def _status(row: Row) -> Statuses:
    for column, status in (("withdrawn", Statuses.WITHDRAWN), ("itemlost", Statuses.LOST), ("damaged", Statuses.DAMAGED)):
        if is_set(row.get(column)):
            return status
    passing = line(row.get("notforloan"))
    if passing == "-2":
        return Statuses.IN_REPAIR
    return Statuses.IN_PROCESS if passing.startswith("-") else Statuses.AVAILABLE


def _note(row: Row) -> str:
    told = [("", "itemnotes"), ("Nomor eksemplar: ", "copynumber")]
    return "\n".join(f"{name}{text}" for name, column in told if (text := plain_text(row.get(column))))


def title_facts(source: Source, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """Koha keeps the title a second time, in ``biblio``, as it shows it in lists."""
    rows = source.staged.under("biblio", "biblionumber", keys)
    return {
        str(key): {"title": text_of(each, "title")}
        for key, (each, *_) in rows.items()
        if text_of(each, "title") and not text_of(each, "subtitle")
    }


def copy_facts(source: Source, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    return {
        str(key): {"barcode": text_of(each, "barcode"), "call_number": text_of(each, "itemcallnumber")}
        for key, (each, *_) in source.staged.under("items", "itemnumber", keys).items()
    }
