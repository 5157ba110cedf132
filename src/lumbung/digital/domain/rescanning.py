"""What is kept is shown to the virus scanner again when that knows more: what was clean for the old signatures may not be for the new.

A night begins the round, steady work goes on with it for some hours; what it did not come to is looked at in the next, from the place
that it reached. So is what came before there was a scanner. A content over which the scanner goes away is shown to it once more the next
night, and is passed over and told where it goes away again: one bad file keeps no other from being scanned.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from lumbung.digital.domain import quarantine, scanning, store
from lumbung.digital.models import KeptContent, ScanRound, ScanStates, VirusScan
from lumbung.digital.queries.preservation import names_of
from lumbung.digital.scan_events import ContentsScannedAgain
from lumbung.formats import clamd
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

logger = logging.getLogger(__name__)

SHARE = timedelta(hours=3)
"""So long a night may take."""
AT_ONCE = 10


@transaction.atomic
def begin_to_scan_again() -> bool:
    """Begin a round if the scanner has other signatures than for the last, or go on with one; whether there is one. For the night."""
    asked, now = scanning.scanner(), clock.now()
    if asked is None:
        return False
    row = ScanRound.objects.select_for_update().filter(pk=1).first()
    if row is None or row.finished_at is not None:
        try:
            engine = asked.version()[:200]
        except clamd.Away as error:
            logger.warning("what is kept cannot be scanned again tonight: %s", error)
            return False
        if row is not None and row.engine == engine:
            return False
        row = ScanRound(pk=1, engine=engine, began_at=now)
    row.until = now + SHARE
    row.save()
    return True


def scan_again() -> bool:
    """Show the scanner some of what is kept, while the share of the night lasts; whether more may wait. Steady work."""
    asked, row = scanning.scanner(), _under_way().first()
    if asked is None or row is None:
        return False
    contents = list(KeptContent.objects.filter(pk__gt=row.place).order_by("pk")[:AT_ONCE])
    names = names_of(contents)
    try:
        for content in contents:
            _look(content, names.get(content.sha256, content.sha256), row, asked)
    except clamd.Away as error:
        logger.warning("the scanner went away; the rest is scanned again the next night: %s", error)
        ScanRound.objects.filter(pk=1).update(until=clock.now())
        return False
    if len(contents) < AT_ONCE:
        _finish()
    return len(contents) == AT_ONCE


def is_scanning_again() -> bool:
    """Whether the scanner is to be shown more of what is kept now."""
    return scanning.scanner() is not None and _under_way().exists()


def _under_way() -> QuerySet[ScanRound]:
    return ScanRound.objects.filter(finished_at=None, until__gt=clock.now())


def _look(content: KeptContent, name: str, row: ScanRound, asked: clamd.Scanner) -> None:
    """Raises ``Away``. What the scanner cannot judge or stumbles over, and what is missing, stays as it was known, is told and counted;
    what was never scanned before too."""
    scan, verdict = VirusScan.objects.filter(sha256=content.sha256).first(), None
    is_due = scan is None or (scan.state == ScanStates.CLEAN and (scan.looked_at or row.began_at) <= row.began_at)
    if is_due:
        try:
            verdict = _judged(content, row, asked)
        except (clamd.Undecided, Refused) as error:
            logger.warning("content %s cannot be scanned again: %s", content, error)
            said = {"said": str(error)[:300]}
            VirusScan.objects.update_or_create(
                sha256=content.sha256, defaults=said, create_defaults=_fresh(content, name) | said
            )
    with transaction.atomic():
        if verdict is not None:
            _settle(content, name, verdict)
        found, undecided = int(bool(verdict and verdict.found)), int(is_due and verdict is None)
        ScanRound.objects.filter(pk=1).update(
            place=content.pk, seen=F("seen") + int(is_due), found=F("found") + found, undecided=F("undecided") + undecided
        )


def _judged(content: KeptContent, row: ScanRound, asked: clamd.Scanner) -> clamd.Verdict:
    """Raises ``Away`` or ``Undecided``, the latter also for what the store cannot read, and where the scanner went away over it twice."""
    try:
        with store.on_disk(content.sha256) as path:
            return asked.scan(path)
    except clamd.Fallen as fallen:
        if row.fell_over == content.pk:
            raise clamd.Undecided(str(fallen)) from fallen
        ScanRound.objects.filter(pk=1).update(fell_over=content.pk)
        raise
    except OSError as error:
        raise clamd.Undecided(str(error)) from error


def _fresh(content: KeptContent, name: str) -> dict[str, object]:
    """What is noted of a content that came before there was a scanner. Readers have it, and no judgement has a time yet."""
    return {
        "name": name[-200:],
        "size": content.size,
        "came_at": content.kept_at,
        "again_after": clock.now(),
        "state": ScanStates.CLEAN,
    }


def _settle(content: KeptContent, name: str, verdict: clamd.Verdict) -> None:
    now, engine, fresh = clock.now(), verdict.engine[:200], _fresh(content, name)
    scan = VirusScan.objects.select_for_update().get_or_create(sha256=content.sha256, defaults=fresh)[0]
    if scan.state != ScanStates.CLEAN:
        return
    if scan.scanned_at is None:
        scan.scanned_at, scan.engine = now, engine
    else:
        scan.rescanned_at, scan.rescanned_with = now, engine
    scan.said = ""
    scan.found, scan.state = verdict.found[:200], ScanStates.INFECTED if verdict.found else ScanStates.CLEAN
    scan.save()
    if verdict.found:
        quarantine.hold(scan)


@transaction.atomic
def _finish() -> None:
    row = ScanRound.objects.select_for_update().get(pk=1)
    row.finished_at = clock.now()
    row.save(update_fields=["finished_at"])
    events.record(ContentsScannedAgain(tool=row.engine, seen=row.seen, found=row.found, undecided=row.undecided), by=None)
