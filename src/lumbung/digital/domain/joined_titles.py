"""Files when two titles become one, or are two again."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import ngettext

from lumbung.catalogue.domain.record_followers import Follower
from lumbung.catalogue.models import Record
from lumbung.digital.models import Deposit, File, IncomingBag, LegalDeposit, PermanentIdentifier
from lumbung.kernel import events

_ALONG: dict[str, type[Deposit] | type[PermanentIdentifier] | type[IncomingBag] | type[LegalDeposit]] = {
    "deposits": Deposit,
    "identifiers": PermanentIdentifier,
    "bags": IncomingBag,
    "legal_deposits": LegalDeposit,
}


def told(gone: Record, kept: Record) -> Sequence[str]:
    """How many files go along."""
    count = File.objects.current().filter(record=gone).count()
    return [ngettext("%(n)d berkas digital ikut.", "%(n)d berkas digital ikut.", count) % {"n": count}] if count else []


def move(gone: int, kept: int, by: events.Actor | None) -> dict[str, Any]:
    """Every file comes to the other title, and permanent addresses lead there.

    A content that title has already comes as an earlier version of the one there.
    """
    there = {each.sha256: each for each in File.objects.current().filter(record=kept)}
    rows = list(File.objects.select_for_update().filter(record=gone).order_by("pk"))
    twins = [file for file in rows if file.is_current and file.sha256 in there]
    for file in twins:
        File.objects.filter(pk=file.pk).update(replaced_by=_oldest(there[file.sha256]))
    moved = [file.pk for file in rows]
    File.objects.filter(pk__in=moved).update(record=kept)
    led_on = {name: list(model.objects.filter(record=gone).values_list("pk", flat=True)) for name, model in _ALONG.items()}
    for name, model in _ALONG.items():
        model.objects.filter(pk__in=led_on[name]).update(record=kept)
    return {"moved": moved, "twins": [file.pk for file in twins], "led_on": led_on}


def _oldest(file: File) -> File:
    """The first of the versions that led to this file."""
    while (before := File.objects.filter(replaced_by=file.pk).first()) is not None:
        file = before
    return file


def give_back(moved: dict[str, Any], gone: int, kept: int, by: events.Actor | None) -> None:
    """Files go back to the title they came from."""
    back = File.objects.filter(pk__in=moved["moved"], record=kept)
    back.filter(pk__in=moved["twins"]).update(record=gone, replaced_by=None)
    back.update(record=gone)
    for name, model in _ALONG.items():
        model.objects.filter(pk__in=moved["led_on"].get(name, []), record=kept).update(record=gone)


FOLLOWER = Follower("digital.files", (File, Deposit, PermanentIdentifier, IncomingBag, LegalDeposit), told, move, give_back)
