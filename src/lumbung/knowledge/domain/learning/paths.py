"""Learning paths and their steps, as those who plan learning write them."""

from typing import Any

from django.db import transaction
from django.db.models import F, Max

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.places import exchanged
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.domain.learning.walking import catch_up
from lumbung.knowledge.events import learning as happened
from lumbung.knowledge.models import Article, LearningPath, PathStep, Training, Walk
from lumbung.knowledge.refusals import learning as refusals

FIELDS = frozenset({"title", "aim", "days", "for_arrivals", "roles", "mentor", "is_active"})
MOST_STEPS, LONGEST, LONGEST_ADDRESS = 40, 730, 200
Kinds = PathStep.Kinds


@refuse_when_broken(a_path_has_a_title_of_its_own=refusals.PATH_TITLE_TAKEN)
@transaction.atomic
def add_path(*, by: User | None, **fields: Any) -> LearningPath:
    """A new path, without steps yet. Refuses one without title or aim, and a title that is there."""
    path = LearningPath(made_at=clock.now())
    _set(path, fields)
    path.save()
    events.record(happened.PathAdded(learning_path=path.pk), by=by)
    return path


@refuse_when_broken(a_path_has_a_title_of_its_own=refusals.PATH_TITLE_TAKEN)
@transaction.atomic
def change_path(path: LearningPath, *, by: User | None, **fields: Any) -> LearningPath:
    """Change what is named. Whoever is on the path stays on it. Refuses like ``add_path``."""
    path = locked(path)
    if changed := _set(path, fields):
        path.save(update_fields=changed)
        events.record(happened.PathChanged(learning_path=path.pk, fields=changed), by=by)
    return path


@transaction.atomic
def add_step(
    path: LearningPath, *, kind: str, title: str = "", course: Training | None = None, article: Article | None = None,
    address: str = "", by: User | None,
) -> PathStep:  # fmt: skip
    """One step more, at the end; it is called as its course or article is where nothing else is said. Colleagues on the path who have
    gone it already, have gone it. Refuses a step that leads nowhere, and one that says nothing.
    """
    path = locked(path)
    course = course if kind == Kinds.COURSE else None
    article = article if kind in {Kinds.ARTICLE, Kinds.QUIZ} else None
    address = address.strip() if kind in {Kinds.HELP, Kinds.TRY} else ""
    title = " ".join(title.split())[:200] or str(course or article or "")[:200]
    if reasons := _faults(path, PathStep(kind=kind, title=title, course=course, article=article, address=address)):
        raise Refused(reasons)
    last = path.steps.aggregate(last=Max("position"))["last"] or 0
    facts = {"kind": kind, "title": title, "course": course, "article": article, "address": address}
    step = PathStep.objects.create(path=path, position=last + 1, **facts)
    _changed(path, by)
    return step


@transaction.atomic
def move_step(step: PathStep, *, up: bool, by: User | None) -> PathStep:
    """Let the step and its neighbour change places; the first does not move up, nor the last down."""
    path = locked(step.path)
    if order := exchanged(path.steps.all(), step, up=up):
        PathStep.objects.bulk_update(order, ["position"])
        _changed(path, by)
    return step


@transaction.atomic
def remove_step(step: PathStep, *, by: User | None) -> None:
    """The step is asked of nobody any more; whoever had gone all the others has finished the path."""
    path = locked(step.path)
    position = step.position
    step.delete()
    path.steps.filter(position__gt=position).update(position=F("position") - 1)
    _changed(path, by)


def locked(path: LearningPath) -> LearningPath:
    return LearningPath.objects.select_for_update(of=("self",)).get(pk=path.pk)


def _changed(path: LearningPath, by: User | None) -> None:
    events.record(happened.PathChanged(learning_path=path.pk, fields=["steps"]), by=by)
    for walk in Walk.objects.filter(path=path, left_at=None, finished_at=None).select_related("person"):
        catch_up(walk, by=by)


def _set(path: LearningPath, fields: dict[str, Any]) -> list[str]:
    changed = set_changed(path, fields, allowed=FIELDS)
    reasons: list[Reason] = [] if path.title and path.aim else [refusals.PATH_INCOMPLETE()]
    if not 1 <= path.days <= LONGEST:
        reasons.append(refusals.PATH_DAYS())
    if reasons:
        raise Refused(reasons)
    return changed


def _faults(path: LearningPath, step: PathStep) -> list[Reason]:
    reasons: list[Reason] = [] if step.title else [refusals.STEP_NOT_SAID()]
    own = step.address.startswith("/") and not step.address.startswith(("//", "/\\")) and step.address.isprintable()
    leads = {
        Kinds.COURSE: step.course_id is not None,
        Kinds.ARTICLE: step.article_id is not None,
        Kinds.QUIZ: step.article_id is not None,
        Kinds.HELP: own,
        Kinds.TRY: own or not step.address,
    }
    if not leads.get(Kinds(step.kind), False) or len(step.address) > LONGEST_ADDRESS:
        reasons.append(refusals.STEP_LEADS_NOWHERE())
    if step.kind == Kinds.QUIZ and step.article is not None and not step.article.quiz.exists():
        reasons.append(refusals.STEP_HAS_NO_QUIZ())
    if path.steps.count() >= MOST_STEPS:
        reasons.append(refusals.PATH_FULL(most=MOST_STEPS))
    return reasons
