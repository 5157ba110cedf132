"""Ideas: raised by issues, carried by votes, tried by an owner, and kept or dropped by what was measured."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.domain import trace
from lumbung.knowledge.domain.actions import take_on
from lumbung.knowledge.events.ideas import IdeaMoved, IdeaProposed, IdeaVoted, IssueRaised
from lumbung.knowledge.models import Action, Idea, IdeaVote, Issue
from lumbung.knowledge.refusals import ideas as refusals
from lumbung.knowledge.tracing import Links

S = Idea.Stages


@transaction.atomic
def raise_issue(title: str, *, by: User, text: str = "", tag: str = "") -> Issue:
    """Put an issue on the board, for ideas. Refuses an empty one."""
    if not title.strip():
        raise Refused(refusals.IDEA_EMPTY())
    issue = Issue.objects.create(
        title=title.strip()[:200], text=text.strip(), tag=_tag(tag), raised_by=by, raised_at=clock.now()
    )
    events.record(IssueRaised(issue=issue.pk), by=by)
    return issue


@transaction.atomic
def propose(title: str, *, by: User, issue: Issue | None = None, text: str = "", tag: str = "") -> Idea:
    """Propose an idea, for an issue or by itself. Refuses an empty one."""
    if not title.strip():
        raise Refused(refusals.IDEA_EMPTY())
    now = clock.now()
    idea = Idea.objects.create(
        title=title.strip()[:200], text=text.strip(), tag=_tag(tag) or (issue.tag if issue else ""), issue=issue, proposer=by,
        proposed_at=now, moved_at=now,
    )  # fmt: skip
    if issue is not None:
        trace.link(issue, idea, Links.DECIDED, by=by)
    events.record(IdeaProposed(idea=idea.pk, issue=issue.pk if issue else None), by=by)
    return idea


@transaction.atomic
def vote(idea: Idea, *, by: User, wanted: bool = True) -> int:
    """Be for the idea, or no longer; returns its votes. Refuses once it is chosen or dropped."""
    idea = _in_stage(idea, {S.PROPOSED})
    if wanted:
        IdeaVote.objects.get_or_create(idea=idea, person=by)
    else:
        IdeaVote.objects.filter(idea=idea, person=by).delete()
    count = idea.votes.count()
    events.record(IdeaVoted(idea=idea.pk, count=count), by=by)
    return count


@transaction.atomic
def choose(
    idea: Idea, *, owner: User | None, metric: str, due_on: date, by: User | None, before: Decimal | None = None
) -> Action:
    """Choose it: an owner takes it on until a day, and what is measured is said beforehand. Refuses without owner and measure."""
    idea = _in_stage(idea, {S.PROPOSED})
    reasons: list[Reason] = []
    if owner is None:
        reasons.append(refusals.IDEA_OWNER_MISSING())
    if not metric.strip():
        reasons.append(refusals.IDEA_METRIC_MISSING())
    if reasons or owner is None:
        raise Refused(reasons)
    idea.owner, idea.metric, idea.before = owner, metric.strip()[:120], before
    _move(idea, S.CHOSEN, by, "owner", "metric", "before")
    return take_on(idea.title, owner=owner, due_on=due_on, source=idea, by=by)


@transaction.atomic
def begin_pilot(idea: Idea, *, by: User | None) -> Idea:
    """It is being tried."""
    return _move(_in_stage(idea, {S.CHOSEN}), S.PILOT, by)


@transaction.atomic
def adopt(idea: Idea, *, after: Decimal | None, outcome: str, by: User | None) -> Idea:
    """It was tried and measured, and it stays. Refuses without the measure after, and without its outcome in a sentence."""
    idea = _in_stage(idea, {S.PILOT})
    reasons: list[Reason] = []
    if after is None:
        reasons.append(refusals.IDEA_AFTER_MISSING())
    if not outcome.strip():
        reasons.append(refusals.IDEA_OUTCOME_MISSING())
    if reasons:
        raise Refused(reasons)
    idea.after, idea.outcome = after, outcome.strip()[:300]
    return _move(idea, S.ADOPTED, by, "after", "outcome")


@transaction.atomic
def drop(idea: Idea, *, outcome: str, by: User | None, after: Decimal | None = None) -> Idea:
    """It goes no further; ``outcome`` says why, kindly. Refuses without."""
    idea = _in_stage(idea, {S.PROPOSED, S.CHOSEN, S.PILOT})
    if not outcome.strip():
        raise Refused(refusals.IDEA_OUTCOME_MISSING())
    idea.after, idea.outcome = after, outcome.strip()[:300]
    return _move(idea, S.DROPPED, by, "after", "outcome")


def _in_stage(idea: Idea, stages: Collection[str]) -> Idea:
    idea = Idea.objects.select_for_update().get(pk=idea.pk)
    if idea.stage not in stages:
        raise Refused(refusals.IDEA_ELSEWHERE())
    return idea


def _move(idea: Idea, stage: Idea.Stages, by: User | None, *fields: str) -> Idea:
    idea.stage, idea.moved_at = stage, clock.now()
    idea.save(update_fields=["stage", "moved_at", *fields])
    events.record(IdeaMoved(idea=idea.pk, status=str(stage)), by=by)
    return idea


def _tag(text: str) -> str:
    return " ".join(text.lower().split())[:40]
