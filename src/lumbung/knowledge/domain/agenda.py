"""What stands on an agenda, and where it came from."""

from django.db import transaction
from django.db.models import Max

from lumbung.accounts.models import User
from lumbung.kernel import events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain import trace
from lumbung.knowledge.events.sessions import AgendaPointAdded, AgendaPointRemoved
from lumbung.knowledge.models import AgendaPoint, Session
from lumbung.knowledge.queries.sessions import next_session
from lumbung.knowledge.refusals.sessions import NO_NEXT_SESSION, POINT_EMPTY, POINT_ON_AGENDA, SESSION_OVER
from lumbung.knowledge.tracing import Links, Ref, Traceable


@refuse_when_broken(a_source_is_on_an_agenda_once=POINT_ON_AGENDA)
@transaction.atomic
def add_point(
    session: Session,
    title: str,
    *,
    by: User | None,
    note: str = "",
    section: str = "",
    is_challenge: bool = False,
    source: tuple[str, str] = ("", ""),
    url: str = "",
) -> AgendaPoint:
    """Put something at the end of the agenda. Refuses an empty one, one whose source is there already, and a session that is over."""
    if not session.is_open:
        raise Refused(SESSION_OVER())
    if not title.strip():
        raise Refused(POINT_EMPTY())
    if source[0] and session.points.filter(source_kind=source[0], source_key=source[1]).exists():
        raise Refused(POINT_ON_AGENDA(session=session))
    last = session.points.aggregate(last=Max("position"))["last"] or 0
    point = AgendaPoint.objects.create(
        session=session, position=last + 1, title=title.strip()[:200], note=note.strip(), section=section,
        is_challenge=is_challenge, source_kind=source[0], source_key=source[1], url=url[:500],
    )  # fmt: skip
    events.record(AgendaPointAdded(session=session.pk, point=point.pk), by=by)
    return point


@transaction.atomic
def remove_point(point: AgendaPoint, *, by: User | None) -> None:
    """Take it off the agenda. Refuses where the session is over."""
    if not point.session.is_open:
        raise Refused(SESSION_OVER())
    events.record(AgendaPointRemoved(session=point.session_id, point=point.pk), by=by)
    point.delete()


@transaction.atomic
def bring_up(
    thing: Traceable,
    title: str,
    *,
    by: User | None,
    session: Session | None = None,
    note: str = "",
    url: str = "",
    kind: Links = Links.RETURNED,
) -> AgendaPoint:
    """Put something on the agenda of ``session``, or of the next one there is, and trace it: from whatever it is to the session.

    One click for a note on an article, an open action, a question, an incident. Refuses where it is there already, and where there is
    no next session.
    """
    session = session or next_session()
    if session is None:
        raise Refused(NO_NEXT_SESSION())
    point = add_point(session, title, by=by, note=note, url=url, source=(thing.trace_kind, str(thing.pk)))
    trace.link(thing, Ref(session.trace_kind, session.pk), kind, by=by)
    return point
