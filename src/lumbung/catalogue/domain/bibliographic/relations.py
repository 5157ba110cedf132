"""Links out of a record (856) and the work that an article is part of (773)."""

from dataclasses import dataclass

from lumbung.catalogue.domain.bibliographic.text import Fields, first, trimmed

_SCHEMES = ("http://", "https://", "ftp://")
_RELATED = "2"


@dataclass(frozen=True, slots=True)
class Link:
    """An address where the work (or, ``related``, something about it) can be reached."""

    url: str
    label: str
    related: bool


@dataclass(frozen=True, slots=True)
class Host:
    """The journal or book that a part appeared in; ``published``: where, by whom and when, in one text."""

    title: str
    place: str
    issn: str
    isbn: str
    published: str


def links(fields: Fields) -> tuple[Link, ...]:
    """Addresses a browser may follow; others are left in the record."""
    return tuple(
        Link(url, trimmed(each.join("3yz")), each.ind2 == _RELATED)
        for each in fields.get("856", ())
        for text in each.all("u") or each.all("g")
        if (url := text.strip()).lower().startswith(_SCHEMES)
    )


def host(fields: Fields) -> Host | None:
    field = first(fields, "773")
    if field is None or not field.get("t"):
        return None
    return Host(trimmed(field.get("t")), trimmed(field.join("gq")), field.get("x"), field.get("z"), trimmed(field.get("d")))
