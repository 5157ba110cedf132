"""What a holdings statement is made of."""

from dataclasses import dataclass, field
from enum import StrEnum

from lumbung.formats.marc import Field

LEVELS, DATES = "abcdef", "ijkl"
OPEN = "-"


class Kind(StrEnum):
    """What is held: the publication itself, its supplements, its indexes."""

    BASIC = "basic"
    SUPPLEMENTS = "supplements"
    INDEXES = "indexes"

    @property
    def captions_tag(self) -> str:
        return {Kind.BASIC: "853", Kind.SUPPLEMENTS: "854", Kind.INDEXES: "855"}[self]

    @property
    def runs_tag(self) -> str:
        return {Kind.BASIC: "863", Kind.SUPPLEMENTS: "864", Kind.INDEXES: "865"}[self]

    @property
    def text_tag(self) -> str:
        return {Kind.BASIC: "866", Kind.SUPPLEMENTS: "867", Kind.INDEXES: "868"}[self]


@dataclass(frozen=True, slots=True)
class Captions:
    """How the parts are counted (853–855): ``levels`` are "jil.", "no."; ``dates`` "(tahun)", "(bulan)"; ``per`` tells how many parts of a
    level make one of the level above (0: not known)."""

    levels: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    per: tuple[int, ...] = ()
    field: Field | None = None

    @property
    def link(self) -> str:
        return self.field.get("8").strip() if self.field else ""


@dataclass(frozen=True, slots=True)
class Point:
    """One part: its number at each level, its dates from the year down."""

    levels: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.levels or self.dates)


@dataclass(frozen=True, slots=True)
class Run:
    """Parts held without a gap, from ``start`` to ``end`` (None: one part alone), or still coming in. ``pause`` behind it: "g", parts are
    missing; "n", none was published."""

    start: Point
    end: Point | None = None
    is_open: bool = False
    pause: str = ""
    note: str = ""
    field: Field | None = None

    @property
    def last(self) -> Point:
        return self.end or self.start


@dataclass(frozen=True, slots=True)
class Part:
    """What is held of one kind under one set of captions; ``texts`` (866–868) are told as they are, in the place of ``runs`` where they
    are tied to them or it is asked for (``only_text``)."""

    kind: Kind
    captions: Captions = Captions()
    runs: tuple[Run, ...] = ()
    texts: tuple[Field, ...] = ()
    only_text: bool = False


@dataclass(frozen=True, slots=True)
class Holding:
    """What one place holds. ``fields`` are those of the record that say so; ``about`` those among them that say what kind of holdings
    these are, and in which form (841, 842, 844)."""

    branch: str = ""
    shelf: str = ""
    call_number: str = ""
    note: str = ""
    parts: tuple[Part, ...] = ()
    place: Field | None = None
    about: tuple[Field, ...] = ()
    fields: tuple[Field, ...] = field(default=(), repr=False)
