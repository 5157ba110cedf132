from datetime import UTC, datetime, timedelta

import pytest

from lumbung.kernel import clock, events, failures
from lumbung.kernel.jobs import Reaction, Unavailable, leases, tasks
from lumbung.kernel.jobs.coalesced import BREATH, NOW_AND_THEN, Drain, drain_all, drains
from lumbung.kernel.jobs.condition import condition
from lumbung.kernel.jobs.worker import something_waits, work_off
from lumbung.kernel.models import JournalEntry, PendingReaction
from lumbung.kernel.refusals import Refused

MOMENT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@events.event
class BookSeen(events.Event):
    record: int


def seen(*records: int) -> list[JournalEntry]:
    return [events.record(BookSeen(record=record), by=None) for record in records]


def records_of(batches: list[list[JournalEntry]]) -> list[list[int]]:
    return [[entry.data["record"] for entry in batch] for batch in batches]


class Collector:
    """Keeps the batches it is given; refuses those that hold a poisonous record."""

    def __init__(self, poison: int | None = None) -> None:
        self.poison = poison
        self.done: list[list[int]] = []

    def __call__(self, entries: list[JournalEntry]) -> None:
        records = [entry.data["record"] for entry in entries]
        if self.poison in records:
            raise ValueError(f"record {self.poison} is poison")
        self.done.append(records)


def coalesced(run, **hooks) -> Reaction:
    return Reaction("collect", ("BookSeen",), run, coalesced=True, **hooks)


def test_a_task_reaction_runs_once_for_each_entry(reacting):
    ran: list[int] = []
    reacting(Reaction("look", ("BookSeen",), lambda entry: ran.append(entry.data["record"])))
    seen(3, 4)
    work_off()
    work_off()
    assert ran == [3, 4]
    assert failures.count_failures() == 0


def test_a_task_reaction_that_fails_is_tried_again_later_and_given_up_visibly_at_last(reacting):
    def fail(entry: JournalEntry) -> None:
        raise ValueError("no ink")

    reacting(Reaction("look", ("BookSeen",), fail))
    with clock.stopped_at(MOMENT):
        [entry] = seen(3)
        work_off()
        [failure] = failures.failures()
        work_off()
        assert failures.failures() == [failure]
    assert (failure.kind, failure.name, failure.entry, failure.attempts) == ("task", "look", entry.pk, 1)
    assert (failure.error, failure.at, failure.again_at) == ("ValueError: no ink", MOMENT, MOMENT + timedelta(seconds=5))
    for day in range(1, tasks.MAX_ATTEMPTS):
        with clock.stopped_at(MOMENT + timedelta(days=day)):
            work_off()
    [failure] = failures.failures()
    assert (failure.attempts, failure.gave_up) == (tasks.MAX_ATTEMPTS, True)


def test_a_failure_that_staff_retry_runs_at_once(reacting):
    ran: list[int] = []
    broken = [True]

    def look(entry: JournalEntry) -> None:
        if broken:
            raise ValueError("no ink")
        ran.append(entry.data["record"])

    reacting(Reaction("look", ("BookSeen",), look))
    with clock.stopped_at(MOMENT):
        seen(3)
        work_off()
        broken.clear()
        [failure] = failures.failures()
        failures.retry(failure.kind, failure.key, by=None)
        work_off()
    assert ran == [3]
    assert failures.count_failures() == 0
    assert JournalEntry.objects.filter(name="FailureRetried").count() == 1


def test_a_failure_that_staff_dismiss_is_gone_but_the_journal_tells_of_it(reacting):
    reacting(coalesced(Collector(poison=3)))
    seen(3)
    work_off()
    [failure] = failures.failures()
    failures.dismiss(failure.kind, failure.key, by=None)
    assert failures.count_failures() == 0
    told = JournalEntry.objects.get(name="FailureDismissed").data
    assert told == {"kind": "reaction", "key": failure.key, "work": "collect", "error": "ValueError"}


def test_a_failure_already_dealt_with_is_refused():
    with pytest.raises(Refused) as refused:
        failures.retry("reaction", "12", by=None)
    assert refused.value.codes == ["failure_gone"]
    with pytest.raises(Refused):
        failures.dismiss("task", "not a key", by=None)


def test_coalesced_entries_go_together(reacting):
    collect = Collector()
    reacting(coalesced(collect))
    seen(1, 2, 3)
    work_off()
    assert collect.done == [[1, 2, 3]]
    assert PendingReaction.objects.count() == 0


def test_one_poisonous_entry_does_not_hold_up_the_others(reacting):
    collect = Collector(poison=3)
    reacting(coalesced(collect))
    with clock.stopped_at(MOMENT):
        entries = seen(1, 2, 3, 4, 5)
        work_off()
    assert sorted(record for batch in collect.done for record in batch) == [1, 2, 4, 5]
    [failure] = failures.failures()
    assert (failure.kind, failure.name, failure.entry, failure.attempts) == ("reaction", "collect", entries[2].pk, 1)
    assert (failure.error, failure.again_at) == ("ValueError: record 3 is poison", MOMENT + timedelta(seconds=5))


def test_a_poisonous_entry_is_tried_again_after_a_pause_and_then_done(reacting):
    collect = Collector(poison=3)
    reacting(coalesced(collect))
    with clock.stopped_at(MOMENT):
        seen(3)
        work_off()
    collect.poison = None
    with clock.stopped_at(MOMENT + timedelta(seconds=4)):
        work_off()
        assert collect.done == []
    with clock.stopped_at(MOMENT + timedelta(seconds=6)):
        work_off()
    assert collect.done == [[3]]
    assert failures.count_failures() == 0


def test_while_what_a_reaction_writes_to_is_unavailable_nothing_counts_as_failed(reacting):
    def closed(entries: list[JournalEntry]) -> None:
        raise Unavailable("the index is being built")

    reacting(coalesced(closed))
    seen(1, 2)
    work_off()
    assert failures.count_failures() == 0
    assert PendingReaction.objects.count() == 2


def test_a_reaction_is_prepared_before_its_first_batch_and_rests_at_the_end(reacting):
    calls: list[str] = []
    reaction = coalesced(
        lambda entries: calls.append("run"), prepare=lambda: calls.append("prepare"), rest=lambda: calls.append("rest")
    )
    reacting(reaction)
    seen(1)
    work_off()
    assert calls == ["prepare", "run", "rest"]


def test_what_a_reaction_writes_to_is_brought_in_order_again_though_nothing_happened(reacting):
    calls: list[str] = []
    apart = [False]
    reaction = coalesced(
        lambda entries: calls.append("run"),
        prepare=lambda: calls.append("prepare"),
        fell_apart=lambda: apart.pop() if apart else False,
    )
    reacting(reaction)
    drain = Drain(reaction, leases.new_holder())
    drain.drain()
    assert (calls, something_waits([])) == (["prepare"], False)
    apart.append(True)
    assert something_waits([])
    apart.append(True)
    drain.drain()
    assert calls == ["prepare", "prepare"]
    drain.drain()
    assert calls == ["prepare", "prepare"]


def test_only_one_process_drains_a_reaction_at_a_time(reacting):
    collect = Collector()
    reaction = coalesced(collect)
    reacting(reaction)
    seen(1)
    other = f"elsewhere:1:{'0' * 8}"
    assert leases.take("reaction:collect", other)
    assert not Drain(reaction, leases.new_holder()).drain()
    assert collect.done == []
    leases.give_up(other)
    assert Drain(reaction, leases.new_holder()).drain()
    assert collect.done == [[1]]


def test_what_nobody_waits_for_comes_only_now_and_then_while_others_are_busy(reacting):
    urgent, patient = Collector(), Collector()
    with clock.stopped_at(MOMENT):
        reacting(
            Reaction("patient", ("BookSeen",), patient, coalesced=True, gives_way=True),
            Reaction("urgent", ("BookSeen",), urgent, coalesced=True),
        )
        seen(1, 2)
        assert (condition().reactions, condition().urgent) == (4, 2)
        them = drains(leases.new_holder())
        assert drain_all(them)
        assert (urgent.done, patient.done) == ([[1, 2]], [])
        assert drain_all(them)
        assert patient.done == [[1], [2]]
        seen(3)
        assert drain_all(them)
        assert patient.done == [[1], [2]]
    with clock.stopped_at(MOMENT + NOW_AND_THEN):
        seen(4)
        assert drain_all(them)
        assert (urgent.done, patient.done) == ([[1, 2], [3], [4]], [[1], [2], [3], [4]])


def test_what_nobody_waits_for_gives_way_to_what_was_busy_a_breath_ago(reacting):
    urgent, patient = Collector(), Collector()
    with clock.stopped_at(MOMENT):
        reacting(
            Reaction("patient", ("BookSeen",), patient, coalesced=True, gives_way=True),
            Reaction("urgent", ("BookSeen",), urgent, coalesced=True),
        )
        them = drains(leases.new_holder())
        seen(1)
        assert drain_all(them, patience=BREATH)
        assert not drain_all(them, patience=BREATH)
        assert (urgent.done, patient.done) == ([[1]], [])
    with clock.stopped_at(MOMENT + BREATH):
        assert drain_all(them, patience=BREATH)
        assert patient.done == [[1]]


def test_preparing_what_nobody_waits_for_goes_on_a_while_at_a_time(reacting, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lumbung.kernel.jobs.coalesced.A_WHILE", -1.0)
    steps: list[int] = []

    def prepare():
        for step in (1, 2):
            steps.append(step)
            yield

    urgent, patient = Collector(), Collector()
    with clock.stopped_at(MOMENT):
        reacting(
            Reaction("patient", ("BookSeen",), patient, coalesced=True, gives_way=True, prepare=prepare),
            Reaction("urgent", ("BookSeen",), urgent, coalesced=True),
        )
        seen(1)
        them = drains(leases.new_holder())
        assert drain_all(them)
        assert (urgent.done, steps) == ([[1]], [])
        assert drain_all(them)
        assert (steps, patient.done) == ([1], [])
        assert drain_all(them)
        assert (steps, patient.done) == ([1, 2], [])
        assert drain_all(them)
        assert (steps, patient.done) == ([1, 2], [[1]])


def test_preparing_that_breaks_off_begins_anew(reacting):
    began: list[int] = []

    def prepare():
        began.append(1)
        yield
        if len(began) == 1:
            raise ValueError("broken off")

    patient = Collector()
    reacting(Reaction("patient", ("BookSeen",), patient, coalesced=True, gives_way=True, prepare=prepare))
    seen(1)
    [drain] = drains(leases.new_holder())
    with pytest.raises(ValueError, match="broken off"):
        drain.drain()
    assert patient.done == []
    assert drain.drain()
    assert (len(began), patient.done) == (2, [[1]])


def test_what_nobody_waits_for_stops_after_a_while_so_that_others_come_in(reacting, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lumbung.kernel.jobs.coalesced.A_WHILE", -1.0)
    patient = Collector()
    reacting(Reaction("patient", ("BookSeen",), patient, coalesced=True, gives_way=True))
    seen(1, 2, 3)
    [drain] = drains(leases.new_holder())
    assert drain.drain()
    assert patient.done == [[1]]


def test_work_that_is_urgent_leaves_what_nobody_waits_for_to_the_next_worker(reacting):
    urgent, patient = Collector(), Collector()
    reacting(
        Reaction("patient", ("BookSeen",), patient, coalesced=True, gives_way=True),
        Reaction("urgent", ("BookSeen",), urgent, coalesced=True),
    )
    seen(1)
    work_off(urgent=True)
    assert (urgent.done, patient.done) == ([[1]], [])
    assert (condition().reactions, condition().urgent) == (1, 0)
    work_off()
    assert patient.done == [[1]]
