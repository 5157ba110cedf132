"""The search index follows the catalogue and circulation."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from lumbung.catalogue.models.titles_of_copies import titles_bound_into
from lumbung.catalogue.queries import keys_of_islam
from lumbung.discovery.domain import indexing
from lumbung.kernel.jobs import Reaction, Unavailable
from lumbung.kernel.models import JournalEntry
from lumbung.search import domain as index
from lumbung.search.queries import is_in_order

EVENTS = (
    "RecordAdded",
    "RecordChanged",
    "RecordRestored",
    "RecordSuppressed",
    "RecordRemoved",
    "RecordsMerged",
    "RecordMergerUndone",
    "WorksJoined",
    "WorksParted",
    "WorkChangeUndone",
    "RecordsImported",
    "RecordsMatched",
    "TitlesArrived",
    "TitlesWithdrawn",
    "LoansArrived",
    "HoldsArrived",
    "LoansWithdrawn",
    "ImportUndone",
    "RecordsRelinked",
    "HeadingsRewritten",
    "RecordsBatched",
    "CrosswalkChanged",
    "CrosswalkChangeUndone",
    "ItemAdded",
    "ItemChanged",
    "ItemStatusSet",
    "ItemRemoved",
    "TitleBound",
    "TitleUnbound",
    "CheckedOut",
    "CheckedIn",
    "HoldPlaced",
    "HoldCancelled",
    "HoldReady",
    "HoldSentOn",
    "HoldFilled",
    "HoldExpired",
    "HoldSuspended",
    "HoldResumed",
    "HoldLapsed",
    "ItemBooked",
    "BookingChanged",
    "BookingCancelled",
    "BookingMoved",
    "BookingExpired",
    "FileAdded",
    "FileReplaced",
    "FileWithdrawn",
    "FileRestored",
)


CROSSWALK = frozenset({"CrosswalkChanged", "CrosswalkChangeUndone"})
BY_LIST = frozenset(
    {
        "ImportUndone", "RecordsMatched", "RecordsRelinked", "HeadingsRewritten", "TitlesWithdrawn", "LoansArrived", "HoldsArrived",
        "LoansWithdrawn", "RecordsBatched", "WorksJoined", "WorksParted", "WorkChangeUndone",
    }
)  # fmt: skip


def index_records(entries: Sequence[JournalEntry]) -> None:
    """Bring the index up to date with the records the entries tell of; it is asked anew when that is settled."""
    with _awaited():
        indexing.put(titles_of(entries))


def prepare() -> None:
    with _awaited():
        indexing.repair()


def settle() -> None:
    with _awaited():
        index.commit()


@contextmanager
def _awaited() -> Iterator[None]:
    """An index that cannot be written now is waited for."""
    try:
        yield
    except index.NotReady as error:
        raise Unavailable(str(error)) from error


def fell_apart() -> bool:
    return not is_in_order()


def titles_of(entries: Sequence[JournalEntry]) -> set[int]:
    """The keys of the records that the entries tell of, and of those that are bound into copies they tell of."""
    keys: set[int] = set()
    for entry in entries:
        keys.update(records_of(entry))
    return keys.union(titles_bound_into({entry.data["item"] for entry in entries if entry.data.get("item")}))


def records_of(entry: JournalEntry) -> Sequence[int]:
    """The keys of the records that the entry tells of."""
    if entry.name == "RecordsImported":
        return range(entry.data["first"], entry.data["last"] + 1)
    if entry.name == "TitlesArrived":
        fresh = range(entry.data["first"], entry.data["last"] + 1) if entry.data["first"] is not None else ()
        return [*fresh, *entry.data["touched"]]
    if entry.name in CROSSWALK:
        return keys_of_islam()
    if entry.name in BY_LIST:
        return [int(key) for key in entry.data["records"]]
    return [entry.data[name] for name in ("record", "gone") if name in entry.data]


REACTION = Reaction(
    indexing.REACTION,
    EVENTS,
    index_records,
    coalesced=True,
    of_many=BY_LIST | CROSSWALK | {"RecordsImported", "TitlesArrived"},
    prepare=prepare,
    fell_apart=fell_apart,
    settle=settle,
    rest=indexing.rest,
)
