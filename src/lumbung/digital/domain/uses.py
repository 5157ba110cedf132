"""Counting what files are used for, in a table of its own and not in the journal (see ``docs/decisions``): a row when a file is opened,
asked for, or denied; none for a page turned."""

import hashlib
import hmac
from datetime import timedelta
from threading import Lock
from zoneinfo import ZoneInfo

from django.conf import settings

from lumbung.digital.models import File, FileUse
from lumbung.kernel import clock
from lumbung.organization.queries import library

DAYS_KEPT = 400
BATCH = 5_000
WAIT, MANY = timedelta(seconds=30), 200


def count_use(file: File, kind: FileUse.Kinds, *, who: str, reason: str = "", is_robot: bool = False) -> None:
    """Count one use. ``who`` tells visitors apart (account, session or address); only its digest of the day is kept."""
    FileUse.objects.create(file=file, kind=kind, at=clock.now(), visitor=_digest(who), reason=reason[:40], is_robot=is_robot)


class _Noted:
    """Searches of this process that are not in the database yet: whoever searches waits for no write."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rows: list[FileUse] = []

    def add(self, row: FileUse) -> list[FileUse]:
        """Note another; gives all back to be written when the first has waited long enough, or they are many."""
        with self._lock:
            self._rows.append(row)
            is_due = len(self._rows) >= MANY or row.at - self._rows[0].at >= WAIT
            taken, self._rows = (self._rows, []) if is_due else ([], self._rows)
            return taken

    def take(self) -> list[FileUse]:
        with self._lock:
            taken, self._rows = self._rows, []
            return taken


_noted = _Noted()


def note_search(words: str, *, who: str, is_robot: bool) -> None:
    """Count one search. Kept in memory for up to WAIT, or until ``write_searches``; a crash forgets the last of them."""
    row = FileUse(
        kind=FileUse.Kinds.SEARCHED,
        at=clock.now(),
        visitor=_digest(who),
        reason=_digest(f"search {words.casefold()}")[:15],
        is_robot=is_robot,
    )
    if due := _noted.add(row):
        FileUse.objects.bulk_create(due)


def write_searches() -> None:
    """Write the searches that were noted in this process."""
    FileUse.objects.bulk_create(_noted.take())


def forget_uses() -> int:
    """Forget uses of more than DAYS_KEPT days ago, which reports were made of long since; returns how many. Nightly."""
    before, forgotten = clock.now() - timedelta(days=DAYS_KEPT), 0
    while keys := list(FileUse.objects.filter(at__lt=before).values_list("pk", flat=True)[:BATCH]):
        forgotten += FileUse.objects.filter(pk__in=keys).delete()[0]
    return forgotten


def _digest(who: str) -> str:
    day = clock.today(ZoneInfo(library().time_zone)).isoformat()
    return hmac.new(settings.SECRET_KEY.encode(), f"{day} {who}".encode(), hashlib.sha256).hexdigest()[:32]
