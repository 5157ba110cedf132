"""The web server: granian's processes, each with a few threads of Django, and one that watches over them."""

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import translation
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from lumbung.kernel import memory
from lumbung.search.engines import engine
from lumbung.search.words.indonesian import roots

THREADS = 4
FIRST_PAGES = ("discovery/home.html", "discovery/search.html", "discovery/record.html")
LONGEST_STOP = 10
"""Seconds a process may take to finish its requests."""

PR_SET_PDEATHSIG = 1
STOPS = (signal.SIGINT, signal.SIGTERM)

_watching: list[int] = []
"""The process that watches over the others, as those forked from it remember it."""


class WebServer(MPServer):
    """Serves until SIGINT or SIGTERM; a process that dies is replaced.

    ``first`` is called once everything is loaded, while there is but one thread and nothing is served yet.
    Each of ``beside`` runs in a thread of this process meanwhile, until the event it is given is set. The processes are forked from
    this one after it has loaded everything, so that they share its memory.
    """

    def __init__(
        self,
        host: str,
        port: int,
        processes: int,
        first: Callable[[], object] = bool,
        beside: Sequence[Callable[[threading.Event], None]] = (),
    ) -> None:
        super().__init__(
            "lumbung",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=processes,
            blocking_threads=THREADS,
            backpressure=256,
            websockets=False,
            log_level=LogLevels.error,
            respawn_failed_workers=True,
            respawn_interval=0.5,
            workers_kill_timeout=LONGEST_STOP,
        )
        self._first = first
        self._stop = threading.Event()
        self._beside = [threading.Thread(target=run, args=(self._stop,), daemon=True) for run in beside]

    def serve_until_stopped(self) -> None:
        """Returns after a clean stop; raises ``SystemExit`` when the processes could not be kept alive."""
        memory.share_one_arena()
        _load_everything()
        self._first()
        _watching.append(os.getpid())
        multiprocessing.set_start_method("fork", force=True)
        self.serve(target_loader=application_of_process, wrap_loader=False)

    def startup(self, *arguments: Any, **named: Any) -> None:
        # A forked process begins with our own way of stopping, and must hear nothing until it has its own. Threads must never
        # hear it: one that does leaves the main thread asleep.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
        try:
            super().startup(*arguments, **named)
            for thread in self._beside:
                thread.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
        # A process started later comes from a program that by then has threads, and must not be forked from it.
        multiprocessing.set_start_method("spawn", force=True)

    def shutdown(self, exit_code: int = 0) -> None:
        self._stop.set()
        super().shutdown(exit_code)
        for thread in self._beside:
            thread.join(LONGEST_STOP)

    def signal_handler_interrupt(self, *arguments: Any, **named: Any) -> None:
        if self.interrupt_signal:
            for process in self.wrks:
                process.kill()
            os._exit(130)  # asked twice: now, whatever is in hand
        super().signal_handler_interrupt(*arguments, **named)


def application_of_process() -> Any:
    """The application, in a process of its own that does not outlive the one that started it."""
    os.setpgrp()  # Ctrl-C is heard by the watching process alone, which then says so once
    for number in STOPS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if _watching and os.getppid() not in _watching:  # it ended before we asked to be told
        os._exit(1)
    return get_wsgi_application()


def _load_everything() -> None:
    get_wsgi_application()
    roots()  # of words: five megabytes that every process comes to ask for
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("")
            _ = get_resolver().reverse_dict  # kept by language
    engine()
    for page in FIRST_PAGES:
        get_template(page)
    connections.close_all()
    gc.collect()
    gc.freeze()  # shared pages stay shared: the collector does not write into them
