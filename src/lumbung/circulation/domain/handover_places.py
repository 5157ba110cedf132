"""Places of hand-over that are no branches: set up, visited on other days, and what waits for a visit follows."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from lumbung.circulation.domain.article_copies import follow_visits_of_articles
from lumbung.circulation.domain.due_dates import move_to_next_visits
from lumbung.circulation.domain.holds import hold_days
from lumbung.circulation.events import (
    HandoverPlaceAdded,
    HandoverPlaceChanged,
    HandoverPlaceRemoved,
    HoldVisitMoved,
    VisitAdded,
    VisitCalledOff,
    VisitPutBack,
)
from lumbung.circulation.models import HandoverPlace, Hold, VisitDay
from lumbung.circulation.models.handover_place import LONGEST_ROUND
from lumbung.circulation.queries.handover_places import comes_on, days_of_handover, places
from lumbung.circulation.refusals import (
    NO_VISIT_THAT_DAY,
    PLACE_IN_USE,
    PLACE_NAME_EMPTY,
    PLACE_NAME_TAKEN,
    ROUND_BACKWARDS,
    ROUND_WEEKS_WRONG,
    ROUND_WITHOUT_BEGINNING,
    VISIT_BACKWARDS,
    VISIT_PAST,
    VISIT_REASON_MISSING,
    VISIT_THERE,
)
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization.models import Branch
from lumbung.organization.queries import open_day_after

SETTABLE = frozenset(
    {
        "kind", "name", "address", "note", "weekdays", "every_weeks", "first_day", "last_day", "starts", "ends", "is_offered",
    }
)  # fmt: skip


@transaction.atomic
def add_place(*, branch: Branch, by: events.Actor | None, **facts: Any) -> HandoverPlace:
    """Add a place that staff of the branch visit. Refuses one without a name or of a name there is, and a round that makes no sense."""
    place = HandoverPlace(branch=branch)
    set_changed(place, facts, allowed=SETTABLE)
    _refuse(_faults_of(place))
    place.save(force_insert=True)
    events.record(HandoverPlaceAdded(handover_place=place.pk, branch=branch.pk), by=by)
    places.changed()
    return place


@transaction.atomic
def change_place(place: HandoverPlace, *, by: events.Actor | None, **changes: Any) -> HandoverPlace:
    """Change the named facts of a place; what waits for a visit that is no more goes to the next. Refuses as ``add_place`` does."""
    current = _locked(place)
    if changed := set_changed(current, changes, allowed=SETTABLE):
        _refuse(_faults_of(current))
        current.save(update_fields=changed)
        events.record(HandoverPlaceChanged(handover_place=current.pk, fields=changed), by=by)
        places.changed()
        follow_visits(current, by=by)
    return current


@transaction.atomic
def remove_place(place: HandoverPlace, *, by: events.Actor | None) -> None:
    """Remove a place that was never used. Refuses one that a hold, a loan or an article request names."""
    key, name = place.pk, place.name
    try:
        HandoverPlace.objects.get(pk=key).delete()
    except ProtectedError:
        raise Refused(PLACE_IN_USE(place=name)) from None
    events.record(HandoverPlaceRemoved(handover_place=key), by=by)
    places.changed()


@transaction.atomic
def add_visit(place: HandoverPlace, day: date, *, by: events.Actor | None) -> VisitDay:
    """Come on this day too. Refuses a day that is over, and one on which there is a visit."""
    current = _locked(place)
    _refuse([*_past(current, day), *([VISIT_THERE()] if comes_on(current, day) else [])])
    said = _settled(current, day, comes=True)
    events.record(VisitAdded(handover_place=current.pk, day=day), by=by)
    return said


@transaction.atomic
def call_off_visit(place: HandoverPlace, day: date, *, reason: str, by: events.Actor | None) -> VisitDay:
    """Do not come that day, and say why; what would have been brought goes to the next visit, and its members are told.

    Refuses without a reason, a day that is over, and one on which there is no visit.
    """
    current = _locked(place)
    reasons = _past(current, day)
    if not comes_on(current, day):
        reasons.append(NO_VISIT_THAT_DAY())
    if not reason.strip():
        reasons.append(VISIT_REASON_MISSING())
    _refuse(reasons)
    said = _settled(current, day, comes=False, reason=reason.strip()[:120])
    events.record(VisitCalledOff(handover_place=current.pk, day=day), by=by)
    follow_visits(current, by=by)
    return said


@transaction.atomic
def put_back_visit(said: VisitDay, *, by: events.Actor | None) -> None:
    """Take back what was said of one day: it is as the round has it. Refuses a day that is over."""
    current = _locked(said.place)
    _refuse(_past(current, said.day))
    VisitDay.objects.filter(pk=said.pk).delete()
    events.record(VisitPutBack(handover_place=current.pk, day=said.day), by=by)
    places.changed()
    follow_visits(current, by=by)


def follow_visits(place: HandoverPlace | None = None, *, by: events.Actor | None = None) -> int:
    """Bring what waits for a visit that does not take place to the next one; where none is to come it waits at the branch. What is lent
    and due at such a visit is due at the next. How many in all.

    Part of every verb that changes visits; every night, before fines accrue, for those that a closure of the branch took away, on the
    day before too.
    """
    ready = Hold.objects.filter(state=Hold.States.READY, place__isnull=False)
    ready = ready.filter(place=place) if place is not None else ready
    rows = ready.select_related("place__branch").order_by("pk")
    moved = sum(_moved(hold.pk, by=by) for hold in rows if _is_stranded(hold))
    moved += follow_visits_of_articles(place, by=by)
    if place is not None:
        return moved + move_to_next_visits(place, by=by)
    return moved + sum(move_to_next_visits(each, by=by, since=_yesterday(each)) for each in places().values())


def _yesterday(place: HandoverPlace) -> date:
    return clock.today(place.branch.zone) - timedelta(days=1)


def _is_stranded(hold: Hold) -> bool:
    assert hold.place is not None and hold.brought_on is not None, "a constraint says so"  # noqa: S101, PT018 -- for the type checker
    today = clock.today(hold.place.branch.zone)
    return hold.brought_on >= today and not comes_on(hold.place, hold.brought_on)


@transaction.atomic
def _moved(key: int, *, by: events.Actor | None) -> bool:
    rows = Hold.objects.select_for_update(of=("self",), no_key=True).select_related("item", "member", "place__branch")
    hold = rows.get(pk=key)
    if hold.state != Hold.States.READY or hold.place is None or hold.item is None or not _is_stranded(hold):
        return False
    branch = hold.place.branch
    count = hold_days(hold, hold.item, branch)
    if days := days_of_handover(hold.place, count=count):
        hold.brought_on, hold.ready_until = days
    else:
        hold.place = hold.brought_on = None
        hold.ready_until = open_day_after(branch, clock.today(branch.zone), count=count)
    hold.save(update_fields=["place", "brought_on", "ready_until"])
    facts = {"hold": hold.pk, "record": hold.record_id, "item": hold.item.pk, "member": hold.holder.pk, "branch": branch.pk}
    events.record(HoldVisitMoved(**facts, ready_until=hold.ready_until), by=by)
    return True


def _settled(place: HandoverPlace, day: date, *, comes: bool, reason: str = "") -> VisitDay:
    said, _made = VisitDay.objects.update_or_create(place=place, day=day, defaults={"comes": comes, "reason": reason})
    places.changed()
    return said


def _past(place: HandoverPlace, day: date) -> list[Reason]:
    return [VISIT_PAST()] if day < clock.today(place.branch.zone) else []


def _faults_of(place: HandoverPlace) -> list[Reason]:
    reasons = [] if place.name else [PLACE_NAME_EMPTY()]
    if place.name and HandoverPlace.objects.filter(name=place.name).exclude(pk=place.pk).exists():
        reasons.append(PLACE_NAME_TAKEN(name=place.name))
    if place.ends <= place.starts:
        reasons.append(VISIT_BACKWARDS())
    if place.first_day and place.last_day and place.last_day < place.first_day:
        reasons.append(ROUND_BACKWARDS())
    if not 1 <= place.every_weeks <= LONGEST_ROUND:
        reasons.append(ROUND_WEEKS_WRONG(most=LONGEST_ROUND))
    elif place.every_weeks > 1 and place.first_day is None:
        reasons.append(ROUND_WITHOUT_BEGINNING())
    return reasons


def _refuse(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(reasons)


def _locked(place: HandoverPlace) -> HandoverPlace:
    return HandoverPlace.objects.select_for_update(of=("self",), no_key=True).select_related("branch").get(pk=place.pk)
