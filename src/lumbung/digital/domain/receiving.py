"""Files on their way in: in pieces that go on after a lost line, or whole."""

import re
import shutil
from pathlib import Path

from django.conf import settings

from lumbung.digital.domain.store import Content, put_file
from lumbung.digital.queries.conditions import terms
from lumbung.kernel import events
from lumbung.kernel.pieces import Inbox

LONGEST_NAME, LONGEST_ENDING = 200, 20
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def inbox_of(user: events.Actor, purpose: str) -> Inbox:
    """Where pieces of this user's files for one purpose (``record-7``) come together."""
    return Inbox(Path(settings.DATA) / "uploads" / str(user.pk) / purpose)


def shown_name(name: str) -> str:
    """The name as its owner wrote it, without folders and without signs that deceive the eye."""
    last = _CONTROLS.sub("", name.replace("\\", "/")).rstrip("/").rpartition("/")[2].strip(" .")
    stem, dot, ending = last.rpartition(".")
    return (
        f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"
        if dot and len(ending) < LONGEST_ENDING
        else last[:LONGEST_NAME]
    )


def keep_received(path: Path, *, name: str, largest: int | None = None) -> Content:
    """Put a file that has come whole in the store, and take it out of the inbox whether the store accepts it or not."""
    try:
        return put_file(path, name=name, largest=largest or terms().largest)
    finally:
        path.unlink(missing_ok=True)


def forget(inbox: Inbox) -> None:
    """Throw away what is left of files that never came whole."""
    shutil.rmtree(inbox.folder, ignore_errors=True)
