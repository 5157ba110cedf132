"""Titles with their copies, and copies without a title."""

import re
from collections.abc import Iterator, Mapping, Sequence

from lumbung.catalogue.models import Item
from lumbung.kernel.days import iso_day as day
from lumbung.kernel.refusals import Reason
from lumbung.moving.domain.plain import Copy, Plain, Title
from lumbung.moving.domain.slims.titles import Beside, Titles
from lumbung.moving.domain.sources import Source, text_of
from lumbung.moving.domain.staging import AT, Row
from lumbung.moving.domain.values import line, moment, money, plain_text
from lumbung.moving.refusals import STATUS_UNREADABLE

SIZE = 500
Statuses = Item.Statuses
_STATUSES = {
    "R": Statuses.IN_REPAIR,
    "MIS": Statuses.LOST,
    "0": Statuses.AVAILABLE,
    "": Statuses.AVAILABLE,
    "NL": Statuses.AVAILABLE,
}
_STATUS_WORDS = (
    (re.compile(r"hilang|lost|missing", re.IGNORECASE), Statuses.LOST),
    (re.compile(r"rusak|damage", re.IGNORECASE), Statuses.DAMAGED),
    (re.compile(r"perbaik|repair|jilid", re.IGNORECASE), Statuses.IN_REPAIR),
    (re.compile(r"siang|weed|withdraw|afkir", re.IGNORECASE), Statuses.WITHDRAWN),
    (re.compile(r"olah|proses|process", re.IGNORECASE), Statuses.IN_PROCESS),
)
_SOURCES = {"1": Item.Sources.PURCHASE, "2": Item.Sources.GIFT}
USUAL_CURRENCIES = {"", "rupiah", "rp", "idr"}


class Holdings:
    """The small tables read once, for a run over titles."""

    def __init__(self, source: Source) -> None:
        self.source, self.staged = source, source.staged
        self.titles_of = Titles(source.staged, giver=source.origin.upper())
        self.statuses = {line(row.get("item_status_id")).upper(): row for row in self.staged.rows("mst_item_status")}
        self.suppliers = self.staged.named("mst_supplier", "supplier_id", "supplier_name")

    def titles(self, after: int) -> Iterator[Plain]:
        for stretch in self.staged.stretches("biblio", after=after, size=SIZE):
            keys = [row.get("biblio_id") for row in stretch]
            under = {
                table: self.staged.under(table, "biblio_id", keys)
                for table in (
                    "biblio_author",
                    "biblio_topic",
                    "item",
                    "biblio_relation",
                    "biblio_attachment",
                    "biblio_custom",
                    "serial",
                )
            }
            authors = self._joined(under["biblio_author"], "mst_author", "author_id")
            topics = self._joined(under["biblio_topic"], "mst_topic", "topic_id")
            files = self._joined(under["biblio_attachment"], "files", "file_id")
            for row in stretch:
                key = text_of(row, "biblio_id")
                own: Row = next(iter(under["biblio_custom"].get(key, ())), {})
                beside = Beside(
                    row,
                    relations=under["biblio_relation"].get(key, ()),
                    files=files.get(key, ()),
                    own={name: value for name, value in own.items() if name not in {AT, "biblio_id"}},
                    giver=self.titles_of.giver,
                    is_serial=key in under["serial"],
                )
                yield self._title(row, authors.get(key, ()), topics.get(key, ()), under["item"].get(key, ()), beside)

    def _joined(self, links: Mapping[str, list[Row]], table: str, key: str) -> dict[str, list[Row]]:
        """Each link with the row it points to, where that is there."""
        wanted = list({link.get(key) for each in links.values() for link in each})
        found = {
            value: rows[0]
            for first in range(0, len(wanted), SIZE)
            for value, rows in self.staged.under(table, key, wanted[first : first + SIZE]).items()
        }
        return {title: [{**found.get(link.get(key), {}), **link} for link in each] for title, each in links.items()}

    def _title(self, row: Row, authors: Sequence[Row], topics: Sequence[Row], items: Sequence[Row], beside: Beside) -> Title:
        record, warnings = self.titles_of.record(row, authors=authors, topics=topics, copies=items, more=beside)
        zone = self.source.zone
        return Title(
            source_id=line(row.get("biblio_id")),
            at=row[AT],
            record=record,
            suppressed=text_of(row, "opac_hide") == "1",
            created_at=moment(row.get("input_date"), zone),
            updated_at=moment(row.get("last_update"), zone),
            copies=tuple(self._copy(item, row) for item in items),
            warnings=tuple(warnings),
            raw=row,
        )

    def _copy(self, item: Row, title: Row) -> Copy:
        warnings: list[Reason] = []
        status, lendable = self._status(item, warnings)
        received = day(item.get("received_date"))
        return Copy(
            source_id=line(item.get("item_id")),
            at=item[AT],
            title=line(item.get("biblio_id")),
            barcode=line(item.get("item_code")),
            place=line(item.get("location_id")) or None,
            copy_type=line(item.get("coll_type_id")) or None,
            call_number=line(item.get("call_number")) or line(title.get("call_number")),
            accession_number=line(item.get("inventory_code")),
            accessioned_on=received,
            source=str(_SOURCES.get(text_of(item, "source"), "")),
            vendor=line(self.suppliers.get(text_of(item, "supplier_id"), "")),
            price=money(item.get("price")),
            status=status,
            lendable=lendable,
            note=self._note(item),
            added_at=moment(item.get("input_date"), self.source.zone),
            warnings=tuple(warnings),
            raw=item,
        )

    def _status(self, item: Row, warnings: list[Reason]) -> tuple[str, bool]:
        """How the copy fares, and whether it is lent. What a library named itself is read by its words."""
        code = line(item.get("item_status_id")).upper()
        known = self.statuses.get(code, {})
        name = line(known.get("item_status_name"))
        lendable = text_of(known, "no_loan") != "1"
        if code in _STATUSES:
            return str(_STATUSES[code]), lendable if code == "NL" else True
        for words, status in _STATUS_WORDS:
            if words.search(name):
                return str(status), True
        if not name:
            warnings.append(STATUS_UNREADABLE(status=code))
        return str(Statuses.AVAILABLE), lendable

    def _note(self, item: Row) -> str:
        """What the copy's own columns have no place for, in words: nothing is dropped."""
        status = self.statuses.get(line(item.get("item_status_id")).upper(), {})
        currency = line(item.get("price_currency"))
        told = [
            ("Rak", item.get("site")),
            ("Status", status.get("item_status_name") if line(item.get("item_status_id")).upper() not in _STATUSES else ""),
            ("Pesanan", item.get("order_no")),
            ("Tanggal pesan", day(item.get("order_date"))),
            ("Faktur", item.get("invoice")),
            ("Tanggal faktur", day(item.get("invoice_date"))),
            ("Mata uang", "" if currency.lower() in USUAL_CURRENCIES else currency),
            ("Pemasok", item.get("supplier_id") if text_of(item, "supplier_id") not in self.suppliers else ""),
        ]
        return "; ".join(f"{name}: {line(value)}" for name, value in told if value and line(value))

    def orphans(self) -> Iterator[Plain]:
        """Copies whose title is not in the dump."""
        for row in self.staged.ask(
            "SELECT item.rowid AS _at, item.* FROM item LEFT JOIN biblio ON biblio.biblio_id = item.biblio_id"
            " WHERE biblio.biblio_id IS NULL ORDER BY item.rowid"
        ):
            yield self._copy(row, {})

    def title_facts(self, keys: Sequence[str]) -> dict[str, dict[str, str]]:
        """What ``biblio`` itself says of these titles."""
        rows = {key: found[0] for key, found in self.staged.under("biblio", "biblio_id", keys).items()}
        links = self.staged.under("biblio_author", "biblio_id", keys)
        authors = self._joined(links, "mst_author", "author_id")
        return {
            key: {
                "title": plain_text(row.get("title")).partition(" / ")[0]
                if not line(row.get("sor"))
                else plain_text(row.get("title")),
                "year": _year(row),
                "class": line(row.get("classification")),
                "creators": str(sum(bool(line(each.get("author_name"))) for each in authors.get(key, ()))),
                "hidden": "1" if text_of(row, "opac_hide") == "1" else "0",
            }
            for key, row in rows.items()
        }

    def copy_facts(self, keys: Sequence[str]) -> dict[str, dict[str, str]]:
        """What ``item`` itself says of these copies."""
        rows = {key: found[0] for key, found in self.staged.under("item", "item_id", keys).items()}
        titles = self.staged.under("biblio", "biblio_id", [row.get("biblio_id") for row in rows.values()])
        facts = {}
        for key, row in rows.items():
            title = titles.get(row.get("biblio_id"), [{}])[0]
            facts[key] = {
                "barcode": text_of(row, "item_code"),
                "call_number": text_of(row, "call_number").strip() or text_of(title, "call_number"),
                "title": self.title_facts([title["biblio_id"]])[title["biblio_id"]]["title"] if title else "",
            }
        return facts


def _year(row: Row) -> str:
    found = re.search(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)", text_of(row, "publish_year"))
    return found[1] if found else ""
