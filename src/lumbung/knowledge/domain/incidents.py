"""What went wrong in the day's work, written down in one sentence, and how it was mended."""

from datetime import datetime

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.domain.topics import topic_called
from lumbung.knowledge.events.talks import IncidentReported, IncidentSolved
from lumbung.knowledge.models import Incident
from lumbung.knowledge.refusals.talks import INCIDENT_EMPTY, INCIDENT_SOLVED, RECOVERY_EMPTY


@transaction.atomic
def report(title: str, *, by: User | None, text: str = "", topic: str = "", happened_at: datetime | None = None) -> Incident:
    """Write down what went wrong, now unless told otherwise. Refuses an empty sentence."""
    if not title.strip():
        raise Refused(INCIDENT_EMPTY())
    incident = Incident.objects.create(
        title=title.strip()[:200],
        text=text.strip(),
        topic=topic_called(topic, by=by).name if topic.strip() else "",
        happened_at=happened_at or clock.now(),
        reported_by=by,
    )
    events.record(IncidentReported(incident=incident.pk), by=by)
    return incident


@transaction.atomic
def solve(incident: Incident, *, recovery: str, by: User | None) -> Incident:
    """It is mended; ``recovery`` says how. Refuses without, and an incident that is solved."""
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    reasons: list[Reason] = []
    if incident.state == Incident.States.SOLVED:
        reasons.append(INCIDENT_SOLVED())
    if not recovery.strip():
        reasons.append(RECOVERY_EMPTY())
    if reasons:
        raise Refused(reasons)
    incident.state, incident.recovery, incident.solved_at = Incident.States.SOLVED, recovery.strip(), clock.now()
    incident.save(update_fields=["state", "recovery", "solved_at"])
    events.record(IncidentSolved(incident=incident.pk), by=by)
    return incident
