"""The minutes (berita acara) of a weeding as PDF. Of many copies the list is set in pieces, each a file of its own.

Each line of a table takes a tenth of a MiB and two milliseconds to set: the list of ten thousand copies at once would take a GiB.
"""

import hashlib
from importlib.resources import files
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.utils import translation
from django.utils.formats import date_format

from lumbung.catalogue.domain.withdrawals.proposing import locked
from lumbung.catalogue.events_of_many import WithdrawalApproved
from lumbung.catalogue.models import Withdrawal, WithdrawalLine
from lumbung.kernel import events
from lumbung.kernel.typesetting import pdf
from lumbung.kernel.ui.qr_codes import drawn
from lumbung.organization.queries import library

States = Withdrawal.States
FOLDER = "withdrawals"
TITLE_SHOWN = 90
PIECE = 1000


def set_annexes(withdrawal: Withdrawal) -> None:
    """Set the list of copies where it does not fit into the minutes; asked again, it goes on. Each piece is set outside a transaction,
    so that nobody waits for it."""
    withdrawal.refresh_from_db()
    total = _gone(withdrawal).count()
    while withdrawal.state == States.RUNNING and total > PIECE * max(1, len(withdrawal.annexes)):
        number = len(withdrawal.annexes) + 1
        first = PIECE * (number - 1)
        rows = _rows(_gone(withdrawal)[first : first + PIECE], first)
        told = {"part": str(number), "first": _said(first + 1), "last": _said(first + len(rows)), "rows": rows}
        file = _set("annex.typ", withdrawal, {**told, "copies": _said(total)})
        _keep_annex(withdrawal, number, file, [first + 1, first + len(rows)])


def issue_minutes(withdrawal: Withdrawal) -> None:
    """Set the minutes, and end the weeding."""
    withdrawal.refresh_from_db()
    if withdrawal.state != States.RUNNING:
        return
    gone = _gone(withdrawal)
    total = gone.count()
    worth = gone.order_by().aggregate(worth=Sum("item__price"), titles=Count("item__record", distinct=True))
    told = {
        "copies": _said(total),
        "titles": _said(worth["titles"]),
        "worth": "" if worth["worth"] is None else _said(round(worth["worth"])),
        "rows": [] if withdrawal.annexes else _rows(gone, 0),
        "annexes": [
            [str(at), *map(_said, each["lines"]), each["digest"]] for at, each in enumerate(withdrawal.annexes, start=1)
        ],
    }
    _issue(withdrawal, _set("minutes.typ", withdrawal, told), total)


@transaction.atomic
def _keep_annex(withdrawal: Withdrawal, number: int, file: bytes, lines: list[int]) -> None:
    current = locked(withdrawal)
    if len(current.annexes) == number - 1:
        stored = default_storage.save(f"{FOLDER}/{current.pk}-{number}.pdf", ContentFile(file))
        current.annexes.append({"stored_file": stored, "digest": hashlib.sha256(file).hexdigest(), "lines": lines})
        current.save(update_fields=["annexes"])
    withdrawal.annexes = current.annexes


@transaction.atomic
def _issue(withdrawal: Withdrawal, file: bytes, total: int) -> None:
    current = locked(withdrawal)
    if current.state != States.RUNNING:
        return
    current.stored_file = default_storage.save(f"{FOLDER}/{current.pk}.pdf", ContentFile(file))
    current.digest, current.state = hashlib.sha256(file).hexdigest(), States.APPROVED
    current.save(update_fields=["stored_file", "digest", "state"])
    approved = WithdrawalApproved(withdrawal=current.pk, number=current.number, items=total, digest=current.digest)
    events.record(approved, by=current.approved_by)


def _gone(withdrawal: Withdrawal) -> QuerySet[WithdrawalLine]:
    """The lines whose copy went, in the order of the shelf."""
    return withdrawal.lines.exclude(was="")


def _rows(lines: QuerySet[WithdrawalLine], before: int) -> list[list[str]]:
    return [
        [_said(at), line.barcode, line.accession_number, line.title[:TITLE_SHOWN], line.call_number]
        for at, line in enumerate(lines, start=before + 1)
    ]


def _said(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _set(form: str, withdrawal: Withdrawal, told: dict[str, Any]) -> bytes:
    """In Indonesian, whoever approves."""
    ours, dated = library(), withdrawal.dated
    with translation.override("id"):
        days = {"day": date_format(dated, "l, j F Y"), "date": date_format(dated, "j F Y")} if dated else {}
        head = {
            "title": f"Berita acara {withdrawal.number}",
            "library": ours.name,
            "institution": ours.institution,
            "address": ours.address,
            "number": withdrawal.number,
            "name": withdrawal.name,
            "reason": withdrawal.reason,
            "place": withdrawal.place,
            "signers": list(withdrawal.signers),
            "code": drawn(withdrawal.check_address),
            "address_of_check": withdrawal.check_address,
        }
        return pdf(files(__package__).joinpath(form).read_text(encoding="utf-8"), {**head, **days, **told})
