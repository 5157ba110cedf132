"""Who uses the data folder: told by locks that end with the process that holds them, however it ends."""

import fcntl
import time
from pathlib import Path
from typing import TextIO

from lumbung.project.trouble import BEING_RESTORED, DATA, SERVED_ALREADY, STILL_IN_USE, Sentence, Trouble, trouble_of_folder

USED, SERVED = ".in-use", ".served"
ENDING = 3.0
"""Seconds in which the processes of one that was killed may still be ending."""
LOOK = 0.05

_held: list[TextIO] = []
"""What this process holds; closed when it ends, and not before."""


def share(folder: Path) -> None:
    """Be one of the programs that use the folder. Raises ``Trouble`` while a backup is put back into it."""
    _hold(folder / USED, fcntl.LOCK_SH, BEING_RESTORED)


def have_alone(folder: Path) -> None:
    """Be the only program that uses the folder. Raises ``Trouble`` while another does."""
    _hold(folder / USED, fcntl.LOCK_EX, STILL_IN_USE)


def be_its_server(folder: Path, address: str) -> None:
    """Be the one ``lumbung up`` of the folder. Raises ``Trouble`` that names the address of the one that is there already."""
    file = _hold(folder / SERVED, fcntl.LOCK_EX, SERVED_ALREADY)
    file.truncate(0)
    file.write(address)
    file.flush()


def _hold(path: Path, lock: int, refusal: Sentence) -> TextIO:
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise trouble_of_folder(error, path.parent) from None
    deadline = time.monotonic() + ENDING
    while not _locked(file, lock):
        if time.monotonic() > deadline:
            told = _told_by(file) if path.name == SERVED else ""
            file.close()
            raise Trouble(refusal, exit_code=DATA, place=told or path.parent)
        time.sleep(LOOK)
    _held.append(file)
    return file


def _locked(file: TextIO, lock: int) -> bool:
    try:
        fcntl.flock(file, lock | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _told_by(file: TextIO) -> str:
    file.seek(0)
    return file.read()
