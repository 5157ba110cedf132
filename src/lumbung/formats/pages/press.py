"""The press as others see it: ask for a page, get its words or its picture, or be told why not."""

import contextlib
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lumbung.formats.pages.shapes import Line, PageWords, Title

PATIENCE = 30.0
IDLE = 30.0
PAGES_AT_ONCE = 16
PARTS_AT_ONCE = 4
HEARD_AT_ONCE = 1 << 16


class Unprintable(Exception):
    """The file does not give what is asked. ``code``: ``password``, ``damaged``, ``too_large``, ``too_slow``, ``no_such_page``, or what
    ``lumbung.formats.epub.Unreadable`` says."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Press:
    """One process, begun when first asked and again after it was ended by a bad file or because nobody asked for ``idle`` seconds.

    Threads that ask wait their turn, and ``patience`` seconds for an answer.
    """

    def __init__(self, patience: float = PATIENCE, idle: float = IDLE) -> None:
        self._patience, self._idle = patience, idle
        self._asked_at = 0.0
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def pages(self, path: Path, kind: str) -> int:
        """How many pages a ``pdf`` has, or parts an ``epub``. Raises ``Unprintable``, as all of these do."""
        return int(self._ask(verb="pages", path=str(path), kind=kind)[0])

    def outline(self, path: Path) -> list[Title]:
        """The outline of a PDF in its order; empty where it has none."""
        return [Title(*each) for each in self._ask(verb="outline", path=str(path))[0]]

    def words(self, path: Path, kind: str) -> Iterator[tuple[float, list[PageWords]]]:
        """The words of all pages, some at a time, each time with what part of the file is done (to 1.0)."""
        total, at_once = self.pages(path, kind), PAGES_AT_ONCE if kind == "pdf" else PARTS_AT_ONCE
        number = 0
        for first in range(1, total + 1, at_once):
            told, _ = self._ask(verb="words", path=str(path), kind=kind, first=first, count=at_once)
            found = []
            for page in told:
                number += 1
                found.append(PageWords(**{**page, "number": page["number"] or number}))
            yield min(1.0, (first + at_once - 1) / total), found

    def lines(self, path: Path, number: int) -> list[Line]:
        """The lines of one page of a PDF with their boxes."""
        return [Line(**line) for line in self._ask(verb="lines", path=str(path), number=number)[0]]

    def picture(self, path: Path, number: int, width: int, *, lightest: bool = False) -> bytes:
        """One page of a PDF as JPEG, ``width`` pixels wide at most; ``lightest``: as PNG where it is a page of words alone."""
        return self._ask(verb="picture", path=str(path), number=number, width=width, lightest=lightest)[1]

    def first(self, path: Path, kind: str, number: int, *, width: int, most: int) -> bytes:
        """Page ``number`` of a ``pdf``, or the ``image``, as JPEG or PNG: ``width`` pixels wide at most, ``most`` bytes where it can be."""
        return self._ask(verb="first", path=str(path), kind=kind, number=number, width=width, most=most)[1]

    def sizes(self, path: Path, kind: str) -> list[tuple[int, int]]:
        """Width and height in pixels of an ``image``, or of each page of a ``pdf`` as a picture."""
        return [(wide, high) for wide, high in self._ask(verb="sizes", path=str(path), kind=kind)[0]]

    def cut(self, path: Path, kind: str, number: int, told: dict[str, Any]) -> bytes:
        """A part of an ``image``, or of a page of a ``pdf``, in the format told."""
        return self._ask(verb="cut", path=str(path), kind=kind, number=number, told=told)[1]

    def rest(self) -> None:
        """End the process; the next question begins a new one."""
        with self._turn:
            self._end()

    def _ask(self, **request: Any) -> tuple[Any, bytes]:
        with self._turn:
            process = self._started()
            assert process.stdin is not None  # noqa: S101 -- it was started with pipes
            self._asked_at = time.monotonic()
            try:
                process.stdin.write(json.dumps(request).encode() + b"\n")
                process.stdin.flush()
                head, body = self._answer(process)
            except TimeoutError as error:
                self._end()
                raise Unprintable("too_slow") from error
            except (OSError, ValueError, EOFError) as error:
                self._end()
                raise Unprintable("damaged") from error
        if head["error"]:
            raise Unprintable(head["error"])
        return head["value"], body

    def _answer(self, process: subprocess.Popen[bytes]) -> tuple[dict[str, Any], bytes]:
        assert process.stdout is not None  # noqa: S101 -- it was started with pipes
        until = time.monotonic() + self._patience
        heard = bytearray()
        while (end := heard.find(b"\n")) < 0:
            heard += _hear(process.stdout.fileno(), until)
        head: dict[str, Any] = json.loads(bytes(heard[:end]))
        body = heard[end + 1 :]
        while len(body) < head["bytes"]:
            body += _hear(process.stdout.fileno(), until)
        return head, bytes(body)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-m", "lumbung.formats.pages"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PATH": os.defpath},
                close_fds=True,
            )
            threading.Thread(target=self._rest_when_idle, args=(self._process,), daemon=True).start()
        return self._process

    def _rest_when_idle(self, process: subprocess.Popen[bytes]) -> None:
        while process.poll() is None:
            time.sleep(self._idle)
            with self._turn:
                if process is self._process and time.monotonic() - self._asked_at >= self._idle:
                    self._end()

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process = None


def _hear(pipe: int, until: float) -> bytes:
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        if not waiting.select(max(0.0, until - time.monotonic())):
            raise TimeoutError
    if not (heard := os.read(pipe, HEARD_AT_ONCE)):
        raise EOFError
    return heard
