"""The course of an import: start, run, stop, resume.

The file is kept until the import is done. Each stretch commits its rows together with the place in the file after it, so a process
killed at any moment leaves an import that continues exactly there.
"""

import errno
import gc
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import PurePath
from typing import BinaryIO, cast

from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from lumbung.catalogue.domain.imports.ahead import Ahead
from lumbung.catalogue.domain.imports.beside import Beside, ReaderEnded
from lumbung.catalogue.domain.imports.bindings import MOST_WAITING, bind
from lumbung.catalogue.domain.imports.custody import in_hand
from lumbung.catalogue.domain.imports.foreign import objection_to
from lumbung.catalogue.domain.imports.incoming import Incoming
from lumbung.catalogue.domain.imports.judging import Judged, judge, judge_again
from lumbung.catalogue.domain.imports.options import ImportOptions, options_of
from lumbung.catalogue.domain.imports.places import Places
from lumbung.catalogue.domain.imports.stretch import Seen, Stretch
from lumbung.catalogue.events import ImportFinished, ImportStarted, RecordsImported, RecordsMatched
from lumbung.catalogue.models import ImportRejection, ImportRun, ItemType
from lumbung.catalogue.refusals import (
    ALREADY_IMPORTED,
    FILE_EMPTY,
    FILE_GONE,
    NO_BRANCH,
    NO_ITEM_TYPE,
    NOT_RESUMABLE,
    RUNS_ELSEWHERE,
)
from lumbung.formats import marc
from lumbung.kernel import clock, events, rows
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.turns import wait_for_turn
from lumbung.organization.models import Branch

STRETCH, PIECE = 1000, 100
MOST_BYTES = 32 << 20
FOLDER = "imports"
States = ImportRun.States
Progress = Callable[[ImportRun], None]


class ImportStoppedError(Exception):
    """The import could not go on (no room, no writing, the database away). What was committed stays; it can be resumed."""

    def __str__(self) -> str:
        """Why, in the language of whoever is told, which may be another than that of what is kept of it."""
        return _said(self.__cause__) if isinstance(self.__cause__, Exception) else super().__str__()


def start_import(
    file: BinaryIO, *, name: str, by: events.Actor | None, dry_run: bool = False, options: ImportOptions | None = None
) -> ImportRun:
    """Take the file in and make its run, waiting. ``file`` is read once, so it may be a pipe.

    Refuses an empty file, one that holds something else than records, a branch or item type that is not there, and (waivable by
    ``options.again``) a file imported before. Raises ``OSError`` when ``file`` itself cannot be read, ``ImportStoppedError`` when it
    cannot be kept.
    """
    options = options or ImportOptions()
    kept = Incoming(file)
    try:
        stored = default_storage.save(f"{FOLDER}/{_safe(name)}", kept)
    except OSError as error:
        if error is kept.unreadable:
            raise
        raise ImportStoppedError(_said(error)) from error
    try:
        if options.format is marc.Format.AUTO and kept.length and (foreign := _foreign(stored, PurePath(name).name)):
            raise Refused(foreign)
        return _begun(kept, stored, PurePath(name).name, options, dry_run=dry_run, by=by)
    except BaseException:  # without its run nobody would find the file again
        default_storage.delete(stored)
        raise


@transaction.atomic
def _begun(
    kept: Incoming, stored: str, name: str, options: ImportOptions, *, dry_run: bool, by: events.Actor | None
) -> ImportRun:
    wait_for_turn("catalogue.imports")  # the same file may be on its way a second time
    if reasons := _objections(kept, name, options, dry_run=dry_run):
        raise Refused(reasons)
    run = ImportRun.objects.create(
        file_name=name[:255],
        file_digest=kept.digest.hexdigest(),
        stored_file=stored,
        file_size=kept.length,
        dry_run=dry_run,
        options=options.stored(),
        created_by_id=by.pk if by is not None else None,
        created_at=clock.now(),
    )
    events.record(ImportStarted(import_run=run.pk, dry_run=dry_run), by=by)
    return run


def resume_import(run: ImportRun, *, progress: Progress | None = None) -> ImportRun:
    """Go on where the last commit was. Refuses a run that is done, undone, or that another process is running."""
    return run_import(run, progress=progress)


def run_import(run: ImportRun, *, progress: Progress | None = None, beside: bool = False) -> ImportRun:
    """Bring the file in from where it stands to its end; ``progress`` is called after every stretch. ``beside``: the file may be read by
    a process forked from this one.

    Raises ``ImportStoppedError`` when storage or database fail, and ``Refused`` when a verb refuses in the middle: the run is then
    interrupted, says why, and can be resumed.
    """
    run.refresh_from_db()
    if run.state not in {States.WAITING, States.RUNNING, States.INTERRUPTED}:
        raise Refused(NOT_RESUMABLE(run=run.pk, state=States(run.state).label))
    with in_hand(run) as beat:
        try:
            _run(run, _told_to(progress, beat), beside=beside)
        except Refused as refused:
            if RUNS_ELSEWHERE.code not in refused.codes:
                _interrupt(run, " ".join(map(str, refused.reasons)))
            raise
        except (OSError, DatabaseError) as error:
            _interrupt(run, _said(error))
            raise ImportStoppedError(_said(error)) from error
        except BaseException:
            _interrupt(run, _("Dihentikan."))
            raise
    return run


def _run(run: ImportRun, progress: Progress, *, beside: bool) -> None:
    ImportRun.objects.filter(pk=run.pk).update(state=States.RUNNING, stopped_because="")
    run.state = States.RUNNING
    if not default_storage.exists(run.stored_file):
        raise Refused(FILE_GONE(run=run.pk))
    with _without_collector(), rows.room_for_many():
        seen = Seen() if run.dry_run else None
        _bring_in(run, seen, progress, beside=beside)
        _bring_what_waited(run, seen, progress)
    _finish(run)


def _told_to(progress: Progress | None, beat: Callable[[], None]) -> Progress:
    """After every stretch: that this process is still there, and how far it is."""

    def tell(run: ImportRun) -> None:
        beat()
        if progress is not None:
            progress(run)

    return tell


def _bring_in(run: ImportRun, seen: Seen | None, progress: Progress, *, beside: bool) -> None:
    options, by = options_of(run.options), run.created_by
    places = Places(branch=options.branch, item_type=options.item_type, pretend=run.dry_run, by=by)
    read = _judged(run.stored_file, options, offset=run.offset, position=run.records_read)
    with Beside(read, _pieces_of_a_stretch()) if beside else Ahead(_stretches(read)) as ahead:
        for judged in _stretches(iter(ahead.take, None)):
            _commit(run, Stretch(run, options, places, seen, judged), by, at_last=ahead.begin)
            progress(run)


def _judged(stored_file: str, options: ImportOptions, *, offset: int, position: int) -> Iterator[Judged]:
    """The file from there on, a piece at a time, read and judged. Asks nothing of the database and opens the file itself, so that it
    can be done elsewhere."""
    with default_storage.open(stored_file, "rb") as file:
        stream = cast(BinaryIO, file.file)
        entries = marc.read(stream, form=options.format, encoding=options.encoding, offset=offset, position=position)
        for some in _pieces(entries):
            yield judge(some, options.items)


def _bring_what_waited(run: ImportRun, seen: Seen | None, progress: Progress) -> None:
    """Holdings records whose title had not come yet when they were read: all have come now, or never will."""
    options = options_of(run.options)
    places = Places(branch=options.branch, item_type=options.item_type, pretend=run.dry_run, by=run.created_by)
    with default_storage.open(run.stored_file, "rb") as file:
        while some := run.waiting[:STRETCH]:
            judged = judge_again(_read_again(cast(BinaryIO, file.file), options, some), options.items)
            _commit_what_waited(run, Stretch(run, options, places, seen, judged, last=True), run.waiting[len(some) :])
            progress(run)


def _read_again(file: BinaryIO, options: ImportOptions, some: list[list[int]]) -> Iterator[marc.Entry]:
    """These entries, told by position and offset in the order of the file."""
    (position, offset), last = some[0], some[-1][0]
    wanted = {each for each, _ in some}
    for entry in marc.read(file, form=options.format, encoding=options.encoding, offset=offset, position=position - 1):
        if entry.position > last:
            return
        if entry.position in wanted:
            yield entry


@contextmanager
def _without_collector() -> Iterator[None]:
    """Nothing made here refers to itself in a circle, and looking for such circles in it takes as long as the rest."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _pieces(entries: Iterable[marc.Entry]) -> Iterator[list[marc.Entry]]:
    """Some entries at a time: so few, and of so few bytes, that a small packed file of endless rubbish does not fill the memory, and that
    the processor has them at hand from their reading to their sending."""
    some: list[marc.Entry] = []
    size = 0
    for entry in entries:
        some.append(entry)
        size += len(entry.raw)
        if len(some) >= min(PIECE, STRETCH) or size >= MOST_BYTES // _pieces_of_a_stretch():
            yield some
            some, size = [], 0
    if some:
        yield some


def _pieces_of_a_stretch() -> int:
    return max(1, STRETCH // PIECE)


def _stretches(pieces: Iterable[Judged]) -> Iterator[Judged]:
    """As many pieces together as are stored at once; what is a stretch already stays as it is."""
    together: Judged | None = None
    for piece in pieces:
        together = together.with_more(piece) if together else piece
        if together.read >= STRETCH or together.size >= MOST_BYTES:
            yield together
            together = None
    if together:
        yield together


@transaction.atomic
def _commit(run: ImportRun, stretch: Stretch, by: events.Actor | None, *, at_last: Callable[[], None]) -> None:
    """Store the stretch; ``at_last`` is called before what was stored becomes durable."""
    keys = stretch.store(clock.now())
    moved = ImportRun.objects.filter(pk=run.pk, state=States.RUNNING, offset=run.offset, records_read=run.records_read)
    advance = {
        "records_read": stretch.judged.read,
        "records_added": len(stretch.decided.added),
        "records_matched": len(stretch.decided.matched),
        "authorities_added": stretch.headings.added,
        **_counts(stretch),
    }
    if not moved.update(offset=stretch.judged.end, **{name: F(name) + count for name, count in advance.items()}):
        raise Refused(RUNS_ELSEWHERE(run=run.pk))
    if stretch.holdings.waiting:
        run.waiting += [list(each) for each in stretch.holdings.waiting]
        ImportRun.objects.filter(pk=run.pk).update(waiting=run.waiting)
    if stretch.unbound and len(run.unbound) < MOST_WAITING:
        run.unbound += [list(each) for each in stretch.unbound]
        ImportRun.objects.filter(pk=run.pk).update(unbound=run.unbound)
    ImportRejection.objects.bulk_create(stretch.reports())
    _remember_places(run, stretch)
    if keys is not None:
        events.record(RecordsImported(import_run=run.pk, first=keys[0], last=keys[1]), by=by)
    _tell_of_touched(run, stretch, by)
    run.offset = stretch.judged.end
    for name, count in advance.items():
        setattr(run, name, getattr(run, name) + count)
    at_last()


@transaction.atomic
def _commit_what_waited(run: ImportRun, stretch: Stretch, rest: list[list[int]]) -> None:
    current = ImportRun.objects.select_for_update().get(pk=run.pk)
    if current.state != States.RUNNING or current.waiting != run.waiting:
        raise Refused(RUNS_ELSEWHERE(run=run.pk))
    stretch.store(clock.now())
    _tell_of_touched(run, stretch, run.created_by)
    counts = _counts(stretch)
    ImportRun.objects.filter(pk=run.pk).update(waiting=rest, **{name: F(name) + count for name, count in counts.items()})
    ImportRejection.objects.bulk_create(stretch.reports())
    _remember_places(run, stretch)
    run.waiting = rest
    for name, count in counts.items():
        setattr(run, name, getattr(run, name) + count)


def _remember_places(run: ImportRun, stretch: Stretch) -> None:
    """What was made for its copies, so that it goes when the import is undone."""
    if made := stretch.places.made:
        run.made_places += made
        ImportRun.objects.filter(pk=run.pk).update(made_places=run.made_places)
        made.clear()


def _tell_of_touched(run: ImportRun, stretch: Stretch, by: events.Actor | None) -> None:
    if (touched := stretch.touched()) and not run.dry_run:
        events.record(RecordsMatched(import_run=run.pk, records=touched), by=by)


def _counts(stretch: Stretch) -> dict[str, int]:
    """What any stretch adds to the figures of its run, once it is stored."""
    return {
        "holdings_attached": len(stretch.holdings.settled),
        "items_added": stretch.items_added,
        "items_rejected": stretch.items_rejected,
        "rejected": stretch.rejected,
        "warned": len(_told_of(stretch, refused=False) - _told_of(stretch, refused=True)),
    }


def _told_of(stretch: Stretch, *, refused: bool) -> set[int]:
    """The positions of the entries of which there is such a report."""
    return {each.position for each in stretch.judged.reports if each.refused is refused}


@transaction.atomic
def _finish(run: ImportRun) -> None:
    if not ImportRun.objects.select_for_update().filter(pk=run.pk, state=States.RUNNING):
        raise Refused(RUNS_ELSEWHERE(run=run.pk))  # somebody undoes it, having found its process slow to answer
    run.state, run.finished_at = States.FINISHED, clock.now()
    if run.dry_run:  # the file stays, so that the import can follow without bringing it again
        run.save(update_fields=["state", "finished_at"])
        return
    bind([(record, barcode) for record, barcode in run.unbound], by=run.created_by)
    run.unbound = []
    kept, run.stored_file = run.stored_file, ""
    run.save(update_fields=["state", "finished_at", "stored_file", "unbound"])
    events.record(
        ImportFinished(import_run=run.pk, records_added=run.records_added, items_added=run.items_added, rejected=run.rejected),
        by=run.created_by,
    )
    transaction.on_commit(lambda: default_storage.delete(kept))


def _interrupt(run: ImportRun, because: str) -> None:
    """Say so, if the database still listens; else it is seen by its process, that is gone."""
    with suppress(DatabaseError):
        ImportRun.objects.filter(pk=run.pk, state=States.RUNNING).update(state=States.INTERRUPTED, stopped_because=because)
        run.refresh_from_db()


def _objections(kept: Incoming, name: str, options: ImportOptions, *, dry_run: bool) -> list[Reason]:
    if not kept.length:
        return [FILE_EMPTY(name=name)]
    reasons = []
    if options.branch and not Branch.objects.filter(code__iexact=options.branch).exists():
        reasons.append(NO_BRANCH(code=options.branch))
    if options.item_type and not ItemType.objects.filter(code__iexact=options.item_type).exists():
        reasons.append(NO_ITEM_TYPE(code=options.item_type))
    before = ImportRun.objects.filter(file_digest=kept.digest.hexdigest(), dry_run=False).exclude(state=States.UNDONE).first()
    if before is not None and not options.again and not dry_run:
        reasons.append(ALREADY_IMPORTED(run=before.pk))
    return reasons


def _foreign(stored: str, name: str) -> Reason | None:
    with default_storage.open(stored, "rb") as file:
        return objection_to(cast(BinaryIO, file.file), name=name)


def _safe(name: str) -> str:
    """The file's name with nothing in it that a storage might take for a path."""
    return re.sub(r"[^\w.-]+", "_", PurePath(name).name)[-80:].lstrip(".") or "berkas"


def _said(error: Exception) -> str:
    """The failure in words an operator can act on."""
    text = str(error)
    if isinstance(error, ReaderEnded):
        return _("Proses yang membaca berkas terhenti, mungkin karena memori habis. Lanjutkan impor ini.")
    if getattr(error, "errno", None) == errno.ENOSPC or "is full" in text or "No space left" in text:
        return _("Ruang penyimpanan penuh. Kosongkan ruang, lalu lanjutkan impor ini.")
    if getattr(error, "errno", None) in {errno.EROFS, errno.EACCES, errno.EPERM} or "readonly database" in text:
        return _("Folder data tidak dapat ditulisi. Perbaiki izinnya, lalu lanjutkan impor ini.")
    return _("Penyimpanan atau basis data gagal: %(error)s") % {"error": text}
