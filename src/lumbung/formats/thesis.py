"""A thesis as the services for theses want it: people with the numbers that identify them, the programme by its code.

Two views of it: ETD-MS 1.0 of the NDLTD, and what RAMA (the national repository of theses of Indonesia) reads out of Dublin Core.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lumbung.formats.xml_tree import carried

NAMESPACE = "http://www.ndltd.org/standards/metadata/etdms/1.0/"
SCHEMA = "http://www.ndltd.org/standards/metadata/etdms/1.0/etdms.xsd"
START = (
    f'<thesis xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:schemaLocation="{NAMESPACE} {SCHEMA}">\n'
)
END = "</thesis>\n"
TYPE = "Electronic Thesis or Dissertation"
_YEAR = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_BEFORE = ("title", "creator", "subject", "description", "publisher")
_AFTER = ("date", "type", "format")
_LAST = ("language", "coverage", "rights")


@dataclass(frozen=True, slots=True)
class Person:
    """``numbers`` are pairs of kind (``NIM``, ``NIDN``, ``NIDK``, ``NUPTK``) and number; ``role`` is "" for an author."""

    name: str
    numbers: tuple[tuple[str, str], ...] = ()
    role: str = ""

    def has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.numbers)


@dataclass(frozen=True, slots=True)
class Thesis:
    """``programme_code`` is that of PDDikti; ``level`` is S1, S2 …; ``degree`` what was written for it (Skripsi)."""

    authors: tuple[Person, ...] = ()
    contributors: tuple[Person, ...] = ()
    programme: str = ""
    programme_code: str = ""
    level: str = ""
    degree: str = ""
    grantor: str = ""

    @property
    def supervisors(self) -> tuple[Person, ...]:
        return tuple(each for each in self.contributors if each.role == SUPERVISOR)


SUPERVISOR, EXAMINER = "pembimbing", "penguji"


def etdms(thesis: Thesis, told: Iterable[tuple[str, str]], *, pages: Iterable[str]) -> str:
    """The content of ``<thesis>``; ``told`` is simple Dublin Core, ``pages`` identifiers as they are to stand there, escaped."""
    by_name: dict[str, list[str]] = {}
    for name, text in told:
        by_name.setdefault(name, []).append(text)
    by_name["date"] = [found[0] for each in by_name.get("date", []) if (found := _YEAR.search(each))][:1]
    by_name["type"] = list(dict.fromkeys([TYPE, *by_name.get("type", [])]))
    by_name["creator"] = [each.name for each in thesis.authors] or by_name.get("creator", [])
    contributors = (_element("contributor", each.name, role=each.role) for each in thesis.contributors)
    pieces = [*_each(by_name, _BEFORE), *contributors, *_each(by_name, (*_AFTER, "identifier"))]
    return "".join(
        [*pieces, *(f"<identifier>{each}</identifier>\n" for each in pages), *_each(by_name, _LAST), _degree(thesis)]
    )


def rama(thesis: Thesis, told: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Simple Dublin Core in which people and programme carry their numbers: ``NIM…``, ``NIDN…``, ``KODEPRODI…``."""
    for name, text in told:
        if name not in {"creator", "contributor"}:
            yield name, text
    yield from (("creator", _numbered(each)) for each in thesis.authors)
    yield from (("contributor", _numbered(each)) for each in thesis.contributors)
    if thesis.programme_code:
        code, named = (
            f"KODEPRODI{thesis.programme_code}",
            f"{thesis.level} {thesis.programme}".strip() if thesis.programme else "",
        )
        yield "publisher", ", ".join(filter(None, [named, code]))
        yield "description", code


def _numbered(person: Person) -> str:
    return ", ".join(filter(None, [person.name, *(f"{kind}{number}" for kind, number in person.numbers)]))


def _each(by_name: dict[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    return (_element(name, text) for name in names for text in dict.fromkeys(by_name.get(name, [])))


def _degree(thesis: Thesis) -> str:
    told = [("name", thesis.degree), ("level", thesis.level), ("discipline", thesis.programme), ("grantor", thesis.grantor)]
    inner = "".join(_element(name, text) for name, text in told if text)
    return f"<degree>\n{inner}</degree>\n" if inner else ""


def _element(name: str, text: str, **attributes: str) -> str:
    said = "".join(f" {each}={quoteattr(value)}" for each, value in attributes.items() if value)
    return f"<{name}{said}>{escape(carried(text))}</{name}>\n"
