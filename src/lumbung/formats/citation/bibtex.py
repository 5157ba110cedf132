"""BibTeX. A name that must not be taken apart stands in braces of its own: ``{Sugiyono}``."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from lumbung.formats.citation.work import Kind, Name, Work

TYPES = {
    Kind.BOOK: "book",
    Kind.EBOOK: "book",
    Kind.ARTICLE: "article",
    Kind.CHAPTER: "incollection",
    Kind.MANUSCRIPT: "unpublished",
}
ESCAPES = str.maketrans(
    {
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "{": r"\textbraceleft{}",  # BibTeX counts a brace behind a backslash too
        "}": r"\textbraceright{}",
        "~": r"\~{}",
        "^": r"\^{}",
        "\\": r"\textbackslash{}",
    }
)
_NOT_IN_ADDRESS = re.compile(r"[{}\\\s\x00-\x1f\x7f]")
_AND = re.compile(r"(?<!\S)and(?!\S)", re.IGNORECASE)
DOCTORAL = ("dis", "dok", "doc", "phd", "ph.d", "s3")


def bibtex_of_all(works: Iterable[Work]) -> str:
    """The works as one file."""
    return "\n".join(bibtex_entries(works))


def bibtex_entries(works: Iterable[Work]) -> Iterator[str]:
    """An entry for each work: where two would have the same key, the later get a letter (toer2005bumi, toer2005bumib)."""
    taken: dict[str, int] = {}
    for work in works:
        key = _key(work)
        taken[key] = taken.get(key, 0) + 1
        yield bibtex(work, key if taken[key] == 1 else f"{key}{_letters(taken[key])}")


def bibtex(work: Work, key: str = "") -> str:
    """The work as one BibTeX entry, ready for a file; ``key`` is made of name, year and title where none is given."""
    fields = {
        "author": _names(work.authors),
        "editor": _names(work.editors),
        "translator": _names(work.translators),
        "title": _title(work.title),
        **_made_by(work),
        "edition": _text(work.edition),
        "series": _text(work.series),
        "year": str(work.year or ""),
        "isbn": _text(", ".join(work.isbns)),
        "issn": _text(work.issn),
        "doi": _address(work.doi),
        "language": _text(work.language),
        "keywords": _text(", ".join(work.subjects)),
        "url": _address(work.address),
    }
    lines = [f"  {name} = {{{text}}}" for name, text in fields.items() if text]
    return f"@{_type(work)}{{{key or _key(work)},\n" + ",\n".join(lines) + "\n}\n"


def _type(work: Work) -> str:
    if work.kind is Kind.THESIS:
        return "phdthesis" if work.degree.casefold().startswith(DOCTORAL) else "mastersthesis"
    return TYPES.get(work.kind, "misc")


def _made_by(work: Work) -> dict[str, str]:
    if work.kind is Kind.THESIS:
        return {"school": _text(work.institution or work.publisher), "type": _text(work.degree), "address": _text(work.place)}
    if work.kind is Kind.ARTICLE:
        return {"journal": _text(work.host), **_whereabouts(work)}
    if work.kind is Kind.CHAPTER:
        made = {"publisher": _text(work.publisher), "address": _text(work.place)}
        return {"booktitle": _title(work.host), **made, **_whereabouts(work)}
    return {"publisher": _text(work.publisher), "address": _text(work.place)}


def _whereabouts(work: Work) -> dict[str, str]:
    """Where in its host the work stands; in the record's own words when they could not be read."""
    found = {"volume": work.volume, "number": work.issue, "pages": work.pages.replace("–", "-").replace("-", "--")}
    read = {name: _text(text) for name, text in found.items() if text}
    return read or {"note": _text(work.host_place)}


def _letters(number: int) -> str:
    """b for the second, c for the third, … z, and after that the number itself."""
    return chr(ord("a") + number - 1) if number <= len("abcdefghijklmnopqrstuvwxyz") else f"-{number}"


def _names(names: Sequence[Name]) -> str:
    return " and ".join(_name(name) for name in names)


def _name(name: Name) -> str:
    """``Toer, Jr., Pramoedya``: BibTeX has the suffix in the middle. An "and" in a name would begin another."""
    if not name.given:
        return f"{{{_text(name.family)}}}"
    parts = [_text(part) for part in (name.family, name.suffix, name.given) if part]
    return ", ".join(f"{{{part}}}" if _AND.search(part) else part for part in parts)


def _text(text: str) -> str:
    return " ".join(text.split()).translate(ESCAPES)


def _address(text: str) -> str:
    """As it stands, since TeX reads addresses and DOIs so; but what would end the field, or is no part of an address, as ``%7D``."""
    return _NOT_IN_ADDRESS.sub(lambda found: quote(found[0], safe=""), text)


def _title(text: str) -> str:
    """With braces around what begins no sentence and has capitals: most styles would make small letters of them."""
    words = text.split()
    return " ".join(_kept(word, in_front=not at) for at, word in enumerate(words))


def _kept(word: str, *, in_front: bool) -> str:
    has_capitals = any(letter.isupper() for letter in (word[1:] if in_front else word))
    return f"{{{_text(word)}}}" if has_capitals else _text(word)


def _key(work: Work) -> str:
    """sugiyono2019metode: first name, year, first word of the title, in plain letters."""
    names = [*work.authors, *work.editors]
    parts = [names[0].family if names else "", str(work.year or ""), next(iter(re.findall(r"\w{3,}", work.title)), "")]
    plain = unicodedata.normalize("NFKD", "".join(part.split()[0] if part.split() else "" for part in parts))
    return re.sub(r"[^a-z0-9]", "", plain.casefold().encode("ascii", "ignore").decode()) or "karya"
