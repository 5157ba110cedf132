"""What a library has, as plain rows: the language between the sources, which read other systems, and the stages, which store.

``source_id`` is the row's number in the other system, never given twice for a kind; ``at`` its place in the source's order, by which an
interrupted move goes on; ``raw`` the row as it came, for the report. References are source ids. Texts are clean: no control characters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from hashlib import blake2b
from typing import Any, ClassVar

from lumbung.formats.marc import Record as MarcRecord
from lumbung.kernel.refusals import Reason

DIGEST = 8
UNTOLD = frozenset({"at", "raw", "warnings", "faults", "copies"})
"""What is not stored in the row itself: copies are rows of their own."""


@dataclass(frozen=True, kw_only=True)
class Plain:
    """The base of every row. ``faults`` make it rejected, ``warnings`` are reported with it."""

    entity: ClassVar[str]

    source_id: str
    at: int
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    warnings: tuple[Reason, ...] = field(default=(), repr=False, compare=False)
    faults: tuple[Reason, ...] = field(default=(), repr=False, compare=False)

    @cached_property
    def digest(self) -> str:
        """Changes when anything changes that would be stored."""
        told = [repr(getattr(self, each.name)) for each in fields(self) if each.name not in UNTOLD]
        return blake2b("\x1f".join(told).encode("utf-8", "surrogatepass"), digest_size=DIGEST).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Place(Plain):
    """Where copies stand: a room of the branch chosen, or a branch of its own, as the librarian decides."""

    entity = "place"
    name: str


@dataclass(frozen=True, kw_only=True)
class Room(Plain):
    """A shelf or room within a place, for systems that know both; ``code`` is the other system's, ``place`` a source id."""

    entity = "room"
    place: str
    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class CopyType(Plain):
    entity = "copy_type"
    name: str


@dataclass(frozen=True, kw_only=True)
class Category(Plain):
    entity = "category"
    name: str
    membership_months: int = 12


@dataclass(frozen=True, kw_only=True)
class Rule(Plain):
    """``branch``, ``category`` and ``copy_type`` are source ids; None for any. ``fee_per_day`` is whole rupiah, from the first day after
    grace. ``terms``, where a system knows more, stand for all the rest: the terms of a ``LoanRule`` by name, those not named left open;
    ``lateness`` for what being late costs alone. ``loan_kind`` is one of ``LoanKinds``, ``material`` one of ``Material``, empty for any;
    ``weekdays`` are digits, 0 being Monday. ``waiting_from`` so many who wait, counted as one of ``WaitingCounted``."""

    entity = "rule"
    category: str | None
    copy_type: str | None
    loan_days: int
    loan_limit: int
    renewal_limit: int
    hold_limit: int = 0
    fee_per_day: int = 0
    grace_days: int = 0
    branch: str | None = None
    renewal_days: int | None = None
    terms: tuple[tuple[str, Any], ...] = ()
    lateness: tuple[tuple[str, Any], ...] = ()
    loan_kind: str = ""
    material: str = ""
    weekdays: str = ""
    first_day: date | None = None
    last_day: date | None = None
    waiting_from: int | None = None
    waiting_counted: str = ""


@dataclass(frozen=True, kw_only=True)
class ClosedDay(Plain):
    """A day on which the library, or its branch ``place`` (a source id) alone, is closed: a date, or (``weekday``, Monday is 0) every
    week."""

    entity = "closed_day"
    day: date | None
    weekday: int | None
    reason: str
    place: str | None = None


@dataclass(frozen=True, kw_only=True)
class StaffUser(Plain):
    entity = "staff"
    username: str
    name: str
    email: str = ""
    old_password: str = ""


@dataclass(frozen=True, kw_only=True)
class Copy(Plain):
    """``title``, ``place`` and ``room`` are source ids; ``lendable`` False: read in the house."""

    entity = "copy"
    title: str
    barcode: str
    place: str | None = None
    room: str | None = None
    copy_type: str | None = None
    call_number: str = ""
    volume: str = ""
    accession_number: str = ""
    accessioned_on: date | None = None
    source: str = ""
    vendor: str = ""
    price: Decimal | None = None
    status: str = "available"
    lendable: bool = True
    note: str = ""
    added_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Bound(Plain):
    """``title`` is in ``copy`` too, which is another title's: an article in its volume, a work in a binding. Both are source ids."""

    entity = "bound"
    title: str
    copy: str


@dataclass(frozen=True, kw_only=True)
class Title(Plain):
    """``copies`` come with it and are rows of their own."""

    entity = "title"
    record: MarcRecord
    suppressed: bool = False
    created_at: datetime | None = None
    updated_at: datetime | None = None
    copies: tuple[Copy, ...] = field(default=(), repr=False)


@dataclass(frozen=True, kw_only=True)
class Person(Plain):
    """A member; ``place`` is where the member belongs, when places are branches.

    ``old_password`` as the other system kept it; with one the member can sign in by the card number."""

    entity = "member"
    name: str
    barcode: str
    category: str | None
    joined_on: date | None
    expires_on: date | None
    place: str | None = None
    email: str = ""
    phone: str = ""
    unit: str = ""
    blocked_because: str = ""
    note: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    old_password: str = ""
    image: str = ""


@dataclass(frozen=True, kw_only=True)
class Permitted(Plain):
    """What one member may borrow by a rule of their own: some types and places too, for so many days, or (``is_only``) these alone.
    ``member``, ``copy_types`` and ``places`` are source ids."""

    entity = "personal_rule"
    member: str
    is_only: bool
    copy_types: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    loan_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class Lending(Plain):
    """A loan, open until ``returned_at``. ``copy`` and ``member`` are source ids, and ``place``, where places are branches, is where it was
    made; it is due at ``due_at``, else when the day ``due_on`` ends. ``unseen_renewals`` are those in a row at which nobody saw the copy;
    ``is_on_site``: it is read in the house."""

    entity = "loan"
    copy: str
    member: str
    lent_at: datetime
    due_on: date
    place: str | None = None
    due_at: datetime | None = None
    returned_at: datetime | None = None
    renewal_count: int = 0
    unseen_renewals: int = 0
    last_renewed_at: datetime | None = None
    is_on_site: bool = False


@dataclass(frozen=True, kw_only=True)
class Waiting(Plain):
    """A member waits for a title, or for ``wanted_copy`` and no other; ``set_aside`` is the copy that is on its way to the member, or
    (``is_ready``) on the shelf until ``ready_until``. ``place``, where places are branches, is that of the pick-up. All source ids."""

    entity = "hold"
    title: str
    member: str
    placed_at: datetime
    place: str | None = None
    wanted_copy: str | None = None
    wanted_until: date | None = None
    set_aside: str | None = None
    is_ready: bool = False
    ready_until: date | None = None
    is_suspended: bool = False
    suspended_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Wanted(Plain):
    """A copy of a part of a title was asked for, of ``copy`` where one is named; over since ``closed_at``. ``state`` is one of
    ``ArticleRequest.States``; ``part`` is the title of the article or chapter. All source ids."""

    entity = "article_request"
    title: str
    member: str
    asked_at: datetime
    state: str
    closed_at: datetime | None
    place: str | None = None
    copy: str | None = None
    is_chapter: bool = False
    part: str = ""
    author: str = ""
    issue: str = ""
    pages: str = ""
    note: str = ""
    by_file: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Promised(Plain):
    """A copy is booked for a member from one day to another; ``is_fetched`` or ``is_cancelled``: that is over. ``place``, where places are
    branches, is that of the pick-up. All source ids."""

    entity = "booking"
    title: str
    copy: str
    member: str
    booked_at: datetime
    first_day: date
    last_day: date
    place: str | None = None
    is_fetched: bool = False
    is_cancelled: bool = False


@dataclass(frozen=True, kw_only=True)
class Visiting(Plain):
    """Somebody came in: a member (a source id), a guest by name, or (``people`` is told) a group led by whoever is named; ``purpose`` is
    what for, in the other system's words."""

    entity = "visit"
    came_at: datetime
    member: str | None
    name: str = ""
    institution: str = ""
    people: int | None = None
    purpose: str = ""


@dataclass(frozen=True, kw_only=True)
class Attached(Plain):
    """A digital file of a title, at ``path`` below the folder of files; for members alone, or for some ``categories`` (source ids)."""

    entity = "attachment"
    title: str
    path: str
    name: str
    label: str = ""
    for_members: bool = False
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Photo(Plain):
    """The photo of a member (a source id), at ``path`` below the folder of pictures."""

    entity = "photo"
    member: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Cover(Plain):
    """The picture of a title's cover (a source id), at ``path`` below the folder of pictures."""

    entity = "cover"
    title: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Count(Plain):
    """A count of the shelves, under way when ``closed_at`` is None; what it says of copies (``has_lines``) is rows of its own."""

    entity = "stock_take"
    name: str
    opened_at: datetime
    closed_at: datetime | None
    expected: int
    found: int
    away: int = 0
    has_lines: bool = False


@dataclass(frozen=True, kw_only=True)
class CountedCopy(Plain):
    """What the count of the shelves ``count`` says of ``copy`` (source ids); the copy may be gone."""

    entity = "stock_take_line"
    count: str
    copy: str
    barcode: str
    title: str = ""
    call_number: str = ""
    on_loan: bool = False
    seen: bool = False
    seen_at: datetime | None = None
    seen_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Owed(Plain):
    """What a member owes, in all or for one thing, in whole rupiah; below nothing, what the library owes the member. ``kind`` is one of
    ``Fee.Kinds``."""

    entity = "balance"
    member: str
    amount: int
    note: str = ""
    kind: str = "other"
