"""The words of pages that were only scanned, read by Tesseract where the operator has it (``LUMBUNG_OCR``)."""

import os
import subprocess
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import which

from django.conf import settings

from lumbung.formats.pages import PageWords, Press, Unprintable

PROGRAM = "tesseract"
WIDE = 2_000
"""Pixels: some 240 dots an inch of an A4 page, which is what it reads best."""
PATIENCE = 120
LONGEST = 100_000


def with_words_of_scans(pages: Collection[PageWords], path: Path, press: Press) -> Iterator[list[PageWords]]:
    """The pages of a PDF in their order, those without a word with what is read in their pictures; as soon as each of these is read."""
    program = which(PROGRAM) if settings.OCR else None
    ready: list[PageWords] = []
    for page in pages:
        if page.text or not program:
            ready.append(page)
        else:
            yield [*ready, replace(page, text=_read(program, path, page.number, press))]
            ready = []
    if ready:
        yield ready


def _read(program: str, path: Path, number: int, press: Press) -> str:
    """What the picture of the page says; nothing where it cannot be drawn or read."""
    try:
        done = subprocess.run(  # noqa: S603 -- the operator's program, told nothing but a picture that we drew
            [program, "stdin", "stdout", "-l", settings.OCR],
            input=press.picture(path, number, WIDE),
            capture_output=True,
            timeout=PATIENCE,
            check=True,
            env={"PATH": os.environ.get("PATH", os.defpath), "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError, Unprintable):
        return ""
    said = done.stdout.decode("utf-8", "replace").replace("\x00", "").replace("\f", "")
    return "\n".join(line.strip() for line in said.splitlines() if line.strip())[:LONGEST]


def languages_known() -> set[str]:
    """The languages that the program of this machine reads; none where there is no program."""
    if not (program := which(PROGRAM)):
        return set()
    try:
        done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=PATIENCE, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return set()
    return {line.strip() for line in done.stdout.splitlines()[1:] if line.strip()}
