"""Processes forked from this one: there in a moment, with all that is loaded here. Only from a process that has one thread yet."""

import ctypes
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import NoReturn

from django.db import connections

from lumbung.kernel.signals import set_by

logger = logging.getLogger(__name__)

PR_SET_PDEATHSIG = 1


class Forked:
    """A process that calls ``run``, as ``forked`` has it, for whoever waits for its end."""

    def __init__(self, run: Callable[[threading.Event], None]) -> None:
        self._process = forked(run)
        self._ended = False

    def has_ended(self) -> bool:
        """Whether it is over, by itself or otherwise."""
        self._ended = self._ended or bool(os.waitpid(self._process, os.WNOHANG)[0])
        return self._ended

    def end(self) -> None:
        """Tell it to stop, and wait until it did."""
        if not self.has_ended():
            os.kill(self._process, signal.SIGTERM)
            os.waitpid(self._process, 0)
            self._ended = True


def forked(run: Callable[[threading.Event], None]) -> int:
    """A process that calls ``run`` with an event, set by SIGTERM. It does not outlive the one it was forked from, and no connection
    goes through the fork."""
    connections.close_all()
    parent = os.getpid()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        if child := os.fork():
            return child
        _run_and_exit(run, parent)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def end_with(parent: int) -> bool:
    """Let this process, forked from ``parent``, be killed when that one ends; whether that one is still there."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process at the head, which tells the others
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    return os.getppid() == parent


def _run_and_exit(run: Callable[[threading.Event], None], parent: int) -> NoReturn:
    code = 1
    try:
        stop = threading.Event()
        os.setpgrp()
        is_wanted = end_with(parent)
        set_by(stop, signal.SIGTERM)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        if is_wanted:
            run(stop)
        code = 0
    except Exception:
        logger.exception("a process of background work fell over")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # not through what the process it was forked from would do at its end
