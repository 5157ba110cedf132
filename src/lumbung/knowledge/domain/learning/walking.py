"""Colleagues on learning paths: given one, gone step by step, finished, left; and the paths that wait for whoever is new."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lumbung.accounts.models import Role, User
from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.permissions import may
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.events import learning as happened
from lumbung.knowledge.models import Article, Enrolment, LearningPath, PathStep, StepDone, Training, Use, Walk
from lumbung.knowledge.permissions import LEAD, MANAGE
from lumbung.knowledge.refusals import learning as refusals
from lumbung.organization.queries import library

Kinds = PathStep.Kinds


@refuse_when_broken(one_walks_a_path_once=refusals.ALREADY_ON_PATH)
@transaction.atomic
def give(path: LearningPath, person: User, *, mentor: User | None = None, by: User | None) -> Walk:
    """Put somebody on the path, due as many days from today as it says; what they have learnt already counts. Oneself may choose any
    path. Refuses a path without steps or out of use, whoever is on it already, somebody who does not work here, and oneself as mentor.
    """
    reasons: list[Reason] = [] if path.is_active else [refusals.PATH_NOT_USED()]
    if not path.steps.exists():
        reasons.append(refusals.PATH_EMPTY())
    if Walk.objects.filter(path=path, person=person, left_at=None).exists():
        reasons.append(refusals.ALREADY_ON_PATH(name=person.name))
    if not _works_here(person):
        reasons.append(refusals.NOT_STAFF(name=person.name))
    if mentor == person:
        reasons.append(refusals.OWN_MENTOR())
    if by is not None and by != person and not (may(by, LEAD) or may(by, MANAGE)):
        reasons.append(refusals.NOT_YOUR_PATH())
    if reasons:
        raise Refused(reasons)
    due = clock.today(library().zone) + timedelta(days=path.days)
    walk = Walk.objects.create(path=path, person=person, mentor=mentor, began_at=clock.now(), due_on=due)
    events.record(happened.PathGiven(learning_path=path.pk, person=person.pk, walk=walk.pk), by=by)
    catch_up(walk, by=by)
    return walk


def welcome(person: User, *, since: datetime, roles: Collection[str], is_new: bool) -> list[Walk]:
    """Give somebody who came, or who has these ``roles`` from now on, the paths that wait for arrivals, each with its mentor, but none
    that was made after ``since``, when they came. Doing it again gives nothing twice.
    """
    waiting = LearningPath.objects.filter(for_arrivals=True, is_active=True, made_at__lte=since, steps__isnull=False).distinct()
    meant = [path for path in waiting.select_related("mentor") if (set(path.roles) & set(roles) if path.roles else is_new)]
    known = set(Walk.objects.filter(person=person, path__in=meant).values_list("path", flat=True))
    fresh = [path for path in meant if path.pk not in known]
    return [give(path, person, mentor=None if path.mentor == person else path.mentor, by=None) for path in fresh]


@transaction.atomic
def accompany(walk: Walk, mentor: User | None, *, by: User) -> Walk:
    """Let somebody else, or nobody, go with the colleague."""
    walk = _open(walk)
    reasons: list[Reason] = [refusals.OWN_MENTOR()] if mentor == walk.person else []
    if mentor is not None and not _works_here(mentor):
        reasons.append(refusals.NOT_STAFF(name=mentor.name))
    if not _may_steer(by, walk):
        reasons.append(refusals.NOT_YOUR_PATH())
    if reasons:
        raise Refused(reasons)
    walk.mentor = mentor
    walk.save(update_fields=["mentor"])
    key = mentor.pk if mentor else None
    events.record(happened.MentorChanged(walk=walk.pk, person=walk.person_id, mentor=key), by=by)
    return walk


@transaction.atomic
def leave(walk: Walk, *, by: User) -> Walk:
    """End a path that is not to be finished; what was learnt stays learnt, and the path may be begun anew."""
    walk = _open(walk)
    if by.pk != walk.person_id and not _may_steer(by, walk):
        raise Refused(refusals.NOT_YOUR_PATH())
    walk.left_at = clock.now()
    walk.save(update_fields=["left_at"])
    events.record(happened.PathLeft(learning_path=walk.path_id, person=walk.person_id, walk=walk.pk), by=by)
    return walk


@transaction.atomic
def go_step(walk: Walk, step: PathStep, *, evidence: str = "", by: User) -> Walk:
    """A page was read, or something tried out: the colleague's own word, or their mentor's. What was tried is told with its outcome.

    Refuses a step that shows by itself when it is gone. Gone twice is gone once.
    """
    walk = _open(walk)
    reasons: list[Reason] = [] if by.pk in {walk.person_id, walk.mentor_id} else [refusals.NOT_YOUR_PATH()]
    if not step.is_told or step.path_id != walk.path_id:
        reasons.append(refusals.STEP_SHOWS_ITSELF())
    if step.kind == Kinds.TRY and not evidence.strip():
        reasons.append(refusals.TRY_WITHOUT_EVIDENCE())
    if reasons:
        raise Refused(reasons)
    if not StepDone.objects.filter(walk=walk, step=step).exists():
        _note(walk, step, evidence.strip()[:300], by)
        _finish_if_gone(walk, by)
    return walk


@transaction.atomic
def take_back_step(walk: Walk, step: PathStep, *, by: User) -> Walk:
    """It was not done after all. Refuses a step that shows by itself."""
    walk = Walk.objects.select_for_update(of=("self",)).get(pk=walk.pk, left_at=None)
    reasons: list[Reason] = [] if by.pk in {walk.person_id, walk.mentor_id} else [refusals.NOT_YOUR_PATH()]
    if not step.is_told:
        reasons.append(refusals.STEP_SHOWS_ITSELF())
    if reasons:
        raise Refused(reasons)
    _reopen(StepDone.objects.filter(walk=walk, step=step), by)
    return walk


def learnt(person: User, *, course: Training | None = None, article: Article | None = None, by: User | None) -> None:
    """Somebody has a certificate, or has read or learnt an article: it counts on every path they are on. Part of that verb."""
    rows = Walk.objects.filter(person=person, left_at=None, finished_at=None)
    rows = rows.filter(path__steps__course=course) if course else rows.filter(path__steps__article=article)
    for walk in rows.distinct():
        catch_up(walk, by=by)


def unlearnt(person: User, course: Training, *, by: User | None) -> None:
    """A certificate does not hold any more: its steps are open again, unless there is another. Part of that verb."""
    if _certificate(person, course) is None:
        _reopen(StepDone.objects.filter(walk__person=person, walk__left_at=None, step__course=course), by)


def catch_up(walk: Walk, *, by: User | None) -> None:
    """Note every step that shows by itself that it is gone; finish the path where nothing is left of it."""
    gone = set(walk.done.values_list("step", flat=True))
    for step in walk.path.steps.exclude(pk__in=gone).select_related("course", "article"):
        if shown := _shown(step, walk.person):
            _note(walk, step, shown, by)
    _finish_if_gone(walk, by)


def _shown(step: PathStep, person: User) -> str:
    """What shows that the step is gone; nothing where nothing does."""
    if step.course is not None:
        return _certificate(person, step.course) or ""
    if step.article is None:
        return ""
    if step.article.owner_id == person.pk:
        return _("penulisnya")
    uses = Use.objects.filter(article=step.article, by=person)
    use = (uses.filter(kind=Use.Kinds.LEARNT) if step.kind == Kinds.QUIZ else uses).order_by("at").first()
    return use.get_kind_display() if use else ""


def _certificate(person: User, course: Training) -> str | None:
    rows = Enrolment.objects.filter(person=person, session__course=course, revoked_at=None).exclude(code="")
    number = rows.values_list("number", flat=True).first()
    return _("Sertifikat %(number)s") % {"number": number} if number else None


def _note(walk: Walk, step: PathStep, evidence: str, by: User | None) -> None:
    StepDone.objects.create(walk=walk, step=step, at=clock.now(), evidence=evidence)
    events.record(happened.PathStepDone(walk=walk.pk, step=step.pk, person=walk.person_id), by=by)


def _finish_if_gone(walk: Walk, by: User | None) -> None:
    steps = walk.path.steps.count()
    if steps and walk.finished_at is None and walk.done.count() == steps:
        walk.finished_at = clock.now()
        walk.save(update_fields=["finished_at"])
        events.record(happened.PathFinished(learning_path=walk.path_id, person=walk.person_id, walk=walk.pk), by=by)


def _reopen(rows: QuerySet[StepDone], by: User | None) -> None:
    for row in rows.select_related("walk"):
        Walk.objects.filter(pk=row.walk_id).update(finished_at=None)
        events.record(happened.PathStepReopened(walk=row.walk_id, step=row.step_id, person=row.walk.person_id), by=by)
        row.delete()


def _open(walk: Walk) -> Walk:
    walk = Walk.objects.select_for_update(of=("self",)).select_related("path", "person").get(pk=walk.pk)
    if walk.finished_at or walk.left_at:
        raise Refused(refusals.PATH_OVER())
    return walk


def _may_steer(user: User, walk: Walk) -> bool:
    return user.pk == walk.mentor_id or may(user, LEAD) or may(user, MANAGE)


def _works_here(person: User) -> bool:
    return person.is_active and person.role_grants.exclude(role=Role.MEMBER).exists()
