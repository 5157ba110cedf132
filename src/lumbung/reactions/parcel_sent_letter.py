"""A parcel went: tell the member with whom, under which number, and when what is in it is due."""

from lumbung.circulation.models import LoanKinds
from lumbung.circulation.queries.parcels import known_terms, parcels
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.queries import unspoken
from lumbung.reactions.letters import write_to


def parcel_sent_letter(entry: JournalEntry) -> None:
    """Once for each parcel of the standing service; those of closed doors show their number on the member's page."""
    occasion = f"parcel-sent:{entry.pk}"
    parcel = parcels().select_related("member__user").filter(pk=entry.data["handover"]).first()
    if parcel is None or parcel.member is None or not unspoken([occasion]):
        return
    terms, loans = known_terms().get(parcel.branch_id), [(each.title_told, each.loan) for each in parcel.holds.all()]
    sent = [(title, loan.due.date()) for title, loan in loans if loan is not None and loan.kind == LoanKinds.DELIVERY]
    facts = {
        "branch": parcel.branch.name,
        "courier": parcel.courier,
        "tracking": parcel.tracking,
        "lines": [{"title": title, "due_on": due} for title, due in sent],
        "way_back": terms.way_back if terms else "",
    }
    write_to(parcel.member, "parcel_sent", facts, occasions=[occasion])
