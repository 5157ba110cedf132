"""Copies set apart for a course: the lecturer asks, the library agrees, and at the end each copy is given back as it was."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from lumbung.accounts.models import User
from lumbung.catalogue.domain.items import change_item
from lumbung.catalogue.models import Item, ItemType
from lumbung.discovery.events import ReserveAsked, ReserveDeclined, ReserveEnded, ReserveGranted
from lumbung.discovery.models import CourseItem, Reserve, ReservedCopy
from lumbung.discovery.refusals import (
    COPY_SET_APART,
    ITEM_OF_ANOTHER_TITLE,
    NO_COPIES_CHOSEN,
    NOT_IN_CATALOGUE,
    REASON_EMPTY,
    RESERVE_ANSWERED,
    RESERVE_COUNT_WRONG,
    RESERVE_IN_THE_PAST,
    RESERVE_OPEN,
)
from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Refused
from lumbung.organization.models import Location
from lumbung.organization.queries import library

MOST_COPIES = 50


@refuse_when_broken(a_reading_has_one_open_reserve=RESERVE_OPEN)
@transaction.atomic
def ask_reserve(reading: CourseItem, *, copies: int, until: date, by: User) -> Reserve:
    """Ask that copies of the reading be set apart. Refuses what the catalogue has not, a past day, a wrong number, a second request."""
    reasons = []
    if reading.record_id is None:
        reasons.append(NOT_IN_CATALOGUE())
    if not 1 <= copies <= MOST_COPIES:
        reasons.append(RESERVE_COUNT_WRONG(most=MOST_COPIES))
    if until < clock.today(library().zone):
        reasons.append(RESERVE_IN_THE_PAST())
    if reasons or reading.record_id is None:
        raise Refused(reasons)
    asked = Reserve.objects.create(reading=reading, copies=copies, until=until, asked_at=clock.now())
    course = reading.section.course_id
    events.record(ReserveAsked(course=course, reserve=asked.pk, record=reading.record_id, copies=copies), by=by)
    return asked


@refuse_when_broken(a_copy_is_set_apart_for_one_course=COPY_SET_APART)
@transaction.atomic
def grant_reserve(
    reserve: Reserve, items: Sequence[Item], *, item_type: ItemType, location: Location | None, by: events.Actor
) -> Reserve:
    """Set these copies apart, as copies of that type and, where given, at that place. What each was before is kept.

    Refuses a request answered already, no copies, copies of another title or set apart for another course.
    """
    reserve = _asked(reserve)
    wanted = reserve.reading.record_id if reserve.reading else None
    reasons = [] if items else [NO_COPIES_CHOSEN()]
    reasons += [ITEM_OF_ANOTHER_TITLE(barcode=item.barcode) for item in items if item.record_id != wanted]
    if reasons:
        raise Refused(reasons)
    for item in items:
        place = location or item.location
        ReservedCopy.objects.create(
            reserve=reserve,
            item=item,
            item_type=item_type,
            location=place,
            was_item_type=item.item_type,
            was_location=item.location,
        )
        change_item(item, by=by, item_type=item_type, location=place)
    _answered(reserve, Reserve.States.GRANTED, "")
    events.record(ReserveGranted(reserve=reserve.pk, items=[item.pk for item in items]), by=by)
    return reserve


@transaction.atomic
def decline_reserve(reserve: Reserve, *, answer: str, by: events.Actor) -> Reserve:
    """Say no, and why: the lecturer reads it at the reading."""
    reserve = _asked(reserve)
    if not answer.strip():
        raise Refused(REASON_EMPTY())
    _answered(reserve, Reserve.States.DECLINED, answer.strip()[:200])
    events.record(ReserveDeclined(reserve=reserve.pk), by=by)
    return reserve


@transaction.atomic
def end_reserve(reserve: Reserve, *, by: events.Actor | None) -> Reserve:
    """Give every copy back as it was before. What somebody changed at a copy meanwhile stays as they changed it."""
    reserve = Reserve.objects.select_for_update().get(pk=reserve.pk)
    if reserve.state != Reserve.States.GRANTED:
        return reserve
    given_back = []
    for copy in reserve.set_apart.filter(given_back_at=None).select_related(
        "item", "item_type", "location", "was_item_type", "was_location"
    ):
        before: dict[str, ItemType | Location | None] = {}
        if copy.item.item_type_id == copy.item_type_id:
            before["item_type"] = copy.was_item_type
        if copy.item.location_id == copy.location_id:
            before["location"] = copy.was_location
        change_item(copy.item, by=by, **before)
        given_back.append(copy.item_id)
    reserve.set_apart.filter(given_back_at=None).update(given_back_at=clock.now())
    reserve.state = Reserve.States.ENDED
    reserve.save(update_fields=["state"])
    events.record(ReserveEnded(reserve=reserve.pk, items=given_back), by=by)
    return reserve


def end_reserves() -> int:
    """Give back what was set apart until yesterday, or for a reading that is gone or whose list is; how many reserves. For the nightly
    job."""
    gone = Q(reading=None) | Q(reading__section__course__removed_at__isnull=False)
    over = Q(until__lt=clock.today(library().zone)) | gone
    ended = [end_reserve(reserve, by=None) for reserve in Reserve.objects.filter(over, state=Reserve.States.GRANTED)]
    Reserve.objects.filter(reading=None).exclude(state=Reserve.States.GRANTED).delete()
    return len(ended)


def _asked(reserve: Reserve) -> Reserve:
    reserve = Reserve.objects.select_for_update(of=("self",)).select_related("reading").get(pk=reserve.pk)
    if reserve.state != Reserve.States.ASKED:
        raise Refused(RESERVE_ANSWERED())
    return reserve


def _answered(reserve: Reserve, state: str, answer: str) -> None:
    reserve.state, reserve.answer, reserve.answered_at = state, answer, clock.now()
    reserve.save(update_fields=["state", "answer", "answered_at"])
