"""People, bodies and meetings that made a work (1XX, 7XX)."""

from typing import NamedTuple

from lumbung.catalogue.domain.bibliographic.text import Fields, trimmed, without_marks
from lumbung.formats.marc import Field
from lumbung.search.words.names import are_titles

_KINDS = {"00": "person", "10": "body", "11": "meeting"}
_NAME = {"person": "abcq", "body": "abn", "meeting": "acden"}
_MAIN = ("100", "110", "111")
_ADDED = ("700", "710", "711")


class Contributor(NamedTuple):
    """A name as the record has it. ``kind`` is person, body or meeting; ``roles`` are words ($e) and MARC relator codes ($4);
    ``titles`` are academic ones; ``work`` is the title when the entry stands for another work by that name; ``main`` tells the main
    entry."""

    name: str
    kind: str
    dates: str = ""
    roles: tuple[str, ...] = ()
    work: str = ""
    main: bool = False
    titles: str = ""


def name_in(field: Field) -> str:
    """The name in a 1XX, 6XX, 7XX or 8XX field, without dates, roles, academic titles and the title of a work."""
    kind = _KINDS.get(field.tag[1:], "person")
    if kind == "person" and len(field.subfields) == 1:
        return trimmed(field.subfields[0][1])
    if kind == "person" and any(code == "c" and are_titles(text) for code, text in field.subfields):
        return trimmed(
            " ".join(text for code, text in field.subfields if code in "abq" or (code == "c" and not are_titles(text)))
        )
    return trimmed(field.join(_NAME[kind]))


def titles_in(field: Field) -> str:
    """The academic and other titles that the heading of a person keeps beside the name ($c)."""
    return ", ".join(without_marks(text) for code, text in field.subfields if code == "c" and are_titles(text))


def contributors(fields: Fields) -> tuple[Contributor, ...]:
    """Every name responsible for the work, the main entry first."""
    return tuple(
        _contributor(each, main=each.tag in _MAIN) for tag in (*_MAIN, *_ADDED) if tag in fields for each in fields[tag]
    )


def named(fields: Fields) -> list[tuple[str, str]]:
    """The same names in the same order, each with the title of the work that an added entry stands for."""
    return [
        (name_in(each), trimmed(each.join("tp")) if tag in _ADDED else "")
        for tag in (*_MAIN, *_ADDED)
        if tag in fields
        for each in fields[tag]
    ]


def creator(fields: Fields) -> str:
    """The name of the main entry; without one, the first added entry that is not for another work."""
    for tag in _MAIN:
        for each in fields.get(tag, ()):
            return name_in(each)
    for tag in _ADDED:
        for each in fields.get(tag, ()):
            if not each.get("t"):
                return name_in(each)
    return ""


def _contributor(field: Field, *, main: bool) -> Contributor:
    roles = [
        without_marks(text).rstrip(".") for code, text in field.subfields if code in ("e4" if field.tag[1:] != "11" else "j4")
    ]
    return Contributor(
        name=name_in(field),
        kind=_KINDS[field.tag[1:]],
        dates=trimmed(field.get("d")) if field.tag[1:] == "00" else "",
        roles=tuple(dict.fromkeys(_relator(each) for each in roles if each)),
        work=trimmed(field.join("tp")) if not main else "",
        main=main,
        titles=titles_in(field) if field.tag[1:] == "00" else "",
    )


def _relator(role: str) -> str:
    """The relator code at the end of a LoC address, or the word itself."""
    return role.rpartition("/")[2] if role.startswith("http") else role
