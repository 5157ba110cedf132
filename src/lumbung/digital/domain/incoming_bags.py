"""A bag for a title: tried dry, brought in, taken out again."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from lumbung.catalogue.models import Record
from lumbung.digital.domain import kinds, letting_go, store
from lumbung.digital.domain.files import add_file
from lumbung.digital.events import BagRead, BagStored, BagUndone, FilesWithdrawn
from lumbung.digital.models import File, IncomingBag, IncomingFile, IncomingStates, Levels
from lumbung.digital.queries.conditions import terms
from lumbung.digital.queries.files import there_are_files
from lumbung.digital.refusals import BAG_ELSEWHERE, BAG_FAULTS, BAG_FAULTS_MORE
from lumbung.formats import bagit
from lumbung.kernel import clock, events
from lumbung.kernel.pieces import shown_name
from lumbung.kernel.refusals import Reason, Refused

LIMITS = bagit.Limits(
    largest=kinds.LARGEST_INSIDE, members=kinds.MOST_MEMBERS, ratio=kinds.LARGEST_RATIO, small=kinds.SMALL_INSIDE
)
MOST_TOLD = 10
TELLING = "metadata/"
"""The folder in which bags, ours among them, tell of their files."""
_OURS = re.compile(r"\d+-v\d+-(?=.)")


@transaction.atomic
def read_bag(record: Record, path: Path, *, name: str, by: events.Actor | None) -> IncomingBag:
    """Check a bag to its last byte and say of each of its files whether it can come in. The title stays as it is; ``path`` is used up.

    Refuses, with every fault, what is no bag or not a whole and true one: nothing of it is kept then.
    """
    try:
        with bagit.opened_bag(path, LIMITS) as found:
            _refuse(name, found.faults)
            bag = _kept(record, found, name, by)
    except bagit.NotABag as error:
        raise Refused(_told(name, [error.fault])) from error
    finally:
        path.unlink(missing_ok=True)
    files = list(bag.files.all())
    good = sum(1 for each in files if each.sha256)
    events.record(BagRead(bag=bag.pk, record=record.pk, files=len(files), good=good), by=by)
    return bag


@transaction.atomic
def store_bag(bag: IncomingBag, *, by: events.Actor | None) -> int:
    """Make files of the title of what can come in, for staff alone until somebody says who else reads them; how many.

    A file that is refused after all says why in its line. Refuses a bag that was brought in already, or taken out.
    """
    current, came = _locked(bag, {IncomingStates.READ}), 0
    for line in current.files.exclude(sha256=""):
        came += _store_line(current, line, by)
    current.state = IncomingStates.STORED
    current.save(update_fields=["state"])
    events.record(BagStored(bag=current.pk, record=current.record_id, files=came), by=by)
    return came


@transaction.atomic
def undo_bag(bag: IncomingBag, *, by: events.Actor | None) -> int:
    """Take out of the title what came with the bag; how many files. One that was replaced, withdrawn or lent since stays.

    A bag that was only tried is given up so. Refuses one that was taken out already.
    """
    current = _locked(bag, {IncomingStates.READ, IncomingStates.STORED})
    lines = list(current.files.select_related("file__lending"))
    gone = [line.file.pk for line in lines if line.file is not None and _may_go(line.file)]
    File.objects.filter(pk__in=gone).delete()
    there_are_files.changed()
    if gone:
        events.record(FilesWithdrawn(files=sorted(gone)), by=by)
    current.files.update(sha256="")
    letting_go.let_go_of([line.sha256 for line in lines], by=by)
    current.state = IncomingStates.UNDONE
    current.save(update_fields=["state"])
    events.record(BagUndone(bag=current.pk, record=current.record_id, files=len(gone)), by=by)
    return len(gone)


def _kept(record: Record, found: bagit.Bag, name: str, by: events.Actor | None) -> IncomingBag:
    by_key = by.pk if by is not None else None
    said = [[key, value] for key, value in found.info]
    bag = IncomingBag.objects.create(record=record, name=name, said=said, created_at=clock.now(), created_by_id=by_key)
    there = set(File.objects.current().filter(record=record).values_list("sha256", flat=True))
    lines = []
    for path in found.payload:
        lines.append(_line(found, bag, path, there))
        there.add(lines[-1].sha256)
    IncomingFile.objects.bulk_create(lines)
    return bag


def _line(found: bagit.Bag, bag: IncomingBag, path: str, there: Collection[str]) -> IncomingFile:
    line = IncomingFile(bag=bag, path=path, size=found.size(f"data/{path}"))
    if path.startswith(TELLING):
        line.faults = [_("Keterangan tentang isi bag; tidak dijadikan berkas.")]
        return line
    try:
        with found.open(f"data/{path}") as file:
            content = store.put(iter(lambda: file.read(store.PIECE), b""), name=called(path), largest=terms().largest)
    except Refused as refused:
        line.faults = [str(reason) for reason in refused.reasons]
        return line
    line.media_type = content.media_type
    if content.sha256 in there:
        line.faults = [_("Judul ini, atau bag ini, sudah mempunyai berkas yang isinya sama.")]
    else:
        line.sha256 = content.sha256
    return line


def called(path: str) -> str:
    """What the file is to be called: without its folders, and without the number that our own bags put before it."""
    ours = path.startswith("files/")
    last = path.rpartition("/")[2]
    return shown_name(_OURS.sub("", last) if ours else last) or shown_name(path.replace("/", "-")) or "berkas"


def _store_line(bag: IncomingBag, line: IncomingFile, by: events.Actor | None) -> bool:
    content = store.Content(line.sha256, line.size, line.media_type)
    folder = line.path.rpartition("/")[0]
    label = "" if folder in {"", "files"} else folder[:200]
    try:
        with transaction.atomic():
            line.file = add_file(bag.record, content, by=by, name=called(line.path), label=label, level=Levels.STAFF)
    except Refused as refused:
        line.faults = [str(reason) for reason in refused.reasons]
    line.save(update_fields=["file", "faults"])
    return line.file is not None


def _may_go(file: File) -> bool:
    return file.is_current and file.version == 1 and not hasattr(file, "lending")


def _locked(bag: IncomingBag, states: Collection[IncomingStates]) -> IncomingBag:
    current = IncomingBag.objects.select_for_update(of=("self",)).select_related("record").get(pk=bag.pk)
    if current.state not in states:
        raise Refused([BAG_ELSEWHERE(state=current.get_state_display())])
    return current


def _refuse(name: str, faults: Collection[bagit.Fault]) -> None:
    if faults:
        raise Refused(_told(name, list(faults)))


def _told(name: str, faults: list[bagit.Fault]) -> list[Reason]:
    """The faults in words; of very many the first ones, and how many more there are."""
    return list(_reasons(name, faults[:MOST_TOLD])) + [BAG_FAULTS_MORE(count=n) for n in [len(faults) - MOST_TOLD] if n > 0]


def _reasons(name: str, faults: list[bagit.Fault]) -> Iterator[Reason]:
    for fault in faults:
        yield BAG_FAULTS[fault.code](bag=name, what=fault.what[:200])
