"""Entries that tell of many: behind the others, and settled together."""

from datetime import UTC, datetime, timedelta

import pytest

from lumbung.kernel import clock, events, failures
from lumbung.kernel.jobs import Reaction, Unavailable, leases, replayed
from lumbung.kernel.jobs.coalesced import BREATH, OF_MANY, UNSETTLED, Drain
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry, PendingReaction

MOMENT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@events.event
class BookSeen(events.Event):
    record: int


@events.event
class BooksCame(events.Event):
    first: int


def came(*firsts: int) -> list[JournalEntry]:
    return [events.record(BooksCame(first=first), by=None) for first in firsts]


class Index:
    """What is put into it is there when it was settled; with ``away`` settling fails so often."""

    def __init__(self, away: int = 0) -> None:
        self.away = away
        self.put: list[int] = []
        self.there: list[int] = []
        self.batches: list[list[int]] = []

    def take(self, entries: list[JournalEntry]) -> None:
        self.batches.append([entry.data.get("record") or entry.data["first"] for entry in entries])
        self.put += self.batches[-1]

    def settle(self) -> None:
        if self.away:
            self.away, self.put = self.away - 1, []
            raise Unavailable("the disk is full")
        self.there += self.put
        self.put = []

    def reaction(self) -> Reaction:
        to = ("BookSeen", "BooksCame")
        return Reaction("index", to, self.take, coalesced=True, of_many=frozenset({"BooksCame"}), settle=self.settle)


def test_what_tells_of_many_waits_behind_the_others_and_is_settled_together(reacting):
    index = Index()
    reacting(reaction := index.reaction())
    drain = Drain(reaction, leases.new_holder())
    came(*range(1000, 1000 + 2 * OF_MANY))
    assert drain.drain()
    assert (len(index.put), index.there) == (OF_MANY, [])
    assert PendingReaction.objects.count() == 2 * OF_MANY, "what is not durable is not done"
    events.record(BookSeen(record=3), by=None)
    assert drain.drain()
    assert index.batches[1][0] == 3
    assert sorted(index.there) == [3, *range(1000, 1000 + 2 * OF_MANY)], "what a desk did is settled at once, with what waited"
    assert PendingReaction.objects.count() == 0
    came(2000)
    assert drain.drain()
    assert 2000 not in index.there
    assert drain.drain(), "nothing more waits, so it is settled"
    assert index.there[-1] == 2000
    assert not drain.drain()


def test_the_last_of_many_are_settled_at_once_when_no_more_will_come(reacting):
    index = Index()
    reacting(reaction := index.reaction())
    drain = Drain(reaction, leases.new_holder())
    with clock.stopped_at(MOMENT):
        came(*range(1000, 1001 + OF_MANY))
    with clock.stopped_at(MOMENT + 2 * BREATH):
        assert drain.drain()
        assert index.there == [], "one more waits"
        assert drain.drain()
    assert index.there == [*range(1000, 1001 + OF_MANY)]
    assert PendingReaction.objects.count() == 0


def test_so_many_that_tell_of_many_are_settled_though_more_wait(reacting):
    index = Index()
    reacting(reaction := index.reaction())
    drain = Drain(reaction, leases.new_holder())
    came(*range(1000, 1000 + UNSETTLED + OF_MANY))
    for _ in range(-(-UNSETTLED // OF_MANY)):
        assert drain.drain()
    assert len(index.there) >= UNSETTLED
    assert PendingReaction.objects.count() == UNSETTLED + OF_MANY - len(index.there)


def test_what_could_not_be_settled_is_run_again(reacting):
    index = Index(away=1)
    reacting(reaction := index.reaction())
    with clock.stopped_at(MOMENT):
        drain = Drain(reaction, leases.new_holder())
        came(1000)
        assert drain.drain()
        assert not drain.drain()
        assert PendingReaction.objects.count() == 1
    with clock.stopped_at(MOMENT + timedelta(seconds=10)):
        assert drain.drain()
        drain.rest()
    assert index.there == [1000], "whoever rests leaves nothing unsettled"
    assert PendingReaction.objects.count() == 0
    assert failures.count_failures() == 0


def test_another_process_runs_again_what_the_one_before_did_not_settle(reacting):
    index = Index()
    reacting(reaction := index.reaction())
    with clock.stopped_at(MOMENT):
        came(1000)
        assert Drain(reaction, leases.new_holder()).drain()
        index.put = []  # it was killed
    with clock.stopped_at(MOMENT + 2 * leases.LENGTH):
        work_off()
    assert index.there == [1000]


def test_what_was_run_on_the_old_and_not_settled_is_run_on_the_new(reacting):
    index = Index()
    reacting(reaction := index.reaction())
    drain = Drain(reaction, leases.new_holder())
    with replayed("index"):
        came(1000)
        assert drain.drain()
        index.put = []  # it went into what the block is building anew
    assert drain.drain()
    assert drain.drain()
    assert index.there == [1000]
    assert PendingReaction.objects.count() == 0
