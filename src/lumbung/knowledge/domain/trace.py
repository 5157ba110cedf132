"""The line of knowledge: what came from what."""

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.knowledge.events.trace import KnowledgeTraced
from lumbung.knowledge.models import Trace
from lumbung.knowledge.tracing import Links, Traceable


@transaction.atomic
def link(source: Traceable, target: Traceable, kind: Links, *, by: User | None) -> Trace:
    """Remember that ``target`` came from ``source``; saying it again changes nothing. Call it in the verb that makes it so."""
    ends = {"from_kind": source.trace_kind, "from_key": source.pk, "to_kind": target.trace_kind, "to_key": target.pk}
    trace, is_new = Trace.objects.get_or_create(kind=kind, **ends, defaults={"at": clock.now(), "by": by})
    if is_new:
        events.record(KnowledgeTraced(trace=trace.pk, kind=str(kind), **ends), by=by)
    return trace
