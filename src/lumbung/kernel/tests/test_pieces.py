"""Files that come in pieces, and those whose last piece never came."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lumbung.kernel import clock
from lumbung.kernel.pieces import KEPT, Inbox, forget_unfinished_uploads, inbox_of
from lumbung.kernel.refusals import Refused


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


def test_a_sending_whose_last_answer_was_lost_hears_that_all_is_there_and_one_on_purpose_begins_anew(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    assert (inbox.take_piece("a.pdf", b"abc", at=0, size=6, mark="6-x.1"), inbox.received("a.pdf", "6-x.2")) == (3, 3)
    assert inbox.take_piece("a.pdf", b"def", at=3, size=6, mark="6-x.1") == 6
    (tmp_path / "a.pdf").unlink()
    for at, piece in ((0, b"abc"), (3, b"def")):
        with pytest.raises(Refused, match="piece_elsewhere"):
            inbox.take_piece("a.pdf", piece, at=at, size=6, mark="6-x.1")
    assert (inbox.received("a.pdf", "6-x.1"), inbox.received("a.pdf", "6-x.2"), inbox.whole("a.pdf")) == (6, 0, None)
    assert inbox.take_piece("a.pdf", b"abc", at=0, size=6, mark="6-x.2") == 3


@pytest.mark.parametrize("letter", ["ا", "木", "𠀀", "a"])
def test_a_long_name_of_any_script_finds_room_in_a_folder(tmp_path: Path, letter: str) -> None:
    inbox, name, mark = Inbox(tmp_path), letter * 150 + ".pdf", "1k2m3n-1a2b3c4.0123456789ab" + "0" * 40
    assert inbox.received(name, mark) == 0
    assert inbox.take_piece(name, b"abc", at=0, size=3, mark=mark) == 3
    assert (inbox.received(name, mark), inbox.whole(name).read_bytes()) == (3, b"abc")
    assert inbox.whole(name).name.endswith(f"{letter}.pdf")


def test_of_two_requests_with_the_same_piece_one_is_taken(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    inbox.take_piece("a.pdf", b"abc", at=0, size=9, mark="9-x.1")

    def send(_request: int) -> str:
        try:
            return str(inbox.take_piece("a.pdf", b"def", at=3, size=9, mark="9-x.1"))
        except Refused as refused:
            return refused.codes[0]

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(send, range(8))) == ["6", *["piece_elsewhere"] * 7]
    assert inbox.received("a.pdf", "9-x.1") == 6
