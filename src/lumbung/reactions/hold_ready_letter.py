"""A copy stands on the pick-up shelf: tell the member where, and until when."""

from lumbung.circulation.models import Hold
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.queries import unspoken
from lumbung.reactions.letters import write_to


def hold_ready_letter(entry: JournalEntry) -> None:
    """Once for each time a copy is made ready; not for a hold that is no longer ready when its turn comes."""
    occasion = f"hold-ready:{entry.pk}"
    hold = (
        Hold.objects.filter(pk=entry.data["hold"], state=Hold.States.READY)
        .select_related("record", "member__user", "pickup_branch")
        .defer("record__marc")
        .first()
    )
    if hold is None or hold.member is None or not unspoken([occasion]):
        return
    facts = {"title": hold.record.title, "branch": hold.pickup_branch.name, "ready_until": hold.ready_until}
    write_to(hold.member, "hold_ready", facts, occasions=[occasion])
