"""What a folder that was carried away must hold: the row count of every table, the SHA-256 of every file."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

MANIFEST = "backup.json"
BLOCK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """``rows`` counts each table; ``files`` maps each path in the folder to its SHA-256; ``made_at`` is ISO 8601, UTC; ``engine`` tells
    how the rows are kept: "sqlite", "postgresql", or "rows" for JSON Lines. ``digests`` holds what the rows of each table say together,
    where they can be compared with those of a database. ``elsewhere`` names the place of digital contents that do not lie in the data
    folder, and ``contents`` the size of each by its SHA-256: they are in the folder only where ``files`` lists them."""

    version: str
    made_at: str
    engine: str
    rows: dict[str, int]
    files: dict[str, str]
    digests: dict[str, str] = field(default_factory=dict)
    elsewhere: str = ""
    contents: dict[str, int] = field(default_factory=dict)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder. Raises ``OSError``, ``ValueError`` or ``TypeError`` where it is missing or damaged."""
    return Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Written last and durably: a folder that has it is whole."""
    with (folder / MANIFEST).open("w", encoding="utf-8") as file:
        file.write(json.dumps(asdict(manifest), indent=1))
        file.flush()
        os.fsync(file.fileno())


def hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below the folder but the manifest, by its path."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in sorted(files)}


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
