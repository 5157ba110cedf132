"""Borrowing with one's own telephone, standing before the shelf; and the ticket that is shown on the way out."""

import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from lumbung.catalogue.models import Item
from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.events import PhoneLendingChanged
from lumbung.circulation.models import Loan, PhoneLending
from lumbung.circulation.queries.phone_lending import phone_lending_at
from lumbung.circulation.refusals import ITEM_ELSEWHERE, NETWORK_WRONG, NOT_IN_THE_LIBRARY, PHONE_LENDING_OFF
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of

TICKET_LASTS = timedelta(minutes=60)
CODE_LENGTH = 10
_TICKETS = "lumbung.circulation.tickets"


def code_of_the_day(branch: Branch) -> str:
    """What hangs in the branch today: nobody guesses it, and tomorrow it is another."""
    day = clock.today(branch.zone).isoformat()
    return salted_hmac("lumbung.circulation.code_of_the_day", f"{branch.pk} {day}").hexdigest()[:CODE_LENGTH]


def is_here(branch: Branch, *, address: str, code: str = "") -> bool:
    """Whether somebody is in the branch: in one of its networks, or with the code that hangs there today."""
    terms = phone_lending_at(branch)
    seen_code = terms.takes_code and constant_time_compare(code, code_of_the_day(branch))
    return terms.is_on and (seen_code or terms.has(address))


def borrow_by_phone(item: Item, *, to: Member, at: Branch, address: str, code: str, by: events.Actor) -> Loan:
    """Lend to the member who holds the item in hand, under the rules of the desk and with nothing set aside.

    Refuses where the branch does not lend this way, somebody who is not there, an item that stands at another branch, and for every
    reason for which the desk would.
    """
    if not phone_lending_at(at).is_on:
        raise Refused(PHONE_LENDING_OFF(branch=at))
    if not is_here(at, address=address, code=code):
        raise Refused(NOT_IN_THE_LIBRARY(branch=at))
    if item.held_at_id != at.pk:
        raise Refused(ITEM_ELSEWHERE(branch=branch_of(item.held_at_id)))
    return check_out(item, to=to, at=at, by=by)


@dataclass(frozen=True)
class Ticket:
    """What somebody may carry out: open loans, since when. Nobody's name is on it."""

    loans: list[Loan]
    made_at: datetime


def ticket_for(loans: Collection[int]) -> str:
    """A ticket for these loans (primary keys), good for an hour: signed, so that nobody writes one."""
    return signing.dumps([int(clock.now().timestamp()), sorted(loans)], salt=_TICKETS)


def ticket_of(written: str) -> Ticket | None:
    """The ticket, with those of its loans that are open still; None when it is forged, spoilt or too old."""
    try:
        made, keys = signing.loads(written, salt=_TICKETS)
    except signing.BadSignature:
        return None
    made_at = datetime.fromtimestamp(made, clock.now().tzinfo)
    if clock.now() - made_at > TICKET_LASTS:
        return None
    loans = (
        Loan.objects.open()
        .filter(pk__in=keys)
        .select_related("item__record")
        .defer("item__record__marc", "item__record__findable")
        .order_by("pk")
    )
    return Ticket(list(loans), made_at)


@transaction.atomic
def change_phone_lending(branch: Branch, *, by: events.Actor | None, **changes: Any) -> PhoneLending:
    """Change how members borrow with their telephones at the branch. Refuses a network that is none."""
    terms = PhoneLending.objects.select_for_update().filter(branch=branch).first() or PhoneLending(branch=branch)
    for line in changes.get("networks", "").split():
        try:
            ipaddress.ip_network(line, strict=False)
        except ValueError:
            raise Refused(NETWORK_WRONG(network=line)) from None
    if changed := set_changed(terms, changes, allowed={"is_on", "networks", "takes_code"}):
        terms.save()
        events.record(PhoneLendingChanged(branch=branch.pk, fields=changed), by=by)
    return terms
