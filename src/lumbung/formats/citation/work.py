"""What a citation needs to know of a work."""

import re
from dataclasses import dataclass, field
from enum import Enum

_SUFFIX = re.compile(r"(?:jn?r|sn?r|junior|senior|[iv]{2,3}|viii|[2-5](?:nd|rd|th))\.?", re.IGNORECASE)

_FULLER = re.compile(r"\s*\([^()]*\)?$")


class Kind(Enum):
    BOOK = "book"
    EBOOK = "ebook"
    THESIS = "thesis"
    ARTICLE = "article"
    CHAPTER = "chapter"
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

    A mononym (Sugiyono), a name in direct order (Pramoedya Ananta Toer) and a body (Badan Pusat Statistik) are of the second kind;
    of the last ``is_body`` is true where it is known. ``suffix`` (Jr., III) belongs to a name taken apart.
    """

    family: str
    given: str = ""
    is_body: bool = False
    suffix: str = ""

    @property
    def inverted(self) -> str:
        return ", ".join(filter(None, [self.family, self.given, self.suffix])) if self.given else self.family

    @property
    def direct(self) -> str:
        return " ".join(filter(None, [self.given, self.family, self.suffix]))


def name_in(heading: str) -> Name:
    """Taken apart only where the heading itself does so with a comma; of what stands behind a second one the suffix is kept. A fuller
    form of the given names, in parentheses behind them, tells people apart in a catalogue and belongs to no citation."""
    family, *rest = (part.strip() for part in heading.split(","))
    given, *others = rest or [""]
    given = _FULLER.sub("", given) or given
    if not given or given[0].isdigit():
        return Name(heading if not rest else family)
    return Name(family, given, suffix=next((each for each in others if _SUFFIX.fullmatch(each)), ""))


@dataclass(frozen=True, slots=True)
class Work:
    """A work to cite. Texts carry no closing punctuation.

    ``institution`` and ``degree`` belong to a thesis; ``host`` is the journal of an article or the book of a chapter, and ``volume``,
    ``issue`` and ``pages`` say where in it. ``host_place`` says the same as the record wrote it. ``url`` is where the work is described,
    ``read_at`` where it is read itself.
    """

    kind: Kind
    title: str
    authors: list[Name] = field(default_factory=list)
    editors: list[Name] = field(default_factory=list)
    translators: list[Name] = field(default_factory=list)
    year: int | None = None
    edition: str = ""
    place: str = ""
    publisher: str = ""
    series: str = ""
    degree: str = ""
    institution: str = ""
    host: str = ""
    host_place: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    isbns: list[str] = field(default_factory=list)
    issn: str = ""
    doi: str = ""
    language: str = ""
    call_number: str = ""
    subjects: list[str] = field(default_factory=list)
    abstract: str = ""
    url: str = ""
    read_at: str = ""

    @property
    def address(self) -> str:
        """Where the work itself is read, else where it is described."""
        return self.read_at or self.url

    @property
    def first_and_last_page(self) -> tuple[str, str]:
        first, _, last = self.pages.replace("–", "-").partition("-")
        return first.strip(), last.strip()
