"""Pictures and digital files beside the tables: kept whole in an archive with a manifest, until there is room for them here.

The folder or archive given is only read; a name that leads out of it is not followed. What rows speak of and is not there is told.
"""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, cast

from django.core.files.base import File
from django.core.files.storage import default_storage

from lumbung.moving.domain.sources import Wanted
from lumbung.moving.domain.work import Work
from lumbung.moving.models import KeptTable
from lumbung.moving.refusals import FILE_LACKING, FILE_STRANGE

BLOCK = 1 << 20
MANIFEST = "manifest.jsonl"


class _Place(Protocol):
    def open(self, path: str) -> BinaryIO | None: ...


def keep_files(work: Work, name: str, place: str, wanted: Iterator[Wanted]) -> None:
    """Keep, as ``name``, the files of ``place`` (a folder or zip; "" for none) that the rows speak of. What is kept already is left."""
    if not place or work.move.kept_tables.filter(name=name).exists():
        return
    digest, count = hashlib.sha256(), 0
    with tempfile.TemporaryFile() as made, _opened(Path(place)) as files:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
            told = []
            for each in wanted:
                if line := _put(work, files, archive, each):
                    told.append(json.dumps(line, ensure_ascii=False))
                    count += 1
            manifest = "\n".join(told)
            archive.writestr(MANIFEST, manifest)
        digest.update(manifest.encode("utf-8", "surrogatepass"))
        made.seek(0)
        stored = default_storage.save(f"moving/{work.move.pk}/{name}.zip", File(cast(BinaryIO, made)))
    KeptTable.objects.create(
        move=work.move, name=name, rows=count, stored_file=stored, digest=digest.hexdigest(), because="files"
    )


def _put(work: Work, files: _Place, archive: zipfile.ZipFile, each: Wanted) -> Mapping[str, object] | None:
    """Put one file in the archive; its line for the manifest, or None when it is told why not."""
    path = PurePosixPath(each.path.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or "\0" in each.path:
        work.tell(each.entity, FILE_STRANGE(file=each.path[:200]))
        return None
    found = files.open(str(path))
    if found is None:
        work.tell(each.entity, FILE_LACKING(file=each.path[:200]))
        return None
    digest, size = hashlib.sha256(), 0
    with found, archive.open(str(path), "w", force_zip64=True) as kept:
        while block := found.read(BLOCK):
            kept.write(block)
            digest.update(block)
            size += len(block)
    return {"path": str(path), "size": size, "sha256": digest.hexdigest(), "entity": each.entity, "source_id": each.source_id}


@contextmanager
def _opened(place: Path) -> Iterator[_Place]:
    if place.is_dir():
        yield _Folder(place)
        return
    with zipfile.ZipFile(place) as archive:
        yield _Archive(archive, place.stem)


class _Folder:
    """The folder itself, or one that holds it: ``images`` may be given as ``images`` or as what it lies in."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def open(self, path: str) -> BinaryIO | None:
        for below in (self.root, self.root / "images", self.root / "repository"):
            found = (below / path).resolve()
            if found.is_relative_to(self.root) and found.is_file():
                return found.open("rb")
        return None


class _Archive:
    def __init__(self, archive: zipfile.ZipFile, stem: str) -> None:
        self.archive, self.names = archive, set(archive.namelist())
        self.below = ("", "images/", "repository/", f"{stem}/")

    def open(self, path: str) -> BinaryIO | None:
        name = next((f"{below}{path}" for below in self.below if f"{below}{path}" in self.names), None)
        return cast(BinaryIO, self.archive.open(name)) if name else None
