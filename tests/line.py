"""A line between a browser and the server that can be cut."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Line:
    """The way of a browser to the server, which can be cut and mended: surer than the browser's own switch, which lets through
    what a service worker sends in the moment in which a page is opened anew."""

    def __init__(self, server: str) -> None:
        self.server = (urlsplit(server).hostname, urlsplit(server).port)
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://localhost:{self.door.getsockname()[1]}"
        self.is_cut = False
        self.ends: list[socket.socket] = []
        self.lost = b""
        self.losing: set[socket.socket] = set()
        threading.Thread(target=self._answer, daemon=True).start()

    def cut(self) -> None:
        self.is_cut = True
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self.ends.clear()

    def mend(self) -> None:
        self.is_cut = False

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
                if self.is_cut:
                    caller.close()
                    continue
                called = socket.create_connection(self.server)
                self.ends += [caller, called]
                for one, other in ((caller, called), (called, caller)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while piece := one.recv(65536):
                if one in self.losing:
                    self.cut()
                    break
                if self.lost and self.lost in piece:
                    self.lost = b""
                    self.losing.add(other)
                other.sendall(piece)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
