"""A whole Lumbung as its own process: own data folder, own port, the real server."""

import contextlib
import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parent.parent / "src"


PATIENCE = 300.0
"""Seconds until a test gives a process up: only one that hangs takes so long, however busy the machine."""

PORTS = range(20_000, 32_000)
"""No system lends these to connections that go out, so nothing takes one between the asking and the listening but another test."""

PORT_TAKEN = 5


def free_port() -> int:
    """A port on which nothing listens now."""
    while True:
        port = random.choice(PORTS)  # noqa: S311 -- no secret
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@dataclass(frozen=True)
class Answer:
    status: int
    text: str

    def json(self) -> Any:
        return json.loads(self.text)


class Installation:
    """``run`` one command to its end; ``start`` the server, ``kill`` it as a power cut would, ``stop`` it as an operator does."""

    def __init__(self, data: Path, program: Sequence[str] = (sys.executable, "-m", "lumbung")) -> None:
        self.data = data
        self.program = program
        self.port = free_port()
        self.process: subprocess.Popen[str] | None = None
        self.log = data.with_suffix(".log")
        self.environment = {
            **{
                name: value for name, value in os.environ.items() if not name.startswith(("LUMBUNG_", "DJANGO_", "LC_", "LANG"))
            },
            "LANG": "C.UTF-8",
            "LUMBUNG_DATA": str(data),
        }
        if program[0] == sys.executable:
            self.environment["PYTHONPATH"] = str(SOURCE)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def take(self, data: Path) -> None:
        """Begin with a copy of the data folder of another."""
        shutil.copytree(data, self.data)

    def run(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """One command of the program, to its end."""
        return subprocess.run(
            [*self.program, *arguments],
            env={**self.environment, **settings},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def start(self, *arguments: str) -> None:
        """Start a serving command (``up --empty``, ``serve``) and wait until it answers over HTTP."""
        self._launch(*arguments)
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            assert self.process
            if self.process.poll() == PORT_TAKEN:  # by another test, a moment ago
                self.port = free_port()
                self._launch(*arguments)
            elif self.process.returncode is not None or time.monotonic() > deadline:
                self.kill()
                raise AssertionError(f"it did not start: {self.output}")
            time.sleep(0.05)

    def _launch(self, *arguments: str) -> None:
        with self.log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [*self.program, *arguments, "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )

    @property
    def output(self) -> str:
        """All that the serving command has said."""
        return self.log.read_text(encoding="utf-8")

    def says(self, words: str) -> bool:
        """Whether the serving command says this in time: it answers over HTTP a moment before it tells that it is ready."""
        deadline = time.monotonic() + PATIENCE
        while words not in self.output and time.monotonic() < deadline:
            time.sleep(0.05)
        return words in self.output

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers=headers)

    def ask(self, method: str, path: str, *, body: str = "", headers: Mapping[str, str] | None = None) -> Answer:
        """One request over HTTP, on a connection of its own. Raises OSError when nobody answers to the end."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body=body or None, headers=dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, answer.read().decode())
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()

    def answers(self) -> bool:
        try:
            self.get("/")
        except OSError:
            return False
        return True

    def kill(self) -> None:
        """End every process of it at once, as a power cut would."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=PATIENCE)

    def stop(self) -> int | None:
        """End it as Ctrl-C does; returns the exit code, or None when it was not running."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=PATIENCE)
        finally:
            self.kill()
        return self.process.returncode
