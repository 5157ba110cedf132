"""Handing in: what is still missing, and giving the deposit to the library."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.template.defaultfilters import floatformat

from lumbung.digital.domain.deposits import looking
from lumbung.digital.domain.deposits.drafts import touch
from lumbung.digital.domain.deposits.locking import locked
from lumbung.digital.domain.deposits.rules import create_default_words
from lumbung.digital.events import DepositSubmitted
from lumbung.digital.models import (
    Deposit,
    DepositFile,
    DepositKinds,
    DepositPerson,
    DepositRemark,
    DepositRule,
    DepositStates,
    Parts,
)
from lumbung.digital.queries.deposits import rule_for
from lumbung.digital.refusals import (
    LACKS_ABSTRACT,
    LACKS_APPROVAL,
    LACKS_CONSENT,
    LACKS_FILES,
    LACKS_KEYWORDS,
    LACKS_LICENCE,
    LACKS_ORIGINALITY,
    LACKS_PROGRAMME,
    LACKS_SIMILARITY,
    LACKS_SUPERVISORS,
    LACKS_TITLE,
    LACKS_TITLE_ENGLISH,
    LACKS_YEAR,
    SIMILARITY_OVER_LIMIT,
    UNREADABLE_FILES,
)
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization.queries import library

STEPS = ("work", "people", "files", "rights", "statements")
SATURDAY = 5
Uses = DepositFile.Uses


@dataclass(frozen=True)
class Lack:
    """Something that is missing, and the step where it is seen to."""

    step: str
    reason: Reason


def lacks_of(deposit: Deposit) -> list[Lack]:
    """Everything that stands between the deposit and being handed in, in the order of the steps."""
    rule, files = rule_for(deposit), list(deposit.files.all())
    found = [
        *(("work", each) for each in _about_work(deposit)),
        *(("people", each) for each in _about_people(deposit, rule)),
        *(("files", each) for each in _about_files(deposit, files, rule)),
        *(("rights", each) for each in ([] if deposit.licence else [LACKS_LICENCE()])),
        *(("statements", each) for each in _about_statements(deposit, files, rule)),
    ]
    return [Lack(step, reason) for step, reason in found]


@transaction.atomic
def submit_deposit(deposit: Deposit, *, version: int, by: events.Actor | None, text: str = "") -> Deposit:
    """Give the deposit to the library, which looks at it within the days of its rule.

    Refuses with everything that is missing; when the other tab handed it in already; and when it was saved elsewhere since.
    """
    current = locked(deposit, version=version)
    if lacks := lacks_of(current):
        raise Refused([each.reason for each in lacks])
    current.state, current.submitted_at = DepositStates.SUBMITTED, clock.now()
    current.due_on = working_day_after(clock.today(library().zone), rule_for(current).review_days)
    touch(current, ["state", "submitted_at", "due_on"])
    create_default_words(by=None)
    remark(current, by=by, by_author=True, text=text)
    events.record(DepositSubmitted(deposit=current.pk, due_on=current.due_on), by=by)
    return current


def remark(
    deposit: Deposit,
    *,
    by: events.Actor | None,
    text: str = "",
    by_author: bool = False,
    reasons: list[str] | None = None,
    ticked: list[str] | None = None,
) -> DepositRemark:
    """Write down a turn of the talk, with the state the deposit is in now. Part of a verb."""
    return DepositRemark.objects.create(
        deposit=deposit,
        by_id=by.pk if by is not None else None,
        by_author=by_author,
        state=deposit.state,
        text=text.strip(),
        reasons=reasons or [],
        ticked=ticked or [],
        at=clock.now(),
    )


def working_day_after(day: date, count: int) -> date:
    """The day ``count`` working days on; Saturdays and Sundays do not count."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day


def _about_work(deposit: Deposit) -> list[Reason]:
    wanted = [(deposit.title, LACKS_TITLE), (deposit.year, LACKS_YEAR)]
    if deposit.kind in {DepositKinds.THESIS, DepositKinds.PAPER}:
        wanted += [
            (deposit.title_english, LACKS_TITLE_ENGLISH),
            (deposit.abstract and deposit.abstract_english, LACKS_ABSTRACT),
            (deposit.keywords, LACKS_KEYWORDS),
        ]
    if deposit.kind == DepositKinds.THESIS:
        wanted.append((deposit.programme_id, LACKS_PROGRAMME))
    return [refusal() for value, refusal in wanted if not value]


def _about_people(deposit: Deposit, rule: DepositRule) -> list[Reason]:
    if deposit.kind != DepositKinds.THESIS:
        return []
    supervisors = [each for each in deposit.people.all() if each.role == DepositPerson.Roles.SUPERVISOR and each.number]
    return [] if len(supervisors) >= rule.supervisors else [LACKS_SUPERVISORS(count=rule.supervisors)]


def _about_files(deposit: Deposit, files: list[DepositFile], rule: DepositRule) -> list[Reason]:
    published = [each for each in files if each.use == Uses.PUBLISHED]
    reasons: list[Reason] = [] if published else [LACKS_FILES()]
    if stopped := [each.name for each in files if looking.stops(each.findings)]:
        reasons.append(UNREADABLE_FILES(files=", ".join(stopped)))
    has_approval = any(each.part == Parts.APPROVAL for each in files)
    if deposit.kind == DepositKinds.THESIS and rule.asks_approval and not has_approval:
        reasons.append(LACKS_APPROVAL())
    return reasons


def _about_statements(deposit: Deposit, files: list[DepositFile], rule: DepositRule) -> list[Reason]:
    reasons: list[Reason] = []
    if deposit.kind == DepositKinds.THESIS and rule.similarity_limit is not None:
        if deposit.similarity is None or not any(each.use == Uses.SIMILARITY for each in files):
            reasons.append(LACKS_SIMILARITY())
        elif deposit.similarity > rule.similarity_limit:
            reasons.append(SIMILARITY_OVER_LIMIT(found=floatformat(deposit.similarity, -1), limit=rule.similarity_limit))
    if deposit.original_at is None:
        reasons.append(LACKS_ORIGINALITY())
    if deposit.consented_at is None:
        reasons.append(LACKS_CONSENT())
    return reasons
