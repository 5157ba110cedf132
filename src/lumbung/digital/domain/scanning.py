"""The virus scanner, where the operator named one (``LUMBUNG_CLAMD``): each content is shown to it before it is kept.

What is infected never comes into the store: it lies in the quarantine folder until somebody decides. While the scanner is away the terms
say whether what comes is held back until it was scanned, or let in and scanned later.
"""

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from lumbung.digital.models import ScanPolicies, ScanStates, VirusScan
from lumbung.digital.queries.conditions import terms
from lumbung.digital.refusals import INFECTED
from lumbung.formats import clamd
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused

logger = logging.getLogger(__name__)

SOUND = (ScanStates.CLEAN, ScanStates.RELEASED)
NEVER_JUDGED = Q(state=ScanStates.CLEAN, scanned_at=None)
"""What came before there was a scanner, and could not be judged since."""
LONGEST = 200


@dataclass(frozen=True)
class Caught:
    """What stands beside a content in quarantine until the database knows of it: an upload that is refused leaves no row behind."""

    sha256: str
    name: str
    size: int
    found: str
    engine: str


def scanner() -> clamd.Scanner | None:
    """The scanner that was named, if any."""
    return clamd.Scanner(settings.CLAMD) if settings.CLAMD else None


def look_at(path: Path, sha256: str, *, name: str, size: int) -> None:
    """Show a content that comes to the scanner. Refuses what is infected, having put it into quarantine."""
    asked = scanner()
    if asked is None or VirusScan.objects.filter(sha256=sha256, state__in=SOUND).exclude(NEVER_JUDGED).exists():
        return
    try:
        verdict = asked.scan(path)
    except (clamd.Away, clamd.Undecided) as error:
        logger.warning("a content could not be scanned: %s", error)
        _remember(sha256, name, size, state=ScanStates.WAITING, said=str(error)[:300])
        return
    if verdict.found:
        _catch(path, Caught(sha256, name[-LONGEST:], size, verdict.found, verdict.engine))
        raise Refused(INFECTED(file=name, found=verdict.found))
    _remember(sha256, name, size, state=ScanStates.CLEAN, engine=verdict.engine[:LONGEST], scanned_at=clock.now(), said="")


def is_held(sha256: str) -> bool:
    """Whether a file of this content may not be read for now: it is infected, or waits for the scanner where the terms hold it back."""
    if not settings.CLAMD:
        return False
    state = VirusScan.objects.filter(sha256=sha256).values_list("state", flat=True).first()
    return state in {ScanStates.INFECTED, ScanStates.REMOVED} or (state == ScanStates.WAITING and holds_back())


def holds_back() -> bool:
    """Whether the terms hold back what was not scanned."""
    return terms().scan_policy == ScanPolicies.HOLD


def quarantine() -> Path:
    """The folder of what is infected."""
    return Path(settings.DATA) / "quarantine"


def _remember(sha256: str, name: str, size: int, **facts: object) -> None:
    now = clock.now()
    fresh = {"name": name[-LONGEST:], "size": size, "came_at": now, "again_after": now, **facts}
    VirusScan.objects.update_or_create(sha256=sha256, defaults=facts, create_defaults=fresh)


def _catch(path: Path, caught: Caught) -> None:
    folder = quarantine()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o600)
    path.replace(folder / caught.sha256)
    (folder / f"{caught.sha256}.json").write_text(json.dumps(asdict(caught)), encoding="utf-8")
