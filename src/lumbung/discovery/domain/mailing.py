"""Sending a list to its owner."""

from datetime import timedelta

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.discovery import citing
from lumbung.discovery.events import ListMailed
from lumbung.discovery.models import PersonalList
from lumbung.discovery.queries.lists import records_on
from lumbung.discovery.queries.saved_searches import address_of
from lumbung.discovery.refusals import MAILED_TOO_OFTEN, NO_ADDRESS
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused
from lumbung.messaging.domain.messages import send
from lumbung.messaging.queries import unspoken
from lumbung.organization.queries import library

PAUSE = timedelta(minutes=5)


@transaction.atomic
def mail_list(kept: PersonalList, *, base: str, by: User) -> str:
    """Mail the list to its owner's own address, which is returned; ``base`` begins the addresses of titles.

    Refuses who has no address, and the same list twice in five minutes.
    """
    address = address_of(by)
    if not address:
        raise Refused(NO_ADDRESS())
    occasion = f"list:{kept.pk}:{int(clock.now().timestamp() // PAUSE.total_seconds())}"
    if not unspoken([occasion]):
        raise Refused(MAILED_TOO_OFTEN())
    works = citing.works_of(records_on(kept), base)
    language = by.language or "id"
    entries = citing.entries(works, citing.DEFAULT, language=language) if works else []
    lines = [{"text": entry.text, "url": works[entry.number].url} for entry in entries]
    facts = {"name": by.name, "list": kept.name, "note": kept.note, "lines": lines, "library": library().name}
    send("personal_list", address=address, language=by.language, facts=facts, occasions=[occasion])
    events.record(ListMailed(personal_list=kept.pk), by=by)
    return address
