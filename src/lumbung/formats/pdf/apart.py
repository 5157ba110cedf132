"""Asking another process to work on a PDF: whatever is in the file, this one goes on."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECONDS = 120


class Unreadable(Exception):
    """The PDF could not be worked on: damaged, or too much for memory or time."""


@dataclass(frozen=True)
class Mark:
    """A title of the outline: how deep it stands (0 is the top), what it says, and its page (from 1)."""

    level: int
    title: str
    page: int


@dataclass(frozen=True)
class Inspection:
    """What a PDF is.

    ``heads`` has the first words of every page; ``text_pages`` counts those with text, ``unembedded`` names fonts left out.
    """

    pages: int = 0
    locked: bool = False
    scripts: int = 0
    attachments: int = 0
    text_pages: int = 0
    unembedded: tuple[str, ...] = ()
    outline: tuple[Mark, ...] = ()
    heads: tuple[str, ...] = field(default=(), repr=False)


def inspect(path: Path) -> Inspection:
    """What the PDF is; ``locked`` alone is told of one that needs a password. Raises ``Unreadable``."""
    told = _asked({"task": "inspect", "path": str(path)})
    if told.get("locked"):
        return Inspection(locked=True)
    outline = tuple(Mark(*each) for each in told.pop("outline"))
    heads, unembedded = tuple(told.pop("heads")), tuple(told.pop("unembedded"))
    return Inspection(**told, outline=outline, heads=heads, unembedded=unembedded)


def cut(path: Path, cuts: Sequence[tuple[int, int, Path]]) -> None:
    """Write pages ``first`` to ``last`` (from 1, both included) of the PDF to each target. Raises ``Unreadable``."""
    _asked({"task": "cut", "path": str(path), "cuts": [[first, last, str(target)] for first, last, target in cuts]})


def mark(path: Path, target: Path, lines: Sequence[str]) -> None:
    """Write the PDF to the target with these lines, small, at the foot of every page. Raises ``Unreadable``."""
    _asked({"task": "mark", "path": str(path), "target": str(target), "lines": list(lines)})


def join(paths: Sequence[Path], target: Path) -> None:
    """Write the pages of these PDFs, one behind the other, to the target: pages alone, nothing that acts. Raises ``Unreadable``."""
    _asked({"task": "join", "paths": [str(path) for path in paths], "target": str(target)})


def _asked(asked: dict[str, Any]) -> dict[str, Any]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "lumbung.formats.pdf"]
    try:
        done = subprocess.run(  # noqa: S603 -- our own program
            command, input=json.dumps(asked).encode(), capture_output=True, timeout=SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("time") from error
    if done.returncode:
        raise Unreadable(done.stderr.decode(errors="replace")[-500:])
    told: dict[str, Any] = json.loads(done.stdout)
    return told
