from pathlib import Path

import pytest
from pydantic import ValidationError

from lumbung.project.environment import Environment


def test_a_secret_is_read_from_the_file_that_is_named(monkeypatch, tmp_path: Path):
    (tmp_path / "key").write_text("s3cret\n")
    monkeypatch.setenv("LUMBUNG_SECRET_KEY_FILE", str(tmp_path / "key"))
    assert Environment().secret() == "s3cret"


def test_the_variable_itself_goes_before_its_file(monkeypatch, tmp_path: Path):
    (tmp_path / "key").write_text("from the file")
    monkeypatch.setenv("LUMBUNG_SECRET_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("LUMBUNG_SECRET_KEY", "from the variable")
    assert Environment().secret() == "from the variable"


def test_a_file_that_is_not_there_is_named(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("LUMBUNG_SECRET_KEY_FILE", str(tmp_path / "nothing"))
    with pytest.raises(ValidationError, match="LUMBUNG_SECRET_KEY_FILE"):
        Environment()


def test_a_secret_is_made_once_and_only_its_owner_may_read_it(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("LUMBUNG_DATA", str(tmp_path / "data"))
    first = Environment().secret()
    assert len(first) > 60
    assert Environment().secret() == first
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret.key"]
