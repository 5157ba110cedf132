"""A bucket of S3, or of what speaks like it (MinIO, Ceph, Garage …), as a storage root.

``s3://KEY:SECRET@HOST[:PORT]/BUCKET[/PREFIX][?region=…&tls=false]``; signs such as ``/`` in the secret are written ``%2F``.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from lumbung.digital.domain.places.place import Known, Lost
from lumbung.formats import ocfl

if TYPE_CHECKING:
    from obstore.store import S3Store

BUFFER = 1 << 20


class Bucket:
    """See ``Place``. The mark of an object is written last, so what a broken line leaves is written again."""

    is_remote = True

    def __init__(self, address: str, known: Path) -> None:
        parts = urlsplit(address)
        self._parts, self._asked = parts, parse_qs(parts.query)
        self.name = f"s3://{parts.hostname}{f':{parts.port}' if parts.port else ''}{parts.path}"
        self._known = Known(known, self.name)

    def has(self, sha256: str) -> bool:
        return self._is_there(f"{ocfl.place_of(sha256)}/{ocfl.CONTENT}")

    def is_whole(self, sha256: str) -> bool:
        return self._is_there(f"{ocfl.place_of(sha256)}/{ocfl.OBJECT_MARK}") and self.has(sha256)

    def keep(self, sha256: str, content: Path, description: Mapping[str, bytes], *, move: bool = False) -> None:
        self._lay_out()
        folder = ocfl.place_of(sha256)
        self._put(f"{folder}/{ocfl.CONTENT}", content)
        for name, said in description.items():
            self._put(f"{folder}/{name}", said)
        if move:
            content.unlink()

    def open(self, sha256: str) -> IO[bytes]:
        path = f"{ocfl.place_of(sha256)}/{ocfl.CONTENT}"
        with _spoken(self.ask):
            size = self._api.head(self._store, path)["size"]
        return io.BufferedReader(_Remote(lambda first, length: self._range(path, first, length), size), BUFFER)

    def said(self, sha256: str, name: str) -> bytes:
        with _spoken(self.ask):
            return bytes(self._api.get(self._store, f"{ocfl.place_of(sha256)}/{name}").bytes())

    def note(self, sha256: str, name: str, said: bytes) -> None:
        self._put(f"{ocfl.place_of(sha256)}/{name}", said)

    def remove(self, sha256: str) -> None:
        with _spoken():
            paths = [each["path"] for batch in self._api.list(self._store, ocfl.place_of(sha256)) for each in batch]
            if paths:
                self._api.delete(self._store, sorted(paths))

    def path_of(self, sha256: str) -> Path | None:
        return None

    def kept(self) -> list[str]:
        ending = f"/{ocfl.CONTENT}"
        with _spoken():
            paths = [str(each["path"]) for batch in self._api.list(self._store) for each in batch]
        return sorted(ocfl.hash_of(path.removesuffix(ending).rpartition("/")[2]) for path in paths if path.endswith(ending))

    def ask(self) -> None:
        if not self._is_there(ocfl.ROOT_MARK) and self._known:
            raise Lost(f"{self.name} tidak berisi penyimpanan Lumbung lagi")

    def begin_anew(self) -> None:
        self._known.forget()
        self._lay_out()

    def _lay_out(self) -> None:
        if not self._is_there(ocfl.ROOT_MARK):
            self.ask()
            for name, said in ocfl.root_files().items():
                self._put(name, said)
        self._known.remember()

    def _put(self, path: str, what: Path | bytes) -> None:
        try:
            with _spoken():
                self._api.put(self._store, path, what)
        except FileNotFoundError as error:
            raise Lost(f"{self.name}: {error}") from error

    def _is_there(self, path: str) -> bool:
        try:
            with _spoken():
                self._api.head(self._store, path)
        except FileNotFoundError:
            return False
        return True

    def _range(self, path: str, first: int, length: int) -> bytes:
        with _spoken():
            return bytes(self._api.get_range(self._store, path, start=first, length=length))

    @cached_property
    def _api(self) -> Any:
        import obstore  # noqa: PLC0415 -- loaded only where files are kept in S3

        return obstore

    @cached_property
    def _store(self) -> "S3Store":
        from obstore.store import S3Store  # noqa: PLC0415 -- loaded only where files are kept in S3

        bucket, _, prefix = self._parts.path.strip("/").partition("/")
        has_tls = self._asked.get("tls", ["true"])[0] != "false"
        port = f":{self._parts.port}" if self._parts.port else ""
        return S3Store(
            bucket,
            prefix=prefix or None,
            endpoint=f"{'https' if has_tls else 'http'}://{self._parts.hostname}{port}",
            access_key_id=unquote(self._parts.username or ""),
            secret_access_key=unquote(self._parts.password or ""),
            region=self._asked.get("region", ["us-east-1"])[0],
            virtual_hosted_style_request=False,
            client_options={"timeout": "60s", "connect_timeout": "5s", "allow_http": not has_tls},
            retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=15)},
        )


class _Remote(io.RawIOBase):
    """A content behind the network as a file: each read asks for a range."""

    def __init__(self, ask: Callable[[int, int], bytes], size: int) -> None:
        self._ask, self._size, self._at = ask, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        length = min(len(buffer), self._size - self._at)
        if length <= 0:
            return 0
        buffer[:length] = self._ask(self._at, length)
        self._at += length
        return length

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        return self._at


@contextmanager
def _spoken(ask: Callable[[], None] | None = None) -> Iterator[None]:
    """What the library raises, as ``OSError``. With ``ask``: whether only the content is missing, or all of the place."""
    from obstore.exceptions import BaseError  # noqa: PLC0415 -- loaded only where files are kept in S3

    try:
        yield
    except FileNotFoundError:
        if ask is not None:
            ask()
        raise
    except BaseError as error:
        raise OSError(str(error).strip().splitlines()[0]) from error
