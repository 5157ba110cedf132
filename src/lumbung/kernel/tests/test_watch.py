"""A worker is there while there is work, and the watch sees to it."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection
from django_tasks import task

from lumbung.kernel.jobs import Steady, steady, tasks
from lumbung.kernel.jobs.watch import Watch, version_of_data
from lumbung.kernel.jobs.worker import Worker
from lumbung.kernel.models import Lease

PATIENCE = 60.0

pytestmark = pytest.mark.django_db(transaction=True)

done: list[str] = []
rounds: list[bool] = []
begun, go_on = threading.Event(), threading.Event()


@task()
def note(word: str) -> None:
    done.append(word)


@task()
def take_long() -> None:
    begun.set()
    go_on.wait(PATIENCE)
    done.append("long")


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    done.clear()
    rounds.clear()
    begun.clear()
    go_on.clear()
    yield
    go_on.set()


def working(idle: float) -> threading.Thread:
    worker = threading.Thread(target=Worker().run, args=(threading.Event(),), kwargs={"idle": idle})
    worker.start()
    return worker


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


def test_steady_work_is_due_when_it_says_so_or_when_a_part_has_something():
    assert Steady("a", bool, waits=lambda: True).is_due()
    assert not Steady("b", bool, waits=lambda: False).is_due()
    assert Steady("c", bool, parts=lambda: [7]).is_due()
    assert not Steady("d", bool, parts=list).is_due()


def test_every_steady_work_tells_whether_it_is_due():
    assert [work.name for work in steady.works() if work.parts is None and work.waits is None] == []
