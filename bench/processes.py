"""The program as an operator runs it: commands to their end, and servers with all their processes."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

PROGRAM = (sys.executable, "-m", "lumbung")
PATIENCE = 180.0


def command(*arguments: str) -> None:
    """Run one command of the program to its end; its output is dropped, its failure is not."""
    subprocess.run([*PROGRAM, *arguments], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[int, int]]:
    """A serving command (``up``, ``serve``) while the block runs; gives its port and the process it began with."""
    port = _free_port()
    process = subprocess.Popen([*PROGRAM, *arguments, "--port", str(port)], stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        _wait_for(port, process)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def times_of(port: int, paths: Sequence[str]) -> list[float]:
    """Seconds each page takes, asked one after the other over one connection. Raises for any page that is not 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    taken = []
    for path in paths:
        began = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        response.read()
        taken.append(time.perf_counter() - began)
        if response.status != http.client.OK:
            raise RuntimeError(f"{path}: {response.status}")
    connection.close()
    return taken


def memory_of_group(leader: int) -> float:
    """MiB of memory of all processes of the leader's session: what they share counted once, also where others share it too."""
    return sum(_own_and_mapped(leader))


def own_memory_of_group(leader: int) -> float:
    """MiB of that without what they have mapped of files: pages of the database that were read stand there, for the system to take back."""
    return _own_and_mapped(leader)[0]


def processes_of_group(leader: int) -> set[int]:
    """All processes of the leader's session."""
    session, found = os.getsid(leader), set[int]()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(ProcessLookupError):
            if os.getsid(int(process.name)) == session:
                found.add(int(process.name))
    return found


def _own_and_mapped(leader: int) -> tuple[float, float]:
    own, files = 0, 0
    for process in processes_of_group(leader):
        with suppress(ProcessLookupError, FileNotFoundError):
            kib = _kib(Path(f"/proc/{process}"))
            own += kib["Pss_Anon"] + kib["Pss_Shmem"]
            files = max(files, kib["Rss"] - kib["Anonymous"])
    return own / 1024, files / 1024


def _kib(process: Path) -> dict[str, int]:
    """What Linux tells of the memory of a process."""
    lines = (line.split() for line in (process / "smaps_rollup").read_text(encoding="ascii").splitlines()[1:])
    return {words[0].rstrip(":"): int(words[1]) for words in lines}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        try:
            times_of(port, ["/"])
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server does not answer")
