"""People: what they say of themselves, what is proposed of them, what they learn, and thanks and awards."""

from datetime import date
from typing import Any

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.permissions import may
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain import evidence
from lumbung.knowledge.events import people as happened
from lumbung.knowledge.models import Article, Award, AwardCriterion, Expertise, PlanItem, Profile, Skill, Thanks, Training
from lumbung.knowledge.permissions import LEAD
from lumbung.knowledge.queries.people import candidates
from lumbung.knowledge.refusals import people as refusals

FIELDS = frozenset({"about", "needs", "hours_a_week", "is_available", "keeps_name"})
MOST_HOURS = 40


@transaction.atomic
def change_profile(*, by: User, **fields: Any) -> Profile:
    """Say something else of oneself."""
    row = Profile.objects.select_for_update().filter(person=by).first() or Profile(person=by)
    changed = set_changed(row, fields, allowed=FIELDS)
    if row.hours_a_week > MOST_HOURS:
        raise Refused(refusals.TOO_MANY_HOURS())
    row.save()
    if changed:
        events.record(happened.ColleagueProfileChanged(person=by.pk, fields=changed), by=by)
    return row


@transaction.atomic
def set_skill(name: str, *, kind: Skill.Kinds | str, level: int, by: User) -> Skill | None:
    """Name a skill, or its new level; one without a name is none."""
    tidy = " ".join(name.split())[:80]
    if not tidy:
        return None
    row, _made = Skill.objects.update_or_create(person=by, name=tidy, defaults={"kind": kind, "level": level})
    events.record(happened.SkillsChanged(person=by.pk), by=by)
    return row


@transaction.atomic
def propose_expertise() -> int:
    """Count all evidence anew, and propose to everybody what theirs shows; what they declined stays declined. How many rows. Nightly.

    What one merely learnt is proposed to those who have nothing better to show; to the others it only adds.
    """
    counted: dict[tuple[int, int], dict[str, int]] = {}
    for source in evidence.registered():
        for place, n in source.counts().items():
            counted.setdefault(place, {})[source.name] = n
    sources = {source.name: source for source in evidence.registered()}
    taught = {place for place, told in counted.items() if any(sources[name].most is None for name in told)}
    has_better = {person for person, _topic in taught}
    rows = [
        Expertise(
            person_id=person,
            topic_id=topic,
            evidence=told,
            weight=sum(sources[name].weight_of(n) for name, n in told.items()),
            counted_at=clock.now(),
        )
        for (person, topic), told in counted.items()
        if person not in has_better or (person, topic) in taught
    ]
    Expertise.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "topic"],
        update_fields=["evidence", "weight", "counted_at"],
        batch_size=500,
    )
    return len(rows)


@transaction.atomic
def answer_expertise(row: Expertise, *, is_mine: bool, by: User) -> Expertise:
    """Confirm or decline what was proposed: the person's own word."""
    if row.person_id != by.pk:
        raise Refused(refusals.NOT_YOUR_OWN())
    row.state = Expertise.States.CONFIRMED if is_mine else Expertise.States.DECLINED
    row.save(update_fields=["state"])
    events.record(happened.ExpertiseAnswered(expertise=row.pk, state=row.state), by=by)
    return row


@transaction.atomic
def plan(
    person: User, goal: str, *, way: str = "", course: Training | None = None, due_on: date | None = None, by: User
) -> PlanItem:
    """Agree what somebody will learn: they themselves, or whoever leads the library with them; by a course, if there is one for it."""
    reasons = [] if goal.strip() else [refusals.GOAL_TO_LEARN_EMPTY()]
    if by.pk != person.pk and not may(by, LEAD):
        reasons.append(refusals.NOT_YOUR_OWN())
    if reasons:
        raise Refused(reasons)
    leader = by if by.pk != person.pk else None
    told = {"goal": goal.strip()[:200], "way": way.strip()[:200], "course": course, "due_on": due_on}
    row = PlanItem.objects.create(person=person, leader=leader, **told)
    events.record(happened.PlanMade(person=person.pk, plan=row.pk), by=by)
    return row


@transaction.atomic
def fulfil(row: PlanItem, shown_by: str, *, by: User) -> PlanItem:
    """It was learnt, and this shows it."""
    current = PlanItem.objects.select_for_update().get(pk=row.pk)
    reasons = [] if shown_by.strip() else [refusals.EVIDENCE_EMPTY()]
    if current.done_at:
        reasons.append(refusals.ALREADY_LEARNT())
    if by.pk != current.person_id and not may(by, LEAD):
        reasons.append(refusals.NOT_YOUR_OWN())
    if reasons:
        raise Refused(reasons)
    current.done_at, current.evidence = clock.now(), shown_by.strip()[:300]
    current.save(update_fields=["done_at", "evidence"])
    events.record(happened.PlanFulfilled(person=current.person_id, plan=current.pk), by=by)
    return current


@transaction.atomic
def thank(person: User, text: str, *, badge: str = "", article: Article | None = None, by: User) -> Thanks:
    """Thank a colleague for something, before everybody."""
    reasons = [] if text.strip() else [refusals.THANKS_EMPTY()]
    if person.pk == by.pk:
        reasons.append(refusals.OWN_THANKS())
    if reasons:
        raise Refused(reasons)
    known = badge if badge in Thanks.Badges.values else ""
    row = Thanks.objects.create(person=person, by=by, text=text.strip()[:300], badge=known, article=article, at=clock.now())
    events.record(happened.ColleagueThanked(person=person.pk, thanks=row.pk), by=by)
    return row


@transaction.atomic
def set_criterion(name: str, *, text: str = "", measure: str, least: int = 1, by: User) -> AwardCriterion:
    """What is to be rewarded from now on: the head's own decision."""
    tidy = " ".join(name.split())[:120]
    if not tidy:
        raise Refused(refusals.CRITERION_NAME_EMPTY())
    if AwardCriterion.objects.filter(name__iexact=tidy).exists():
        raise Refused(refusals.CRITERION_NAME_TAKEN(name=tidy))
    row = AwardCriterion.objects.create(name=tidy, text=text.strip()[:300], measure=measure, least=least)
    events.record(happened.CriterionSet(criterion=row.pk), by=by)
    return row


@transaction.atomic
def give_award(criterion: AwardCriterion, person: User, *, by: User) -> Award:
    """Give the award to a candidate, with what shows that they earned it. Others see it once the person agrees."""
    found = next((each for each in candidates(criterion) if each.person.pk == person.pk), None)
    if found is None:
        raise Refused(refusals.NO_CANDIDATE(name=person.name))
    told = f"{found.count} {criterion.get_measure_display()}"
    row = Award.objects.create(criterion=criterion, person=person, evidence=told, given_by=by, at=clock.now())
    events.record(happened.AwardGiven(award=row.pk, person=person.pk), by=by)
    return row


@transaction.atomic
def agree(award: Award, *, by: User) -> Award:
    """Let others see the award: the person's own word."""
    if award.person_id != by.pk:
        raise Refused(refusals.NOT_YOUR_OWN())
    award.agreed_at = award.agreed_at or clock.now()
    award.save(update_fields=["agreed_at"])
    events.record(happened.AwardAgreed(award=award.pk, person=by.pk), by=by)
    return award
