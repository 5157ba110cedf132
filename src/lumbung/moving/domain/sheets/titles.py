"""Rows of a sheet that tell of a title and its copies, made a record by way of the simple form."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from lumbung.catalogue.domain.bibliographic.numbers import isbn_13, issn
from lumbung.catalogue.domain.capitals import readable_name, readable_title
from lumbung.catalogue.domain.language_names import language_code
from lumbung.catalogue.domain.name_entry import enter_names
from lumbung.catalogue.domain.revision import new_marc
from lumbung.catalogue.domain.simple_entry import SimpleEntry
from lumbung.catalogue.models import Item, Material
from lumbung.formats.marc import Field, Record
from lumbung.kernel.days import written_day
from lumbung.kernel.refusals import Reason
from lumbung.moving.domain.plain import Copy, Title
from lumbung.moving.domain.sheets import cells
from lumbung.moving.domain.sheets.table import MOST_COPIES, Group, Table
from lumbung.moving.domain.staging import AT, Row
from lumbung.moving.domain.values import short_name
from lumbung.moving.refusals import (
    BARCODE_MADE,
    COPIES_UNREADABLE,
    COPY_OF_ROW_ABOVE,
    DAY_UNREADABLE,
    LANGUAGE_NOTED,
    NUMBER_NOT_VALID,
    NUMBER_SPOILT,
    PRICE_UNREADABLE,
    SOURCE_NOTED,
    YEAR_UNREADABLE,
)

KINDS: tuple[tuple[re.Pattern[str], Material], ...] = tuple(
    (re.compile(words, re.IGNORECASE), material)
    for words, material in (
        (r"skripsi|tesis|thesis|disertasi|tugas akhir|karya ilmiah", Material.THESIS),
        (r"artikel", Material.ARTICLE),
        (r"jurnal|majalah|koran|serial|berkala|buletin", Material.SERIAL),
        (r"e-?book|elektronik|digital", Material.EBOOK),
        (r"peta|atlas|globe", Material.MAP),
        (r"video|dvd|vcd|film", Material.VIDEO),
        (r"kaset|audio|rekaman", Material.AUDIO),
        (r"cd-?rom|disk|perangkat lunak", Material.COMPUTER_FILE),
        (r"mikro", Material.MICROFORM),
        (r"manuskrip|naskah", Material.MANUSCRIPT),
    )
)
SOURCES = (
    (re.compile(r"beli|purchase|buy|^1$", re.IGNORECASE), Item.Sources.PURCHASE),
    (re.compile(r"hadiah|hibah|sumbang|gift|donas|wakaf|grant|^2$", re.IGNORECASE), Item.Sources.GIFT),
    (re.compile(r"tukar|exchange", re.IGNORECASE), Item.Sources.EXCHANGE),
)


class Titles:
    """Makes titles of rows. ``origin`` names the library they come from: it stands in 003 and in the barcodes that are made."""

    def __init__(self, table: Table, origin: str) -> None:
        self.table, self.giver = table, origin.upper()

    def titles(self, after: int) -> Iterator[Title]:
        for group in self.table.groups(after):
            record, warnings = self._record(group)
            yield Title(
                source_id=group.key,
                at=group.at,
                record=record,
                copies=tuple(self._copies(group)),
                warnings=tuple(warnings),
                raw=self.table.raw(group.rows[0]),
            )

    def _record(self, group: Group) -> tuple[Record, list[Reason]]:
        row, warnings, notes = group.rows[0], list[Reason](), list[str]()
        text = self.table.text
        notes += self.table.texts(row, "notes")
        valid, others = self._numbers(row, warnings, notes)
        entry = SimpleEntry(
            material=self._material(row),
            title=readable_title(text(row, "title")),
            subtitle=readable_title(text(row, "subtitle")),
            responsibility=text(row, "responsibility"),
            people=self._people(row),
            bodies=self.table.several(row, "bodies"),
            edition=text(row, "edition"),
            place=text(row, "place").rstrip(" :"),
            publisher=text(row, "publisher").rstrip(" ,"),
            year=self._year(row, warnings, notes),
            extent=self._extent(text(row, "extent")),
            dimensions=text(row, "dimensions"),
            series=self.table.several(row, "series"),
            isbn=[each for each in valid if isbn_13(each)],
            issn=[each for each in valid if not isbn_13(each)],
            language=self._language(row, warnings, notes),
            classification=cells.class_and_call_number(text(row, "classification"))[0],
            call_number=self._call_number(row),
            subjects=self.table.several(row, "subjects"),
            summary=text(row, "summary"),
            contents=text(row, "contents"),
            dissertation=text(row, "programme"),
            addresses=self.table.several(row, "address"),
            notes=notes + [f"NIM {each}" for each in self.table.texts(row, "student")],
        )
        record = enter_names(new_marc(entry))
        record.fields += [Field("020", subfields=[("z", each)]) for each in others]
        record.fields += [
            Field("001", value=group.key),
            Field("003", value=self.giver),
            Field("035", subfields=[("a", f"({self.giver}){group.key}")]),
        ]
        record.fields.sort(key=lambda each: each.tag)
        return record, warnings

    def _people(self, row: Row) -> list[str]:
        told = [*self.table.several(row, "people"), *self.table.several(row, "more_people")]
        return list(dict.fromkeys(readable_name(each) for each in told))

    def _material(self, row: Row) -> Material:
        told = self.table.text(row, "kind")
        if found := next((material for words, material in KINDS if words.search(told)), None):
            return found
        return Material.THESIS if self.table.text(row, "student") or self.table.text(row, "programme") else Material.BOOK

    def _call_number(self, row: Row) -> str:
        """Many lists have it in the column of the class."""
        return self.table.text(row, "call_number") or cells.class_and_call_number(self.table.text(row, "classification"))[1]

    def _year(self, row: Row, warnings: list[Reason], notes: list[str]) -> str:
        told = self.table.text(row, "year")
        if cells.is_no_year(told):
            warnings.append(YEAR_UNREADABLE(year=told, column=self.table.head("year")))
            notes.append(f"{self.table.head('year')}: {told}")
        return cells.year(told)

    def _extent(self, told: str) -> str:
        return f"{told} halaman" if told.isdecimal() else told

    def _language(self, row: Row, warnings: list[Reason], notes: list[str]) -> str:
        told = self.table.text(row, "language")
        code = language_code(told) if told else ""
        if told and not code:
            warnings.append(LANGUAGE_NOTED(language=told))
            notes.append(told)
        return code

    def _numbers(self, row: Row, warnings: list[Reason], notes: list[str]) -> tuple[list[str], list[str]]:
        """ISBNs and ISSNs that are what they say, and those that are not, which stay findable."""
        valid, others = list[str](), list[str]()
        for told in [*self.table.texts(row, "isbn"), *self.table.texts(row, "issn")]:
            for each in cells.numbers(told):
                if cells.is_spoilt(each) or (cells.is_cut_isbn(each) and not isbn_13(each)):
                    warnings.append(NUMBER_SPOILT(number=each, column="ISBN/ISSN"))
                    notes.append(f"ISBN/ISSN: {each}")
                elif isbn_13(each) or issn(each):
                    valid.append(each)
                else:
                    warnings.append(NUMBER_NOT_VALID(number=each))
                    others.append(each)
        return valid, others

    def _copies(self, group: Group) -> Iterator[Copy]:
        count = 0
        for row, copies in zip(group.rows, group.copies, strict=True):
            barcodes = self.table.several(row, "barcode")
            numbers = self.table.several(row, "accession")
            for at in range(copies):
                count += 1
                barcode = barcodes[at] if at < len(barcodes) else ""
                accession = numbers[at] if at < len(numbers) else numbers[0] if len(numbers) == 1 and at == 0 else ""
                yield self._copy(group, row, count, barcode, accession)

    def _copy(self, group: Group, row: Row, count: int, barcode: str, accession: str) -> Copy:
        warnings, notes = list[Reason](), list[str]()
        barcode, accession = (
            self._whole_number(told, column, warnings, notes)
            for told, column in ((barcode, "Barcode"), (accession, "Nomor induk"))
        )
        made = "" if barcode else f"{self.giver[:8]}-{short_name(group.key)}-{count}"
        if made:
            warnings.append(BARCODE_MADE(barcode=made))
        text = self.table.text
        if row is not group.rows[0] and self.table.is_one_more_copy(row):
            warnings.append(COPY_OF_ROW_ABOVE(title=text(group.rows[0], "title")))
        if cells.copies(told := text(row, "copies"), most=MOST_COPIES) is None:
            warnings.append(COPIES_UNREADABLE(number=told, column=self.table.head("copies")))
            notes.append(f"{self.table.head('copies')}: {told}")
        return Copy(
            source_id=barcode.upper() or f"{group.key}/{count}",
            at=row[AT],
            title=group.key,
            barcode=barcode or made,
            place=text(row, "place_of_copy").casefold() or None,
            copy_type=text(row, "copy_type").casefold() or None,
            call_number=self._call_number(row),
            accession_number=accession,
            accessioned_on=self._acquired(row, warnings, notes),
            source=self._source(row, warnings, notes),
            vendor=text(row, "vendor"),
            price=self._price(row, warnings, notes),
            note="; ".join(notes),
            warnings=tuple(warnings),
            raw=self.table.raw(row),
        )

    def _whole_number(self, told: str, column: str, warnings: list[Reason], notes: list[str]) -> str:
        """The number, if a spreadsheet has not spoilt it."""
        if not cells.is_spoilt(told):
            return told
        warnings.append(NUMBER_SPOILT(number=told, column=column))
        notes.append(f"{column}: {told}")
        return ""

    def _acquired(self, row: Row, warnings: list[Reason], notes: list[str]) -> date | None:
        told = self.table.text(row, "acquired")
        day = written_day(told, month_first=self.table.months_first.get("acquired", False))
        if told and day is None:
            warnings.append(DAY_UNREADABLE(day=told, column=self.table.head("acquired")))
            notes.append(f"{self.table.head('acquired')}: {told}")
        return day

    def _source(self, row: Row, warnings: list[Reason], notes: list[str]) -> str:
        """SLiMS writes 1 for what was bought, 2 for what was given, and 0 where nobody said."""
        told = self.table.text(row, "source")
        found = next((source for words, source in SOURCES if words.search(told)), "")
        if not found and any(each.isalnum() for each in told.strip("0")):
            warnings.append(SOURCE_NOTED(source=told))
            notes.append(f"{self.table.head('source')}: {told}")
        return found

    def _price(self, row: Row, warnings: list[Reason], notes: list[str]) -> Decimal | None:
        told = self.table.text(row, "price")
        if cells.is_no_price(told):
            warnings.append(PRICE_UNREADABLE(price=told, column=self.table.head("price")))
            notes.append(f"{self.table.head('price')}: {told}")
        return cells.price(told)

    def title_facts(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """What the cells themselves say of these titles."""
        facts = {}
        for key, row in self._first_rows(keys).items():
            told = {
                "title": self.table.text(row, "title"),
                "year": cells.year(self.table.text(row, "year")),
                "class": cells.class_and_call_number(self.table.text(row, "classification"))[0],
            }
            facts[key] = (
                told
                if "subtitle" not in self.table
                else {**told, "title": f"{told['title']} {self.table.text(row, 'subtitle')}"}
            )
        return facts

    def _first_rows(self, keys: Sequence[str]) -> dict[str, Row]:
        places = {
            key: min(each["place"] for each in rows) for key, rows in self.table.staged.under("grouped", "key", keys).items()
        }
        rows = {row[AT]: row for row in self.table.at(list(places.values()))}
        return {key: rows[place] for key, place in places.items()}
