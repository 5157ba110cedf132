import gc
import os
import signal
from collections.abc import Iterator

import pytest

from lumbung.kernel import processes


@pytest.fixture(autouse=True)
def _at_rest() -> Iterator[None]:
    yield
    processes.rest()


def who(number: int) -> tuple[int, int]:
    return number, os.getpid()


def test_results_come_in_the_order_of_the_pieces_from_other_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PROCESSORS", 2)

    results = list(processes.shared(who, range(20)))

    assert [number for number, _ in results] == list(range(20))
    assert os.getpid() not in {helper for _, helper in results}


def test_one_processor_needs_no_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PROCESSORS", 1)

    assert list(processes.shared(who, range(3))) == [(number, os.getpid()) for number in range(3)]


def test_a_helper_that_dies_fails_the_work_and_the_next_work_finds_new_helpers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PROCESSORS", 2)

    with pytest.raises(processes.BrokenProcessPool):
        list(processes.shared(os._exit, [1]))

    assert [number for number, _ in processes.shared(who, [7])] == [7]


def what_the_end_means(_number: int) -> tuple[int, object]:
    return os.getppid(), signal.getsignal(signal.SIGTERM)


@pytest.mark.process
def test_helpers_that_were_forked_are_those_who_help_and_end_when_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PROCESSORS", 2)
    assert not processes.help_is_there()

    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        processes.fork_ahead()
    finally:
        signal.signal(signal.SIGTERM, before)

    assert processes.help_is_there()
    assert list(processes.shared(what_the_end_means, [1])) == [(os.getpid(), signal.SIG_DFL)]


def test_with_one_processor_no_helper_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PROCESSORS", 1)

    processes.fork_ahead()

    assert not processes.help_is_there()


def kept_from_the_collector(_number: int) -> tuple[bool, bool]:
    return gc.get_freeze_count() > 0, gc.isenabled()


def test_helpers_do_not_look_through_the_program_itself_for_what_may_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PROCESSORS", 2)

    assert list(processes.shared(kept_from_the_collector, [1])) == [(True, False)]


def test_helpers_that_somebody_has_at_work_are_not_ended_by_who_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PROCESSORS", 2)
    at_work = processes.shared(who, range(20))
    first = next(at_work)
    assert [number for number, _ in processes.shared(who, [7])] == [7]
    processes.rest()
    assert [number for number, _ in [first, *at_work]] == list(range(20))
    processes.rest()
    assert not processes.help_is_there()
