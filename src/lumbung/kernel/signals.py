"""Signals of the system to this process."""

import _thread
import signal
import threading


def set_by(event: threading.Event, *numbers: signal.Signals) -> None:
    """Have the event set by each of these signals.

    In a thread: the main one may be interrupted while it waits for the event, and then holds what setting it needs.
    """
    for number in numbers:
        signal.signal(number, lambda *_: _thread.start_new_thread(event.set, ()))
