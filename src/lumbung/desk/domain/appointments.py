"""Meeting a librarian: hours in which one may be booked, booking, reminding, and what came of it."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, override

from lumbung.desk.events import AppointmentBooked, AppointmentMoved, ConsultingHourAdded, ConsultingHourRemoved
from lumbung.desk.models import Appointment, ConsultingHour
from lumbung.desk.refusals import (
    APPOINTMENT_OVER,
    CALLED_OFF_WITHOUT_REASON,
    HOUR_BACKWARDS,
    SLOT_TAKEN,
    TOO_MANY_APPOINTMENTS,
    TOPIC_EMPTY,
)
from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.ui.words import day as day_in_words
from lumbung.kernel.ui.words import time_of_day
from lumbung.members.models import Member
from lumbung.messaging.domain.messages import send
from lumbung.messaging.queries import unspoken
from lumbung.organization import queries as organization
from lumbung.organization.queries import library

AHEAD = timedelta(days=21)
NOTICE = timedelta(hours=2)
MOST_TO_COME = 3
States = Appointment.States


@dataclass(frozen=True)
class Slot:
    """A time at which a librarian may still be booked."""

    hour: ConsultingHour
    starts_at: datetime

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.hour.minutes)

    @property
    def key(self) -> str:
        return f"{self.hour.pk}@{self.starts_at:%Y%m%dT%H%M}"


@transaction.atomic
def add_hour(*, by: events.Actor, **fields: Any) -> ConsultingHour:
    """Let a librarian be booked at these hours every week. Refuses hours that end before they begin or hold not one meeting."""
    length = datetime.combine(date.min, fields["closes"]) - datetime.combine(date.min, fields["opens"])
    if length < timedelta(minutes=fields["minutes"]):
        raise Refused(HOUR_BACKWARDS())
    hour = ConsultingHour.objects.create(**fields)
    events.record(ConsultingHourAdded(consulting_hour=hour.pk, user=hour.user_id), by=by)
    return hour


@transaction.atomic
def remove_hour(hour: ConsultingHour, *, by: events.Actor) -> None:
    """These hours are offered no more; what was booked stands."""
    events.record(ConsultingHourRemoved(consulting_hour=hour.pk, user=hour.user_id), by=by)
    hour.delete()


def free_slots(kind: str) -> list[Slot]:
    """The times that may be booked in the next three weeks, not on days on which the library is closed, the earliest first."""
    now = clock.now()
    hours = list(ConsultingHour.objects.filter(kind=kind, user__is_active=True).select_related("user"))
    booked = Appointment.objects.filter(user__in=[hour.user_id for hour in hours], state=States.BOOKED, ends_at__gt=now)
    taken = list(booked.values_list("user", "starts_at", "ends_at"))
    free = [slot for hour in hours for slot in _slots(hour, now) if not _is_taken(slot, taken)]
    return sorted(free, key=lambda slot: (slot.starts_at, slot.hour.pk))


@refuse_when_broken(a_librarian_meets_one_at_a_time=SLOT_TAKEN)
@transaction.atomic
def book(slot_key: str, *, kind: str, member: Member, topic: str, people: int = 1) -> Appointment:
    """Book a time. Refuses one that is taken or past, a meeting about nothing, and more than three to come."""
    Member.objects.select_for_update(of=("self",), no_key=True).standing(member.pk)
    slot = next((each for each in free_slots(kind) if each.key == slot_key), None)
    to_come = Appointment.objects.filter(member=member, state=States.BOOKED, starts_at__gt=clock.now()).count()
    reasons: list[Reason] = [] if slot else [SLOT_TAKEN()]
    reasons += [] if topic.strip() else [TOPIC_EMPTY()]
    reasons += [TOO_MANY_APPOINTMENTS(most=MOST_TO_COME)] if to_come >= MOST_TO_COME else []
    if reasons or slot is None:
        raise Refused(reasons)
    made = Appointment.objects.create(
        member=member,
        user=slot.hour.user,
        kind=kind,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        place=slot.hour.place,
        topic=topic.strip()[:300],
        people=max(people, 1),
        secret=secrets.token_urlsafe(32),
    )
    _write(made, "appointment_booked")
    events.record(AppointmentBooked(appointment=made.pk, user=made.user_id), by=None)
    return made


@transaction.atomic
def cancel(appointment: Appointment, *, by: events.Actor | None) -> Appointment:
    """It does not take place; the time is free again. Refuses one that is over."""
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if appointment.state != States.BOOKED or appointment.starts_at <= clock.now():
        raise Refused(APPOINTMENT_OVER())
    return _move(appointment, States.CANCELLED, by=by)


@transaction.atomic
def call_off(appointment: Appointment, reason: str, *, by: events.Actor) -> Appointment:
    """The librarian cannot come: it is cancelled, and whoever booked it is told why. Refuses without a reason, and one that is over."""
    if not reason.strip():
        raise Refused(CALLED_OFF_WITHOUT_REASON())
    cancelled = cancel(appointment, by=by)
    _write(cancelled, "appointment_called_off", reason=reason.strip()[:300])
    return cancelled


@transaction.atomic
def conclude(appointment: Appointment, *, held: bool, note: str = "", by: events.Actor) -> Appointment:
    """It took place or nobody came, with the librarian's note."""
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if appointment.state == States.CANCELLED:
        raise Refused(APPOINTMENT_OVER())
    appointment.note = note.strip()
    return _move(appointment, States.HELD if held else States.MISSED, by=by)


def remind_of_appointments() -> int:
    """Write to those who have an appointment within a day and were not reminded; how many. For the nightly job."""
    now = clock.now()
    soon = Appointment.objects.filter(state=States.BOOKED, starts_at__gt=now, starts_at__lte=now + timedelta(hours=36))
    count = 0
    for appointment in soon.filter(reminded_at=None, member__isnull=False).select_related("member__user", "user"):
        with transaction.atomic():
            if Appointment.objects.filter(pk=appointment.pk, reminded_at=None).update(reminded_at=now):
                _write(appointment, "appointment_reminder")
                count += 1
    return count


def _move(appointment: Appointment, state: str, *, by: events.Actor | None) -> Appointment:
    appointment.state = state
    appointment.save(update_fields=["state", "note"])
    events.record(AppointmentMoved(appointment=appointment.pk, status=state), by=by)
    return appointment


def _write(appointment: Appointment, code: str, *, reason: str = "") -> None:
    """To the member, by e-mail, once for each occasion: with the calendar, or with the way to another time once it was called off."""
    member, occasion = appointment.member, f"appointment:{appointment.pk}:{code}"
    if member is None or not member.email or not unspoken([occasion]):
        return
    local = appointment.starts_at.astimezone(member.branch.zone)
    path = reverse("desk:appointment_ics", args=[appointment.secret])
    if appointment.state == States.CANCELLED:
        path = reverse("desk:my_appointments", args=[appointment.kind])
    language = member.user.language if member.user else ""
    with override(language or settings.LANGUAGE_CODE):
        day, time = day_in_words(local.date()), time_of_day(local)
    facts = {
        "name": member.name,
        "library": library().name,
        "librarian": appointment.user.name,
        "day": day,
        "time": time,
        "place": appointment.place,
        "topic": appointment.topic,
        "reason": reason,
        "link": f"{settings.SITE_URL}{path}" if settings.SITE_URL else "",
    }
    send(code, address=member.email, facts=facts, language=language, occasions=[occasion])


def _slots(hour: ConsultingHour, now: datetime) -> Iterator[Slot]:
    branch = organization.front_branch()
    if branch is None:
        return
    today = now.astimezone(branch.zone).date()
    for days in range(AHEAD.days):
        day = today + timedelta(days=days)
        if day.weekday() != hour.weekday or not organization.is_open_on(branch, day):
            continue
        begins, last = (datetime.combine(day, each, branch.zone) for each in (hour.opens, hour.closes))
        while begins + timedelta(minutes=hour.minutes) <= last:
            if begins >= now + NOTICE:
                yield Slot(hour, begins)
            begins += timedelta(minutes=hour.minutes)


def _is_taken(slot: Slot, taken: list[tuple[int, datetime, datetime]]) -> bool:
    return any(user == slot.hour.user_id and begins < slot.ends_at and slot.starts_at < ends for user, begins, ends in taken)


def title_of(appointment: Appointment) -> str:
    """What it is called in a calendar."""
    return gettext("%(kind)s: %(topic)s") % {"kind": appointment.get_kind_display(), "topic": appointment.topic}
