"""A librarian is told when a meeting with them is booked, and when it is cancelled by anybody else."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.translation import override

from lumbung.accounts.models import User
from lumbung.desk.models import Appointment
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.ui.words import day
from lumbung.knowledge.domain.letters import address_of, tell
from lumbung.organization.queries import library

States = Appointment.States


def taken_letter(entry: JournalEntry) -> None:
    """Once for a booking, unless it was cancelled before its turn came."""
    _tell(entry, "appointment_taken", state=States.BOOKED)


def dropped_letter(entry: JournalEntry) -> None:
    """Once for a meeting that was cancelled, unless the librarian called it off themselves."""
    if entry.data["status"] == States.CANCELLED:
        _tell(entry, "appointment_dropped", state=States.CANCELLED)


def _tell(entry: JournalEntry, code: str, *, state: str) -> None:
    found = Appointment.objects.select_related("user").filter(pk=entry.data["appointment"], state=state).first()
    if found is not None and entry.actor_id != found.user_id:
        tell(code, [found.user], lambda person: _facts(found, person), about=[f"{code}:{found.pk}"])


def _facts(appointment: Appointment, reader: User) -> Mapping[str, Any]:
    """When, as the reader's language tells it, and where. With whom and about what stands behind the link: letters lie about."""
    local = appointment.starts_at.astimezone(library().zone)
    with override(reader.language or settings.LANGUAGE_CODE):
        on, at = day(local.date()), time_format(local, "TIME_FORMAT")
    return {
        "day": on,
        "time": at,
        "place": appointment.place,
        "people": appointment.people,
        "link": address_of(reverse("desk:appointments")),
    }
