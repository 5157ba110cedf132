"""Packages of the whole library that staff ask for: made in the background as a ZIP, fetched, forgotten after a week."""

import contextlib
import shutil
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused
from lumbung.kernel.system_words import system_words
from lumbung.moving.domain.packing import FOLDER, count_rows, pack
from lumbung.moving.events import DepartureAsked, LibraryPacked, PackageTaken
from lumbung.moving.models import Departure
from lumbung.moving.refusals import DEPARTURE_UNDER_WAY
from lumbung.organization.models import Library

KEPT = timedelta(days=7)
EVERY = 2.0
ABANDONED = timedelta(hours=12)
States = Departure.States


@transaction.atomic
def ask_for_package(*, by: events.Actor | None) -> Departure:
    """Ask for a package. Refuses while another is being made."""
    Library.objects.select_for_update().get(pk=1)  # two people must not ask for one together
    under_way = Departure.objects.filter(state__in=[States.WAITING, States.RUNNING], created_at__gt=clock.now() - ABANDONED)
    if (found := under_way.first()) is not None:
        raise Refused(DEPARTURE_UNDER_WAY(departure=found.pk))
    departure = Departure.objects.create(created_by_id=by.pk if by is not None else None, created_at=clock.now())
    events.record(DepartureAsked(departure=departure.pk), by=by)
    return departure


def make_package(departure: Departure) -> Departure:
    """Write the package; asked again after a stop it is written anew. What stands in the way is told, and raised if unforeseen."""
    mine = Departure.objects.filter(pk=departure.pk, state__in=[States.WAITING, States.RUNNING])
    if not mine.update(state=States.RUNNING, total=count_rows(), done=0):
        return departure
    try:
        _write(departure)
    except OSError as error:
        _fail(departure, _("Tidak dapat menulis: %(error)s") % {"error": system_words(error)})
    except Exception as error:
        _fail(departure, str(error))
        raise
    departure.refresh_from_db()
    return departure


def _write(departure: Departure) -> None:
    with tempfile.TemporaryDirectory(prefix=".unpacked-", dir=settings.DATA) as beside:
        with _told(departure) as progress:
            folder, manifest = pack(Path(beside), progress.append)
        zipped = _zipped(folder)
        size = zipped.stat().st_size
        with zipped.open("rb") as file:
            stored = default_storage.save(f"{FOLDER}/{folder.name}.zip", File(file))
    rows = sum(manifest.rows.values())
    with transaction.atomic():
        Departure.objects.filter(pk=departure.pk).update(
            state=States.FINISHED,
            done=rows,
            total=rows,
            files=len(manifest.files),
            stored_file=stored,
            file_size=size,
            finished_at=clock.now(),
        )
        events.record(LibraryPacked(departure=departure.pk, rows=rows, files=len(manifest.files)), by=departure.created_by)


def _zipped(folder: Path) -> Path:
    """The folder as a ZIP beside it; the folder goes as it is packed, so that there need not be room for it twice."""
    target = folder.with_suffix(".zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                packed.write(path, path.relative_to(folder))
                path.unlink()
    shutil.rmtree(folder)
    return target


@contextlib.contextmanager
def _told(departure: Departure) -> Iterator[list[int]]:
    """A list whose last number is written in the departure now and then, over a connection of its own: the one that reads the library
    stands at one moment and cannot write."""
    progress: list[int] = []
    done = threading.Event()

    def watch() -> None:
        while not done.wait(EVERY):
            with contextlib.suppress(DatabaseError):
                Departure.objects.filter(pk=departure.pk).update(done=progress[-1] if progress else 0)
        connection.close()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield progress
    finally:
        done.set()
        watcher.join()


def _fail(departure: Departure, because: str) -> None:
    with contextlib.suppress(DatabaseError):
        Departure.objects.filter(pk=departure.pk).update(state=States.FAILED, stopped_because=because, finished_at=clock.now())


@transaction.atomic
def note_package_taken(departure: Departure, *, by: events.Actor | None) -> None:
    """Write down who carries the library away."""
    events.record(PackageTaken(departure=departure.pk), by=by)


@transaction.atomic
def note_packed(rows: int, files: int) -> None:
    """Write down that a package was made by command."""
    events.record(LibraryPacked(departure=None, rows=rows, files=files), by=None)


def forget_packages() -> None:
    """Remove packages older than KEPT; when each was made and by whom stays known."""
    for departure in Departure.objects.filter(created_at__lt=clock.now() - KEPT).exclude(stored_file=""):
        default_storage.delete(departure.stored_file)
        Departure.objects.filter(pk=departure.pk).update(stored_file="")
