"""Sessions: planned, published with the three things a session needs, and closed with its product."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.domain import agenda
from lumbung.knowledge.domain.topics import topic_called
from lumbung.knowledge.events.sessions import SessionCancelled, SessionChanged, SessionClosed, SessionPlanned, SessionPublished
from lumbung.knowledge.models import Session, SessionMinutes
from lumbung.knowledge.models.session import Kinds
from lumbung.knowledge.refusals import sessions as refusals

FIELDS = frozenset(
    {
        "kind",
        "mode",
        "title",
        "topic",
        "community",
        "starts_at",
        "minutes_long",
        "place",
        "link",
        "expected_product",
        "facilitator",
    }
)


@transaction.atomic
def plan(*, by: User | None, points: str = "", **fields: Any) -> Session:
    """Make a draft of a session; ``points`` is its agenda, a line each. A topic named for the first time is added. Refuses one
    without a title."""
    session = Session(made_by=by, facilitator=by)
    set_changed(session, _under_known_topic(fields, by), allowed=FIELDS)
    if not session.title:
        raise Refused(refusals.SESSION_TITLE_EMPTY())
    session.save(force_insert=True)
    events.record(SessionPlanned(session=session.pk, kind=session.kind), by=by)
    for title in filter(None, map(str.strip, points.splitlines())):
        agenda.add_point(session, title, by=by)
    return session


@transaction.atomic
def change(session: Session, *, by: User | None, **fields: Any) -> Session:
    """Change what is named. A published session keeps schedule and expected product; one that is over changes no more."""
    session = locked(session)
    changed = set_changed(session, _under_known_topic(fields, by), allowed=FIELDS)
    reasons = [refusals.SESSION_TITLE_EMPTY()] if not session.title else []
    if session.state == Session.States.PUBLISHED:
        reasons += _missing(session)
    if reasons:
        raise Refused(reasons)
    if changed:
        session.save(update_fields=changed)
        events.record(SessionChanged(session=session.pk, fields=changed), by=by)
    return session


@transaction.atomic
def publish(session: Session, *, by: User | None) -> Session:
    """Show it to all and set its reminders going. Refuses, naming all that lacks: schedule, discussion points, expected product."""
    session = locked(session)
    if session.state == Session.States.PUBLISHED:
        return session
    if reasons := list(_missing(session)):
        raise Refused(reasons)
    session.state, session.published_at = Session.States.PUBLISHED, clock.now()
    session.save(update_fields=["state", "published_at"])
    events.record(SessionPublished(session=session.pk), by=by)
    return session


@transaction.atomic
def close(session: Session, *, by: User | None, product: str = "", without_product: str = "") -> Session:
    """The session is over and its product is there, or a reason why not. Approved minutes are a product.

    A morning talk closes only when each challenge on its agenda has a recovery and an action.
    """
    session = locked(session)
    product, without = product.strip(), without_product.strip()
    if (
        not product
        and not without
        and SessionMinutes.objects.filter(session=session, state=SessionMinutes.States.APPROVED).exists()
    ):
        product = str(SessionMinutes._meta.verbose_name)
    if reasons := list(_against_closing(session, product or without)):
        raise Refused(reasons)
    session.state, session.closed_at = Session.States.CLOSED, clock.now()
    session.product, session.without_product = product, "" if product else without
    session.save(update_fields=["state", "closed_at", "product", "without_product"])
    events.record(SessionClosed(session=session.pk, with_product=bool(product)), by=by)
    return session


@transaction.atomic
def cancel(session: Session, *, by: User | None) -> Session:
    """It does not take place. What it had on its agenda can be carried to another."""
    session = locked(session)
    session.state = Session.States.CANCELLED
    session.save(update_fields=["state"])
    events.record(SessionCancelled(session=session.pk), by=by)
    return session


def _under_known_topic(fields: dict[str, Any], by: User | None) -> dict[str, Any]:
    """The fields with the topic as the portal's vocabulary writes it."""
    named = str(fields.get("topic") or "").strip()
    return {**fields, "topic": topic_called(named, by=by).name} if named else fields


def locked(session: Session) -> Session:
    """The session, locked. Refuses one that is over."""
    session = Session.objects.select_for_update().get(pk=session.pk)
    if not session.is_open:
        raise Refused(refusals.SESSION_OVER())
    return session


def _missing(session: Session) -> Iterator[Reason]:
    if session.starts_at is None:
        yield refusals.SCHEDULE_MISSING()
    if not session.points.exists():
        yield refusals.POINTS_MISSING()
    if not session.expected_product:
        yield refusals.EXPECTED_PRODUCT_MISSING()


def _against_closing(session: Session, said: str) -> Iterator[Reason]:
    if session.state != Session.States.PUBLISHED:
        yield refusals.SESSION_NOT_PUBLISHED()
    elif session.starts_at and session.starts_at > clock.now():
        yield refusals.SESSION_NOT_BEGUN()
    if not said:
        yield refusals.PRODUCT_OR_REASON_MISSING()
    if session.kind == Kinds.TALK:
        for point in session.points.filter(is_challenge=True).prefetch_related("actions"):
            if not point.said or not point.actions.all():
                yield refusals.CHALLENGE_WITHOUT_RECOVERY(point=point.title)
