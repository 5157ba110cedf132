"""A line between a browser and the server that can be cut."""

import socket
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit

AWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain\r\nContent-Length: 11\r\nConnection: close\r\n\r\nBad Gateway"


class Line:
    """The way of a browser to the server, which can be cut and mended: surer than the browser's own switch, which lets through
    what a service worker sends in the moment in which a page is opened anew."""

    def __init__(self, server: str) -> None:
        self.server = (urlsplit(server).hostname, urlsplit(server).port)
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://localhost:{self.door.getsockname()[1]}"
        self.is_cut = False
        self.is_server_away = False
        self.is_hanging = False
        self.silent: set[socket.socket] = set()
        self.ends: list[socket.socket] = []
        self.lost = b""
        self.losing: set[socket.socket] = set()
        self.changing = threading.Lock()
        threading.Thread(target=self._answer, daemon=True).start()

    def cut(self) -> None:
        with self.changing:
            self.is_cut = True
            for end in self.ends:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            self.ends.clear()

    def mend(self) -> None:
        self.is_cut = self.is_server_away = self.is_hanging = False

    def hang(self) -> None:
        """Nothing more arrives, and nobody is told so; what was on its way is lost, also when the line is mended."""
        self.is_hanging = True

    def wait_until_something_hangs(self) -> None:
        """Raises TimeoutError after ten seconds."""
        for _ in range(200):
            if self.silent:
                return
            time.sleep(0.05)
        raise TimeoutError

    def lose_the_server(self) -> None:
        """The line is there; whatever stands before the server answers that it does not reach it."""
        self.is_server_away = True  # first, so that no caller slips through while the line is cut
        self.cut()
        self.is_cut = self.is_hanging = False

    def cut_before_the_answer_to(self, asked: bytes) -> None:
        """The next such question reaches the server; the line is cut before its answer is back."""
        self.lost = asked

    def close(self) -> None:
        self.cut()
        self.door.close()

    def _answer(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self.door.accept()
                threading.Thread(target=self._connect, args=(caller,), daemon=True).start()

    def _connect(self, caller: socket.socket) -> None:
        """One caller's own thread: what one of them meets, or never says, keeps no other from the server."""
        with caller, suppress(OSError):
            if self.is_server_away:
                caller.recv(65536)
                caller.sendall(AWAY)
                return
            with socket.create_connection(self.server) as called:
                with self.changing:
                    if self.is_cut or self.is_server_away:
                        return
                    self.ends += [caller, called]
                threading.Thread(target=self._carry, args=(called, caller), daemon=True).start()
                self._carry(caller, called)

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while piece := one.recv(65536):
                if one in self.losing:
                    self.cut()
                    break
                if self.is_hanging:
                    self.silent |= {one, other}
                if one in self.silent:
                    continue
                if self.lost and self.lost in piece:
                    self.lost = b""
                    self.losing.add(other)
                other.sendall(piece)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
