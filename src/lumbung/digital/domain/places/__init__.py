"""Places where contents are kept, each an OCFL storage root: a folder of this machine, or a bucket of S3.

The operator names the first place (``LUMBUNG_FILES_URL``) and, if there is one, the second (``LUMBUNG_FILES_COPY_URL``). A first place
behind a network may be away: what comes meanwhile waits in the data folder (``waiting``) and is sent later.
"""

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from lumbung.digital.domain.places.local import Folder
from lumbung.digital.domain.places.place import Place
from lumbung.digital.domain.places.s3 import Bucket

__all__ = ["Place", "at", "first", "readable", "second", "waiting"]


def first() -> Place:
    """Where contents are kept."""
    return at(settings.FILES_URL) if settings.FILES_URL else _folder(Path(settings.DATA) / "files" / "digital" / "objects")


def second() -> Place | None:
    """Where each content is kept once more, if the operator named such a place."""
    return at(settings.FILES_COPY_URL) if settings.FILES_COPY_URL else None


def waiting() -> Place:
    """Where contents wait while a first place behind a network does not take them."""
    return _folder(Path(settings.DATA) / "outgoing" / "objects")


def readable() -> list[Place]:
    """Where a content may be read, the quickest first."""
    chosen = [*([waiting()] if first().is_remote else []), first()]
    copy = second()
    return [*chosen, copy] if copy is not None else chosen


def at(address: str) -> Place:
    """The place of this address: a folder (``/mnt/arsip`` or ``file:///mnt/arsip``), or ``s3://…`` (see ``Bucket``)."""
    parts = urlsplit(address)
    return _bucket(address, Path(settings.DATA)) if parts.scheme == "s3" else _folder(Path(parts.path))


@lru_cache(maxsize=16)
def _bucket(address: str, data: Path) -> Bucket:
    return Bucket(address, known=data / "places")


def _folder(root: Path) -> Folder:
    return Folder(root, known=Path(settings.DATA) / "places")
