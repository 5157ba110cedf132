"""Files on their way in: in pieces that go on after a lost line, or whole."""

import shutil
from pathlib import Path

from lumbung.digital.domain.store import Content, put_file
from lumbung.digital.queries.conditions import terms
from lumbung.kernel.pieces import Inbox


def keep_received(path: Path, *, name: str, largest: int | None = None) -> Content:
    """Put a file that has come whole in the store, and take it out of the inbox whether the store accepts it or not."""
    try:
        return put_file(path, name=name, largest=largest or terms().largest)
    finally:
        path.unlink(missing_ok=True)


def forget(inbox: Inbox) -> None:
    """Throw away what is left of files that never came whole."""
    shutil.rmtree(inbox.folder, ignore_errors=True)
