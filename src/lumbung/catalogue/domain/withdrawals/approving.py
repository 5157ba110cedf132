"""Approving a weeding with its minutes, and taking the whole back."""

import hashlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.formats import date_format

from lumbung.catalogue.domain import lending
from lumbung.catalogue.domain.items import set_status
from lumbung.catalogue.domain.records import set_suppressed
from lumbung.catalogue.domain.withdrawals.proposing import locked
from lumbung.catalogue.events_of_many import WithdrawalApproved, WithdrawalUndone
from lumbung.catalogue.models import BoundTitle, Item, Record, Withdrawal, WithdrawalLine
from lumbung.catalogue.models.titles_of_copies import titles_of
from lumbung.catalogue.refusals import (
    MINUTES_NUMBER_TAKEN,
    NO_ITEMS_CHOSEN,
    SIGNERS_ONE_TO_THREE,
    WITHDRAWAL_NOT_APPROVED,
    WITHDRAWAL_NOT_PROPOSED,
)
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.typesetting import pdf
from lumbung.organization.queries import library

States, Statuses = Withdrawal.States, Item.Statuses
MOST_SIGNERS = 3
FOLDER = "withdrawals"
TITLE_SHOWN = 90


@transaction.atomic
def approve_withdrawal(
    withdrawal: Withdrawal,
    *,
    number: str,
    place: str,
    dated: date,
    signers: Sequence[dict[str, str]],
    hide_titles: bool,
    by: events.Actor | None,
) -> Withdrawal:
    """Let the proposed copies go (status withdrawn) and set the minutes as PDF. A copy lent meanwhile stays, as does one that is gone.

    With ``hide_titles``, titles without any copy left are hidden from the public. Refuses a weeding that is decided, one from which nothing
    goes, other than one to three signers, and a number that other minutes have.
    """
    current = locked(withdrawal)
    going = _going(current)
    if reasons := _faults(current, going, number, signers):
        raise Refused(reasons)
    for line in going:
        if line.item is not None:
            line.was = line.item.status
            set_status(line.item, Statuses.WITHDRAWN, because=Item.Causes.WITHDRAWAL, why=number, by=by)
    WithdrawalLine.objects.bulk_update(going, ["was"], batch_size=200)
    current.hidden = _hide_emptied(going, by) if hide_titles else []
    current.number, current.place, current.dated, current.signers = number, place, dated, list(signers)
    with translation.override("id"):
        file = pdf(files(__package__).joinpath("minutes.typ").read_text(encoding="utf-8"), _told(current, going, dated))
    current.stored_file = default_storage.save(f"{FOLDER}/{current.pk}.pdf", ContentFile(file))
    current.digest, current.state = hashlib.sha256(file).hexdigest(), States.APPROVED
    current.approved_by_id, current.approved_at = by.pk if by is not None else None, clock.now()
    current.save()
    events.record(WithdrawalApproved(withdrawal=current.pk, number=number, items=len(going), digest=current.digest), by=by)
    return current


@transaction.atomic
def undo_withdrawal(withdrawal: Withdrawal, *, by: events.Actor | None) -> Withdrawal:
    """Give the copies their status back, and show the titles that were hidden; what was changed since stays. Refuses to do so twice."""
    current = locked(withdrawal)
    if current.state != States.APPROVED:
        raise Refused(WITHDRAWAL_NOT_APPROVED(state=current.get_state_display()))
    back = list(current.lines.exclude(was="").filter(item__status=Statuses.WITHDRAWN).select_related("item"))
    for line in back:
        if line.item is not None:
            set_status(line.item, line.was, because=Item.Causes.WITHDRAWAL_UNDONE, why=current.number, by=by)
    for record in Record.objects.filter(pk__in=current.hidden, suppressed=True):
        set_suppressed(record, False, by=by)
    current.state, current.undone_at = States.UNDONE, clock.now()
    current.save(update_fields=["state", "undone_at"])
    events.record(WithdrawalUndone(withdrawal=current.pk, items=len(back)), by=by)
    return current


def _going(withdrawal: Withdrawal) -> list[WithdrawalLine]:
    """The lines whose copy goes now: not kept, still there, not lent meanwhile."""
    lines = withdrawal.lines.filter(kept=False, item__isnull=False).exclude(item__status=Statuses.WITHDRAWN)
    found = list(lines.select_related("item", "item__record").defer("item__record__marc"))
    lent = lending.lent_among([each.item_id for each in found if each.item_id is not None])
    return [each for each in found if each.item_id not in lent]


def _faults(withdrawal: Withdrawal, going: Sequence[WithdrawalLine], number: str, signers: Sequence[Any]) -> list[Reason]:
    reasons = []
    if withdrawal.state != States.PROPOSED:
        reasons.append(WITHDRAWAL_NOT_PROPOSED(state=withdrawal.get_state_display()))
    elif not going:
        reasons.append(NO_ITEMS_CHOSEN())
    if not 0 < len(signers) <= MOST_SIGNERS:
        reasons.append(SIGNERS_ONE_TO_THREE())
    if Withdrawal.objects.filter(number__iexact=number).exclude(pk=withdrawal.pk).exists():
        reasons.append(MINUTES_NUMBER_TAKEN(number=number))
    return reasons


def _hide_emptied(going: Sequence[WithdrawalLine], by: events.Actor | None) -> list[int]:
    """Hide the titles of these copies, and those bound into them, that have no other copy; their keys."""
    keys = {title for titles in titles_of([line.item for line in going if line.item is not None]).values() for title in titles}
    others = Item.objects.filter(record=OuterRef("pk")).exclude(status=Statuses.WITHDRAWN)
    bound = BoundTitle.objects.filter(record=OuterRef("pk")).exclude(item__status=Statuses.WITHDRAWN)
    emptied = Record.objects.filter(~Exists(others), ~Exists(bound), pk__in=keys, suppressed=False)
    return [set_suppressed(each, True, by=by).pk for each in emptied]


def _told(withdrawal: Withdrawal, going: Sequence[WithdrawalLine], dated: date) -> dict[str, Any]:
    ours = library()
    prices = [line.item.price for line in going if line.item is not None and line.item.price is not None]
    return {
        "title": f"Berita acara {withdrawal.number}",
        "library": ours.name,
        "institution": ours.institution,
        "address": ours.address,
        "number": withdrawal.number,
        "name": withdrawal.name,
        "reason": withdrawal.reason,
        "place": withdrawal.place,
        "day": date_format(dated, "l, j F Y"),
        "date": date_format(dated, "j F Y"),
        "copies": str(len(going)),
        "titles": str(len({line.item.record_id for line in going if line.item is not None})),
        "worth": f"{sum(prices, Decimal()):,.0f}".replace(",", "."),
        "signers": list(withdrawal.signers),
        "rows": [
            [str(at), line.barcode, line.accession_number, line.title[:TITLE_SHOWN], line.call_number]
            for at, line in enumerate(going, start=1)
        ],
    }
