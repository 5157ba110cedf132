"""What holds for all digital files of this library."""

import ipaddress
from typing import Any

from django.db import transaction

from lumbung.digital.domain.quarantine import hold_as_terms_say
from lumbung.digital.events import DigitalTermsChanged
from lumbung.digital.models import Terms
from lumbung.digital.models.terms import LARGEST_MB
from lumbung.digital.queries.conditions import terms
from lumbung.digital.refusals import FIXITY_NEVER, LIMIT_OUT_OF_RANGE, NETWORK_UNREADABLE
from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused

FIELDS = frozenset(
    {"networks", "largest_mb", "marks_downloads", "e_loans_at_once", "shares_print_limit", "fixity_days", "scan_policy"}
)


@transaction.atomic
def change_terms(*, by: events.Actor | None, **fields: Any) -> Terms:
    """Change what is named. Refuses lines that are no network, and a limit out of range, all at once."""
    row = Terms.objects.select_for_update().filter(pk=1).first() or Terms(pk=1)
    changed = set_changed(row, fields, allowed=FIELDS)
    if reasons := _faults(row):
        raise Refused(reasons)
    if changed:
        row.save()
        terms.changed()
        if "scan_policy" in changed:
            hold_as_terms_say()
        events.record(DigitalTermsChanged(fields=changed), by=by)
    return row


def _faults(row: Terms) -> list[Reason]:
    reasons = [NETWORK_UNREADABLE(line=line) for line in row.networks.split() if not _is_network(line)]
    if not 1 <= row.largest_mb <= LARGEST_MB:
        reasons.append(LIMIT_OUT_OF_RANGE(most=LARGEST_MB))
    if not row.fixity_days:
        reasons.append(FIXITY_NEVER())
    return reasons


def _is_network(line: str) -> bool:
    try:
        ipaddress.ip_network(line, strict=False)
    except ValueError:
        return False
    return True
