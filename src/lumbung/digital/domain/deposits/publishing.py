"""From an approved deposit to a title that everybody finds: record, files, permanent address."""

import secrets
from datetime import date

from django.db import transaction

from lumbung.catalogue.domain.records import add_record
from lumbung.digital.domain.deposits import describing, naming
from lumbung.digital.domain.deposits.drafts import touch
from lumbung.digital.domain.deposits.locking import locked
from lumbung.digital.domain.deposits.submitting import remark
from lumbung.digital.domain.files import add_file
from lumbung.digital.domain.store import Content
from lumbung.digital.events import DepositPublished
from lumbung.digital.models import Deposit, DepositFile, DepositStates, PermanentIdentifier
from lumbung.digital.queries.deposits import rule_for
from lumbung.kernel import clock, events
from lumbung.organization.queries import library

ALPHABET = "0123456789bcdfghjkmnpqrstvwxz"
"""Twenty-nine signs, a prime: no vowels, so no words come about; no l, which is read as one."""
LENGTH = 8
LEAP_DAY = (2, 29)


@transaction.atomic
def publish(deposit: Deposit, *, site: str, by: events.Actor | None) -> Deposit:
    """Make the deposit a title with its files, under a permanent address that begins with ``site``. Refuses one that is not approved.

    An embargo begins to count today; each file keeps the access its author chose.
    """
    current = locked(deposit, states=(DepositStates.APPROVED,))
    identifier = PermanentIdentifier(code=_unused_code(), title=current.title, made_at=clock.now())
    record = add_record(describing.marc_of(current, address=f"{site}/id/{identifier.code}"), by=by)
    identifier.record = record
    identifier.save(force_insert=True)
    today = clock.today(library().zone)
    until = years_after(today, current.embargo_years) if current.embargo_years else None
    pattern = rule_for(current).name_pattern
    for number, file in enumerate(current.files.filter(use=DepositFile.Uses.PUBLISHED), 1):
        add_file(
            record,
            Content(file.sha256, file.size, file.media_type),
            name=naming.name_of(file, current, pattern, number),
            part=file.part,
            label=file.label,
            pages=file.pages,
            level=file.level,
            licence=current.licence,
            embargo_until=until,
            embargo_reason=current.embargo_reason if until else "",
            by=by,
        )
    current.state, current.record, current.published_at = DepositStates.PUBLISHED, record, clock.now()
    touch(current, ["state", "record", "published_at"])
    remark(current, by=by)
    events.record(DepositPublished(deposit=current.pk, record=record.pk), by=by)
    return current


def years_after(day: date, years: int) -> date:
    """The same day so many years on; the first of March for a leap day where there is none."""
    if (day.month, day.day) == LEAP_DAY and not _is_leap(day.year + years):
        return date(day.year + years, 3, 1)
    return day.replace(year=day.year + years)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def with_check(code: str) -> str:
    """The code with its check sign, as NOID makes it: each sign counts by its place, so one wrong sign, or two changed, are noticed."""
    total = sum(place * ALPHABET.index(sign) for place, sign in enumerate(code, 1))
    return code + ALPHABET[total % len(ALPHABET)]


def _unused_code() -> str:
    while True:
        code = with_check("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))
        if not PermanentIdentifier.objects.filter(code=code).exists():
            return code
