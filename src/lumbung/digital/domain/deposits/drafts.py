"""What an author says about a work, kept as a draft from the first word on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from lumbung.digital.domain.deposits.locking import locked
from lumbung.digital.events import DepositChanged, DepositDiscarded, DepositStarted
from lumbung.digital.models import Deposit, DepositKinds, DepositPerson, DepositStates
from lumbung.digital.refusals import EMBARGO_WITHOUT_REASON, PERSON_WITHOUT_NAME, SIMILARITY_OUT_OF_RANGE, YEAR_UNLIKELY
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.models import Member, MemberIdentifier, numbers
from lumbung.organization.queries import library

EMBARGO_YEARS = (0, 1, 2, 5)
MOST_PEOPLE = 20
FIRST_YEAR = 1900
FIELDS = frozenset(
    {
        "author",
        "author_number",
        "title",
        "title_english",
        "abstract",
        "abstract_english",
        "keywords",
        "keywords_english",
        "language",
        "year",
        "programme",
        "examined_on",
        "licence",
        "embargo_years",
        "embargo_reason",
        "similarity",
    }
)
STATEMENTS = {"original": "original_at", "consented": "consented_at"}


@dataclass(frozen=True)
class Person:
    """Somebody beside the author, as typed."""

    role: str
    name: str
    number_kind: str = ""
    number: str = ""


@transaction.atomic
def start_deposit(member: Member, kind: DepositKinds, *, by: events.Actor | None) -> Deposit:
    """Begin to hand in a work. What the library knows of the member is filled in already."""
    now = clock.now()
    nim = MemberIdentifier.objects.filter(member=member, kind=MemberIdentifier.Kinds.NIM).first()
    deposit = Deposit.objects.create(
        member=member,
        kind=kind,
        author=member.name,
        author_number=nim.value if nim else member.barcode,
        programme_id=member.programme_id,
        year=clock.today(library().zone).year,
        created_at=now,
        changed_at=now,
    )
    events.record(DepositStarted(deposit=deposit.pk, member=member.pk, kind=kind), by=by)
    return deposit


@transaction.atomic
def change_deposit(
    deposit: Deposit,
    *,
    version: int,
    by: events.Actor | None,
    people: Sequence[Person] | None = None,
    statements: dict[str, bool] | None = None,
    **fields: Any,
) -> Deposit:
    """Keep what the author says. Nothing need be complete yet; what is there must make sense.

    Refuses when the deposit is not with its author, was saved in another tab since, or with every number that cannot be one.
    """
    current = locked(deposit, version=version)
    changed = set_changed(current, fields, allowed=FIELDS)
    reasons = _faults(current) + [fault for each in people or () for fault in _faults_of(each)]
    if reasons:
        raise Refused(reasons)
    changed += _state(current, statements or {})
    if people is not None and set_people(current, people):
        changed.append("people")
    if changed:
        touch(current, [each for each in changed if each != "people"])
        events.record(DepositChanged(deposit=current.pk, fields=sorted(changed)), by=by)
    return current


@transaction.atomic
def discard_deposit(deposit: Deposit, *, by: events.Actor | None) -> Deposit:
    """Give the draft up. Refuses one that the library has; its files are let go by the nightly job."""
    current = locked(deposit)
    current.state = DepositStates.DISCARDED
    touch(current, ["state"])
    events.record(DepositDiscarded(deposit=current.pk), by=by)
    return current


def touch(deposit: Deposit, fields: Sequence[str]) -> None:
    """Save these fields as another version. Part of a verb."""
    deposit.version += 1
    deposit.changed_at = clock.now()
    deposit.save(update_fields=[*fields, "version", "changed_at"])


def _faults(deposit: Deposit) -> list[Reason]:
    reasons: list[Reason] = []
    latest = clock.today(library().zone).year + 1
    if deposit.year is not None and not FIRST_YEAR <= deposit.year <= latest:
        reasons.append(YEAR_UNLIKELY(year=deposit.year))
    if deposit.embargo_years and not deposit.embargo_reason:
        reasons.append(EMBARGO_WITHOUT_REASON())
    if deposit.similarity is not None and not 0 <= deposit.similarity <= 100:  # noqa: PLR2004 -- a percentage
        reasons.append(SIMILARITY_OUT_OF_RANGE())
    return reasons


def _faults_of(person: Person) -> list[Reason]:
    """What is wrong with the number of a person, by the published form of each kind."""
    if not person.name.strip():
        return [PERSON_WITHOUT_NAME()] if person.number.strip() else []
    if not person.number.strip():
        return []
    fault = numbers.fault(person.number_kind, numbers.normal(person.number_kind, person.number))
    return [fault] if fault else []


def _state(deposit: Deposit, statements: dict[str, bool]) -> list[str]:
    """Note when the author agreed, or that they agree no more."""
    changed = []
    for name, agreed in statements.items():
        field = STATEMENTS[name]
        if agreed != (getattr(deposit, field) is not None):
            setattr(deposit, field, clock.now() if agreed else None)
            changed.append(field)
    return changed


def set_people(deposit: Deposit, people: Sequence[Person]) -> bool:
    """Put these people in the place of those before; False when they are the same. Part of a verb."""
    wanted = [_tidy(each) for each in people if each.name.strip()][:MOST_PEOPLE]
    there = [Person(each.role, each.name, each.number_kind, each.number) for each in deposit.people.all()]
    if wanted == there:
        return False
    deposit.people.all().delete()
    DepositPerson.objects.bulk_create(DepositPerson(deposit=deposit, **vars(each)) for each in wanted)
    return True


def _tidy(person: Person) -> Person:
    number = numbers.normal(person.number_kind, person.number) if person.number.strip() else ""
    return Person(person.role, " ".join(person.name.split()), person.number_kind if number else "", number)
