"""Everything an operator may set, typed, read from environment variables called ``LUMBUNG_…``.

``LUMBUNG_SECRET_KEY_FILE`` and its like name a file that holds the value, for secrets.
"""

import json
import os
import secrets
from base64 import urlsafe_b64decode
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, IPvAnyNetwork, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from lumbung.formats.lcp import Signer
from lumbung.kernel.secret_files import kept_secret
from lumbung.project.mail import CONSOLE, mail_settings
from lumbung.search.opensearch.address import address_of

FERNET_BYTES = 32


class Environment(BaseSettings):
    """The settings of one installation. Raises ``pydantic.ValidationError`` naming each variable that is wrong, never what it says: that
    may be a secret."""

    model_config = SettingsConfigDict(env_prefix="LUMBUNG_", env_ignore_empty=True, hide_input_in_errors=True)

    data: Path = Field(default=Path("data"), description="Folder of everything Lumbung keeps: database, index, files.")
    database_url: str = Field(default="", description="postgres://… for a cluster; empty: SQLite in the data folder.")
    secret_key: str = Field(default="", description="Secret for signing; empty: kept in the data folder.")
    secrets_key: str = Field(
        default="",
        description="Fernet key that encrypts keys of other systems in the database, a new one before the old, by comma; "
        "empty: kept in the data folder.",
    )
    search_url: str = Field(
        default="",
        description="https://user:password@host:9200,… of OpenSearch for a cluster; empty: index in the data folder.",
    )
    files_url: str = Field(
        default="",
        description="Where digital files are kept: s3://key:secret@host:port/bucket, or a folder; empty: in the data folder.",
    )
    files_copy_url: str = Field(default="", description="A second place for them, as above; empty: none.")
    clamd: str = Field(
        default="", description="The virus scanner: host:port of clamd, or the whole path of its socket; empty: none."
    )
    ocr: str = Field(
        default="",
        pattern=r"^(\w+(\+\w+)*)?$",
        description="Languages in which Tesseract reads scanned pages, such as ind+eng; empty: they are not read.",
    )
    url: str = Field(default="", description="Public address (https://perpustakaan.kampus.ac.id); links in mail begin with it.")
    hosts: Annotated[list[str], NoDecode] = Field(
        default=[], description="Host names the site answers to; empty: that of the public address, else any."
    )
    proxies: int = Field(default=0, ge=0, description="How many reverse proxies stand in front and add X-Forwarded-For.")
    secure: bool = Field(default=False, description="Behind HTTPS: secure cookies and HSTS.")
    debug: bool = Field(default=False, description="For developers only.")
    language: Literal["id", "en"] = Field(default="id", description="Language of a first visit.")
    time_zone: str = Field(default="Asia/Jakarta", description="Time zone of background work.")
    processes: int = Field(default=2, ge=1, le=64, description="Processes that serve pages.")
    filtered_searches: int = Field(
        default=90, ge=0, description="Pages of filtered searches a minute for one reader who has not signed in; 0: no limit."
    )
    internal_targets: Annotated[list[IPvAnyNetwork], NoDecode] = Field(
        default=[],
        description="Inner networks whose catalogues may be asked when copying, by comma (10.20.0.0/16); empty: the open internet alone.",
    )
    chat_model_url: str = Field(
        default="",
        description="OpenAI-compatible endpoint (http://10.0.0.5:8000/v1) that may say what a chat message wants; empty: nobody is asked.",
    )
    chat_model: str = Field(default="", description="Name of the model there.")
    chat_model_key: str = Field(default="", description="Key for it, where one is needed.")
    lcp_certificate: str = Field(
        default="",
        description="Certificate (PEM) that signs licences for reading programs; empty: one made in the data folder.",
    )
    lcp_key: str = Field(default="", validate_default=True, description="Private key (PEM) of that certificate.")
    lcp_profile: str = Field(
        default="lumbung.formats.lcp.BASIC", description="Encryption profile of licences: the Python name of a Profile."
    )
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

    @field_validator("url")
    @classmethod
    def _is_a_public_address(cls, url: str) -> str:
        if url and not (urlsplit(url).scheme in {"http", "https"} and urlsplit(url).hostname):
            raise ValueError(f"{url!r} does not begin with https:// and a host name")
        return url.rstrip("/")

    @field_validator("hosts", "internal_targets", mode="before")
    @classmethod
    def _as_a_list(cls, told: Any) -> Any:
        """By comma, or as a list of JSON."""
        if not isinstance(told, str):
            return told
        return json.loads(told) if told.lstrip().startswith("[") else [each.strip() for each in told.split(",") if each.strip()]

    @field_validator("search_url")
    @classmethod
    def _is_a_search_address(cls, url: str) -> str:
        if url:
            address_of(url)
        return url

    @field_validator("files_url", "files_copy_url")
    @classmethod
    def _is_a_place_for_files(cls, url: str) -> str:
        parts = urlsplit(url)
        is_bucket = parts.scheme == "s3" and parts.hostname and parts.path.strip("/") and parts.username and parts.password
        is_folder = parts.scheme in {"", "file"} and not parts.netloc and Path(parts.path).is_absolute()
        if url and not (is_bucket or is_folder):
            raise ValueError("neither s3://key:secret@host:port/bucket nor the whole path of a folder")
        return url

    @field_validator("clamd")
    @classmethod
    def _is_a_scanner(cls, address: str) -> str:
        host, _, port = address.rpartition(":")
        if address and not address.startswith("/") and not (host and port.isdigit()):
            raise ValueError("neither host:port nor the whole path of a socket")
        return address

    @field_validator("email_url")
    @classmethod
    def _is_a_mail_address(cls, url: str, info: ValidationInfo) -> str:
        """Mail that leaves the house needs the public address: a link made from what a request calls us can lead anywhere."""
        if mail_settings(url)["EMAIL_BACKEND"] != CONSOLE and not info.data.get("url"):
            raise ValueError("mail needs LUMBUNG_URL, the address with which its links begin")
        return url

    @field_validator("lcp_key")
    @classmethod
    def _belongs_to_the_certificate(cls, key: str, info: ValidationInfo) -> str:
        certificate = info.data.get("lcp_certificate", "")
        if bool(key) != bool(certificate):
            raise ValueError("LUMBUNG_LCP_CERTIFICATE and LUMBUNG_LCP_KEY go together")
        if key:
            Signer(certificate, key).check()
        return key

    @field_validator("secrets_key")
    @classmethod
    def _is_a_fernet_key(cls, keys: str) -> str:
        for key in filter(None, keys.split(",")):
            try:
                length = len(urlsafe_b64decode(key.strip()))
            except ValueError:
                length = 0
            if length != FERNET_BYTES:
                raise ValueError("not 32 bytes in url-safe base64")
        return keys

    @property
    def answers_to(self) -> list[str]:
        """The host names the site answers to; this machine can always be asked by its own."""
        if self.hosts or not self.url:
            return self.hosts or ["*"]
        return [str(urlsplit(self.url).hostname), "localhost", "127.0.0.1", "[::1]"]

    @property
    def origins(self) -> list[str]:
        """The origin of the public address, from which browsers send forms."""
        parts = urlsplit(self.url)
        return [f"{parts.scheme}://{parts.netloc}"] if self.url else []

    def secret(self) -> str:
        """The signing secret; made and kept (mode 600) in the data folder the first time when none is set."""
        if self.secret_key:
            return self.secret_key
        return kept_secret(self.data / "secret.key", lambda: secrets.token_urlsafe(50))
