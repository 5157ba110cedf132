"""A parcel went: tell the member with whom, under which number, and when what is in it is due."""

from lumbung.circulation.models import Hold
from lumbung.circulation.queries.parcels import deliveries, parcels
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.queries import unspoken
from lumbung.reactions.letters import write_to


def parcel_sent_letter(entry: JournalEntry) -> None:
    """Once for each parcel of the standing service; those of closed doors show their number on the member's page."""
    occasion = f"parcel-sent:{entry.pk}"
    parcel = parcels().select_related("member__user").filter(pk=entry.data["handover"]).first()
    if parcel is None or parcel.member is None or not unspoken([occasion]):
        return
    terms, filled = deliveries().get(parcel.branch_id), Hold.States.FILLED
    sent = [(each.record.title, each.loan.due_at) for each in parcel.holds.all() if each.state == filled and each.loan]
    facts = {
        "branch": parcel.branch.name,
        "courier": parcel.courier,
        "tracking": parcel.tracking,
        "lines": [{"title": title, "due_on": due.astimezone(parcel.branch.zone).date()} for title, due in sent],
        "way_back": terms.way_back if terms else "",
    }
    write_to(parcel.member, "parcel_sent", facts, occasions=[occasion])
