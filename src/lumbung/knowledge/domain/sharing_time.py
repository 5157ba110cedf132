"""Sharing what one knows is work: whoever did it notes the minutes, for their own report and nobody's comparison."""

from datetime import date

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.events import people as happened
from lumbung.knowledge.models import Session, SharingTime
from lumbung.knowledge.refusals import people as refusals
from lumbung.organization.queries import library

LONGEST = 600


@refuse_when_broken(the_time_of_a_session_is_noted_once=refusals.TIME_NOTED)
@transaction.atomic
def note_time(what: str, *, minutes: int, on: date, session: Session | None = None, by: User) -> SharingTime:
    """Note so many minutes of today or before. Refuses a session in which one was not, and whose time is noted already."""
    reasons: list[Reason] = [] if what.strip() else [refusals.TIME_FOR_NOTHING()]
    if not 1 <= minutes <= LONGEST:
        reasons.append(refusals.TIME_OUT_OF_BOUNDS(most=LONGEST))
    if on > clock.today(library().zone):
        reasons.append(refusals.TIME_AHEAD())
    if session is not None and not session.is_led_by(by) and not session.attendances.filter(person=by).exists():
        reasons.append(refusals.NOT_THERE())
    if reasons:
        raise Refused(reasons)
    row = SharingTime.objects.create(person=by, on=on, minutes=minutes, what=what.strip()[:200], session=session)
    events.record(happened.SharingTimeNoted(person=by.pk, sharing_time=row.pk), by=by)
    return row


@transaction.atomic
def forget_time(row: SharingTime, *, by: User) -> None:
    """It was noted by mistake: the person's own act."""
    if row.person_id != by.pk:
        raise Refused(refusals.NOT_YOUR_OWN())
    events.record(happened.SharingTimeForgotten(person=by.pk, sharing_time=row.pk), by=by)
    row.delete()
