"""A librarian is told when a meeting with them is booked, and when it is cancelled by anybody else."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

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
        facts = _facts(found)
        tell(code, [found.user], lambda _person: facts, about=[f"{code}:{found.pk}"])


def _facts(appointment: Appointment) -> Mapping[str, Any]:
    """When and where. With whom and about what stands behind the link: letters lie about."""
    local = appointment.starts_at.astimezone(library().zone)
    return {
        "day": day(local.date()),
        "time": f"{local:%H.%M}",
        "place": appointment.place,
        "people": appointment.people,
        "link": address_of(reverse("desk:appointments")),
    }
