import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

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


def settings_with(**variables: str) -> dict[str, Any]:
    """What Django's settings become with these variables, in a process of their own."""
    names = ["ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SECURE_PROXY_SSL_HEADER", "SITE_URL"]
    program = (
        f"import json; from lumbung.project import settings; print(json.dumps({{n: getattr(settings, n) for n in {names}}}))"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LUMBUNG_")}
    done = subprocess.run(
        [sys.executable, "-c", program], env={**clean, **variables}, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_behind_a_proxy_forms_sent_to_the_public_address_are_believed(tmp_path: Path):
    address = "https://perpustakaan.kampus.ac.id"
    found = settings_with(LUMBUNG_DATA=str(tmp_path), LUMBUNG_URL=f"{address}/", LUMBUNG_PROXIES="1")
    assert found == {
        "ALLOWED_HOSTS": ["perpustakaan.kampus.ac.id", "localhost", "127.0.0.1", "[::1]"],
        "CSRF_TRUSTED_ORIGINS": [address],
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
        "SITE_URL": address,
    }


def test_without_a_public_address_any_host_is_answered_and_no_header_believed(tmp_path: Path):
    found = settings_with(LUMBUNG_DATA=str(tmp_path))
    assert found == {"ALLOWED_HOSTS": ["*"], "CSRF_TRUSTED_ORIGINS": [], "SECURE_PROXY_SSL_HEADER": None, "SITE_URL": ""}


def test_mail_leaves_only_where_its_links_have_a_public_address(monkeypatch):
    monkeypatch.setenv("LUMBUNG_EMAIL_URL", "smtp://mail.kampus.ac.id")
    with pytest.raises(ValidationError, match="LUMBUNG_URL"):
        Environment()
    monkeypatch.setenv("LUMBUNG_URL", "https://perpustakaan.kampus.ac.id")
    assert Environment().email_url == "smtp://mail.kampus.ac.id"


def test_a_public_address_without_a_host_is_no_address(monkeypatch):
    monkeypatch.setenv("LUMBUNG_URL", "perpustakaan.kampus.ac.id")
    with pytest.raises(ValidationError, match="https://"):
        Environment()
