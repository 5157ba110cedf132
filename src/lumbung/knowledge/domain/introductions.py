"""Two colleagues who may not know each other are introduced, once both agree."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.domain.letters import address_of, tell
from lumbung.knowledge.events import people as happened
from lumbung.knowledge.models import Introduction, Topic
from lumbung.knowledge.refusals import people as refusals


@refuse_when_broken(two_are_introduced_once=refusals.ALREADY_INTRODUCED)
@transaction.atomic
def introduce(one: User, other: User, text: str, *, topic: Topic | None = None, by: User) -> Introduction:
    """Propose two colleagues to each other with a few words; whoever proposes themselves has agreed. The others are asked by letter.

    The journal does not have who proposed: of one who proposed themselves, an introduction that ends would tell that the other declined.
    """
    reasons: list[Reason] = [] if text.strip() else [refusals.INTRODUCTION_EMPTY()]
    if one.pk == other.pk:
        raise Refused([*reasons, refusals.INTRODUCED_TO_SELF()])
    first, second = sorted((one, other), key=lambda each: each.pk)
    if Introduction.objects.filter(first=first, second=second, ended_at=None).exists():
        reasons.append(refusals.ALREADY_INTRODUCED())
    if reasons:
        raise Refused(reasons)
    now = clock.now()
    row = Introduction.objects.create(
        first=first,
        second=second,
        topic=topic,
        text=text.strip()[:500],
        proposed_by=by,
        at=now,
        first_agreed_at=now if by.pk == first.pk else None,
        second_agreed_at=now if by.pk == second.pk else None,
    )
    events.record(happened.IntroductionProposed(introduction=row.pk), by=None)
    _tell(row, "introduction_proposed", [each for each in (first, second) if not row.agreed_by(each.pk)])
    return row


@transaction.atomic
def agree(introduction: Introduction, *, by: User) -> Introduction:
    """One of the two would like to; once both do, each is told so, with the words of introduction.

    The journal has it only then: an introduction that ends after one agreed would tell who declined.
    """
    row = _waiting(introduction, by)
    if by.pk == row.first_id:
        row.first_agreed_at = row.first_agreed_at or clock.now()
    else:
        row.second_agreed_at = row.second_agreed_at or clock.now()
    row.save(update_fields=["first_agreed_at", "second_agreed_at"])
    if row.is_agreed:
        for person in (row.first, row.second):
            events.record(happened.IntroductionAgreed(introduction=row.pk, person=person.pk), by=person)
        events.record(happened.ColleaguesIntroduced(introduction=row.pk), by=by)
        _tell(row, "introduced", [row.first, row.second])
    return row


@transaction.atomic
def decline(introduction: Introduction, *, by: User) -> None:
    """One of the two would rather not. Nobody is told who: the journal neither."""
    row = _waiting(introduction, by)
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    events.record(happened.IntroductionEnded(introduction=row.pk), by=None)


def _waiting(introduction: Introduction, by: User) -> Introduction:
    rows = Introduction.objects.select_for_update(of=("self",)).select_related("first", "second", "topic", "proposed_by")
    row = rows.get(pk=introduction.pk)
    reasons: list[Reason] = [] if by.pk in {row.first_id, row.second_id} else [refusals.NOT_YOUR_OWN()]
    if row.ended_at or row.is_agreed:
        reasons.append(refusals.INTRODUCTION_OVER())
    if reasons:
        raise Refused(reasons)
    return row


def _tell(row: Introduction, code: str, people: list[User]) -> None:
    def facts(person: User) -> dict[str, Any]:
        other = row.second if person.pk == row.first_id else row.first
        told = {"other": other.name, "text": row.text, "proposer": row.proposed_by.name}
        return {**told, "link": address_of(reverse("knowledge:introductions"))}

    tell(code, people, facts, about=[f"{code}:{row.pk}"])
