"""What feeds consist of, whichever way they are written. Addresses are whole; moments are aware."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

SHELF = "http://opds-spec.org/shelf"
FACET = "http://opds-spec.org/facet"
FEED_2, PUBLICATION_2 = "application/opds+json", "application/opds-publication+json"
ENTRY_1 = "application/atom+xml;type=entry;profile=opds-catalog"
NAVIGATION_1 = "application/atom+xml;profile=opds-catalog;kind=navigation"
ACQUISITION_1 = "application/atom+xml;profile=opds-catalog;kind=acquisition"
SEARCH_1 = "application/opensearchdescription+xml"


class Relation(Enum):
    """How a publication is had: its long name, which both versions know, and the short one of OPDS 2.0."""

    OPEN = ("http://opds-spec.org/acquisition/open-access", "download")
    TAKE = ("http://opds-spec.org/acquisition", "acquisition")
    BORROW = ("http://opds-spec.org/acquisition/borrow", "borrow")

    @property
    def long(self) -> str:
        return str(self.value[0])

    @property
    def both(self) -> list[str]:
        """For OPDS 2.0: programs older than 2026 know the long name alone."""
        return list(self.value)


class State(Enum):
    AVAILABLE = "available"
    UNAVAILABLE = "unavailable"
    RESERVED = "reserved"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Availability:
    """How what is lent stands for whoever asks: ``position`` is their place among the ``waiting``, 0 when they do not wait."""

    state: State
    since: datetime | None = None
    until: datetime | date | None = None
    copies: int = 0
    free: int = 0
    waiting: int = 0
    position: int = 0

    @property
    def is_cancellable(self) -> bool:
        return self.state in {State.RESERVED, State.READY}


@dataclass(frozen=True, slots=True)
class Acquisition:
    """One way to have a publication. ``leads_to`` are the media types one has in the end, where this is not yet it; ``passphrase`` is the
    hash with which whoever asks opens a licence of LCP, in base64."""

    href: str
    media_type: str
    relation: Relation
    title: str = ""
    size: int = 0
    leads_to: Sequence[str] = ()
    availability: Availability | None = None
    sign_in: str = ""
    passphrase: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a feed or in its navigation; ``count`` is how many titles are behind it (None: unknown)."""

    href: str
    media_type: str
    relations: Sequence[str] = ()
    title: str = ""
    summary: str = ""
    count: int | None = None
    templated: bool = False
    sign_in: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a publication; sides in pixels, 0 where they are not known."""

    href: str
    media_type: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Publication:
    """A title. ``identifier`` is a URI that never changes; ``languages`` are BCP 47; ``pictures`` are the largest first."""

    identifier: str
    title: str
    href: str
    modified: datetime
    acquisitions: Sequence[Acquisition]
    pictures: Sequence[Picture]
    page: str = ""
    schema: str = "http://schema.org/Book"
    authors: Sequence[str] = ()
    publisher: str = ""
    year: int | None = None
    languages: Sequence[str] = ()
    description: str = ""
    subjects: Sequence[str] = ()
    numbers: Sequence[str] = ()
    manifests: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Option:
    title: str
    href: str
    count: int | None = None
    is_active: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    title: str
    options: Sequence[Option]


@dataclass(frozen=True, slots=True)
class Group:
    """Publications of another feed, some of them."""

    title: str
    href: str
    count: int
    publications: Sequence[Publication]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """``navigation`` or publications, never both. ``total`` is None for a feed that is not turned page by page; ``pages`` maps
    relations (first, previous, next, last) to addresses."""

    identifier: str
    title: str
    href: str
    updated: datetime
    links: Sequence[Link] = ()
    navigation: Sequence[Link] = ()
    publications: Sequence[Publication] = ()
    groups: Sequence[Group] = ()
    facets: Sequence[Facet] = ()
    total: int | None = None
    size: int = 0
    page: int = 1
    pages: Mapping[str, str] = field(default_factory=dict)
    author: str = ""

    @property
    def is_navigation(self) -> bool:
        return bool(self.navigation)
