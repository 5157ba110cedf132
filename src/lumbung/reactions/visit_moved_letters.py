"""A visit does not take place: whoever has something that was due at it is told when it is due now, once for each move."""

from collections import defaultdict
from typing import Any

from django.db.models import F

from lumbung.circulation.models import DueDateShift, Loan
from lumbung.circulation.queries.handover_places import place_of
from lumbung.kernel.models import JournalEntry
from lumbung.members.models import Member
from lumbung.messaging.queries import unspoken
from lumbung.reactions.letters import write_to


def visit_moved_letters(entry: JournalEntry) -> None:
    """One letter to each member, of what is still lent and due as the move said when its turn comes."""
    place = place_of(entry.data["handover_place"])
    running = DueDateShift.objects.filter(move=entry.data["move"], loan__in=Loan.objects.running(), loan__due_at=F("due_at"))
    loans: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for shift in (
        running.select_related("loan__item__record", "loan__member")
        .defer("loan__item__record__marc", "loan__item__record__findable")
        .order_by("pk")
    ):
        due = shift.due_at.astimezone(place.branch.zone).date()
        loans[shift.loan.borrower.pk].append({"title": shift.loan.item.title_told, "due": due})
    left = unspoken([_occasion(entry, key) for key in loans])
    for member in Member.objects.filter(pk__in=loans).select_related("user").order_by("pk"):
        if (occasion := _occasion(entry, member.pk)) in left:
            write_to(member, "visit_moved", {"place": place.name, "loans": loans[member.pk]}, occasions=[occasion])


def _occasion(entry: JournalEntry, member: int) -> str:
    return f"visit-moved:{entry.data['move']}:{member}"
