"""Learning paths: who is on which, how far, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from lumbung.kernel.permissions import may
from lumbung.knowledge.models import LearningPath, PathStep, StepDone, Walk
from lumbung.knowledge.permissions import LEAD

MOST = 30


@dataclass(frozen=True)
class Progress:
    """A colleague on a path: each step with what shows that it was gone, or None."""

    walk: Walk
    steps: Sequence[tuple[PathStep, StepDone | None]]

    @property
    def gone(self) -> int:
        return sum(done is not None for _, done in self.steps)

    @property
    def percent(self) -> int:
        return 100 * self.gone // len(self.steps) if self.steps else 0

    @property
    def next(self) -> PathStep | None:
        """The first step that was not gone; None for a path that is finished."""
        return next((step for step, done in self.steps if done is None), None)


def paths() -> QuerySet[LearningPath]:
    """The paths in use, by title, each with how many steps it has, how many colleagues are on it and how many have finished it."""
    rows = LearningPath.objects.filter(is_active=True).select_related("mentor")
    walking = Q(walks__left_at=None, walks__finished_at=None, walks__isnull=False)
    return rows.annotate(
        step_count=Count("steps", distinct=True),
        walking=Count("walks", filter=walking, distinct=True),
        finished=Count("walks", filter=Q(walks__finished_at__isnull=False), distinct=True),
    )


def walks_visible_to(viewer: Any, *, everybody: bool = False) -> QuerySet[Walk]:
    """All for whoever leads the library, or with ``everybody``; else one's own, and those of colleagues whom one goes with."""
    rows = Walk.objects.filter(left_at=None).select_related("path", "person", "mentor")
    key = getattr(viewer, "pk", None)
    return rows if everybody or may(viewer, LEAD) else rows.filter(Q(person=key) | Q(mentor=key))


def progress_of(walks: Sequence[Walk]) -> list[Progress]:
    """How far each is, in two statements for however many."""
    steps: dict[int, list[PathStep]] = {}
    for each in PathStep.objects.filter(path__in={walk.path_id for walk in walks}).select_related("course", "article"):
        steps.setdefault(each.path_id, []).append(each)
    gone = {(each.walk_id, each.step_id): each for each in StepDone.objects.filter(walk__in=[walk.pk for walk in walks])}
    return [Progress(walk, [(step, gone.get((walk.pk, step.pk))) for step in steps.get(walk.path_id, [])]) for walk in walks]


def learning_around(person: Any) -> tuple[list[Progress], list[Progress]]:
    """The paths on which somebody is, and the colleagues whom they go with, the most urgent first."""
    key = getattr(person, "pk", None)
    rows = Walk.objects.filter(Q(person=key) | Q(mentor=key, person__is_active=True), left_at=None, finished_at=None)
    told = progress_of(list(rows.select_related("path", "person", "mentor")[:MOST]))
    return [each for each in told if each.walk.person_id == key], [each for each in told if each.walk.person_id != key]
