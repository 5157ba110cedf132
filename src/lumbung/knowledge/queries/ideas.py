"""What others may ask about issues, ideas, consultations, projects, surveys, hand-overs and audits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from lumbung.kernel.permissions import may
from lumbung.knowledge.models import Audit, Board, Consultation, HandOver, Idea, IdeaVote, Issue, SurveyRun, SurveyTally
from lumbung.knowledge.models.survey import Dimensions, Groups
from lumbung.knowledge.permissions import ENTER, MANAGE

DELPHI = {"heads": 42, "documents": 26, "base": 12}
"""Shares of knowledge by where it lives, in percent, as the Delphi Group found them; the rest is on paper."""


def issues_visible_to(viewer: Any) -> QuerySet[Issue]:
    """Every issue, to the staff, with the number of its ideas."""
    rows = Issue.objects.select_related("raised_by").annotate(count=Count("ideas")).order_by("-raised_at", "-pk")
    return rows if may(viewer, ENTER) else rows.none()


def ideas_visible_to(viewer: Any) -> QuerySet[Idea]:
    """Every idea, to the staff, with its votes and whether the viewer is for it, in one query."""
    mine = IdeaVote.objects.filter(idea=OuterRef("pk"), person=viewer.pk)
    rows = Idea.objects.select_related("proposer", "owner", "issue").annotate(support=Count("votes"), mine=Exists(mine))
    rows = rows.order_by("-moved_at", "-pk")
    return rows if may(viewer, ENTER) else rows.none()


def may_move(viewer: Any, idea: Idea) -> bool:
    """Whether they may choose, try and end the idea: whoever manages; its owner once it is chosen."""
    return may(viewer, MANAGE) or (may(viewer, ENTER) and idea.owner_id is not None and idea.owner_id == viewer.pk)


def consultations_visible_to(viewer: Any) -> QuerySet[Consultation]:
    rows = (
        Consultation.objects.select_related("proposer", "decided_by")
        .annotate(count=Count("votes"))
        .order_by("-opened_at", "-pk")
    )
    return rows if may(viewer, ENTER) else rows.none()


def boards_visible_to(viewer: Any) -> QuerySet[Board]:
    rows = Board.objects.select_related("made_by").prefetch_related("members", "tasks")
    return rows if may(viewer, ENTER) else rows.none()


def hand_overs_visible_to(viewer: Any) -> QuerySet[HandOver]:
    """All, to those who manage; to anybody else those they leave or take over in."""
    rows = HandOver.objects.select_related("leaver", "successor").prefetch_related("items")
    if may(viewer, MANAGE):
        return rows
    return (rows.filter(leaver=viewer.pk) | rows.filter(successor=viewer.pk)) if may(viewer, ENTER) else rows.none()


@dataclass(frozen=True)
class Score:
    """A mean from one to five; None where nobody answered, or too few to hide in."""

    label: str
    leaders: float | None
    librarians: float | None
    everybody: float | None

    @property
    def gap(self) -> float | None:
        """How much better leaders think it is."""
        return None if self.leaders is None or self.librarians is None else self.leaders - self.librarians


@dataclass(frozen=True)
class Result:
    """What a closed run says: by statement, by dimension and by core."""

    returns: int
    items: Sequence[Score]
    dimensions: Sequence[Score]
    cores: Sequence[Score]


def result_of(run: SurveyRun) -> Result:
    """The figures of a closed run, in two queries. A group smaller than the run's smallest says nothing, and then neither does
    the mean of all, from which it could be reckoned."""
    questions = list(run.questions.all())
    counts: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for each in SurveyTally.objects.filter(question__run=run):
        counts.setdefault((each.question_id, each.group), []).append((each.value, each.count))
    size = {
        group: max((sum(n for _, n in counts.get((q.pk, group), [])) for q in questions), default=0) for group in Groups.values
    }
    shown = {group for group, n in size.items() if n >= run.smallest_group}
    whole = all(n == 0 or group in shown for group, n in size.items())

    def score(label: str, some: Iterable[Any]) -> Score:
        keys = [each.pk for each in some]
        by_group = {group: [pair for key in keys for pair in counts.get((key, group), [])] for group in Groups.values}
        leaders, librarians = (_mean(by_group[group]) if group in shown else None for group in Groups.values)
        return Score(
            label, leaders, librarians, _mean([pair for pairs in by_group.values() for pair in pairs]) if whole else None
        )

    return Result(
        returns=run.returns.count(),
        items=[score(each.text, [each]) for each in questions],
        dimensions=[score(str(each.label), [q for q in questions if q.dimension == each]) for each in Dimensions],
        cores=[
            score(str(label), [q for q in questions if q.core == core])
            for core, label in questions[0]._meta.get_field("core").choices or []
        ]
        if questions
        else [],
    )


def _mean(pairs: Sequence[tuple[int, int]]) -> float | None:
    count = sum(n for _, n in pairs)
    return sum(value * n for value, n in pairs) / count if count else None


@dataclass(frozen=True)
class Share:
    """How many topics live there, in percent, beside what the Delphi Group found."""

    place: str
    topics: int
    percent: int
    delphi: int


def shares_of(audit: Audit) -> list[Share]:
    lines = list(audit.lines.all())
    counts = {place: sum(1 for each in lines if each.place == place) for place in DELPHI}
    return [Share(place, n, round(100 * n / len(lines)) if lines else 0, DELPHI[place]) for place, n in counts.items()]
