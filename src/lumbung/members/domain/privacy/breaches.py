"""The register of breaches of personal data: what happened, who was told within 72 hours, what was done about it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.events import BreachChanged, BreachClosed, BreachReported, BreachTold
from lumbung.members.models import Breach
from lumbung.members.refusals import BREACH_CLOSED, BREACH_IN_THE_FUTURE, BREACH_INCOMPLETE, BREACH_NOT_TOLD

CHANGEABLE = frozenset({"what", "disclosed", "people", "measures", "noticed_at"})
TOLD = {"authority": "authority_told_at", "people": "people_told_at"}


@transaction.atomic
def report(
    *, what: str, disclosed: str, noticed_at: datetime, by: User, people: int | None = None, measures: str = ""
) -> Breach:
    """Enter a breach; 72 hours run from ``noticed_at``. Refuses without what happened to what data, and a moment yet to come."""
    facts = {"what": what.strip(), "disclosed": disclosed.strip(), "measures": measures.strip()}
    breach = Breach(noticed_at=noticed_at, people=people, reported_by=by, **facts)
    _refuse_faults(breach)
    breach.save(force_insert=True)
    events.record(BreachReported(breach=breach.pk), by=by)
    return breach


@transaction.atomic
def change(breach: Breach, *, by: events.Actor | None, **changes: Any) -> Breach:
    """Enter what is known by now. Refuses as ``report`` does, and a closed breach."""
    current = _open(breach)
    wanted = {name: value.strip() if isinstance(value, str) else value for name, value in changes.items()}
    if changed := set_changed(current, wanted, allowed=CHANGEABLE):
        _refuse_faults(current)
        current.save(update_fields=changed)
        events.record(BreachChanged(breach=current.pk, fields=changed), by=by)
    return current


@transaction.atomic
def note_told(breach: Breach, whom: str, *, by: events.Actor | None) -> Breach:
    """The authority ("authority") or those concerned ("people") were told just now; told twice, the first time counts."""
    current = _open(breach)
    field = TOLD[whom]
    if getattr(current, field) is None:
        setattr(current, field, clock.now())
        current.save(update_fields=[field])
        events.record(BreachTold(breach=current.pk, whom=whom), by=by)
    return current


@transaction.atomic
def close(breach: Breach, *, by: events.Actor | None, untold_because: str = "") -> Breach:
    """Done with it. Refuses while somebody is still to be told, unless it is said why not."""
    current = _open(breach)
    current.untold_because = untold_because.strip()[:300]
    if not current.is_told:
        raise Refused(BREACH_NOT_TOLD())
    current.closed_at = clock.now()
    current.save(update_fields=["untold_because", "closed_at"])
    events.record(BreachClosed(breach=current.pk), by=by)
    return current


def _open(breach: Breach) -> Breach:
    current = Breach.objects.select_for_update().get(pk=breach.pk)
    if current.closed_at is not None:
        raise Refused(BREACH_CLOSED())
    return current


def _refuse_faults(breach: Breach) -> None:
    reasons: list[Reason] = [] if breach.what and breach.disclosed else [BREACH_INCOMPLETE()]
    if breach.noticed_at > clock.now():
        reasons.append(BREACH_IN_THE_FUTURE())
    if reasons:
        raise Refused(reasons)
