"""The protocol of clamd, the daemon of ClamAV: a file is sent to it over TCP or a Unix socket, and it says what it finds.

The clients on PyPI stand on a package of 2014; what is needed of the protocol is one command (INSTREAM).
"""

import contextlib
import socket
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PIECE = 1 << 17
PATIENCE = 120.0
LONGEST_ANSWER = 4096


class Away(Exception):
    """The scanner does not answer, or not as one."""


class Fallen(Away):
    """It went away while this very file was before it, and has not come back."""


class Undecided(Exception):
    """This file cannot be judged: the scanner says why, such as that it is larger than it takes, or the file cannot be read."""


@dataclass(frozen=True)
class Verdict:
    """``found`` names what is in the file (empty: nothing), ``engine`` who says so: program, version of its signatures, their day."""

    found: str
    engine: str


class Scanner:
    """The scanner at ``address``: ``host:port``, or the path of a socket."""

    def __init__(self, address: str, patience: float = PATIENCE) -> None:
        self._address, self._patience = address, patience

    def version(self) -> str:
        """Program and signatures. Raises ``Away``."""
        with self._line() as line:
            line.sendall(b"zVERSION\0")
            return _answer(line)

    def scan(self, path: Path) -> Verdict:
        """What is in the file. Raises ``Away`` (``Fallen`` where it went over this file) or ``Undecided``, the latter too where the scanner
        gave up over it and is still there."""
        engine = self.version()
        try:
            with _opened(path) as file, self._line() as line:
                said = _sent(line, lambda length: _read(file, length))
        except Away as error:
            self._is_still_there(error)
            raise Undecided(str(error)) from error
        what = said.removeprefix("stream: ")
        if what == "OK":
            return Verdict("", engine)
        if what.endswith(" FOUND"):
            return Verdict(what.removesuffix(" FOUND"), engine)
        raise Undecided(what.removesuffix(" ERROR"))

    def _is_still_there(self, error: Away) -> None:
        try:
            self.version()
        except Away as gone:
            raise Fallen(str(error)) from gone

    @contextlib.contextmanager
    def _line(self) -> Iterator[socket.socket]:
        try:
            with self._connected() as line:
                yield line
        except OSError as error:
            raise Away(f"{self._address}: {error}") from error

    def _connected(self) -> socket.socket:
        if self._address.startswith("/"):
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(self._patience)
            try:
                line.connect(self._address)
            except OSError:
                line.close()
                raise
            return line
        host, _, port = self._address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=self._patience)


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise Undecided(str(error)) from error


def _read(file: IO[bytes], length: int) -> bytes:
    try:
        return file.read(length)
    except OSError as error:
        raise Undecided(str(error)) from error


def _sent(line: socket.socket, read: Callable[[int], bytes]) -> str:
    """Send the file piece by piece. A scanner that has heard enough says so and hangs up: its answer counts, not the broken line."""
    try:
        line.sendall(b"zINSTREAM\0")
        while piece := read(PIECE):
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        with contextlib.suppress(OSError, Away):
            return _answer(line)
        raise
    return _answer(line)


def _answer(line: socket.socket) -> str:
    heard = bytearray()
    while b"\0" not in heard and len(heard) < LONGEST_ANSWER and (more := line.recv(LONGEST_ANSWER)):
        heard += more
    text = heard.partition(b"\0")[0].decode(errors="replace").strip()
    if not text:
        raise Away("it hung up without an answer")
    return text
