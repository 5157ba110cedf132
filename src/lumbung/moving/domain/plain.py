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
    """``category`` and ``copy_type`` are source ids; None for any. ``fee_per_day`` is whole rupiah, from the first day after grace."""

    entity = "rule"
    category: str | None
    copy_type: str | None
    loan_days: int
    loan_limit: int
    renewal_limit: int
    hold_limit: int = 0
    fee_per_day: int = 0
    grace_days: int = 0


@dataclass(frozen=True, kw_only=True)
class ClosedDay(Plain):
    """A day on which the library is closed: a date, or (``weekday``, 0 is Monday) every week."""

    entity = "closed_day"
    day: date | None
    weekday: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class StaffUser(Plain):
    entity = "staff"
    username: str
    name: str
    email: str = ""
    old_password: str = ""


@dataclass(frozen=True, kw_only=True)
class Copy(Plain):
    """``title`` is the source id of its title; ``lendable`` False: read in the house."""

    entity = "copy"
    title: str
    barcode: str
    place: str | None = None
    copy_type: str | None = None
    call_number: str = ""
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
    """A member. ``old_password`` as the other system kept it; with one the member can sign in by the card number."""

    entity = "member"
    name: str
    barcode: str
    category: str | None
    joined_on: date | None
    expires_on: date | None
    email: str = ""
    phone: str = ""
    unit: str = ""
    blocked_because: str = ""
    note: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    old_password: str = ""
    image: str = ""


@dataclass(frozen=True, kw_only=True)
class Lending(Plain):
    """A loan, open until ``returned_at``. ``copy`` and ``member`` are source ids; days without a time begin and end with the day."""

    entity = "loan"
    copy: str
    member: str
    lent_at: datetime
    due_on: date
    returned_at: datetime | None = None
    renewal_count: int = 0


@dataclass(frozen=True, kw_only=True)
class Waiting(Plain):
    """A member waits for a title."""

    entity = "hold"
    title: str
    member: str
    placed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Owed(Plain):
    """What a member owes in all, in whole rupiah; below nothing, what the library owes the member."""

    entity = "balance"
    member: str
    amount: int
    note: str = ""
