"""Everything an operator may set, typed, read from environment variables called ``LUMBUNG_…``.

``LUMBUNG_SECRET_KEY_FILE`` and its like name a file that holds the value, for secrets.
"""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from lumbung.project.mail import mail_settings


class Environment(BaseSettings):
    """The settings of one installation. Raises ``pydantic.ValidationError`` naming each variable that is wrong."""

    model_config = SettingsConfigDict(env_prefix="LUMBUNG_", env_ignore_empty=True)

    data: Path = Field(default=Path("data"), description="Folder of everything Lumbung keeps: database, index, files.")
    database_url: str = Field(default="", description="postgres://… for a cluster; empty: SQLite in the data folder.")
    secret_key: str = Field(default="", description="Secret for signing; empty: kept in the data folder.")
    url: str = Field(default="", description="Public address (https://perpustakaan.kampus.ac.id); links in mail begin with it.")
    hosts: list[str] = Field(default=["*"], description="Host names the site answers to.")
    proxies: int = Field(default=0, ge=0, description="How many reverse proxies stand in front and add X-Forwarded-For.")
    secure: bool = Field(default=False, description="Behind HTTPS: secure cookies and HSTS.")
    debug: bool = Field(default=False, description="For developers only.")
    language: Literal["id", "en"] = Field(default="id", description="Language of a first visit.")
    time_zone: str = Field(default="Asia/Jakarta", description="Time zone of background work.")
    processes: int = Field(default=2, ge=1, le=64, description="Processes that serve pages.")
    access_log: bool = Field(default=False, description="Note every request in the log.")
    email_url: str = Field(default="console:", description="smtp://user:password@host:587/?tls=true, or console:")
    email_from: str = Field(default="Lumbung <perpustakaan@localhost>", description="Sender of mail.")

    @model_validator(mode="before")
    @classmethod
    def _read_files(cls, values: dict[str, Any]) -> dict[str, Any]:
        """``LUMBUNG_X_FILE`` names the file that holds the value of ``LUMBUNG_X``; ``LUMBUNG_X`` itself goes before it."""
        for name in cls.model_fields.keys() - values.keys():
            if file := os.environ.get(f"LUMBUNG_{name.upper()}_FILE"):
                try:
                    values[name] = Path(file).read_text(encoding="utf-8").strip()
                except OSError as error:
                    raise ValueError(f"LUMBUNG_{name.upper()}_FILE: {error}") from None
        return values

    @field_validator("email_url")
    @classmethod
    def _is_a_mail_address(cls, url: str) -> str:
        mail_settings(url)
        return url

    def secret(self) -> str:
        """The signing secret; made and kept (mode 600) in the data folder the first time when none is set."""
        if self.secret_key:
            return self.secret_key
        path = self.data / "secret.key"
        if not path.exists():
            self.data.mkdir(parents=True, exist_ok=True)
            _write_once(path, secrets.token_urlsafe(50))
        return path.read_text(encoding="ascii").strip()


def _write_once(path: Path, secret: str) -> None:
    """Whole or not at all, and never twice: several processes may start at the same moment."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".secret-", encoding="ascii") as file:
        file.write(secret)
        file.flush()
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(file.name)
