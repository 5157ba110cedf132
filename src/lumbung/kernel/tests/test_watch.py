"""A worker is there while there is work, and the watch sees to it."""

import os
import select
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

import pytest
from django.db import Error, OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from lumbung.kernel import clock
from lumbung.kernel.jobs import Reaction, Steady, Unavailable, coalesced, leases, steady, tasks, watch, worker
from lumbung.kernel.jobs.reactions import SLOW
from lumbung.kernel.jobs.watch import Watch, Watched, version_of_data
from lumbung.kernel.jobs.worker import Worker, work_off
from lumbung.kernel.models import JournalEntry, Lease, PendingReaction
from lumbung.kernel.signals import set_by

PATIENCE = 60.0

pytestmark = pytest.mark.django_db(transaction=True)

done: list[str] = []
rounds: list[bool] = []
begun, go_on = threading.Event(), threading.Event()


@task()
def note(word: str) -> None:
    done.append(word)


@task()
def tell(pipe: int, word: str) -> None:
    os.write(pipe, word.encode())


@task()
def take_long() -> None:
    begun.set()
    go_on.wait(PATIENCE)
    done.append("long")


@task()
def go_on_after() -> None:
    done.append("usual")
    go_on.set()


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    done.clear()
    rounds.clear()
    begun.clear()
    go_on.clear()
    yield
    go_on.set()


class AtWork(threading.Thread):
    """A worker in a thread, until ``stop`` is set or it was idle so long."""

    def __init__(self, idle: float) -> None:
        self.stop = threading.Event()
        super().__init__(target=Worker().run, args=(self.stop,), kwargs={"idle": idle})


def working(idle: float) -> AtWork:
    worker = AtWork(idle)
    worker.start()
    return worker


def an_entry() -> JournalEntry:
    return JournalEntry.objects.create(name="Gone", data={}, at=clock.now(), channel="job")


class Looks(threading.Event):
    """Set after so many pauses of whoever waits for it."""

    def __init__(self, pauses: int) -> None:
        super().__init__()
        self._left = pauses

    def wait(self, timeout: float | None = None) -> bool:
        self._left -= 1
        if self._left <= 0:
            self.set()
        return self.is_set()


def test_a_worker_ends_by_itself_when_nothing_is_to_be_done_and_gives_back_its_leases():
    note.enqueue("hello")
    worker = working(idle=0.2)
    worker.join(PATIENCE)
    assert not worker.is_alive()
    assert done == ["hello"]
    assert not Lease.objects.exists()


def test_a_worker_beside_does_what_somebody_waits_for_and_leaves_the_rest_to_the_next(reacting: Callable[..., None]):
    stop = threading.Event()

    def index(entries: Sequence[JournalEntry]) -> None:
        done.extend(entry.name for entry in entries)
        stop.set()

    reacting(
        Reaction("index", (), index, coalesced=True, rest=lambda: done.append("at rest")),
        Reaction("share", (), lambda entries: done.append("shared"), coalesced=True, gives_way=True),
    )
    for reaction in ("share", "index"):
        PendingReaction.objects.create(reaction=reaction, entry=an_entry())
    note.enqueue("later")
    beside = threading.Thread(target=Worker().run_beside, args=(stop,))
    beside.start()
    beside.join(PATIENCE)
    assert not beside.is_alive()
    assert done == ["Gone", "at rest"]
    assert list(PendingReaction.objects.values_list("reaction", flat=True)) == ["share"]
    assert DBTaskResult.objects.get().status == "READY"
    assert not Lease.objects.exists()


def test_what_asks_without_end_keeps_its_worker_also_between_two_questions():
    """As a chat that is polled: in each question it waits, hears nothing, and asks again after a pause."""
    work_off()  # an index that is not there yet would keep it too
    asked: list[int] = []
    listen = Steady("listen", lambda part: bool(asked.append(part)), parts=lambda: [] if asked else [7])
    listening, shift = Worker(), steady.Shift(listen, "me")
    listening._busy_at = -PATIENCE
    shift.run()
    for question in shift.under_way:
        question.join()
    assert asked == [7]
    assert not listening._has_been_idle(PATIENCE, [shift])
    assert listening._has_been_idle(0.0, [shift])


def test_a_worker_does_not_end_before_what_it_writes_to_was_brought_in_order(
    monkeypatch: pytest.MonkeyPatch, reacting: Callable[..., None]
):
    tries: list[str] = []

    def prepare() -> None:
        tries.append("again")
        if len(tries) < 4:
            raise Unavailable("the index does not answer yet")

    monkeypatch.setattr(coalesced, "PAUSE_WHEN_UNAVAILABLE", timedelta(seconds=0.5))
    reacting(Reaction("index", (), lambda entries: None, coalesced=True, prepare=prepare))
    preparing = working(idle=0.2)
    preparing.join(PATIENCE)
    assert not preparing.is_alive()
    assert len(tries) == 4


def test_what_nobody_will_ever_do_keeps_no_worker(reacting: Callable[..., None]):
    reacting()
    PendingReaction.objects.create(reaction="gone", entry=an_entry())
    note.enqueue("never")
    DBTaskResult.objects.update(queue_name="gone")
    idle = working(idle=0.2)
    idle.join(PATIENCE)
    assert not idle.is_alive()


def test_a_worker_begins_although_the_database_is_away_for_a_moment(monkeypatch: pytest.MonkeyPatch):
    take, refusals = leases.take, [OperationalError("away"), OperationalError("still away")]

    def take_at_last(name: str, holder: str) -> bool:
        if refusals:
            raise refusals.pop()
        return take(name, holder)

    monkeypatch.setattr(worker, "PAUSE_AFTER_FAULT", 0.01)
    monkeypatch.setattr(leases, "take", take_at_last)
    note.enqueue("hello")
    working(idle=0.2).join(PATIENCE)
    assert done == ["hello"]


def test_a_worker_that_cannot_tell_whether_anything_waits_goes_on_and_ends_when_it_can(monkeypatch: pytest.MonkeyPatch):
    faults = [OperationalError("database is locked")]

    def nothing_waits(works: object) -> bool:
        if faults:
            raise faults.pop()
        return False

    monkeypatch.setattr(worker, "something_waits", nothing_waits)
    puzzled = working(idle=0.2)
    puzzled.join(PATIENCE)
    assert not puzzled.is_alive()
    assert not faults
    assert not Lease.objects.exists()


def test_a_worker_that_is_told_to_stop_lets_a_part_finish_what_it_has_in_hand(monkeypatch: pytest.MonkeyPatch):
    def send(part: int) -> bool:
        begun.set()
        go_on.wait(PATIENCE)
        done.append("sent")
        return True

    monkeypatch.setattr(worker, "LAST_WORDS", PATIENCE)
    monkeypatch.setattr(steady, "_known", {"outbox": Steady("outbox", send, parts=lambda: [] if begun.is_set() else [7])})
    sending = working(idle=PATIENCE)
    assert begun.wait(PATIENCE)
    sending.stop.set()
    sending.join(1.0)
    assert sending.is_alive()
    go_on.set()
    sending.join(PATIENCE)
    assert done == ["sent"]


def test_a_slow_task_holds_up_no_usual_one():
    take_long.using(queue_name=SLOW).enqueue()
    worker = working(idle=0.2)
    assert begun.wait(PATIENCE)
    go_on_after.enqueue()
    worker.join(PATIENCE)
    assert done == ["usual", "long"]


def test_a_worker_does_not_end_while_a_task_is_in_hand():
    take_long.enqueue()
    worker = working(idle=0.05)
    assert begun.wait(PATIENCE)
    worker.join(1.0)  # twenty times as long as it would be idle
    assert worker.is_alive()
    go_on.set()
    worker.join(PATIENCE)
    assert not worker.is_alive()
    assert done == ["long"]


class Data:
    """Data of which the watch is told the version."""

    def __init__(self) -> None:
        self.version = 1

    def __call__(self) -> int:
        return self.version


def test_a_round_is_made_at_the_start_and_none_while_nothing_is_written():
    watch = Watch(rounds.append, Data())
    assert [watch.look() for _ in range(4)] == [True, False, False, False]
    assert rounds == [True]


def test_what_is_written_has_a_round_made_also_when_it_is_written_during_one():
    data = Data()

    def go_round(keeps_house: bool) -> None:
        rounds.append(keeps_house)
        if len(rounds) < 3:
            data.version += 1

    watch = Watch(go_round, data)
    assert [watch.look() for _ in range(4)] == [True, True, True, False]
    assert rounds == [True, False, False]
    data.version += 1
    assert [watch.look() for _ in range(2)] == [True, False]


def test_the_house_is_kept_now_and_then_though_nothing_is_written(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lumbung.kernel.jobs.watch.HOUSEKEEPING_PAUSE", 0.0)
    watch = Watch(rounds.append, Data())
    assert [watch.look() for _ in range(3)] == [True, True, True]
    assert rounds == [True, True, True]


def test_a_round_that_fails_is_made_again(monkeypatch: pytest.MonkeyPatch):
    def fall_over(keeps_house: bool) -> None:
        rounds.append(keeps_house)
        if len(rounds) == 1:
            raise ChildProcessError

    Watch(fall_over, Data()).run(Looks(3))
    assert rounds == [True, False]


def test_what_is_committed_changes_the_version_of_the_data_and_what_is_read_does_not():
    version = version_of_data()
    before = version()
    note.enqueue("came")
    after = version()
    assert after != before
    assert tasks.is_due()
    if connection.vendor == "sqlite":
        assert version() == after


def test_a_look_at_data_that_nobody_wrote_costs_one_statement_at_most():
    version = version_of_data()
    version()
    asked = []
    for _ in range(20):  # on a server of several databases one of the others may be written to now and then
        with CaptureQueriesContext(connection) as captured:
            version()
        asked.append(len(captured))
    assert min(asked) == (0 if connection.vendor == "sqlite" else 1)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="nobody cuts a connection to a file")
def test_the_watch_looks_on_after_its_connection_was_cut(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(watch, "PAUSE_AFTER_FAULT", 0.0)
    monkeypatch.setattr(watch, "HOUSEKEEPING_PAUSE", 0.0)
    looking = Watch(rounds.append, version_of_data())
    looking.look()
    with connection.cursor() as cursor, pytest.raises(Error):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    looking.run(Looks(3))
    assert rounds == [True, True, True]  # the look that stumbled made none


def test_the_first_round_is_made_again_until_it_went_well(monkeypatch: pytest.MonkeyPatch):
    told: list[bool] = []
    watched = Watched()

    def fork(run: Callable[[threading.Event], None]) -> int:
        run(threading.Event())
        return len(told)

    monkeypatch.setattr(watch, "forked", fork)
    monkeypatch.setattr(watched, "_go_round", lambda stop, *, keeps_house, must_work: told.append(must_work))
    monkeypatch.setattr(os, "waitpid", lambda child, options: (child, signal.SIGKILL if child == 1 else 0))
    with pytest.raises(ChildProcessError):
        watched._send_round(threading.Event(), keeps_house=True)
    watched._send_round(threading.Event(), keeps_house=True)
    watched._send_round(threading.Event(), keeps_house=True)
    assert told == [True, True, False]


@pytest.mark.process
def test_the_watch_has_a_worker_do_what_comes_and_leaves_nothing_behind_when_it_is_stopped(
    monkeypatch: pytest.MonkeyPatch, reacting: Callable[..., None]
):
    reacting()
    monkeypatch.setattr(steady, "_known", {})
    hear, say = os.pipe()
    watched, stop = Watched(idle=0.2), threading.Event()
    watched.begin()
    for word in (b"first", b"second"):
        tell.enqueue(say, word.decode())
        assert select.select([hear], [], [], PATIENCE)[0]
        assert os.read(hear, 100) == word
    stop.set()
    watched.look_after(stop)
    with pytest.raises(ProcessLookupError):
        os.kill(watched._process, 0)
    assert list(Lease.objects.all()) == []


def test_a_signal_sets_an_event_also_while_the_main_thread_holds_its_lock():
    event, before = threading.Event(), signal.getsignal(signal.SIGUSR1)
    set_by(event, signal.SIGUSR1)
    try:
        with event._cond:
            signal.raise_signal(signal.SIGUSR1)
        assert event.wait(PATIENCE)
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_steady_work_is_due_when_it_says_so_or_when_a_part_has_something():
    assert Steady("a", bool, waits=lambda: True).is_due()
    assert not Steady("b", bool, waits=lambda: False).is_due()
    assert Steady("c", bool, parts=lambda: [7]).is_due()
    assert not Steady("d", bool, parts=list).is_due()


def test_every_steady_work_tells_whether_it_is_due():
    assert [work.name for work in steady.works() if work.parts is None and work.waits is None] == []
