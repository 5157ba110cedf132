"""A real clamd with a signature database of one line, and a stand-in that speaks its protocol where Debian's package is not installed."""

import contextlib
import shutil
import socket
import socketserver
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
CONFIGURED = """
LocalSocket {folder}/clamd.sock
DatabaseDirectory {folder}/db
Foreground yes
PidFile {folder}/clamd.pid
LogFile {folder}/clamd.log
TemporaryDirectory {folder}
StreamMaxLength 1M
MaxThreads 2
User root
"""


@contextlib.contextmanager
def real_clamd(folder: Path) -> Iterator[str]:
    """Within the block the daemon answers at the address that is given. Stopped whatever happens."""
    (folder / "db").mkdir(parents=True)
    (folder / "db" / "test.ndb").write_text(f"Eicar-Test:0:*:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(CONFIGURED.format(folder=folder))
    assert CLAMD is not None
    with subprocess.Popen(
        [CLAMD, "-c", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as it:
        try:
            until = time.monotonic() + 30
            while not (folder / "clamd.sock").exists() and time.monotonic() < until and it.poll() is None:
                time.sleep(0.1)
            yield str(folder / "clamd.sock")
        finally:
            it.kill()


@dataclass
class Signatures:
    """What the stand-in knows: their number, and what each sign is called. May be changed while it runs, as clamd takes in new ones.

    Over ``stumbles_over`` it hangs up without a word, over ``falls_over`` for good, until ``is_up`` again.
    """

    number: int = 27000
    known: dict[bytes, str] = field(default_factory=lambda: {EICAR: "Eicar-Test.UNOFFICIAL"})
    stumbles_over: bytes = b""
    falls_over: bytes = b""
    is_up: bool = True


class _Session(socketserver.StreamRequestHandler):
    largest = 1 << 20
    signatures = Signatures()

    def handle(self) -> None:
        if not self.signatures.is_up:
            return
        command = b""
        while not command.endswith(b"\0"):
            if not (sign := self.rfile.read(1)):
                return
            command += sign
        version = f"ClamAV 1.4.6/{self.signatures.number}/Mon Nov 30 2026\0".encode()
        self.wfile.write(version if command == b"zVERSION\0" else self._judged())

    def _judged(self) -> bytes:
        heard = b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            heard += self.rfile.read(length)
            if len(heard) > self.largest:
                return b"INSTREAM size limit exceeded. ERROR\0"
        if self.signatures.stumbles_over and self.signatures.stumbles_over in heard:
            return b""
        if self.signatures.falls_over and self.signatures.falls_over in heard:
            self.signatures.is_up = False
            return b""
        found = next((name for sign, name in self.signatures.known.items() if sign in heard), "")
        return f"stream: {found} FOUND\0".encode() if found else b"stream: OK\0"


@contextlib.contextmanager
def stand_in(signatures: Signatures | None = None) -> Iterator[str]:
    """Within the block the stand-in answers on loopback, at the address that is given."""
    session = type("_Knowing", (_Session,), {"signatures": signatures or Signatures()})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), session) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


def nobody() -> str:
    """An address at which nobody answers."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{line.getsockname()[1]}"
