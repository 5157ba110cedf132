"""Unggah mandiri: tell the author that the work has come, why it is sent back, and that it is published."""

from typing import Any

from lumbung.digital.models import Deposit, DepositRemark
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.ui.words import day
from lumbung.messaging.queries import unspoken
from lumbung.reactions.letters import write_to


def submitted_letter(entry: JournalEntry) -> None:
    deposit = _of(entry)
    if deposit.due_on is not None:
        _write(entry, deposit, "deposit_submitted", {"due": day(deposit.due_on)})


def returned_letter(entry: JournalEntry) -> None:
    remark = DepositRemark.objects.filter(pk=entry.data["remark"]).first()
    if remark is not None:
        _write(entry, _of(entry), "deposit_returned", {"reasons": remark.reasons, "text": remark.text})


def published_letter(entry: JournalEntry) -> None:
    deposit = _of(entry)
    identifier = deposit.record.permanent_identifiers.first() if deposit.record else None
    marc = deposit.record.marc_record if deposit.record and identifier else None
    _write(entry, deposit, "deposit_published", {"address": marc.all("024")[0].get("a") if marc else ""})


def _of(entry: JournalEntry) -> Deposit:
    return Deposit.objects.select_related("member__user", "record").get(pk=entry.data["deposit"])


def _write(entry: JournalEntry, deposit: Deposit, code: str, facts: dict[str, Any]) -> None:
    occasion = f"{code}:{entry.pk}"
    if deposit.member is not None and unspoken([occasion]):
        write_to(deposit.member, code, {**facts, "title": deposit.title}, occasions=[occasion])
