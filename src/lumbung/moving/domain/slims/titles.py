"""A row of ``biblio`` with its authors, topics and copies, made a MARC 21 record."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lumbung.catalogue.domain.bibliographic.numbers import isbn_13, issn
from lumbung.catalogue.domain.carriers import carry, empty_008
from lumbung.catalogue.domain.language_names import language_code
from lumbung.catalogue.domain.name_entry import enter_names
from lumbung.catalogue.models import Material
from lumbung.formats.marc import Field, Record
from lumbung.formats.php_serialized import NotSerializedError, loads
from lumbung.kernel.days import iso_day as day
from lumbung.kernel.refusals import Reason
from lumbung.moving.domain.staging import Row, Staged
from lumbung.moving.domain.values import line, plain_text
from lumbung.moving.refusals import AUTHOR_MISSING, LANGUAGE_UNREADABLE, NUMBER_NOT_VALID, TOPIC_MISSING

ROLES = {
    1: ("pengarang", "aut"), 2: ("pengarang", "aut"), 3: ("penyunting", "edt"), 4: ("penerjemah", "trl"), 5: ("sutradara", "drt"),
    6: ("produser", "pro"), 7: ("komponis", "cmp"), 8: ("ilustrator", "ill"), 9: ("pencipta", "cre"), 10: ("kontributor", "ctb"),
}  # fmt: skip
"""Levels of ``biblio_author`` as the word of 700 $e and the relator code of $4."""
MAIN, USUAL_ROLE = 1, 2
_MATERIALS = {
    "AR": Material.IMAGE, "CH": Material.IMAGE, "CO": Material.COMPUTER_FILE, "DI": Material.OBJECT, "FI": Material.IMAGE,
    "FL": Material.IMAGE, "GA": Material.OBJECT, "GL": Material.MAP, "KI": Material.KIT, "MA": Material.MAP, "MI": Material.MICROFORM,
    "MN": Material.MANUSCRIPT, "MO": Material.OBJECT, "MP": Material.VIDEO, "MS": Material.OBJECT, "MU": Material.SCORE,
    "PI": Material.IMAGE, "RE": Material.OBJECT, "SL": Material.IMAGE, "SO": Material.AUDIO, "TD": Material.IMAGE, "TR": Material.IMAGE,
    "VI": Material.VIDEO, "EQ": Material.OBJECT, "CF": Material.COMPUTER_FILE, "CA": Material.MAP, "CD": Material.COMPUTER_FILE,
    "MV": Material.COMPUTER_FILE, "ER": Material.EBOOK, "DVD": Material.VIDEO,
}  # fmt: skip
_THESIS = re.compile(r"\b(?:skripsi|tesis|thesis|disertasi|tugas akhir|laporan akhir|karya ilmiah akhir)\b", re.IGNORECASE)
_SERIAL = re.compile(r"\b(?:serial|jurnal|majalah|koran|surat kabar|terbitan berkala|buletin)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_ARTICLE = re.compile(r"(The|An|A) (?=\S)")
_TOPIC_TAGS = {"t": "650", "g": "651", "n": "600", "tm": "648", "gr": "655", "oc": "656"}
_NAME_TAGS = {"p": ("100", "700"), "o": ("110", "710"), "c": ("111", "711")}
LONG_NOTE = 250
"""From so many letters on a note of SLiMS ("Abstrak/Catatan") is an abstract."""
RELATED = {"1": "787", "2": "775", "3": "776"}


class Titles:
    """Makes records of rows; reads the small tables once. ``giver`` is what stands in 003: who gave the control number."""

    def __init__(self, staged: Staged, giver: str) -> None:
        self.giver = giver
        self.publishers = staged.named("mst_publisher", "publisher_id", "publisher_name")
        self.places = staged.named("mst_place", "place_id", "place_name")
        self.languages = staged.named("mst_language", "language_id", "language_name")
        self.frequencies = staged.named("mst_frequency", "frequency_id", "frequency")
        self.gmds = {str(row.get("gmd_id")): row for row in staged.rows("mst_gmd")}
        self.terms = {
            "336": _terms(staged, "mst_content_type", "content_type"),
            "337": _terms(staged, "mst_media_type", "media_type"),
            "338": _terms(staged, "mst_carrier_type", "carrier_type"),
        }
        self.material_names = staged.named("mst_coll_type", "coll_type_id", "coll_type_name")

    def record(
        self, row: Row, *, authors: Sequence[Row], topics: Sequence[Row], copies: Sequence[Row], more: "Beside"
    ) -> tuple[Record, list[Reason]]:
        """The record, and what there is to say about it."""
        warnings: list[Reason] = []
        material = self._material(row, copies, more)
        names = _names(authors, warnings)
        language = self._language(row, warnings)
        record = Record(fields=[Field("001", value=str(row["biblio_id"])), Field("003", value=self.giver)])
        if changed := day(row.get("last_update")):
            record.fields.append(Field("005", value=f"{changed:%Y%m%d}{_clock(row.get('last_update'))}.0"))
        record.fields.append(Field("008", value=_fixed(row, language)))
        record.fields += _numbers(row, material, warnings)
        record.fields += [
            Field("035", subfields=[("a", f"({self.giver}){row['biblio_id']}")]),
            Field("040", subfields=[("a", self.giver)]),
        ]
        record.fields += _marks(row, language)
        record.fields += [each for each in names if each.tag < "200"]
        record.fields += self._description(row, has_main=any(each.tag < "200" for each in names))
        record.fields += _notes(row, self.languages, language)
        record.fields += _topics(topics, warnings)
        record.fields += [each for each in names if each.tag > "200"]
        record.fields += more.fields()
        carry(record, material)
        self._say_carrier(record, row)
        return enter_names(record), warnings

    def _material(self, row: Row, copies: Sequence[Row], more: "Beside") -> Material:
        gmd = self.gmds.get(str(row.get("gmd_id")), {})
        code, name = line(gmd.get("gmd_code")).upper(), line(gmd.get("gmd_name"))
        kinds = " ".join(dict.fromkeys(self.material_names.get(str(each.get("coll_type_id")), "") for each in copies))
        if code in _MATERIALS:
            return _MATERIALS[code]
        if _THESIS.search(f"{name} {kinds}"):
            return Material.THESIS
        is_serial = str(row.get("frequency_id") or "0") != "0" or more.is_serial or _SERIAL.search(f"{name} {kinds}")
        return Material.SERIAL if is_serial else Material.BOOK

    def _language(self, row: Row, warnings: list[Reason]) -> str:
        told = line(row.get("language_id")).lower()
        name = line(self.languages.get(str(row.get("language_id")), "")).lower()
        code = language_code(told, name)
        if told and not code:
            warnings.append(LANGUAGE_UNREADABLE(language=name or told))
        return code

    def _description(self, row: Row, *, has_main: bool) -> list[Field]:
        fields = [_title(row, has_main=has_main)]
        if edition := line(row.get("edition")):
            fields.append(Field("250", subfields=[("a", edition)]))
        place, publisher = (
            line(self.places.get(str(row.get("publish_place_id")), "")),
            line(self.publishers.get(str(row.get("publisher_id")), "")),
        )
        published = [("a", f"{place} :"), ("b", f"{publisher},"), ("c", line(row.get("publish_year")))]
        if given := [(code, text) for code, text in published if text.strip(" :,")]:
            fields.append(Field("264", " ", "1", [*given[:-1], (given[-1][0], given[-1][1].rstrip(" :,"))]))
        if collation := line(row.get("collation")):
            fields.append(Field("300", subfields=_collation(collation)))
        if frequency := line(self.frequencies.get(str(row.get("frequency_id")), "")):
            fields.append(Field("310", subfields=[("a", frequency)]))
        if series := line(row.get("series_title")):
            fields.append(Field("490", "0", subfields=[("a", series)]))
        return fields

    def _say_carrier(self, record: Record, row: Row) -> None:
        """The RDA terms that SLiMS has for this very title go before those of its kind."""
        columns = {"336": "content_type_id", "337": "media_type_id", "338": "carrier_type_id"}
        for each in record.fields:
            if each.tag in columns and (term := self.terms[each.tag].get(str(row.get(columns[each.tag])))):
                each.subfields = [("a", term[0]), ("b", term[1]), each.subfields[-1]]


class Beside:
    """What other tables have about a title: links to related titles, a cover, files, labels, own columns."""

    def __init__(
        self, row: Row, *, relations: Sequence[Row], files: Sequence[Row], own: Mapping[str, Any], giver: str, is_serial: bool
    ) -> None:
        self.row, self.relations, self.files, self.own, self.giver, self.is_serial = (
            row,
            relations,
            files,
            own,
            giver,
            is_serial,
        )

    def fields(self) -> list[Field]:
        found = [
            Field(RELATED.get(str(each.get("rel_type")), "787"), "0", "8", [("w", f"({self.giver}){each['rel_biblio_id']}")])
            for each in self.relations
            if each.get("rel_biblio_id")
        ]
        found += [
            Field(
                "856", "4", "2", [("u", line(each["file_url"])), ("y", line(each.get("file_title")) or line(each["file_url"]))]
            )
            for each in self.files
            if line(each.get("file_url")).startswith(("http://", "https://"))
        ]
        if local := self._local():
            found.append(Field("996", subfields=local))
        return found

    def _local(self) -> list[tuple[str, str]]:
        """What MARC 21 has no place for, in a local field: cover, file, labels, promotion, source, and the columns of the library's own."""
        told = [("i", line(self.row.get("image"))), ("f", line(self.row.get("file_att"))), ("s", line(self.row.get("source")))]
        told += [("p", "1")] if str(self.row.get("promoted") or "0") == "1" else []
        told += [("l", name) for name in _labels(self.row.get("labels"))]
        told += [("c", f"{name}: {line(value)}") for name, value in self.own.items() if line(value)]
        told = [(code, text) for code, text in told if text]
        return [*told, ("2", "slims")] if told else []


def _labels(value: object) -> list[str]:
    """Labels are a serialised array of pairs: name, address."""
    try:
        pairs = loads(str(value)) if value else None
    except NotSerializedError:
        return [line(value)]
    if not isinstance(pairs, dict):
        return []
    return [line(each.get(0) if isinstance(each, dict) else each) for each in pairs.values()]


def _terms(staged: Staged, table: str, column: str) -> dict[str, tuple[str, str]]:
    return {str(row.get("id")): (line(row.get(column)), line(row.get("code"))) for row in staged.rows(table)}


def _clock(value: object) -> str:
    found = re.search(r" (\d\d):(\d\d):(\d\d)", str(value or ""))
    return "".join(found.groups()) if found else "000000"


def _fixed(row: Row, language: str) -> str:
    text = empty_008()
    entered = day(row.get("input_date"))
    year = _YEAR.search(line(row.get("publish_year")))
    made = f"{entered:%y%m%d}" if entered else text[:6]
    date = f"s{year[1]}    " if year else "n        "
    return made + date + text[15:35] + (language or "und") + text[38:]


def _numbers(row: Row, material: Material, warnings: list[Reason]) -> list[Field]:
    told = line(row.get("isbn_issn"))
    if not told:
        return []
    if material is Material.SERIAL and issn(told):
        return [Field("022", "0", subfields=[("a", f"{issn(told)[:4]}-{issn(told)[4:]}")])]
    if isbn_13(told) or not issn(told):
        is_valid = bool(isbn_13(told))
        if not is_valid:
            warnings.append(NUMBER_NOT_VALID(number=told))
        return [Field("020", subfields=[("a" if is_valid else "z", told)])]
    return [Field("022", "0", subfields=[("a", told)])]


def _marks(row: Row, language: str) -> list[Field]:
    fields = [Field("041", "0", subfields=[("a", language)])] if language else []
    if number := line(row.get("classification")):
        fields.append(Field("082", "0", "4", [("a", number)]))
    if call_number := line(row.get("call_number")):
        fields.append(Field("099", " ", "9", [("a", call_number)]))
    return fields


def _title(row: Row, *, has_main: bool) -> Field:
    """245: what follows a colon is the rest of the title; what stands after a slash who is responsible, unless SLiMS says so itself."""
    whole, responsibility = line(plain_text(row.get("title"))), line(row.get("sor"))
    if not responsibility and " / " in whole:
        whole, _, responsibility = whole.rpartition(" / ")
    proper, _, rest = whole.partition(" : ")
    if not rest and ": " in whole:
        proper, _, rest = whole.partition(": ")
    subfields = [("a", proper.strip()), ("b", rest.strip()), ("c", responsibility)]
    given = [(code, text) for code, text in subfields if text]
    marked = [(code, f"{text} {':' if given[at + 1][0] == 'b' else '/'}") for at, (code, text) in enumerate(given[:-1])]
    skip = _ARTICLE.match(proper)
    return Field("245", "1" if has_main else "0", str(len(skip[0])) if skip else "0", [*marked, *given[-1:]])


def _collation(text: str) -> list[tuple[str, str]]:
    """Extent, illustrations after a colon, size after a semicolon."""
    extent, semicolon, size = text.partition(";")
    extent, colon, illustrations = extent.partition(":")
    parts = [("a", extent.strip(), " :" if colon else " ;" if semicolon else "")]
    parts += [("b", illustrations.strip(), " ;" if semicolon else "")] if colon else []
    parts += [("c", size.strip(), "")] if semicolon else []
    return [(code, told + mark) for code, told, mark in parts if told]


def _notes(row: Row, languages: Mapping[str, str], language: str) -> list[Field]:
    fields = []
    if note := " ".join(plain_text(row.get("notes")).split("\n")):
        fields.append(Field("520" if len(note) >= LONG_NOTE else "500", subfields=[("a", note)]))
    if detail := line(plain_text(row.get("spec_detail_info"))):
        fields.append(Field("500", subfields=[("a", detail)]))
    told = line(row.get("language_id"))
    if told and not language:
        fields.append(Field("546", subfields=[("a", line(languages.get(told)) or told)]))
    return fields


def _names(authors: Sequence[Row], warnings: list[Reason]) -> list[Field]:
    """The first author of level 1 is the main entry; all others are added entries, with their roles."""
    fields: list[Field] = []
    for each in authors:
        name = line(each.get("author_name"))
        if not name:
            warnings.append(AUTHOR_MISSING(author=each.get("author_id")))
            continue
        level = int(each["level"]) if str(each.get("level") or "").isdigit() else USUAL_ROLE
        main, added = _NAME_TAGS.get(line(each.get("authority_type")), _NAME_TAGS["p"])
        is_main = level == MAIN and not any(field.tag < "200" for field in fields)
        word, code = ROLES.get(level, ROLES[USUAL_ROLE])
        year = line(each.get("author_year"))
        subfields = [("a", f"{name},"), *([("d", f"{year},")] if year and main == "100" else []), ("e", word), ("4", code)]
        fields.append(Field(main if is_main else added, _first_indicator(main, name), " ", subfields))
    return sorted(fields, key=lambda field: field.tag > "200")


def _first_indicator(tag: str, name: str) -> str:
    return ("1" if "," in name else "0") if tag.endswith("00") else "2"


def _topics(topics: Sequence[Row], warnings: list[Reason]) -> list[Field]:
    fields = []
    for each in topics:
        topic = line(each.get("topic"))
        if not topic:
            warnings.append(TOPIC_MISSING(topic=each.get("topic_id")))
            continue
        tag = _TOPIC_TAGS.get(line(each.get("topic_type")), "650")
        main, *subdivisions = [part.strip() for part in topic.split("--")] if "--" in topic else [topic]
        subfields = [("a", main), *(("x", part) for part in subdivisions if part)]
        first = _first_indicator(tag, main) if tag == "600" else " "
        fields.append(Field(tag, first, "4", subfields) if tag != "656" else Field(tag, " ", "7", [*subfields, ("2", "local")]))
    return sorted(fields, key=lambda field: field.tag)
