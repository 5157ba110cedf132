import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from lumbung.formats.lcp import own_certificate
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


@pytest.mark.parametrize("url", ["s3://kunci:rahasia@s3.kampus.ac.id/perpus?region=id", "/mnt/arsip", "file:///mnt/arsip"])
def test_a_place_for_files_is_a_bucket_or_a_folder(monkeypatch, url: str):
    monkeypatch.setenv("LUMBUNG_FILES_URL", url)
    assert Environment().files_url == url


@pytest.mark.parametrize(
    "url", ["arsip", "https://s3.kampus.ac.id/perpus", "s3://s3.kampus.ac.id/perpus", "s3://k:r@s3.kampus.ac.id"]
)
def test_a_place_for_files_that_cannot_be_one_is_named_at_start(monkeypatch, url: str):
    monkeypatch.setenv("LUMBUNG_FILES_COPY_URL", url)
    with pytest.raises(ValidationError, match="neither s3://"):
        Environment()


def test_what_is_wrong_is_told_without_the_secret_in_it(monkeypatch):
    monkeypatch.setenv("LUMBUNG_FILES_URL", "s3://kunci:rahasia-sekali@s3.kampus.ac.id")
    with pytest.raises(ValidationError) as told:
        Environment()
    assert ("files_url" in str(told.value).lower(), "rahasia-sekali" in str(told.value)) == (True, False)


def test_a_certificate_for_licences_comes_with_its_key(monkeypatch):
    own, other = (own_certificate("Kampus", datetime(2026, 11, 29, tzinfo=UTC)) for _ in range(2))
    monkeypatch.setenv("LUMBUNG_LCP_CERTIFICATE", own.certificate)
    with pytest.raises(ValidationError, match="go together"):
        Environment()
    monkeypatch.setenv("LUMBUNG_LCP_KEY", other.key)
    with pytest.raises(ValidationError, match="not that of the certificate"):
        Environment()
    monkeypatch.setenv("LUMBUNG_LCP_KEY", own.key)
    assert Environment().lcp_profile == "lumbung.formats.lcp.BASIC"


@pytest.mark.parametrize("told", ["10.20.0.0/16, 127.0.0.1", '["10.20.0.0/16", "127.0.0.1"]'])
def test_lists_are_told_by_comma_or_as_json(monkeypatch, told: str):
    monkeypatch.setenv("LUMBUNG_INTERNAL_TARGETS", told)
    monkeypatch.setenv("LUMBUNG_HOSTS", "pustaka.kampus.ac.id,katalog.kampus.ac.id")
    read = Environment()
    assert ([str(each) for each in read.internal_targets], read.hosts) == (
        ["10.20.0.0/16", "127.0.0.1/32"], ["pustaka.kampus.ac.id", "katalog.kampus.ac.id"],
    )  # fmt: skip


@pytest.mark.parametrize("told", ["kampus", "10.20.0.0/16; 10.30.0.0/16", '["10.20.0.0/16"', "[10.20.0.0/16]"])
def test_a_list_that_is_none_is_named(monkeypatch, told: str):
    monkeypatch.setenv("LUMBUNG_INTERNAL_TARGETS", told)
    with pytest.raises(ValidationError, match="internal_targets"):
        Environment()
