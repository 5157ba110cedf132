"""Writers to SQLite take turns."""

import os
import signal
import threading
import time
from pathlib import Path

from lumbung.kernel.sqlite3.turns import Queue, Turn


def test_the_turn_is_handed_on_in_the_order_it_was_asked_for():
    queue, order = Queue(), []
    assert queue.enter(timeout=0)

    def wait_for_turn(number: int) -> None:
        assert queue.enter(timeout=10)
        order.append(number)
        queue.leave()

    threads = []
    for number in range(5):
        threads.append(threading.Thread(target=wait_for_turn, args=(number,)))
        threads[-1].start()
        while len(queue._waiting) <= number:
            time.sleep(0.001)
    queue.leave()
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


def test_who_waits_too_long_goes_without_and_leaves_the_queue_whole():
    queue = Queue()
    assert queue.enter(timeout=0)
    assert not queue.enter(timeout=0.01)
    queue.leave()
    assert queue.enter(timeout=0)


def test_a_turn_is_one_of_a_kind_across_processes_and_goes_with_the_process_that_dies(tmp_path: Path):
    path = str(tmp_path / "lumbung.sqlite3")
    ready, told = os.pipe()
    child = os.fork()
    if child == 0:
        Turn(path, timeout=5).take()
        os.write(told, b"x")
        time.sleep(60)
    os.read(ready, 1)
    mine, taken = Turn(path, timeout=5), threading.Event()

    def take() -> None:
        mine.take()
        taken.set()

    waiting = threading.Thread(target=take)
    waiting.start()
    assert not taken.wait(timeout=0.1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert taken.wait(timeout=5)
    waiting.join()
    mine.close()


def test_a_process_that_stands_still_keeps_nobody_waiting_for_ever(tmp_path: Path):
    path = str(tmp_path / "lumbung.sqlite3")
    ready, told = os.pipe()
    child = os.fork()
    if child == 0:
        Turn(path, timeout=5).take()
        os.write(told, b"x")
        time.sleep(60)
    os.read(ready, 1)
    os.kill(child, signal.SIGSTOP)
    mine = Turn(path, timeout=0.05)
    assert not mine.take()
    assert not mine.take()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert mine.take()
    mine.close()


def test_a_folder_that_cannot_be_written_still_lets_threads_queue(tmp_path: Path):
    turn = Turn(str(tmp_path / "absent" / "lumbung.sqlite3"), timeout=1)
    assert turn.take()
    turn.give_back()
    assert turn.take()
    turn.close()
