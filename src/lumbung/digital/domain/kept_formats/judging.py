"""The register of risks: what the library holds of a format's future, and what it means to do."""

from django.db import transaction

from lumbung.digital.domain.kept_formats.proposals import proposal_for
from lumbung.digital.events import FormatJudged
from lumbung.digital.models import KeptFormat, Risks
from lumbung.digital.refusals import FORMAT_NOT_JUDGED, FORMAT_RISK_WITHOUT_REASON
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Refused

FIELDS = frozenset({"risk", "reason", "plan"})


@transaction.atomic
def judge_format(kept: KeptFormat, *, risk: str, reason: str, plan: str, by: events.Actor) -> KeptFormat:
    """Say how much at risk the format is, why, and what is to be done. Refuses a judgement without a reason."""
    row = KeptFormat.objects.select_for_update().get(pk=kept.pk)
    if not reason.strip():
        raise Refused(FORMAT_RISK_WITHOUT_REASON())
    changed = set_changed(row, {"risk": risk, "reason": reason.strip(), "plan": plan.strip()}, allowed=FIELDS)
    if changed or row.judged_at is None:
        row.judged_at, row.judged_by_id = clock.now(), by.pk
        row.save()
        events.record(FormatJudged(format=row.pk, puid=row.puid, risk=Risks(row.risk), fields=changed), by=by)
    return row


@transaction.atomic
def take_judgement_back(kept: KeptFormat, *, by: events.Actor) -> KeptFormat:
    """Let what is proposed of the format count again. The journal keeps that it was judged. Refuses what nobody judged."""
    row = KeptFormat.objects.select_for_update().get(pk=kept.pk)
    if row.judged_at is None:
        raise Refused(FORMAT_NOT_JUDGED())
    row.risk, row.reason, row.plan, row.judged_at, row.judged_by = proposal_for(row.puid)[0], "", "", None, None
    row.save()
    events.record(FormatJudged(format=row.pk, puid=row.puid, risk=Risks(row.risk), fields=[]), by=by)
    return row
