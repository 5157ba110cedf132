"""Secrets that are made once and kept in a file only we can read."""

import contextlib
import tempfile
from collections.abc import Callable
from pathlib import Path


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """What the file says; made by ``make`` and kept (mode 600) the first time.

    Written whole or not at all, and never twice: several processes may start at the same moment.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".secret-", encoding="ascii") as file:
            file.write(make())
            file.flush()
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(file.name)
    return path.read_text(encoding="ascii").strip()
