"""SIP2: self-check machines that talk without pause to ``lumbung sip2`` as it runs: 2,000 members, 6,000 items, on SQLite.

Two conversations. *Asking*: what a busy lobby asks (the status of a card, of an item, what a member has, whether the service is there).
*Lending*: check-out and check-in in turn, each a durable commit. The floor of the first is reading and writing the same messages with
nothing in between (the codec alone), of the second one durable commit of one row. The server's own processor time is told beside, which
busy neighbours change least.
"""

import os
import socket
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bench.check_out import fill, sqlite_commits
from bench.processes import PROGRAM
from bench.shape import Row, Scale
from lumbung.accounts.models import User
from lumbung.circulation.domain.terminals import add_terminal
from lumbung.formats.sip2 import Message, decode, encode
from lumbung.organization.models import Branch
from tests.installation import free_port

MACHINES, PATIENCE = 8, 60.0
BAR_RATE = 500
NOW = "20261129    090000"
MEMBERS, ITEMS = 2_000, 6_000


def run(scale: Scale) -> list[Row]:
    fill(MEMBERS, ITEMS)
    secret = add_terminal(
        name="Lobi",
        login="lobi",
        branch=Branch.objects.get(),
        account=User.objects.get(username="petugas"),
        by=None,
        needs_pin=False,
    )[1]
    commit = statistics.median(sqlite_commits(scale.work / "floor.sqlite3")(scale.of(300, quick=30)))
    with _serving() as (port, process):
        lobby = Lobby(port, secret, process)
        lobby.ask(scale.of(800, quick=80))  # warm
        asked, asking = lobby.ask(scale.of(8_000, quick=160))
        lent, lending = lobby.lend(scale.of(1_600, quick=80))
    codec = _codec_rate(scale.of(20_000, quick=2_000))
    return [
        Row(f"{MACHINES} machines asking", asked, "/s", codec, asked / codec, f"≥ {BAR_RATE}/s", asked >= BAR_RATE),
        Row("processor of the server, a question", asking * 1e3, "ms"),
        Row(f"{MACHINES} machines lending and taking back", lent, "/s", 1 / commit, lent * commit),
        Row("processor of the server, a loan or return", lending * 1e3, "ms"),
    ]


class Lobby:
    """Machines side by side, each with a line that stays open and one question at a time."""

    def __init__(self, port: int, secret: str, process: int) -> None:
        self._port, self._secret, self._process = port, secret, process

    def ask(self, messages: int) -> tuple[float, float]:
        """Messages a second, and seconds of the server's processor for each."""
        return self._together(messages, asking)

    def lend(self, messages: int) -> tuple[float, float]:
        """The same, every second message a check-out and the next the return of that item."""
        return self._together(messages, lending)

    def _together(self, messages: int, said: "type[asking] | type[lending]") -> tuple[float, float]:
        failures: list[BaseException] = []
        ready = threading.Barrier(MACHINES + 1)

        def machine(number: int) -> None:
            try:
                with closing(socket.create_connection(("127.0.0.1", self._port), timeout=PATIENCE)) as line:
                    _say(line, Message.of("93", [("CN", "lobi"), ("CO", self._secret)], uid_algorithm="0", pwd_algorithm="0"))  # noqa: S106 -- the number of a way, no secret
                    ready.wait(PATIENCE)
                    for turn in range(messages // MACHINES):
                        _say(line, said(number, turn))
            except BaseException as failure:  # noqa: BLE001 -- handed to the thread that measures
                failures.append(failure)
                ready.abort()

        threads = [threading.Thread(target=machine, args=(number,)) for number in range(MACHINES)]
        for thread in threads:
            thread.start()
        ready.wait(PATIENCE)
        begin, used = time.perf_counter(), _processor(self._process)
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]
        taken = time.perf_counter() - begin
        return messages / taken, (_processor(self._process) - used) / messages


def asking(machine: int, turn: int) -> Message:
    """The next question of a machine: status of a card, an item, a member's loans, the service."""
    member, item = f"K{(machine * 97 + turn) % MEMBERS}", f"B{(machine * 89 + turn) % ITEMS}"
    match turn % 4:
        case 0:
            return Message.of("23", [("AO", ""), ("AA", member), ("AC", ""), ("AD", "")], language="000", date=NOW)
        case 1:
            return Message.of("17", [("AO", ""), ("AB", item)], date=NOW)
        case 2:
            fields = [("AO", ""), ("AA", member), ("AD", "")]
            return Message.of("63", fields, language="000", date=NOW, summary="Y         ")
        case _:
            return Message.of("99", [], status="0", print_width="040", version="2.00")


def lending(machine: int, turn: int) -> Message:
    """Check-out of an item that no other machine touches, then its return."""
    pair = turn // 2
    item, member = f"B{(machine + pair * MACHINES) % ITEMS}", f"K{(machine + pair * MACHINES) % MEMBERS}"
    if turn % 2:
        fields = [("AP", ""), ("AO", ""), ("AB", item), ("AC", "")]
        return Message.of("09", fields, no_block="N", date=NOW, return_date=NOW)
    fields = [("AO", ""), ("AA", member), ("AB", item), ("AC", ""), ("AD", "")]
    return Message.of("11", fields, renewal_policy="N", no_block="N", date=NOW, due_date=NOW)


def _say(line: socket.socket, message: Message) -> None:
    """Say it and hear the answer to its end. Raises RuntimeError for a no where a yes is due."""
    line.sendall(encode(message))
    heard = b""
    while not heard.endswith(b"\r"):
        if not (more := line.recv(4096)):
            raise RuntimeError(f"the line was cut after {message.code}")
        heard += more
    if message.code in {"93", "11", "09"} and decode(heard.strip())["ok"] != "1":
        raise RuntimeError(heard.decode())


def _codec_rate(messages: int) -> float:
    """How many of the same messages a second are read, and as many written, with nothing in between."""
    written = [encode(asking(0, turn)).rstrip(b"\r") for turn in range(4)]
    begin = time.perf_counter()
    for turn in range(messages):
        encode(decode(written[turn % 4]))
    return messages / (time.perf_counter() - begin)


def _processor(process: int) -> float:
    """Seconds of processor the process and its threads have used."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _serving() -> Iterator[tuple[int, int]]:
    port = free_port()
    process = subprocess.Popen([*PROGRAM, "sip2", "--port", str(port)], stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        _wait_for(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("lumbung sip2 does not listen")
