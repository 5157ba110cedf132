"""Identifiers that harvesters know from the system the records came from."""

import csv
import io
import re

from django.db import IntegrityError, transaction

from lumbung.catalogue.models import Record
from lumbung.cooperation.domain.sharing import refresh
from lumbung.cooperation.events import IdentifiersKept
from lumbung.cooperation.models import KeptIdentifier
from lumbung.cooperation.refusals import NO_IDENTIFIERS
from lumbung.kernel import events
from lumbung.kernel.refusals import Refused

_IDENTIFIER = re.compile(r"oai:[A-Za-z0-9\-.]+:[A-Za-z0-9\-_.!~*'();/?:@&=+$,%]+", re.ASCII)
LONGEST = 200


def keep_identifiers(text: str, *, by: events.Actor | None) -> tuple[int, list[str]]:
    """Let records be known by their old identifiers; ``text`` has lines of a record's number and an identifier.

    Returns how many were taken, and the lines that were not: no such record, no identifier of OAI, or one that another record has.
    Refuses a text that has no such line at all.
    """
    lines = [(row[0].strip(), row[1].strip(), ",".join(row)) for row in _rows(text) if len(row) > 1]
    given = [(int(number), identifier, line) for number, identifier, line in lines if number.isascii() and number.isdigit()]
    if not given:
        raise Refused(NO_IDENTIFIERS())
    here = set(Record.objects.filter(pk__in=[key for key, _, _ in given]).values_list("pk", flat=True))
    taken: list[str] = []
    refused: list[str] = []
    with transaction.atomic():
        for key, identifier, line in given:
            fits = key in here and len(identifier) <= LONGEST and _IDENTIFIER.fullmatch(identifier)
            (taken if fits and _keep(key, identifier) else refused).append(line)
        events.record(IdentifiersKept(kept=len(taken), refused=len(refused)), by=by)
    refresh([key for key, _, _ in given])
    return len(taken), refused


def _rows(text: str) -> list[list[str]]:
    sample = text[:1000]
    delimiter = max(",;\t", key=sample.count)
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def _keep(key: int, identifier: str) -> bool:
    try:
        with transaction.atomic():
            KeptIdentifier.objects.update_or_create(record=key, defaults={"identifier": identifier})
    except IntegrityError:
        return False
    return True
