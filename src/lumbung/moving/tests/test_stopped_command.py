"""Ctrl-C while a move is undone, or before it began: said in a sentence, with the command that goes on where there is one."""

import pytest
from django.core.management import CommandError, call_command

from lumbung.moving.domain import course, undoing
from lumbung.moving.tests import dumps

pytestmark = pytest.mark.django_db


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_an_undoing_that_is_stopped_names_the_command_that_goes_on(started, monkeypatch):
    move = started(dumps.dump(), dry_run=True)
    monkeypatch.setattr(undoing, "undo", interrupted)
    with pytest.raises(CommandError, match=rf"^Dihentikan\. Lanjutkan dengan: lumbung migrate --undo {move.pk}$") as told:
        call_command("move_in", undo=move.pk)
    assert told.value.returncode == 130


def test_one_that_is_stopped_before_it_is_kept_has_nothing_to_go_on_with(tmp_path, monkeypatch):
    (tmp_path / "a.sql").write_bytes(b"")
    monkeypatch.setattr(course, "start", interrupted)
    with pytest.raises(CommandError, match=r"^Dihentikan\.$"):
        call_command("move_in", "slims", str(tmp_path / "a.sql"))
