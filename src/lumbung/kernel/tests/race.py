"""Several desks at the same moment: each call in a thread with a connection of its own, let go together."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

from django.db import connections

from lumbung.kernel.refusals import Refused


def race(*calls: Callable[[], Any]) -> tuple[list[Any], list[list[str]]]:
    """What the winners returned, and the codes each refused one was told. Anything else that is raised goes on to the caller."""
    results: list[Any] = []
    refusals: list[list[str]] = []
    failures: list[BaseException] = []
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> None:
        try:
            start.wait(timeout=10)
            results.append(call())
        except Refused as refused:
            refusals.append(refused.codes)
        except BaseException as failure:  # noqa: BLE001 -- handed to the thread of the test
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    if failures:
        raise failures[0]
    return results, refusals


def ended_holder() -> str:
    """A holder of leases whose process, which was of this machine, is no more."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return f"{socket.gethostname()}:{ended.pid}:abcd"


def killed_in(call: Callable[[], Any]) -> None:
    """Run ``call`` in a process of its own that is killed, as the power goes, right after it."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            call()
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
