"""What a record of Koha's is part of (773): $9 is the number of the host's item, $0 that of the host's record, $w its control number."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from lumbung.formats.marc import Field, Record
from lumbung.moving.domain.koha.reading import read_record, table_of_records
from lumbung.moving.domain.plain import Bound, Plain
from lumbung.moving.domain.sources import Source, text_of
from lumbung.moving.domain.staging import AT, Row

HOST = "773"
MOST = 1_000
"""No record is part of more items than these."""
_CONTROL_NUMBER = re.compile(r'<controlfield tag="001">\s*([^<]*?)\s*<|\{"001": ?"\s*([^"]*?)\s*"\}')
_NUMBER = re.compile(r"(?:\([^)]*\))?\s*(\S+)")


class Hosts:
    """The records that others may be part of, by Koha's number and by control number."""

    def __init__(self, source: Source) -> None:
        self.source, self.staged = source, source.staged
        self.table, self.where = table_of_records(source)

    def linked(self, record: Record) -> Record:
        """The record with the number in 773 $w that its host has here (035), and the host's title where it is not told."""
        for field in record.fields:
            if field.tag == HOST and not field.is_control and (host := self._host(field)):
                number = f"({self.source.origin.upper()}){host}"
                if number not in field.all("w"):
                    field.subfields.append(("w", number))
                if not field.get("t") and (title := self._title(host)):
                    field.subfields.append(("t", title))
        return record

    def _host(self, field: Field) -> str:
        own = [text.strip() for text in field.all("0")] + [self._holder(text.strip()) for text in field.all("9")]
        if found := next((number for number in own if number and self._is_there(number)), ""):
            return found
        told = (match[1] for text in field.all("w") if (match := _NUMBER.fullmatch(text.strip())))
        return next((host for number in told if (host := self._by_control_number.get(number))), "")

    def _holder(self, item: str) -> str:
        """The record of an item."""
        rows = self.staged.under("items", "itemnumber", _alike(item))
        return next((text_of(row, "biblionumber") for found in rows.values() for row in found), "")

    def _is_there(self, number: str) -> bool:
        return bool(self.staged.under(self.table, "biblionumber", _alike(number)))

    def _title(self, number: str) -> str:
        rows = self.staged.under("biblio", "biblionumber", _alike(number))
        return next((text_of(row, "title") for found in rows.values() for row in found), "")

    @cached_property
    def _by_control_number(self) -> Mapping[str, str]:
        """Koha's numbers of records by their 001; made when the first record asks for one."""
        found: dict[str, str] = {}
        for row in self.staged.rows(self.table, where=self.where):
            match = _CONTROL_NUMBER.search(text_of(row, "record") or text_of(row, "metadata"))
            if match and (number := match[1] or match[2]):
                found.setdefault(number, text_of(row, "biblionumber"))
        return found


def bound(source: Source, after: int) -> Iterator[Plain]:
    """The titles that are part of another's copy."""
    for row, items in _with_hosts(source, after // MOST):
        title = text_of(row, "biblionumber")
        for at, item in enumerate(items, start=row[AT] * MOST):
            if at > after:
                yield Bound(
                    source_id=f"{title}/{item}", at=at, title=title, copy=item, raw={"biblionumber": title, "itemnumber": item}
                )


def count(source: Source) -> int:
    return sum(len(items) for _, items in _with_hosts(source, 0))


def facts(source: Source, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """The barcodes that Koha's items have."""
    numbers = {key: key.partition("/")[2] for key in keys}
    rows = source.staged.under("items", "itemnumber", [each for number in numbers.values() for each in _alike(number)])
    barcodes = {str(number): text_of(row, "barcode") for number, (row, *_) in rows.items()}
    return {key: {"copy": barcodes.get(number, "")} for key, number in numbers.items()}


def _with_hosts(source: Source, after: int) -> Iterator[tuple[Row, list[str]]]:
    """Rows from place ``after`` on whose record names items of hosts, with those, each once."""
    table, where = table_of_records(source)
    column = "metadata" if table == "biblio_metadata" else "record"
    for row in source.staged.rows(table, after=max(0, after - 1), where=f"({where}) AND {column} LIKE '%\"{HOST}\"%'"):
        record = read_record(row)
        fields = record.all(HOST) if record else []
        items = [text.strip() for field in fields for text in field.all("9") if text.strip()]
        if items:
            yield row, list(dict.fromkeys(items))[:MOST]


def _alike(number: str) -> list[object]:
    """A number as text and as the number that a dump may hold."""
    return [number, int(number)] if number.isdecimal() and len(number) < 19 else [number]  # noqa: PLR2004 -- what SQLite holds
