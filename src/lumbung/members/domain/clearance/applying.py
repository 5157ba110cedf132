"""A member asks for a letter, and sends what is asked of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction

from lumbung.kernel import clock, events, uploads
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.domain.clearance.standing import standings_of
from lumbung.members.events import ClearanceApplied, ClearanceFileGiven, ClearanceWithdrawn
from lumbung.members.models import (
    ClearanceAnswer,
    ClearanceApplication,
    ClearanceCondition,
    ClearanceLetter,
    ClearancePeriod,
    ClearancePurpose,
    Member,
    MemberIdentifier,
)
from lumbung.members.refusals import (
    ALREADY_APPLIED,
    CONDITION_NOT_ASKED,
    FILE_ACTS,
    FILE_EMPTY,
    FILE_TOO_LARGE,
    FILE_WRONG_KIND,
    HAS_A_LETTER,
    NOT_OPEN,
    PERIOD_CLOSED,
    PERIOD_OF_ANOTHER_PURPOSE,
    PURPOSE_CLOSED,
)
from lumbung.organization.queries import library

States = ClearanceApplication.States
ACCEPTED = ("pdf", "jpeg", "png")
LARGEST_FILE = 10 << 20
FOLDER = "clearance"


@refuse_when_broken(one_open_clearance_of_a_member_for_a_purpose=ALREADY_APPLIED)
@transaction.atomic
def apply(
    purpose: ClearancePurpose, member: Member, *, by: events.Actor | None, period: ClearancePeriod | None = None
) -> ClearanceApplication:
    """Ask for a letter. Refuses a purpose that is closed, a period that is not open today or of another purpose, a second open
    application, and one for which a letter is valid that ended the membership."""
    if reasons := _reasons_against(purpose, member, period):
        raise Refused(reasons)
    applied = ClearanceApplication.objects.create(purpose=purpose, member=member, period=period, applied_at=clock.now())
    note_standing(applied)
    events.record(ClearanceApplied(application=applied.pk, member=member.pk, clearance_purpose=purpose.pk), by=by)
    return applied


@transaction.atomic
def withdraw(application: ClearanceApplication, *, by: events.Actor | None) -> ClearanceApplication:
    """Take the application back. Refuses one that is not open."""
    current = open_application(application)
    current.state, current.closed_at = States.WITHDRAWN, clock.now()
    current.save(update_fields=["state", "closed_at"])
    events.record(ClearanceWithdrawn(application=current.pk, member=current.member_id), by=by)
    return current


@transaction.atomic
def give_file(
    application: ClearanceApplication, condition: ClearanceCondition, *, name: str, content: bytes, by: events.Actor | None
) -> ClearanceAnswer:
    """Send the file a condition asks for; it takes the place of one sent before. It is known by its content: PDF, JPEG or PNG.

    Refuses a closed application, a condition that asks this member for no file, an empty file, one over 10 MB, one of another
    kind, and a PDF that carries scripts or other files.
    """
    current = open_application(application)
    if reasons := [*_faults_of_file(content), *_faults_of_condition(current, condition)]:
        raise Refused(reasons)
    kept = uploads.keep(content, kind=uploads.kind_of(content), folder=FOLDER)
    before = ClearanceAnswer.objects.filter(application=current, condition=condition).first()
    told = {
        "state": ClearanceAnswer.States.WAITING, "reason": "", "decided_by": None, "decided_at": None,
        "stored_file": kept.stored_file, "file_name": name[-200:], "file_kind": kept.kind, "file_size": kept.size,
        "file_hash": sha256(content).hexdigest(), "uploaded_at": clock.now(),
    }  # fmt: skip
    answer, _made = ClearanceAnswer.objects.update_or_create(application=current, condition=condition, defaults=told)
    if before is not None:
        transaction.on_commit(lambda: uploads.forget(before.stored_file))
    note_standing(current)
    events.record(ClearanceFileGiven(application=current.pk, member=current.member_id, condition=condition.pk), by=by)
    return answer


@dataclass(frozen=True)
class Enrolled:
    """What became of a list of numbers: how many applications were opened, and which numbers were not, by the reason."""

    opened: int
    there: list[str]
    unknown: list[str]
    twice: list[str]


def enrol(period: ClearancePeriod, numbers: Iterable[str], *, by: events.Actor | None) -> Enrolled:
    """Open an application for each member with one of these numbers (NIM, other identifier or card), for the period's purpose.

    Those who have one get the period; numbers nobody has, and numbers given twice, are told.
    """
    given = compact(numbers)
    twice = sorted(number for number, times in Counter(given).items() if times > 1)
    members = _by_number(set(given))
    opened, there = 0, []
    for number in dict.fromkeys(given):
        member = members.get(number)
        if member is None:
            continue
        if _enrol_one(period, member, by):
            opened += 1
        else:
            there.append(number)
    return Enrolled(opened, there, [each for each in dict.fromkeys(given) if each not in members], twice)


def compact(numbers: Iterable[str]) -> list[str]:
    """The numbers as they are compared: without blanks, upper case, none of them empty."""
    return [each for number in numbers if (each := "".join(number.split()).upper())]


def note_standing(application: ClearanceApplication) -> None:
    """Keep how many conditions hold, for lists."""
    standing = standings_of(application)
    application.met, application.asked = sum(each.met for each in standing), len(standing)
    application.looked_at = clock.now()
    application.save(update_fields=["met", "asked", "looked_at"])


def open_application(application: ClearanceApplication) -> ClearanceApplication:
    """The application locked, with what is needed to see how it stands. Refuses one that is not open."""
    rows = ClearanceApplication.objects.select_for_update(of=("self",))
    current = rows.select_related("member__programme", "purpose", "period").get(pk=application.pk)
    if current.state != States.OPEN:
        raise Refused(NOT_OPEN(state=current.get_state_display()))
    return current


def _enrol_one(period: ClearancePeriod, member: Member, by: events.Actor | None) -> bool:
    """False when the member has a letter or an application for the purpose already; an open one without period gets this one."""
    mine = ClearanceApplication.objects.filter(purpose=period.purpose_id, member=member)
    if mine.filter(state=States.OPEN).exists():
        mine.filter(state=States.OPEN, period=None).update(period=period)
        return False
    try:
        apply(period.purpose, member, period=period, by=by)
    except Refused:
        return False
    return True


def _by_number(numbers: set[str]) -> dict[str, Member]:
    """Members by identifier or card number; a number that two have stands for nobody."""
    found: dict[str, Member] = {}
    rows = MemberIdentifier.objects.filter(value__in=numbers).select_related("member__programme", "member__category")
    for each in rows:
        if each.value in found and found[each.value] != each.member:
            found.pop(each.value)
            continue
        found[each.value] = each.member
    cards = Member.objects.filter(barcode__in=numbers - found.keys()).select_related("programme", "category")
    return found | {each.barcode.upper(): each for each in cards}


def _reasons_against(purpose: ClearancePurpose, member: Member, period: ClearancePeriod | None) -> list[Reason]:
    reasons = [] if purpose.is_open else [PURPOSE_CLOSED(purpose=purpose.name)]
    if period is not None:
        if period.purpose_id != purpose.pk:
            reasons.append(PERIOD_OF_ANOTHER_PURPOSE(period=period.name))
        elif not period.first_day <= clock.today(library().zone) <= period.last_day:
            reasons.append(PERIOD_CLOSED(period=period.name))
    mine = ClearanceApplication.objects.filter(member=member, purpose=purpose)
    if mine.filter(state=States.OPEN).exists():
        reasons.append(ALREADY_APPLIED())
    valid = ClearanceLetter.objects.filter(application__in=mine, revoked_at__isnull=True)
    if purpose.ends_membership and (letter := valid.first()):
        reasons.append(HAS_A_LETTER(number=letter.number))
    return reasons


def _faults_of_file(content: bytes) -> list[Reason]:
    if not content:
        return [FILE_EMPTY()]
    if len(content) > LARGEST_FILE:
        return [FILE_TOO_LARGE(most=LARGEST_FILE >> 20)]
    kind = uploads.kind_of(content)
    if kind not in ACCEPTED:
        return [FILE_WRONG_KIND()]
    return [FILE_ACTS()] if kind == "pdf" and uploads.acts(content) else []


def _faults_of_condition(application: ClearanceApplication, condition: ClearanceCondition) -> list[Reason]:
    asked = {each.condition.pk for each in standings_of(application)}
    is_asked = condition.kind == ClearanceCondition.Kinds.UPLOAD and condition.pk in asked
    return [] if is_asked else [CONDITION_NOT_ASKED(condition=condition.name)]
