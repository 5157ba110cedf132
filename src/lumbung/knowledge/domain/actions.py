"""What somebody took on: until when, carried on until it is done."""

from datetime import date
from typing import Any

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain import agenda, trace
from lumbung.knowledge.events.sessions import ActionEnded, ActionTaken
from lumbung.knowledge.models import Action, AgendaPoint, Session
from lumbung.knowledge.queries.sessions import next_session
from lumbung.knowledge.refusals.sessions import ACTION_EMPTY, ACTION_ENDED, NO_NEXT_SESSION, RESULT_EMPTY
from lumbung.knowledge.tracing import Links, Traceable


@transaction.atomic
def take_on(
    title: str,
    *,
    owner: User,
    due_on: date,
    by: User | None,
    session: Session | None = None,
    point: AgendaPoint | None = None,
    source: Traceable | None = None,
    core: str = "",
) -> Action:
    """Somebody takes something on until a day. ``source`` is what it came from, where that is no session. Refuses an empty one."""
    if not title.strip():
        raise Refused(ACTION_EMPTY())
    action = Action.objects.create(
        title=title.strip()[:200], owner=owner, due_on=due_on, session=session, point=point, core=core, opened_at=clock.now()
    )
    events.record(ActionTaken(action=action.pk, user=owner.pk, session=session.pk if session else None), by=by)
    if (origin := source or session) is not None:
        trace.link(origin, action, Links.DECIDED, by=by)
    return action


@transaction.atomic
def end(action: Action, *, result: str, by: User | None, dropped: bool = False) -> Action:
    """It is done, or will not be; ``result`` says what came of it. Refuses without one, and an action that has ended."""
    action = Action.objects.select_for_update().get(pk=action.pk)
    reasons: list[Any] = []
    if action.state != Action.States.OPEN:
        reasons.append(ACTION_ENDED())
    if not result.strip():
        reasons.append(RESULT_EMPTY())
    if reasons:
        raise Refused(reasons)
    action.state = Action.States.DROPPED if dropped else Action.States.DONE
    action.result, action.ended_at = result.strip()[:300], clock.now()
    action.save(update_fields=["state", "result", "ended_at"])
    events.record(ActionEnded(action=action.pk, status=action.state), by=by)
    return action


@transaction.atomic
def carry(action: Action, *, by: User | None) -> AgendaPoint:
    """Put an open action on the agenda of the next session of its kind. Refuses one that has ended, and where there is none."""
    if action.state != Action.States.OPEN:
        raise Refused(ACTION_ENDED())
    onward = next_session(action.session)
    if onward is None:
        raise Refused(NO_NEXT_SESSION())
    note = f"{action.owner.name} · {action.due_on:%d/%m/%Y}"
    return agenda.bring_up(action, action.title, by=by, session=onward, note=note)
