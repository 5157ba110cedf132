"""The minutes (berita acara) of a count: what it found, set on paper, kept with its digest so that a copy can be checked."""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count
from django.db.models.functions import Substr
from django.utils import translation
from django.utils.formats import date_format

from lumbung.catalogue.domain.stock_takes.minutes_form import SOURCE
from lumbung.catalogue.models import Minutes, StockTake, StockTakeLine
from lumbung.catalogue.refusals import MINUTES_NUMBER_TAKEN, SIGNERS_ONE_TO_THREE, STOCK_TAKE_NOT_CLOSED
from lumbung.catalogue.stock_take_events import MinutesIssued
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.typesetting import pdf
from lumbung.kernel.ui.qr_codes import drawn
from lumbung.organization.queries import library

Findings, Standings = StockTakeLine.Findings, StockTakeLine.Standings
FOLDER = "minutes"
MOST_SIGNERS = 3
ANNEXES = (Findings.MISSING, Findings.MISPLACED, Findings.LENT, Findings.GONE, Findings.UNKNOWN)
COUNTED = (Findings.FOUND, Findings.MISPLACED, Findings.MISSING)
TITLE_SHOWN = 90


@transaction.atomic
def issue_minutes(
    stock_take: StockTake,
    *,
    number: str,
    place: str,
    dated: date,
    signers: Sequence[dict[str, str]],
    address_of: Callable[[str], str],
    by: events.Actor | None,
) -> Minutes:
    """Set the minutes of a closed count as PDF and keep them. ``signers`` have ``name``, ``role`` and ``number`` (may be empty).

    ``address_of`` gives the address at which the minutes with a token are checked. Minutes issued before are superseded. Refuses a
    count that is not closed, other than one to three signers, and a number that other minutes have.
    """
    current = StockTake.objects.select_for_update().get(pk=stock_take.pk)
    if reasons := _faults(current, number, signers):
        raise Refused(reasons)
    token = secrets.token_urlsafe(16)
    with translation.override("id"):
        told = _told(current, number=number, place=place, dated=dated, signers=signers, address=address_of(token))
    file = pdf(SOURCE, told)
    current.minutes.filter(superseded_at__isnull=True).update(superseded_at=clock.now())
    issued = Minutes.objects.create(
        stock_take=current, number=number, place=place, dated=dated, signers=list(signers), token=token,
        stored_file=default_storage.save(f"{FOLDER}/{token}.pdf", ContentFile(file)), digest=hashlib.sha256(file).hexdigest(),
        issued_by_id=by.pk if by is not None else None, issued_at=clock.now(),
    )  # fmt: skip
    events.record(MinutesIssued(stock_take=current.pk, number=number, digest=issued.digest), by=by)
    return issued


def _faults(stock_take: StockTake, number: str, signers: Sequence[dict[str, str]]) -> list[Reason]:
    reasons = []
    if stock_take.state != StockTake.States.CLOSED:
        reasons.append(STOCK_TAKE_NOT_CLOSED(name=stock_take.name))
    if not 0 < len(signers) <= MOST_SIGNERS:
        reasons.append(SIGNERS_ONE_TO_THREE())
    if Minutes.objects.filter(number__iexact=number).exclude(stock_take=stock_take).exists():
        reasons.append(MINUTES_NUMBER_TAKEN(number=number))
    return reasons


def _told(stock_take: StockTake, *, dated: date, address: str, **given: Any) -> dict[str, Any]:
    ours = library()
    return {
        **given,
        "title": f"Berita acara {given['number']}",
        "library": ours.name,
        "institution": ours.institution,
        "address": ours.address,
        "name": stock_take.name,
        "day": date_format(dated, "l, j F Y"),
        "date": date_format(dated, "j F Y"),
        "opened": _day(stock_take.opened_at),
        "closed": _day(stock_take.closed_at),
        "rounds": str(stock_take.round),
        "scope": _scope(stock_take),
        "summary": _summary(stock_take),
        "classes": _classes(stock_take),
        "annexes": _annexes(stock_take),
        "code": drawn(address),
        "address_of_check": address,
    }


def _day(moment: Any) -> str:
    return date_format(moment.astimezone(library().zone), "j F Y")


def _scope(stock_take: StockTake) -> str:
    told = [str(stock_take.branch or "semua cabang")]
    told += [str(each) for each in (stock_take.location, stock_take.item_type) if each is not None]
    told += [stock_take.get_material_display()] if stock_take.material else []
    if stock_take.class_from or stock_take.class_to:
        told.append(f"kelas {stock_take.class_from or 'awal'} sampai {stock_take.class_to or 'akhir'}")
    return ", ".join(told)


def _summary(stock_take: StockTake) -> list[list[str]]:
    labels = dict(Findings.choices)
    rows = [["Seharusnya di rak menurut katalog", str(stock_take.expected)]]
    rows += [["Memang tidak di rak (dipinjam, diolah, diperbaiki, hilang, disiangi)", str(stock_take.away)]]
    return rows + [[str(labels[each]), str(getattr(stock_take, each.value))] for each in Findings]


def _classes(stock_take: StockTake) -> list[list[str]]:
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = stock_take.lines.order_by().values_list(Substr("shelf_key", 1, 1), "standing", "finding").annotate(Count("pk"))
    for first, standing, finding, count in rows:
        counts[first][finding] += count
        counts[first][""] += count if standing == Standings.SHELF else 0
    told = []
    for first, found in sorted(counts.items(), key=lambda each: (not each[0].isdigit(), each[0])):
        label = f"{first}00–{first}99" if first.isdigit() else "Tanpa kelas"
        told.append([label, str(found[""]), *(str(found[each.value]) for each in COUNTED)])
    return told


def _annexes(stock_take: StockTake) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    for finding in ANNEXES:
        lines = stock_take.lines.filter(finding=finding).select_related("location").order_by("shelf_key", "barcode")
        rows = [
            [str(at), line.barcode, line.title[:TITLE_SHOWN], line.call_number, str(line.location or "")]
            for at, line in enumerate(lines.iterator(2000), start=1)
        ]
        if rows:
            title, number = str(dict(Findings.choices)[finding]), str(len(told) + 1)
            told.append({"number": number, "title": title, "count": str(len(rows)), "rows": rows})
    return told
