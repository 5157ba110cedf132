import subprocess
import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import OperationalError, connection
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from lumbung.kernel import clock
from lumbung.kernel.jobs import Nightly, leases, nightly, tasks
from lumbung.kernel.jobs.upkeep import forget_finished_tasks
from lumbung.kernel.jobs.worker import Worker, work_off
from lumbung.kernel.models import Lease, NightlyRun

MOMENT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
EVENING, NIGHT, MORNING = (datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in (10, 19, 23))

done: list[str] = []


@task()
def note(word: str) -> None:
    done.append(word)


@pytest.fixture(autouse=True)
def _forget_notes():
    done.clear()


@pytest.mark.django_db
def test_two_workers_never_claim_one_task():
    note.enqueue("once")
    assert tasks.claim(leases.new_holder()) is not None
    assert tasks.claim(leases.new_holder()) is None


@pytest.mark.django_db(transaction=True)
def test_ten_tasks_and_four_workers_give_ten_runs():
    for number in range(10):
        note.enqueue(str(number))

    def work() -> None:
        while tasks.run_next(leases.new_holder()):
            pass
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(done) == [str(number) for number in range(10)]


@pytest.mark.django_db
def test_a_task_whose_worker_was_killed_is_taken_up_again():
    ended = subprocess.Popen(["true"])
    ended.wait()
    holder = leases.new_holder().split(":")
    killed = f"{holder[0]}:{ended.pid}:{holder[2]}"
    leases.take(tasks.WORKER + killed, killed)
    note.enqueue("again")
    with clock.stopped_at(MOMENT + timedelta(days=300)):
        assert tasks.claim(killed) is not None
        assert tasks.take_up_abandoned() == 1
    with clock.stopped_at(MOMENT + timedelta(days=301)):
        work_off()
    assert done == ["again"]


@task()
def wait_for_a_longer_lease() -> None:
    until, patience = Lease.objects.get().until, threading.Event()
    for _ in range(200):
        if Lease.objects.get().until > until:
            done.append("longer")
            return
        patience.wait(0.02)


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_lengthened_while_one_long_task_runs(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lumbung.kernel.jobs.worker.HOUSEKEEPING_PAUSE", 0.05)
    wait_for_a_longer_lease.enqueue()
    work_off()
    assert done == ["longer"]
    assert not Lease.objects.exists()


@pytest.mark.django_db
def test_a_task_whose_worker_lives_is_left_to_it():
    holder = leases.new_holder()
    leases.take(tasks.WORKER + holder, holder)
    note.enqueue("mine")
    tasks.claim(holder)
    assert tasks.take_up_abandoned() == 0


@pytest.mark.django_db
def test_a_lease_passes_on_when_its_holder_on_another_machine_falls_silent():
    silent, heir = "elsewhere:4711:00000000", leases.new_holder()
    with clock.stopped_at(MOMENT):
        assert leases.take("index", silent)
        assert not leases.take("index", heir)
    with clock.stopped_at(MOMENT + leases.LENGTH + timedelta(seconds=1)):
        assert leases.take("index", heir)
    assert Lease.objects.get(name="index").holder == heir


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_what_comes_and_stops_when_told_leaving_no_lease():
    stop = threading.Event()
    arrived = threading.Event()
    worker = threading.Thread(target=Worker().run, args=(stop,))
    worker.start()
    note.enqueue("hello")
    for _ in range(100):
        if done:
            break
        arrived.wait(0.05)
    stop.set()
    worker.join(timeout=10)
    assert not worker.is_alive()
    assert done == ["hello"]
    assert Lease.objects.count() == 0


@pytest.mark.django_db
def test_a_nightly_job_goes_once_a_day_also_after_a_night_switched_off(nightly_jobs):
    ran: list[str] = []
    nightly_jobs(Nightly("sweep", time(2, 0), lambda: ran.append("sweep")))
    with clock.stopped_at(EVENING):  # 17.00 in Jakarta: known from now on
        assert nightly.enqueue_due() == []
    with clock.stopped_at(NIGHT):  # 02.00 in Jakarta, the next day
        assert nightly.enqueue_due() == ["sweep"]
        assert nightly.enqueue_due() == []
    with clock.stopped_at(MORNING + timedelta(days=2)):  # 06.00, two nights later
        assert nightly.enqueue_due() == ["sweep"]
        assert nightly.enqueue_due() == []
        work_off()
    assert ran == ["sweep", "sweep"]
    assert NightlyRun.objects.get(name="sweep").last_day == date(2026, 3, 5)


@pytest.mark.django_db
def test_jobs_of_one_night_go_in_the_order_of_their_hours_whatever_order_they_were_told_in(nightly_jobs):
    nightly_jobs(*(Nightly(f"at {hour}", time(hour, 0), lambda: None) for hour in (3, 1, 2)))
    with clock.stopped_at(EVENING):
        nightly.enqueue_due()
    with clock.stopped_at(MORNING):
        assert nightly.enqueue_due() == ["at 1", "at 2", "at 3"]


@pytest.mark.django_db
def test_finished_tasks_are_forgotten_after_a_fortnight_and_failed_ones_are_not():
    for word in ("old", "failed"):
        note.enqueue(word)
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL, finished_at=MOMENT)
    failed = DBTaskResult.objects.last()
    assert failed is not None
    failed.set_failed(ValueError("broken"))
    DBTaskResult.objects.update(finished_at=MOMENT)
    with clock.stopped_at(MOMENT + timedelta(days=15)):
        assert forget_finished_tasks() == 1
    assert list(DBTaskResult.objects.values_list("status", flat=True)) == [TaskResultStatus.FAILED]


@pytest.mark.django_db
def test_a_lease_that_cannot_be_given_back_ends_by_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    holder = leases.new_holder()
    assert leases.take("sweep", holder)

    def full(*_: object) -> None:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("django.db.models.query.QuerySet.delete", full)
        leases.give_up(holder)
    with clock.stopped_at(clock.now() + leases.LENGTH):
        assert leases.take("sweep", "another:1:abcd")
