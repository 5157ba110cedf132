"""Contents that nothing refers to any more: of drafts given up, of files taken out of deposits, of uploads that stopped half-way."""

import shutil
import time
from collections.abc import Collection, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from lumbung.digital.domain import store
from lumbung.digital.events import ContentsLetGo
from lumbung.digital.models import (
    Deposit,
    DepositFile,
    DepositStates,
    File,
    IncomingBag,
    IncomingFile,
    IncomingStates,
    KeptContent,
)
from lumbung.kernel import clock, events

DAYS_KEPT = 30
DAY = 86_400


def let_go(*, by: events.Actor | None = None) -> int:
    """Take away what drafts given up, and bags only tried, thirty days ago alone refer to; how many contents. For the night.

    Uploads that nobody went on with go too. Nothing that a title's file refers to goes, in whatever version.
    """
    _forget_uploads()
    old = Deposit.objects.filter(state=DepositStates.DISCARDED, changed_at__lt=clock.now() - timedelta(days=DAYS_KEPT))
    forgotten = IncomingBag.objects.filter(state=IncomingStates.READ, created_at__lt=clock.now() - timedelta(days=DAYS_KEPT))
    loose = sum(1 for deposit in old for _ in _let_go_of(deposit, by))
    return loose + sum(1 for bag in forgotten for _ in _let_go_of_bag(bag, by))


@transaction.atomic
def _let_go_of(deposit: Deposit, by: events.Actor | None) -> list[str]:
    hashes = list(deposit.files.values_list("sha256", flat=True))
    deposit.delete()
    return let_go_of(hashes, by=by)


@transaction.atomic
def _let_go_of_bag(bag: IncomingBag, by: events.Actor | None) -> list[str]:
    hashes = list(bag.files.values_list("sha256", flat=True))
    bag.delete()
    return let_go_of(hashes, by=by)


@transaction.atomic
def let_go_of(hashes: Collection[str], *, by: events.Actor | None) -> list[str]:
    """Take away those of the contents that nothing refers to any more; which."""
    loose = [each for each in dict.fromkeys(hashes) if each and not _is_referred_to(each)]
    if loose:
        events.record(ContentsLetGo(count=len(loose)), by=by)
        KeptContent.objects.filter(sha256__in=loose).delete()
        for each in loose:
            transaction.on_commit(partial(store.remove, each))
    return loose


def _is_referred_to(sha256: str) -> bool:
    return any(model.objects.filter(sha256=sha256).exists() for model in (File, DepositFile, IncomingFile))


def _forget_uploads() -> None:
    """Pieces that nobody added to for thirty days."""
    before = time.time() - DAYS_KEPT * DAY
    for folder in _folders(Path(settings.DATA) / "uploads"):
        if all(each.stat().st_mtime < before for each in folder.iterdir()):
            shutil.rmtree(folder, ignore_errors=True)


def _folders(place: Path) -> Iterator[Path]:
    """The folder of each purpose of each user."""
    if place.is_dir():
        yield from (purpose for user in place.iterdir() for purpose in user.iterdir() if purpose.is_dir())
