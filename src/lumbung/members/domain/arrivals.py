"""Members from the system that a library leaves: many at a time, and out again.

Whoever calls has looked at the rows; here the database has the last word on card numbers and identifiers.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lumbung.kernel import events
from lumbung.kernel.refusals import Reason
from lumbung.members.events import MembersArrived, MembersWithdrawn
from lumbung.members.models import FormerCard, Member, MemberIdentifier
from lumbung.members.queries import search_text
from lumbung.organization.domain import barcodes
from lumbung.organization.models import Barcode
from lumbung.organization.refusals import BARCODE_TAKEN_BY_ITEM, BARCODE_TAKEN_BY_MEMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingMember:
    """Somebody; category, branch and user are primary keys, ``identifiers`` are (kind, value) in normal form."""

    name: str
    barcode: str
    category: int
    branch: int
    joined_on: date
    expires_on: date
    created_at: datetime
    user: int | None = None
    email: str = ""
    phone: str = ""
    unit: str = ""
    programme: int | None = None
    intake: int | None = None
    blocked_because: str = ""
    note: str = ""
    identifiers: Sequence[tuple[str, str]] = ()


@transaction.atomic
def bring_in(members: Sequence[ArrivingMember], *, by: events.Actor | None) -> list[int | Reason]:
    """Store members; for each its key, or why it has none: a card number in use. An identifier in use is left out."""
    taken = barcodes.claim_all([each.barcode for each in members], Barcode.Names.MEMBER)
    admitted = [each for each in members if barcodes.normal(each.barcode) not in taken]
    made = iter(Member.objects.bulk_create([_row(each) for each in admitted]))
    told: list[int | Reason] = []
    for each in members:
        if holder := taken.get(barcodes.normal(each.barcode)):
            refusal = BARCODE_TAKEN_BY_ITEM if holder == Barcode.Names.ITEM else BARCODE_TAKEN_BY_MEMBER
            told.append(refusal(barcode=each.barcode))
        else:
            told.append(next(made).pk)
    keys = [key for key in told if isinstance(key, int)]
    _identify(list(zip(keys, admitted, strict=True)))
    if keys:
        events.record(MembersArrived(first=min(keys), last=max(keys)), by=by)
    return told


@transaction.atomic
def take_out(members: Collection[int], *, by: events.Actor | None) -> None:
    """Remove members and free their card numbers. Only for those nothing stands on any more."""
    going = Member.objects.filter(pk__in=members)
    cards = list(going.values_list("barcode", flat=True))
    cards += FormerCard.objects.filter(member__in=members).values_list("barcode", flat=True)
    going.delete()
    barcodes.release(cards)
    events.record(MembersWithdrawn(count=len(members)), by=by)


def _row(each: ArrivingMember) -> Member:
    return Member(
        name=each.name,
        barcode=each.barcode.strip(),
        category_id=each.category,
        branch_id=each.branch,
        user_id=each.user,
        email=each.email,
        phone=each.phone,
        unit=each.unit,
        programme_id=each.programme,
        intake=each.intake,
        joined_on=each.joined_on,
        expires_on=each.expires_on,
        blocked_because=each.blocked_because,
        note=each.note,
        search_text=search_text(each.name, each.barcode, [value for _, value in each.identifiers]),
        created_at=each.created_at,
    )


def _identify(members: Sequence[tuple[int, ArrivingMember]]) -> None:
    wanted = [
        MemberIdentifier(member_id=key, kind=kind, value=value) for key, each in members for kind, value in each.identifiers
    ]
    MemberIdentifier.objects.bulk_create(wanted, ignore_conflicts=True)
