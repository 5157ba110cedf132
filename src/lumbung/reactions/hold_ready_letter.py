"""A copy is ready: tell the member where, at which visit if it is brought somewhere, and until when."""

from typing import Any

from lumbung.circulation.models import Hold
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.queries import unspoken
from lumbung.reactions.letters import write_to


def hold_ready_letter(entry: JournalEntry) -> None:
    """Once for each time a copy is made ready or its visit moved; not for a hold that is no longer ready when its turn comes."""
    occasion = f"hold-ready:{entry.pk}"
    hold = (
        Hold.objects.filter(pk=entry.data["hold"], state=Hold.States.READY)
        .select_related("record", "member__user", "pickup_branch", "place")
        .defer("record__marc", "record__findable")
        .first()
    )
    if hold is None or hold.member is None or not unspoken([occasion]):
        return
    facts = {"title": hold.title_told, "branch": hold.where, "ready_until": hold.ready_until, **_visit(hold)}
    write_to(hold.member, "hold_ready", facts, occasions=[occasion])


def _visit(hold: Hold) -> dict[str, Any]:
    """When it is brought, and where that is; nothing for what waits at a branch."""
    place = hold.place
    return (
        {}
        if place is None
        else {"visit": hold.brought_on, "starts": place.starts, "ends": place.ends, "address": place.address}
    )
