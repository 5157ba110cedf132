"""The server: a thread for each connection, so that a slow machine holds up nobody."""

import logging
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import close_old_connections, connections

from lumbung.circulation.gateways.sip2.session import HangUp, Session
from lumbung.formats.sip2 import Framing, TooLong

logger = logging.getLogger(__name__)

MOST_CONNECTIONS = 200
MOST_OF_ONE_ADDRESS = 40
LOOK_UP = 1.0
"""Seconds between two looks whether to stop."""
UNTIL_LOGIN = 30.0
UNTIL_WHOLE = 20.0
IDLE = 1800.0
"""Seconds: until a machine has signed in, until a message that began has ended, without a word from a machine that has."""
CHUNK = 4096


class Server:
    """Listens until stopped. With ``tls`` every connection is encrypted, and one that is not is cut."""

    def __init__(self, listener: socket.socket, *, tls: ssl.SSLContext | None = None) -> None:
        self._listener, self._tls = listener, tls
        self._places, self._lock = Counter[str](), threading.Lock()

    def serve(self, stop: threading.Event) -> None:
        """Take connections until ``stop`` is set, then wait until what is in hand is answered."""
        self._listener.settimeout(LOOK_UP)
        threads: list[threading.Thread] = []
        while not stop.is_set():
            threads = [thread for thread in threads if thread.is_alive()]
            try:
                line, address = self._listener.accept()
            except TimeoutError:
                continue
            thread = threading.Thread(target=self._talk, args=(line, str(address[0]), stop), daemon=True)
            threads.append(thread)
            thread.start()
        for thread in threads:
            thread.join(2 * LOOK_UP)

    def _talk(self, line: socket.socket, address: str, stop: threading.Event) -> None:
        with line, self._place_for(address) as is_free:
            if not is_free:
                logger.warning("SIP2: too many connections from %s", address)
                return
            try:
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                line.settimeout(UNTIL_LOGIN)
                if self._tls is not None:
                    line = self._tls.wrap_socket(line, server_side=True)
                converse(line, Session(address), stop)
            except OSError as error:
                logger.info("SIP2: the line to %s broke: %s", address, error)
            except Exception:
                logger.exception("SIP2: the conversation with %s failed", address)
            finally:
                line.close()
                connections.close_all()

    @contextmanager
    def _place_for(self, address: str) -> Iterator[bool]:
        with self._lock:
            is_free = self._places.total() < MOST_CONNECTIONS and self._places[address] < MOST_OF_ONE_ADDRESS
            self._places[address] += is_free
        try:
            yield is_free
        finally:
            with self._lock:
                self._places[address] -= is_free


def converse(line: socket.socket, session: Session, stop: threading.Event) -> None:
    """Answer one message after the other, in the order in which they came, until the machine hangs up, is too slow, or must go."""
    framing, began = Framing(), time.monotonic()
    while not stop.is_set():
        arrived = _received(line)
        if arrived is None:
            if time.monotonic() - began > _patience(session, framing):
                logger.info("SIP2: %s was silent for too long", session.address)
                return
            continue
        if not arrived:
            return
        if session.desk is not None and not framing.is_half:
            began = time.monotonic()
        try:
            for frame in framing.feed(arrived):
                close_old_connections()
                line.settimeout(UNTIL_WHOLE)
                line.sendall(session.hear(frame))
        except (HangUp, TooLong) as over:
            logger.info("SIP2: the line to %s is cut: %s", session.address, over)
            if isinstance(over, HangUp):
                line.sendall(over.answer)
            return


def _received(line: socket.socket) -> bytes | None:
    """What arrived; nothing at the end of the line; None when nothing came for a moment."""
    line.settimeout(LOOK_UP)
    try:
        return line.recv(CHUNK)
    except TimeoutError:
        return None


def _patience(session: Session, framing: Framing) -> float:
    if session.desk is None:
        return UNTIL_LOGIN
    return UNTIL_WHOLE if framing.is_half else IDLE
