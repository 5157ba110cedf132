"""When can most come? Some moments are offered, each says when they can, one moment becomes the schedule."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import events
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain.sessions import change, locked
from lumbung.knowledge.events.sessions import PollAnswered, PollAsked
from lumbung.knowledge.models import PollAnswer, PollOption, Session
from lumbung.knowledge.refusals.sessions import POLL_EMPTY


@transaction.atomic
def offer(session: Session, moments: Sequence[datetime], *, by: User | None) -> None:
    """Offer these moments, besides those already offered. Refuses to leave fewer than two."""
    session = locked(session)
    PollOption.objects.bulk_create((PollOption(session=session, starts_at=each) for each in moments), ignore_conflicts=True)
    if session.poll_options.count() < 2:  # noqa: PLR2004 -- one is no choice
        raise Refused(POLL_EMPTY())
    events.record(PollAsked(session=session.pk, count=len(moments)), by=by)


@transaction.atomic
def answer(session: Session, options: Collection[int], *, by: User) -> None:
    """Say at which of the moments offered (by key) one can come; what was said before is replaced."""
    session = locked(session)
    PollAnswer.objects.filter(option__session=session, person=by).delete()
    chosen = session.poll_options.filter(pk__in=options)
    PollAnswer.objects.bulk_create(PollAnswer(option=each, person=by) for each in chosen)
    events.record(PollAnswered(session=session.pk, count=len(chosen)), by=by)


@transaction.atomic
def settle(option: PollOption, *, by: User | None) -> Session:
    """Make this moment the schedule; the others are no longer offered."""
    session = change(option.session, starts_at=option.starts_at, by=by)
    session.poll_options.all().delete()
    return session
