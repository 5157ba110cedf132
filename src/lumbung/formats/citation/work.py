"""What a citation needs to know of a work."""

from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    BOOK = "book"
    EBOOK = "ebook"
    THESIS = "thesis"
    ARTICLE = "article"
    SERIAL = "serial"
    MAP = "map"
    AUDIO = "audio"
    VIDEO = "video"
    IMAGE = "image"
    SCORE = "score"
    SOFTWARE = "software"
    MANUSCRIPT = "manuscript"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Name:
    """A person with a family name and given names; or, with ``given`` empty, a name that is never taken apart.

    A mononym (Sugiyono), a name in direct order (Pramoedya Ananta Toer) and a body (Badan Pusat Statistik) are of the second kind.
    """

    family: str
    given: str = ""

    @property
    def inverted(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def initialed(self) -> str:
        """Toer, P. A. – hyphens stay: Nasution, A.-H."""
        if not self.given:
            return self.family
        words = [word.lstrip("'’‘(") for word in self.given.split()]
        return f"{self.family}, {' '.join(_initials(word) for word in words if word and word[0].isalpha())}".rstrip(", ")


def _initials(word: str) -> str:
    return "-".join(f"{part[0].upper()}." for part in word.split("-") if part)


@dataclass(frozen=True, slots=True)
class Work:
    """A work to cite. Texts carry no closing punctuation. ``institution`` and ``degree`` belong to a thesis, ``host`` to an article."""

    kind: Kind
    title: str
    authors: list[Name] = field(default_factory=list)
    editors: list[Name] = field(default_factory=list)
    year: int | None = None
    edition: str = ""
    place: str = ""
    publisher: str = ""
    series: str = ""
    degree: str = ""
    institution: str = ""
    host: str = ""
    host_place: str = ""
    isbns: list[str] = field(default_factory=list)
    issn: str = ""
    doi: str = ""
    language: str = ""
    call_number: str = ""
    subjects: list[str] = field(default_factory=list)
    abstract: str = ""
    url: str = ""
