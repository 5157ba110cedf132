"""What the scanner found: contents in quarantine, those that wait to be scanned, and what the library decides of them."""

import json
import logging
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from lumbung.digital.domain import scanning, store
from lumbung.digital.domain.files import withdraw_file
from lumbung.digital.models import File, KeptContent, ScanStates, VirusScan
from lumbung.digital.refusals import REASON_EMPTY, SCAN_ELSEWHERE
from lumbung.digital.scan_events import ContentCleared, ContentQuarantined, ContentReleased, ContentRemoved
from lumbung.formats import clamd
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

logger = logging.getLogger(__name__)

AGAIN, UNDECIDED_AGAIN = timedelta(minutes=1), timedelta(days=1)
AT_ONCE = 20
INFECTED_BECAUSE = "Pemindai virus menemukan %(found)s di dalamnya."


def work_on_scans() -> bool:
    """Learn of what was caught at the door, and scan what waits. Steady work."""
    _take_in_caught()
    return _scan_waiting()


@transaction.atomic
def release(scan: VirusScan, *, because: str, by: events.Actor) -> VirusScan:
    """Let the content be read and uploaded all the same: the scanner is wrong, or cannot judge it. Refuses without a reason."""
    row = _locked(scan, {ScanStates.WAITING, ScanStates.INFECTED})
    _answer(row, ScanStates.RELEASED, because, by)
    File.objects.filter(sha256=row.sha256).update(is_held=False)
    (scanning.quarantine() / row.sha256).unlink(missing_ok=True)
    events.record(ContentReleased(scan=row.pk, sha256=row.sha256, found=row.found, content=_kept(row)), by=by)
    return row


@transaction.atomic
def hold_again(scan: VirusScan, *, because: str, by: events.Actor) -> VirusScan:
    """Take a release back: the content may not be read any more. Refuses without a reason."""
    row = _locked(scan, {ScanStates.RELEASED})
    _answer(row, ScanStates.INFECTED if row.found else ScanStates.WAITING, because, by)
    File.objects.filter(sha256=row.sha256).update(is_held=True)
    events.record(ContentQuarantined(scan=row.pk, sha256=row.sha256, found=row.found, content=_kept(row)), by=by)
    return row


@transaction.atomic
def remove(scan: VirusScan, *, because: str, by: events.Actor) -> VirusScan:
    """Throw away what lies in quarantine, and withdraw the files that have the content, with the reason at their addresses."""
    row = _locked(scan, {ScanStates.INFECTED})
    _answer(row, ScanStates.REMOVED, because, by)
    for file in File.objects.filter(sha256=row.sha256, withdrawn_at__isnull=True):
        withdraw_file(file, because=INFECTED_BECAUSE % {"found": row.found}, by=by)
    (scanning.quarantine() / row.sha256).unlink(missing_ok=True)
    events.record(ContentRemoved(scan=row.pk, sha256=row.sha256, found=row.found), by=by)
    return row


def hold_as_terms_say() -> None:
    """What waits for the scanner is held back or not, as the terms say now."""
    waiting = VirusScan.objects.filter(state=ScanStates.WAITING).values("sha256")
    File.objects.filter(sha256__in=waiting).update(is_held=scanning.holds_back())


def hold(row: VirusScan) -> None:
    """Let nobody read the content in which the scanner found something, until somebody decides. In the transaction that keeps that."""
    File.objects.filter(sha256=row.sha256).update(is_held=True)
    events.record(ContentQuarantined(scan=row.pk, sha256=row.sha256, found=row.found, content=_kept(row)), by=None)


def scans_wait() -> bool:
    """Whether something was caught, or waits for a scanner that there is."""
    return _caught() != [] or (scanning.scanner() is not None and _waiting().exists())


def _caught() -> list[Path]:
    return sorted(scanning.quarantine().glob("*.json"))


def _waiting() -> QuerySet[VirusScan]:
    return VirusScan.objects.filter(state=ScanStates.WAITING, again_after__lte=clock.now())


def _take_in_caught() -> None:
    for note in _caught():
        caught = scanning.Caught(**json.loads(note.read_text(encoding="utf-8")))
        now = clock.now()
        facts = {"state": ScanStates.INFECTED, "found": caught.found[:200], "engine": caught.engine[:200], "scanned_at": now}
        fresh = {"name": caught.name, "size": caught.size, "came_at": now, "again_after": now, **facts}
        with transaction.atomic():
            row = VirusScan.objects.update_or_create(sha256=caught.sha256, defaults=facts, create_defaults=fresh)[0]
            hold(row)
        note.unlink()


def _scan_waiting() -> bool:
    """Whether more may wait. A scanner that is away is asked again later."""
    asked, now = scanning.scanner(), clock.now()
    if asked is None:
        return False
    waiting = list(_waiting().order_by("again_after", "pk")[:AT_ONCE])
    for scan in waiting:
        try:
            with store.on_disk(scan.sha256) as path:
                verdict = asked.scan(path)
        except clamd.Away as error:
            logger.warning("contents wait for the scanner: %s", error)
            later = (
                UNDECIDED_AGAIN if isinstance(error, clamd.Fallen) else AGAIN
            )  # it shall not fall over the same one each minute
            VirusScan.objects.filter(pk=scan.pk).update(again_after=now + later, said=str(error)[:300])
            return False
        except (clamd.Undecided, Refused) as error:
            VirusScan.objects.filter(pk=scan.pk).update(again_after=now + UNDECIDED_AGAIN, said=str(error)[:300])
            continue
        _settle(scan, verdict)
    return len(waiting) == AT_ONCE


@transaction.atomic
def _settle(scan: VirusScan, verdict: clamd.Verdict) -> None:
    row = VirusScan.objects.select_for_update().get(pk=scan.pk)
    if row.state != ScanStates.WAITING:
        return
    row.state = ScanStates.INFECTED if verdict.found else ScanStates.CLEAN
    row.found, row.engine, row.said, row.scanned_at = verdict.found[:200], verdict.engine[:200], "", clock.now()
    row.save()
    if verdict.found:
        hold(row)
        return
    File.objects.filter(sha256=row.sha256).update(is_held=False)
    events.record(ContentCleared(scan=row.pk, sha256=row.sha256), by=None)


def _kept(row: VirusScan) -> int | None:
    return KeptContent.objects.filter(sha256=row.sha256).values_list("pk", flat=True).first()


def _answer(row: VirusScan, state: ScanStates, because: str, by: events.Actor) -> None:
    if not because.strip():
        raise Refused(REASON_EMPTY())
    row.state, row.answer, row.answered_at, row.answered_by_id = state, because.strip()[:300], clock.now(), by.pk
    row.save()


def _locked(scan: VirusScan, states: set[ScanStates]) -> VirusScan:
    row = VirusScan.objects.select_for_update().get(pk=scan.pk)
    if row.state not in states:
        raise Refused(SCAN_ELSEWHERE(state=row.get_state_display()))
    return row
