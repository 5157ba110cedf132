"""Pictures and digital files beside the tables, as they came: kept whole in an archive with a manifest, until nobody needs them.

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

from lumbung.formats.zip_bounds import Unsafe, look_over
from lumbung.kernel.refusals import Reason
from lumbung.moving.domain.sources import Wanted, unsafe_archive
from lumbung.moving.domain.work import Work
from lumbung.moving.models import KeptTable
from lumbung.moving.refusals import ARCHIVE_UNREADABLE, FILE_LACKING, FILE_STRANGE

BLOCK = 1 << 20
MOST_UNPACKED = 1 << 40
"""They are taken out one by one, each within its own bounds."""
MANIFEST = "manifest.jsonl"


class Place(Protocol):
    """A folder or archive with files; ``open`` gives None for what is not there."""

    def open(self, path: str) -> BinaryIO | None: ...


def safe_path(told: str) -> str | None:
    """The path as it may be looked for; None for one that leads out of the folder."""
    path = PurePosixPath(told.replace("\\", "/"))
    return None if path.is_absolute() or ".." in path.parts or "\0" in told else str(path)


def keep_files(work: Work, name: str, place: str, wanted: Iterator[Wanted], *, told: bool = False) -> None:
    """Keep, as ``name``, the files of ``place`` (a folder or zip; "" for none) that the rows speak of. What is kept already is left.

    What is not there is told, unless a stage has ``told`` it already.
    """
    if not place or work.move.kept_tables.filter(name=name).exists():
        return
    digest, count = hashlib.sha256(), 0
    with tempfile.TemporaryFile() as made, found_in(Path(place)) as files:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
            lines = []
            for each in wanted:
                line = _put(files, archive, each)
                if isinstance(line, Reason):
                    if not told:
                        work.tell(each.entity, line)
                    continue
                lines.append(json.dumps(line, ensure_ascii=False))
                count += 1
            manifest = "\n".join(lines)
            archive.writestr(MANIFEST, manifest)
        digest.update(manifest.encode("utf-8", "surrogatepass"))
        made.seek(0)
        stored = default_storage.save(f"moving/{work.move.pk}/{name}.zip", File(cast(BinaryIO, made)))
    KeptTable.objects.create(
        move=work.move, name=name, rows=count, stored_file=stored, digest=digest.hexdigest(), because="files"
    )


def _put(files: Place, archive: zipfile.ZipFile, each: Wanted) -> Mapping[str, object] | Reason:
    """Put one file in the archive; its line for the manifest, or why not."""
    path = safe_path(each.path)
    if path is None:
        return FILE_STRANGE(file=each.path[:200])
    found = files.open(path)
    if found is None:
        return FILE_LACKING(file=each.path[:200])
    digest, size = hashlib.sha256(), 0
    with found, archive.open(path, "w", force_zip64=True) as kept:
        while block := found.read(BLOCK):
            kept.write(block)
            digest.update(block)
            size += len(block)
    return {"path": path, "size": size, "sha256": digest.hexdigest(), "entity": each.entity, "source_id": each.source_id}


def faults_of(place: Path) -> list[Reason]:
    """Why files cannot be taken out of this archive; of a folder they always can."""
    if place.is_dir():
        return []
    if not zipfile.is_zipfile(place):
        return [ARCHIVE_UNREADABLE(file=place.name)]
    try:
        with found_in(place):
            return []
    except Unsafe as unsafe:
        return [unsafe_archive(unsafe, place).reason]


@contextmanager
def found_in(place: Path) -> Iterator[Place]:
    """The folder or archive, open for the block."""
    if place.is_dir():
        yield _Folder(place)
        return
    with zipfile.ZipFile(place) as archive:
        look_over(archive.infolist(), most=MOST_UNPACKED)
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
