"""Minutes: written along the agenda, decisions and actions read out of them, approved by those who were there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.accounts.queries import staff
from lumbung.kernel import clock, events
from lumbung.kernel.days import NUMERIC, iso_day, written_day
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.domain import actions, trace
from lumbung.knowledge.domain.sessions import locked
from lumbung.knowledge.events.sessions import NotesApproved, NotesProposed, NotesWritten
from lumbung.knowledge.models import Action, AgendaPoint, Approval, Session, SessionDecision, SessionMinutes
from lumbung.knowledge.queries.sessions import present
from lumbung.knowledge.refusals import sessions as refusals
from lumbung.knowledge.tracing import Links

DECISION = re.compile(r"^\s*(?:keputusan|decision|k)\s*:\s*(.+)$", re.IGNORECASE)
ACTION = re.compile(r"^\s*(?:tindakan|action|t)\s*:\s*(.+)$", re.IGNORECASE)
OWNER = re.compile(r"@([\w.+-]+)")
DAY = re.compile(rf"\d{{4}}-\d{{1,2}}-\d{{1,2}}|{NUMERIC.pattern}|\d{{1,2}} [A-Za-z]{{3,9}} \d{{4}}")


@dataclass(frozen=True)
class Taken:
    """An action as it is written in minutes."""

    point: AgendaPoint
    title: str
    owner: User
    due_on: date


@transaction.atomic
def write(
    session: Session, *, summary: str, said: Mapping[int, str], by: User | None, seen: str | None = None
) -> SessionMinutes:
    """Write the minutes: the summary, and what was said on each point (by key).

    A line “Keputusan: …” becomes a decision, a line “Tindakan: … @nama 12/12/2026” an action with owner and day; each once, however
    often the minutes are written. Refuses, naming each line, actions without owner or day; minutes that are approved; a draft session;
    and minutes that were written since ``seen``, the stamp of those that ``by`` had before them, be it from another window of theirs.
    """
    session = locked(session)
    minutes = SessionMinutes.objects.select_for_update().filter(session=session).first() or SessionMinutes(session=session)
    if minutes.state == SessionMinutes.States.APPROVED:
        raise Refused(refusals.MINUTES_APPROVED())
    if session.state != Session.States.PUBLISHED:
        raise Refused(refusals.SESSION_NOT_PUBLISHED())
    stale = seen is not None and seen != minutes.stamp and minutes.written_by is not None
    if stale and _would_change(minutes, summary, said):
        raise Refused(refusals.MINUTES_ELSEWHERE(who=minutes.written_by))
    points = [_with_said(each, said) for each in session.points.all()]
    taken, reasons = _taken_from(points)
    if reasons:
        raise Refused(reasons)
    minutes.summary, minutes.state = summary.strip(), SessionMinutes.States.DRAFT
    minutes.written_by, minutes.written_at = by, clock.now()
    minutes.save()
    minutes.approvals.all().delete()
    AgendaPoint.objects.bulk_update(points, ["said"])
    _keep_decisions(session, points, by)
    _keep_actions(session, taken, by)
    trace.link(session, minutes, Links.RECORDED, by=by)
    events.record(NotesWritten(session=session.pk, minutes=minutes.pk), by=by)
    return minutes


@transaction.atomic
def propose(minutes: SessionMinutes, *, by: User | None) -> SessionMinutes:
    """Ask those who were there to approve. Whoever wrote them has approved by that. Refuses empty minutes, and without attendance."""
    minutes = SessionMinutes.objects.select_for_update().select_related("session").get(pk=minutes.pk)
    if minutes.state == SessionMinutes.States.APPROVED:
        raise Refused(refusals.MINUTES_APPROVED())
    reasons: list[Reason] = []
    if not minutes.summary and not minutes.session.points.exclude(said="").exists():
        reasons.append(refusals.MINUTES_EMPTY())
    if not present(minutes.session).exists():
        reasons.append(refusals.ATTENDANCE_MISSING())
    if reasons:
        raise Refused(reasons)
    minutes.state = SessionMinutes.States.PROPOSED
    minutes.save(update_fields=["state"])
    events.record(NotesProposed(session=minutes.session_id, minutes=minutes.pk), by=by)
    if by is not None and present(minutes.session).filter(pk=by.pk).exists():
        approve(minutes, by=by)
        minutes.refresh_from_db()
    return minutes


@transaction.atomic
def approve(minutes: SessionMinutes, *, by: User) -> SessionMinutes:
    """One who was there approves; the minutes are approved when more than half of them have. Refuses those who were not there."""
    minutes = SessionMinutes.objects.select_for_update().select_related("session").get(pk=minutes.pk)
    those = set(present(minutes.session).values_list("pk", flat=True))
    reasons: list[Reason] = []
    if minutes.state != SessionMinutes.States.PROPOSED:
        reasons.append(refusals.MINUTES_NOT_PROPOSED())
    if by.pk not in those:
        reasons.append(refusals.NOT_PRESENT())
    if reasons:
        raise Refused(reasons)
    Approval.objects.get_or_create(minutes=minutes, person=by, defaults={"at": clock.now()})
    whole = minutes.approvals.filter(person__in=those).count() * 2 > len(those)
    if whole:
        minutes.state, minutes.approved_at = SessionMinutes.States.APPROVED, clock.now()
        minutes.save(update_fields=["state", "approved_at"])
    events.record(NotesApproved(session=minutes.session_id, minutes=minutes.pk, whole=whole), by=by)
    return minutes


def _would_change(minutes: SessionMinutes, summary: str, said: Mapping[int, str]) -> bool:
    """Whether these words differ from those that are kept; a button pressed twice changes nothing."""
    kept = dict(AgendaPoint.objects.filter(session=minutes.session_id).values_list("pk", "said"))
    return minutes.summary != summary.strip() or any(kept.get(key, "") != words.strip() for key, words in said.items())


def _with_said(point: AgendaPoint, said: Mapping[int, str]) -> AgendaPoint:
    point.said = said.get(point.pk, point.said).strip()
    return point


def _taken_from(points: list[AgendaPoint]) -> tuple[list[Taken], list[Reason]]:
    """The actions in what was said, and what is wrong with each line that tells one."""
    people = {each.username.casefold(): each for each in staff()}
    taken, reasons = [], []
    for point in points:
        for line in _lines(point.said, ACTION):
            named, day = OWNER.search(line), DAY.search(line)
            owner = people.get(named[1].casefold()) if named else None
            due_on = (iso_day(day[0]) or written_day(day[0])) if day else None
            if owner is None:
                reasons.append(refusals.OWNER_UNKNOWN(line=line))
            if due_on is None:
                reasons.append(refusals.DUE_UNKNOWN(line=line))
            if owner and due_on:
                title = " ".join(DAY.sub("", OWNER.sub("", line)).split()).strip(" ,;.-")
                taken.append(Taken(point, title[:200] or line[:200], owner, due_on))
    return taken, reasons


def without_marks(said: str) -> str:
    """What was said, without the lines that became decisions and actions of their own."""
    return "\n".join(line for line in said.splitlines() if not (DECISION.match(line) or ACTION.match(line)))


def _lines(text: str, form: re.Pattern[str]) -> Iterator[str]:
    return (found[1].strip() for line in text.splitlines() if (found := form.match(line)))


def _keep_decisions(session: Session, points: list[AgendaPoint], by: User | None) -> None:
    for point in points:
        for text in _lines(point.said, DECISION):
            decision, is_new = SessionDecision.objects.get_or_create(
                session=session, text=text[:300], defaults={"point": point}
            )
            if is_new:
                trace.link(session, decision, Links.DECIDED, by=by)


def _keep_actions(session: Session, taken: list[Taken], by: User | None) -> None:
    there = set(Action.objects.filter(session=session).values_list("title", "owner"))
    for each in taken:
        if (each.title, each.owner.pk) not in there:
            actions.take_on(each.title, owner=each.owner, due_on=each.due_on, session=session, point=each.point, by=by)
            there.add((each.title, each.owner.pk))
