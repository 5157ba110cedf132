"""Where the cluster is, from one address: ``https://user:password@one:9200,two:9200/lumbung?ca=/etc/ssl/ours.pem&replicas=1``."""

from dataclasses import dataclass
from pathlib import Path
from re import fullmatch
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PORT = 9200
NAME = "lumbung"
OPTIONS = ("ca", "verify", "timeout", "shards", "replicas")


@dataclass(frozen=True)
class Address:
    """``hosts`` as ``https://one:9200``; ``name`` begins the name of every index of this library. ``timeout`` in seconds, for one
    request. ``replicas`` None: one as soon as the cluster has two nodes. ``ca`` is a file of certificates to trust, ``verify``
    whether to ask for one that is trusted."""

    hosts: tuple[str, ...]
    name: str = NAME
    user: str = ""
    password: str = ""
    ca: str | None = None
    verify: bool = True
    timeout: float = 10.0
    shards: int = 1
    replicas: int | None = None


def address_of(url: str) -> Address:
    """The parts of an address. Raises ``ValueError`` with a sentence saying what is wrong with it."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError("the search address does not begin with https:// and a host name")
    sign_in, _, hosts = parts.netloc.rpartition("@")
    user, _, password = sign_in.partition(":")
    return Address(
        hosts=tuple(_host(parts.scheme, host) for host in hosts.split(",")),
        name=_name(parts.path.strip("/") or NAME),
        user=unquote(user),
        password=unquote(password),
        **_options(parts.query),
    )


def _host(scheme: str, host: str) -> str:
    parts = urlsplit(f"{scheme}://{host}")
    if not parts.hostname:
        raise ValueError(f"the search address has an empty host among {host!r}")
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{scheme}://{name}:{parts.port or PORT}"


def _name(name: str) -> str:
    if not fullmatch(r"[a-z][a-z0-9_-]{0,60}", name):
        raise ValueError(f"{name!r} cannot be the name of an index: small letters, digits, - and _ only")
    return name


def _options(query: str) -> dict[str, Any]:
    given = dict(parse_qsl(query, keep_blank_values=True))
    if unknown := given.keys() - set(OPTIONS):
        raise ValueError(f"the search address knows no {', '.join(sorted(unknown))}; it knows {', '.join(OPTIONS)}")
    options: dict[str, Any] = {}
    for name, value in given.items():
        match name:
            case "ca":
                options[name] = _readable(value)
            case "verify":
                options[name] = _yes_or_no(value)
            case _:
                options[name] = _number(name, value)
    return options


def _readable(file: str) -> str:
    if not Path(file).is_file():
        raise ValueError(f"the certificates of the search address are not in {file}")
    return file


def _yes_or_no(value: str) -> bool:
    if value not in {"true", "false"}:
        raise ValueError("verify in the search address is true or false")
    return value == "true"


def _number(name: str, value: str) -> int:
    least = 0 if name == "replicas" else 1
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise ValueError(f"{name} in the search address is a number from {least}")
    return int(value)
