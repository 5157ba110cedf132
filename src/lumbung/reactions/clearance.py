"""Bebas pustaka: tell the member of a verdict and of the letter, and the academic system of letters."""

from typing import Any

from lumbung.kernel.models import JournalEntry
from lumbung.members.domain.clearance import siakad
from lumbung.members.models import ClearanceAnswer, ClearanceApplication, ClearanceLetter
from lumbung.messaging.queries import unspoken
from lumbung.reactions.letters import write_to


def tell_siakad(entry: JournalEntry) -> None:
    siakad.tell(entry)


def verdict_letter(entry: JournalEntry) -> None:
    """A condition was refused: say which and why. Nothing is said of one accepted, nor of a verdict changed meanwhile."""
    if entry.data["accepted"]:
        return
    told = {"application": entry.data["application"], "condition": entry.data["condition"]}
    answer = ClearanceAnswer.objects.filter(**told, state=ClearanceAnswer.States.REFUSED).select_related("condition").first()
    if answer is not None:
        _write(entry, "clearance_refused", {"condition": answer.condition.name, "reason": answer.reason})


def issued_letter(entry: JournalEntry) -> None:
    """The letter is there to be fetched, unless it was revoked meanwhile."""
    letter = ClearanceLetter.objects.filter(pk=entry.data["letter"], revoked_at=None).first()
    if letter is not None:
        _write(entry, "clearance_issued", {"number": letter.number})


def revoked_letter(entry: JournalEntry) -> None:
    letter = ClearanceLetter.objects.get(pk=entry.data["letter"])
    _write(entry, "clearance_revoked", {"number": letter.number, "reason": letter.revoked_because})


def _write(entry: JournalEntry, code: str, facts: dict[str, Any]) -> None:
    occasion = f"{code}:{entry.pk}"
    if not unspoken([occasion]):
        return
    application = ClearanceApplication.objects.select_related("member__user", "purpose").get(pk=entry.data["application"])
    write_to(application.member, code, {**facts, "purpose": application.purpose.name}, occasions=[occasion])
