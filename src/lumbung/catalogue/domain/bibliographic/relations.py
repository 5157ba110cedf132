"""Links out of a record (856) and the work that an article is part of (773)."""

from dataclasses import dataclass

from lumbung.catalogue.domain.bibliographic.text import Fields, first, trimmed
from lumbung.formats.marc import Field

_SCHEMES = ("http://", "https://", "ftp://")
_RELATED = "2"
_PART_OF_SERIAL = "b"
_LEVELS = {"s": "s", "b": "s", "i": "s", "m": "m"}


@dataclass(frozen=True, slots=True)
class Link:
    """An address where the work (or, ``related``, something about it) can be reached."""

    url: str
    label: str
    related: bool


@dataclass(frozen=True, slots=True)
class Host:
    """The journal or book that a part appeared in; ``published``: where, by whom and when, in one text; ``maker``: whom it is entered
    under; ``level``: ``s`` for a serial, ``m`` for a book, empty where the record does not tell; ``numbers``: those of its own record."""

    title: str
    place: str
    issn: str
    isbn: str
    published: str
    maker: str
    level: str
    numbers: tuple[str, ...]


def links(fields: Fields) -> tuple[Link, ...]:
    """Addresses a browser may follow; others are left in the record."""
    return tuple(
        Link(url, trimmed(each.join("3yz")), each.ind2 == _RELATED)
        for each in fields.get("856", ())
        for text in each.all("u") or each.all("g")
        if (url := text.strip()).lower().startswith(_SCHEMES)
    )


def host(leader: str, fields: Fields) -> Host | None:
    field = first(fields, "773")
    if field is None or not field.get("t"):
        return None
    return Host(
        title=trimmed(field.get("t")),
        place=trimmed(field.join("gq")),
        issn=field.get("x"),
        isbn=field.get("z"),
        published=trimmed(field.get("d")),
        maker=trimmed(field.get("a")),
        level=_level(leader, field),
        numbers=tuple(text.strip() for text in field.all("w") if text.strip()),
    )


def _level(leader: str, field: Field) -> str:
    """Of what it is a part: a part of a serial says so itself (leader/07), the level of any other stands in $7."""
    told = "s" if leader[7:8] == _PART_OF_SERIAL else field.get("7")[3:4]
    return _LEVELS.get(told, "")
