"""Register, change, renew, block: what may be done with a member of the library."""

import contextlib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.emails import is_email
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.domain.dates import months_after
from lumbung.members.domain.phones import normal_phone
from lumbung.members.events import (
    GatheringChosen,
    HistoryChosen,
    MemberBlocked,
    MemberBlockedUntil,
    MemberChanged,
    MemberGivenAccount,
    MemberRegistered,
    MembershipRenewed,
    MemberUnblocked,
)
from lumbung.members.models import Category, Member, MemberIdentifier, numbers
from lumbung.members.queries import search_text, search_text_of
from lumbung.members.refusals import (
    ACCOUNT_TAKEN,
    ALREADY_REGISTERED,
    BLOCK_ENDS_IN_THE_PAST,
    BLOCK_REASON_EMPTY,
    BORN_WRONG,
    EMAIL_WRONG,
    HAS_AN_ACCOUNT,
    IDENTIFIER_TAKEN,
    IDENTIFIER_TWICE,
    INTAKE_WRONG,
    MEMBERSHIP_BACKWARDS,
    MEMBERSHIP_ENDS_IN_THE_PAST,
    MEMBERSHIP_NOT_LONGER,
    NAME_EMPTY,
    NOT_BLOCKED,
    PHONE_WRONG,
)
from lumbung.organization.domain import barcodes
from lumbung.organization.models import Barcode, Branch, StudyProgramme

EARLIEST_INTAKE = 1900
EARLIEST_BIRTH = date(1900, 1, 1)
Numbers = Iterable[tuple[str, str]]
"""Identifiers as (kind, value), kinds being those of ``MemberIdentifier.Kinds``."""

CHANGEABLE = frozenset(
    {
        "name", "barcode", "category", "branch", "identifiers", "email", "phone", "unit", "note", "programme", "intake",
        "guarantor", "guarantor_contact", "born_on",
    }
)  # fmt: skip


@refuse_when_broken(an_identifier_names_one_member=ALREADY_REGISTERED)
@transaction.atomic
def register(
    *,
    name: str,
    category: Category,
    branch: Branch,
    by: events.Actor | None,
    barcode: str = "",
    identifiers: Numbers = (),
    email: str = "",
    phone: str = "",
    unit: str = "",
    note: str = "",
    guarantor: str = "",
    guarantor_contact: str = "",
    programme: StudyProgramme | None = None,
    intake: int | None = None,
    born_on: date | None = None,
    joined_on: date | None = None,
    expires_on: date | None = None,
) -> Member:
    """Take somebody in as a member, from today for as long as the category says, unless dates are given.

    Without a card number (``barcode``) the NIM is the card number, else one is made up. Refuses an empty name, identifiers of the
    wrong form or in use, an unreadable address or telephone number, a membership that ends before it begins, and a card number in use.
    """
    joined_on = joined_on or clock.today(branch.zone)
    member = Member(
        name=" ".join(name.split()),
        category=category,
        branch=branch,
        email=email.strip(),
        phone=phone.strip(),
        unit=unit.strip(),
        note=note.strip(),
        guarantor=" ".join(guarantor.split()),
        guarantor_contact=guarantor_contact.strip(),
        programme=programme,
        intake=intake,
        born_on=born_on,
        joined_on=joined_on,
        expires_on=expires_on or months_after(joined_on, category.membership_months),
        created_at=clock.now(),
    )
    pairs, faults = _numbers(identifiers, member=None)
    faults += _faults(member)
    card = barcode.strip() or dict(reversed(pairs)).get(MemberIdentifier.Kinds.NIM, "")
    if barcode.strip() or not _is_told_of(card, faults):
        member.barcode = _claim(card, faults) if card else _claim_made_up()
    if faults:
        raise Refused(faults)
    member.search_text = search_text(member.name, member.barcode, [value for _, value in pairs])
    member.save(force_insert=True)
    _write_numbers(member, pairs)
    events.record(MemberRegistered(member=member.pk, category=category.pk), by=by)
    return member


@refuse_when_broken(an_identifier_names_one_member=ALREADY_REGISTERED)
@transaction.atomic
def change(member: Member, *, by: events.Actor | None, **changes: Any) -> Member:
    """Change the named fields; ``identifiers`` replaces them all. Refuses as ``register`` does. Only names of fields are journalled."""
    member = _locked(member)
    wanted = {name: _as_kept(name, value) for name, value in changes.items()}
    wanted_numbers = wanted.pop("identifiers", None)
    had = [(row.kind, row.value) for row in member.identifiers.all()]
    pairs, faults = (had, []) if wanted_numbers is None else _numbers(wanted_numbers, member=member)
    card = member.barcode
    changed = set_changed(member, wanted, allowed=CHANGEABLE)
    if "barcode" in changed:
        barcodes.release([card])
        member.barcode = _claim(member.barcode, faults)
    faults += _faults(member)
    if faults:
        raise Refused(faults)
    if sorted(pairs) != sorted(had):
        member.identifiers.all().delete()
        _write_numbers(member, pairs)
        changed.append("identifiers")
    if changed:
        member.search_text = search_text_of(member)
        member.save()
        events.record(MemberChanged(member=member.pk, fields=changed), by=by)
    return member


@transaction.atomic
def renew_membership(member: Member, *, by: events.Actor | None, until: date | None = None) -> Member:
    """Let the membership run on: to ``until``, else for the months of the category from its end or, if it ended, from today.

    Refuses a day in the past, and a day that the membership reaches already.
    """
    member = _locked(member)
    today = clock.today(member.branch.zone)
    until = until or months_after(max(today, member.expires_on), member.category.membership_months)
    if until < today:
        raise Refused(MEMBERSHIP_ENDS_IN_THE_PAST())
    if until <= member.expires_on:
        raise Refused(MEMBERSHIP_NOT_LONGER(expires_on=f"{member.expires_on:%d/%m/%Y}"))
    member.expires_on = until
    member.save(update_fields=["expires_on"])
    events.record(MembershipRenewed(member=member.pk, expires_on=until), by=by)
    return member


@transaction.atomic
def block(member: Member, *, reason: str, by: events.Actor | None, until: date | None = None) -> Member:
    """Stop lending to a member until unblocked, or through the day ``until``; the reason is told at every desk.

    It replaces an earlier block. Refuses an empty reason and a day that is over.
    """
    member = _locked(member)
    reasons: list[Reason] = [] if reason.strip() else [BLOCK_REASON_EMPTY()]
    if until is not None and until < clock.today(member.branch.zone):
        reasons.append(BLOCK_ENDS_IN_THE_PAST())
    if reasons:
        raise Refused(reasons)
    member.blocked_because, member.blocked_until = reason.strip(), until
    member.save(update_fields=["blocked_because", "blocked_until"])
    blocked = MemberBlocked(member=member.pk) if until is None else MemberBlockedUntil(member=member.pk, until=until)
    events.record(blocked, by=by)
    return member


@transaction.atomic
def unblock(member: Member, *, by: events.Actor | None) -> Member:
    member = _locked(member)
    if not member.blocked_because:
        raise Refused(NOT_BLOCKED())
    member.blocked_because, member.blocked_until = "", None
    member.save(update_fields=["blocked_because", "blocked_until"])
    events.record(MemberUnblocked(member=member.pk), by=by)
    return member


def end_blocks(*, by: events.Actor | None = None) -> int:
    """End the blocks whose last day is over; how many. For the nightly job: until it comes, nobody is held by them either."""
    candidates = Member.objects.filter(blocked_until__lte=clock.now().date() + timedelta(days=1)).select_related("branch")
    over = [each for each in candidates if not each.block_on(clock.today(each.branch.zone))]
    for each in over:
        unblock(each, by=by)
    return len(over)


@transaction.atomic
def add_account(member: Member, user: User, *, by: events.Actor | None) -> Member:
    """Tie a sign-in to the member. Refuses a member who has one, and an account that is another member's."""
    User.objects.select_for_update().get(pk=user.pk)
    member = _locked(member)
    if member.user_id == user.pk:
        return member
    reasons = []
    if member.user_id is not None:
        reasons.append(HAS_AN_ACCOUNT())
    if Member.objects.filter(user=user).exists():
        reasons.append(ACCOUNT_TAKEN())
    if reasons:
        raise Refused(reasons)
    member.user = user
    member.save(update_fields=["user"])
    events.record(MemberGivenAccount(member=member.pk, user=user.pk), by=by)
    return member


@transaction.atomic
def choose_history(member: Member, keeps_history: bool, *, by: events.Actor | None) -> Member:
    """Keep the list of what the member borrowed, or let it be forgotten some days after each return (the default)."""
    member = _locked(member)
    if member.keeps_history != keeps_history:
        member.keeps_history = keeps_history
        member.save(update_fields=["keeps_history"])
        events.record(HistoryChosen(member=member.pk, keeps_history=keeps_history), by=by)
    return member


@transaction.atomic
def choose_gathering(member: Member, gathers: bool, *, by: events.Actor | None) -> Member:
    """Have the notices of a day in one message in the morning, or each at once (the default)."""
    member = _locked(member)
    if member.gathers_notices != gathers:
        member.gathers_notices = gathers
        member.save(update_fields=["gathers_notices"])
        events.record(GatheringChosen(member=member.pk, gathers=gathers), by=by)
    return member


def _locked(member: Member) -> Member:
    return Member.objects.select_for_update(of=("self",)).select_related("category", "branch").standing(member.pk)


def _as_kept(field: str, value: Any) -> Any:
    if field == "name":
        return " ".join(value.split())
    if field == "phone":
        return normal_phone(value) or value.strip()
    return value.strip() if isinstance(value, str) else value


def _claim_made_up() -> str:
    """Claim a number not in use: the highest key so far and one, as A-000123; the next when another desk was quicker."""
    last = Member.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    number = last
    while True:
        number += 1
        card = f"A-{number:06}"
        if not barcodes.taken([card]):
            with contextlib.suppress(Refused):
                return barcodes.claim(card, Barcode.Names.MEMBER)


def _claim(card: str, faults: list[Reason]) -> str:
    """Claim the card number, or add to ``faults`` why it cannot be had."""
    try:
        return barcodes.claim(card, Barcode.Names.MEMBER)
    except Refused as refused:
        faults += refused.reasons
        return card


def _numbers(pairs: Numbers, *, member: Member | None) -> tuple[list[tuple[str, str]], list[Reason]]:
    """The identifiers in normal form, and what is wrong with them."""
    normal = [(kind, numbers.normal(kind, value)) for kind, value in pairs]
    faults = [fault for kind, value in normal if (fault := numbers.fault(kind, value))]
    if faults:
        return normal, faults
    label = MemberIdentifier.Kinds
    twice = sorted({pair for pair in normal if normal.count(pair) > 1})
    faults += [IDENTIFIER_TWICE(kind=label(kind).label, value=value) for kind, value in twice]
    same = MemberIdentifier.objects.filter(value__in=[value for _, value in normal]).select_related("member")
    faults += [
        IDENTIFIER_TAKEN(kind=label(row.kind).label, value=row.value, barcode=row.member.barcode)
        for row in same
        if (row.kind, row.value) in normal and row.member != member
    ]
    return normal, faults


def _is_told_of(number: str, faults: list[Reason]) -> bool:
    """Whether it is known already that somebody has this number."""
    return any(each.code == IDENTIFIER_TAKEN.code and each.facts["value"] == number for each in faults)


def _write_numbers(member: Member, pairs: list[tuple[str, str]]) -> None:
    MemberIdentifier.objects.bulk_create(MemberIdentifier(member=member, kind=kind, value=value) for kind, value in pairs)


def _faults(member: Member) -> list[Reason]:
    """What is wrong with the plain fields; puts the telephone number in its normal form."""
    faults = []
    if not member.name:
        faults.append(NAME_EMPTY())
    if member.email and not is_email(member.email):
        faults.append(EMAIL_WRONG(email=member.email))
    if member.phone:
        phone = normal_phone(member.phone)
        if phone is None:
            faults.append(PHONE_WRONG(phone=member.phone))
        else:
            member.phone = phone
    if member.expires_on < member.joined_on:
        faults.append(MEMBERSHIP_BACKWARDS())
    if member.intake is not None and not EARLIEST_INTAKE <= member.intake <= clock.now().year + 1:
        faults.append(INTAKE_WRONG(intake=member.intake))
    if member.born_on is not None and not EARLIEST_BIRTH <= member.born_on <= clock.today(member.branch.zone):
        faults.append(BORN_WRONG())
    return faults
