"""Publications under lock: the key of each is kept, the file it makes is only in the cache and made again where it went."""

import hashlib
import secrets
from pathlib import Path

from lumbung.digital.domain import store
from lumbung.digital.domain.documents import kept_in
from lumbung.digital.models import File, LockedPublication
from lumbung.digital.refusals import CANNOT_BE_LOCKED
from lumbung.formats.lcp import KEY_BYTES, Unprotectable, protect
from lumbung.kernel.pieces import STORAGE_OUT
from lumbung.kernel.refusals import Refused
from lumbung.kernel.secrets_at_rest import Unreadable, seal, unseal

LOCKED = "locked.epub"


def locked(file: File) -> LockedPublication:
    """The publication under lock; locked now if it was not yet. Refuses one that cannot be locked."""
    found = LockedPublication.objects.filter(sha256=file.sha256).first()
    return found if found is not None and key_of(found) else _locked_anew(file, found)


def key_of(publication: LockedPublication) -> bytes:
    """Its key; empty when it was sealed with a key that the installation no longer has."""
    try:
        return bytes.fromhex(unseal(publication.sealed)["key"])
    except Unreadable:
        return b""


def locked_file(file: File, publication: LockedPublication) -> Path:
    """The publication under lock, as a file of this machine. Refuses when there is no room for it."""
    path = kept_in(file.sha256, LOCKED)
    if not path.is_file():
        told = _written(file, key_of(publication))
        if told != (publication.locked_sha256, publication.locked_size):
            publication.locked_sha256, publication.locked_size = told
            publication.save(update_fields=["locked_sha256", "locked_size"])
    return path


def _locked_anew(file: File, found: LockedPublication | None) -> LockedPublication:
    key = secrets.token_bytes(KEY_BYTES)
    row = found or LockedPublication(sha256=file.sha256)
    row.sealed, (row.locked_sha256, row.locked_size) = seal({"key": key.hex()}), _written(file, key)
    if found is not None:
        row.save()
        return row
    kept, is_new = LockedPublication.objects.get_or_create(
        sha256=file.sha256,
        defaults={"sealed": row.sealed, "locked_sha256": row.locked_sha256, "locked_size": row.locked_size},
    )
    if not is_new:  # somebody locked it in the same moment: theirs is the key, so the file of ours is no good
        kept_in(file.sha256, LOCKED).unlink(missing_ok=True)
    return kept


def _written(file: File, key: bytes) -> tuple[str, int]:
    """Puts the file under lock into the cache; returns its SHA-256 and size."""
    path = kept_in(file.sha256, LOCKED)
    try:
        with store.incoming() as part, store.opened(file.sha256) as content:
            protect(content, part, key)
            with part.open("rb") as written:
                digest = hashlib.file_digest(written, "sha256").hexdigest()
            size = part.stat().st_size
            path.parent.mkdir(parents=True, exist_ok=True)
            part.replace(path)
    except Unprotectable as error:
        raise Refused(CANNOT_BE_LOCKED()) from error
    except OSError as error:
        raise Refused(STORAGE_OUT()) from error
    return digest, size
