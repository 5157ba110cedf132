"""A thesis read out of its record: who wrote and supervised it, with their numbers, and the programme by its code."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from lumbung.catalogue.domain.bibliographic import Contributor, Description
from lumbung.catalogue.domain.bibliographic.names import name_in
from lumbung.cooperation.queries.programmes import Programme, Programmes
from lumbung.formats.marc import Field, Record
from lumbung.formats.thesis import EXAMINER, SUPERVISOR, Person, Thesis

NUMBER = re.compile(r"\b(NIDN|NIDK|NUPTK|NIM|NPM|NRP)\b[\s).:#-]*(\d[\d .]{4,20}\d)", re.IGNORECASE)
LONGEST = {"NIDN": 10, "NIDK": 10, "NUPTK": 16}
_CODE = re.compile(r"\bKODE[\s_-]?PRODI\b[\s).:#-]*(\d{4,6})|\(PDDIKTI\)\s*(\d{4,6})", re.IGNORECASE)
_PEOPLE, _NOTES = ("100", "700", "720"), ("502", "710", "500", *map(str, range(590, 600)))
SUPERVISING = {
    "ths",
    "dgs",
    "pembimbing",
    "promotor",
    "ko-promotor",
    "kopromotor",
    "thesis advisor",
    "degree supervisor",
    "supervisor",
}
WRITING = {"aut", "penulis", "author", "pengarang", "dis", "dissertant"}
OTHER = "kontributor"
EXAMINING = {"opn", "penguji", "opponent", "examiner", "degree committee member", "dgc"}
LEVELS = {"disertasi": "S3", "doktor": "S3", "tesis": "S2", "magister": "S2", "skripsi": "S1", "sarjana": "S1"}
_LEVEL = re.compile(r"\b(S-?[123]|D-?[1234])\b", re.IGNORECASE)
Numbers = tuple[tuple[str, str], ...]
"""Pairs of kind and number."""
DEGREES = ("Skripsi", "Tesis", "Disertasi", "Tugas Akhir", "Karya Tulis Ilmiah")


@dataclass(frozen=True, slots=True)
class Studied:
    """Where a thesis was written: ``programme`` is a registered one, else the name alone is known."""

    name: str
    level: str
    programme: Programme | None


def thesis_of(marc: Record, said: Description, programmes: Programmes) -> tuple[Thesis, Studied]:
    """The thesis, and where it was written."""
    numbers = _numbers_by_name(marc)
    people = [(each, _role(each)) for each in said.contributors if each.kind == "person" and not each.work]
    authors = [Person(each.name, _of_author(numbers.get(each.name, ()))) for each, role in people if not role]
    others = [Person(each.name, _of_lecturer(numbers.get(each.name, ())), role) for each, role in people if role]
    studied = _studied(marc, said, programmes)
    thesis = Thesis(
        authors=tuple(_first_with_number(authors, said.student_numbers)),
        contributors=tuple(others),
        programme=studied.programme.name if studied.programme else studied.name,
        programme_code=studied.programme.code if studied.programme else _told_code(marc),
        level=studied.level,
        degree=_degree(said.thesis),
        grantor=said.publisher,
    )
    return thesis, studied


def _numbers_by_name(marc: Record) -> dict[str, Numbers]:
    """The numbers that stand in the field of a person, by the name as it is described."""
    return {name_in(each): found for each in marc.all(*_PEOPLE) if not each.is_control and (found := _numbers_in(each))}


def _numbers_in(field: Field) -> Numbers:
    found = [(kind.upper(), re.sub(r"\D", "", number)) for _, text in field.subfields for kind, number in NUMBER.findall(text)]
    return tuple(dict.fromkeys((kind, number) for kind, number in found if len(number) == LONGEST.get(kind, len(number))))


def _role(each: Contributor) -> str:
    roles = {role.casefold().rstrip(".") for role in each.roles}
    if roles & SUPERVISING or any("pembimbing" in role or "promotor" in role for role in roles):
        return SUPERVISOR
    if roles & EXAMINING or any("penguji" in role for role in roles):
        return EXAMINER
    return "" if each.main or roles & WRITING else next(iter(sorted(roles)), OTHER)


def _of_author(numbers: Numbers) -> Numbers:
    """Whatever a student's number is called at home (NPM, NRP), RAMA calls it NIM."""
    return tuple(("NIM", number) for kind, number in numbers if kind in {"NIM", "NPM", "NRP"})


def _of_lecturer(numbers: Numbers) -> Numbers:
    return tuple(each for each in numbers if each[0] in LONGEST)


def _first_with_number(authors: list[Person], told: Collection[str]) -> list[Person]:
    """Numbers that stand elsewhere in the record belong to its authors in their order."""
    free = [
        number for number in told if not any(_bare(number) == _bare(known) for each in authors for _, known in each.numbers)
    ]
    return [
        each if each.numbers or not free else Person(each.name, (("NIM", _bare(free.pop(0))),), each.role) for each in authors
    ]


def _bare(number: str) -> str:
    return re.sub(r"[\W_]", "", number)


def _studied(marc: Record, said: Description, programmes: Programmes) -> Studied:
    text, name = said.thesis, "" if said.programme.isdigit() else said.programme
    found = _LEVEL.search(text) or _LEVEL.search(name)
    level = (
        found[1].upper().replace("-", "") if found else next((LEVELS[each] for each in LEVELS if each in text.casefold()), "")
    )
    programme = programmes.with_code(_told_code(marc)) or programmes.named(name, level)
    return Studied(name, programme.level if programme else level, programme)


def _told_code(marc: Record) -> str:
    for each in marc.all(*_NOTES):
        for text in [each.value] if each.value is not None else [text for _, text in each.subfields]:
            if found := _CODE.search(text):
                return found[1] or found[2]
    return ""


def _degree(thesis: str) -> str:
    said = thesis.casefold()
    return next((each for each in DEGREES if each.casefold() in said), "")
