"""Files that come in pieces, and those whose last piece never came."""

import os
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from lumbung.kernel import clock
from lumbung.kernel.pieces import KEPT, Inbox, forget_unfinished_uploads, inbox_of


def begun(inbox: Inbox, name: str, *, ago: timedelta) -> Path:
    """An upload of which the first three of six bytes came, so long ago."""
    inbox.take_piece(name, b"abc", at=0, size=6)
    [path] = inbox.folder.glob(f"{name}*")
    then = (clock.now() - ago).timestamp()
    os.utime(path, (then, then))
    return path


def test_an_upload_nobody_goes_on_with_is_removed_after_a_week_and_until_then_can_go_on(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    inbox = inbox_of(SimpleNamespace(pk=7), "record-7")
    old = begun(inbox, "lama.pdf", ago=KEPT + timedelta(minutes=1))
    fresh = begun(inbox, "baru.pdf", ago=KEPT - timedelta(minutes=1))
    whole = inbox.take_whole("utuh.pdf", [b"abc"])
    os.utime(whole, (0, 0))
    assert (forget_unfinished_uploads(), forget_unfinished_uploads()) == (1, 0)
    assert [each.exists() for each in (old, fresh, whole)] == [False, True, True]
    assert inbox.take_piece("baru.pdf", b"def", at=3, size=6) == 6
    assert inbox.whole("baru.pdf") is not None


def test_where_nothing_was_ever_sent_nothing_is_removed(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    assert forget_unfinished_uploads() == 0
