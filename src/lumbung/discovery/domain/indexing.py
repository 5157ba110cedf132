"""The search index, kept as the database is: refreshed, built anew (and with it what readers browse by), compared."""

import gc
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from lumbung.catalogue.domain.readings import read_anew
from lumbung.catalogue.models import Record
from lumbung.discovery.domain import browsing
from lumbung.discovery.domain.documents import documents_of
from lumbung.discovery.domain.labels import labels_of
from lumbung.discovery.events import IndexCompared
from lumbung.kernel import events, jobs, processes, rows
from lumbung.kernel.moments import moment
from lumbung.search import domain as index
from lumbung.search.documents import Written
from lumbung.search.queries import Condition, condition, is_scattered

REACTION = "index_records"
"""The reaction that keeps the index up to date; after a rebuild it goes once more through what happened meanwhile."""

CHUNK = 1_000
STRETCH = 20_000
TOGETHER = 4 * CHUNK
MANY = 2 * CHUNK
"""So many records are worth the second it takes until other processes help to read them."""

Progress = Callable[[int, int], None]
"""Told how many records are done, and how many there are."""


def refresh(keys: Collection[int]) -> None:
    """Make the index say of these records what the database says, and be asked so at once.

    Raises ``NotReady`` when the index cannot be written now.
    """
    put(keys)
    index.commit()


def put(keys: Collection[int]) -> None:
    """The same without the last commit, which is the caller's: until then the index answers as before, and a process that ends leaves it
    so."""
    wanted, uncommitted = sorted(keys), 0
    many = len(wanted) >= (MANY if not processes.help_is_there() else CHUNK)
    with _uncollected():
        for made in _made(_made_of, _parts(wanted, CHUNK), many=many):
            index.remove(made.gone, read_at=made.read_at)
            index.index(made.documents)
            uncommitted += len(made.keys)
            if uncommitted >= STRETCH:  # the next are being made meanwhile
                index.commit()
                uncommitted = 0


def call_for_help() -> None:
    """Have other processes at hand before a rebuild, where there is so much to do. Only outside a transaction, in a process that has one
    thread yet."""
    if Record.objects.count() >= MANY:
        processes.fork_ahead()


def rebuild(progress: Progress | None = None) -> int:
    """Build the index anew beside the old one, which serves until the new one is whole; returns how many records it holds.

    Records added meanwhile come by the reaction. Raises ``NotReady`` when another process is building already.
    """
    built = _build(progress)
    processes.rest()
    return built


def _build(progress: Progress | None = None) -> int:
    total, done = Record.objects.count(), 0
    chunks = _chunks_of_records(up_to=_highest_record())
    with _all_replayed(), index.rebuilding() as add, _uncollected(), rows.room_for_many():
        follow = _Following()
        for made in _made(_made_to_browse, chunks, many=total >= MANY):
            add(made.documents)
            follow(made)
            done += len(made.keys)
            if progress:
                progress(done, max(total, done))
        follow.end()
        browsing.tidy(_highest_record())
    index.work_ahead()
    return done


@contextmanager
def _all_replayed() -> Iterator[None]:
    """What happens meanwhile comes into the new index, and into what readers browse by, when the block ends well."""
    with ExitStack() as stack:
        for reaction in (REACTION, browsing.REACTION, browsing.REACTION_TO_MANY):
            stack.enter_context(jobs.replayed(reaction))
        yield


def rest() -> None:
    """Let go of what indexing holds: the right to write, and the processes that help; after much came in, work out what will be asked."""
    index.rest()
    processes.rest()
    index.work_ahead(where_grown=True)


def repair() -> None:
    """Build the index when there is none fit for use; where the cluster is silent, or may come back of itself, it is waited for."""
    if condition() not in {Condition.READY, Condition.UNREACHABLE}:
        _build()


def gather() -> int:
    """Build the index anew where it lies about in many pieces, as after much came in; returns how many records it then holds, nothing
    where it was left as it is."""
    with suppress(index.NotReady):  # somebody builds it already
        return rebuild() if is_scattered() else 0
    return 0


def compare() -> dict[str, int]:
    """Compare the whole index with the database and make right what differs; returns how many records differed in which way.

    What another version of the program read of the records is read anew before; an index that is not fit for use is built anew."""
    repair()
    differing: Counter[str] = Counter(records=0, missing=0, extra=0, stale=0)
    low = 1
    for keys in _chunks_of_records():
        differing["records"] += len(keys)
        read_anew(keys)
        _compare_stretch(low, keys[-1], keys, differing)
        low = keys[-1] + 1
    _compare_stretch(low, max(low, index.highest_key()), (), differing)
    index.work_ahead()
    with transaction.atomic():
        events.record(IndexCompared(**differing), by=None)
    return dict(differing)


def _compare_stretch(first: int, last: int, keys: Collection[int], differing: Counter[str]) -> None:
    wanted = {document.key: document.version for document in documents_of(keys)}
    held = index.versions(first, last)
    missing, extra = wanted.keys() - held.keys(), held.keys() - wanted.keys()
    stale = {key for key in wanted.keys() & held.keys() if wanted[key] != held[key]}
    for kind, found in (("missing", missing), ("extra", extra), ("stale", stale)):
        differing[kind] += len(found)
    if wrong := missing | extra | stale:
        refresh(wrong)
        browsing.follow(wrong)


def _chunks_of_records(up_to: int | None = None) -> Iterator[list[int]]:
    """The keys of all records, or of those up to that key, in order, some at a time."""
    records = Record.objects.order_by("pk") if up_to is None else Record.objects.order_by("pk").filter(pk__lte=up_to)
    last = 0
    while keys := list(records.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        yield keys
        last = keys[-1]


def _highest_record() -> int:
    highest: int | None = Record.objects.aggregate(highest=Max("pk"))["highest"]
    return highest or 0


@dataclass(frozen=True, slots=True)
class Made:
    """The documents of the records with these keys as they were at a moment not before ``read_at``; and, where they were asked for, their
    entries to browse by."""

    keys: Sequence[int]
    documents: list[Written]
    read_at: int
    entries: dict[int, browsing.Entry] = field(default_factory=dict)

    @property
    def gone(self) -> set[int]:
        return set(self.keys).difference(document.key for document in self.documents)


def _made(work: Callable[[Sequence[int]], Made], chunks: Iterable[Sequence[int]], *, many: bool) -> Iterator[Made]:
    """What is made of each chunk of keys, in order. Making it is nearly all the work of an index; of many, others take a share."""
    return processes.shared(work, chunks) if many else map(work, chunks)


def _made_of(keys: Sequence[int]) -> Made:
    read_at = moment()
    with _uncollected():
        return Made(keys, index.write(documents_of(keys, read_at=read_at)), read_at)


def _made_to_browse(keys: Sequence[int]) -> Made:
    read_at = moment()
    with _uncollected():
        labels = labels_of(keys)
        documents = documents_of(keys, labels, read_at=read_at)
        return Made(keys, index.write(documents), read_at, browsing.entries_of(documents, labels))


class _Following:
    """Writes what readers browse by, TOGETHER titles at a time: the headings they share are counted once."""

    def __init__(self) -> None:
        self._entries: dict[int, browsing.Entry] = {}
        self._keys: set[int] = set()

    def __call__(self, made: Made) -> None:
        self._entries |= made.entries
        self._keys.update(made.keys)
        if len(self._keys) >= TOGETHER:
            self.end()

    def end(self) -> None:
        """Write what is left."""
        browsing.keep(self._entries, self._keys)
        self._entries, self._keys = {}, set()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Reading many records makes many small objects at once and no cycles; looking for cycles among them takes half the time, and
    unpacking what other processes made ten times as long."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _parts(keys: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (keys[first : first + size] for first in range(0, len(keys), size))
