"""A bag written: BagIt 1.0, as a ZIP that any archive can check."""

import hashlib
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
ALGORITHMS = ("sha256", "sha512")
BLOCK = 1 << 20


@dataclass(frozen=True)
class Payload:
    """A file of the bag: its name below ``data/``, and its bytes."""

    name: str
    content: IO[bytes]


def write_bag(
    target: IO[bytes],
    name: str,
    payload: Iterable[Payload],
    facts: Mapping[str, str],
    beside: Mapping[str, bytes] | None = None,
) -> None:
    """Write the bag called ``name`` as a ZIP; ``facts`` go into ``bag-info.txt`` with the size. Each file is read once, a block at a time.

    ``beside`` are tag files: what tells of the payload and is none, by name.
    Names must be safe (``safe_path``) and differ; raises ``ValueError`` otherwise.
    """
    manifests: dict[str, list[str]] = {each: [] for each in ALGORITHMS}
    size = count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True) as bag:
        for each in payload:
            path = f"data/{safe_path(each.name)}"
            if f"{name}/{path}" in bag.NameToInfo:
                raise ValueError(f"two files are called {each.name}")
            digests, length = _copy(bag, f"{name}/{path}", each.content)
            size, count = size + length, count + 1
            for algorithm, digest in digests.items():
                manifests[algorithm].append(f"{digest}  {_encoded(path)}\n")
        info = {**facts, "Payload-Oxum": f"{size}.{count}"}
        tags = {
            "bagit.txt": DECLARATION,
            "bag-info.txt": "".join(f"{key}: {_one_line(said)}\n" for key, said in info.items()).encode(),
        }
        tags |= {safe_path(each): said for each, said in (beside or {}).items()}
        tags |= {f"manifest-{each}.txt": "".join(lines).encode() for each, lines in manifests.items()}
        tags |= {f"tagmanifest-{each}.txt": _manifest(tags, each) for each in ALGORITHMS}
        for path, said in tags.items():
            bag.writestr(f"{name}/{path}", said)


def safe_path(name: str) -> str:
    """The name, if it leads nowhere but below its folder on any system. Raises ``ValueError`` otherwise."""
    parts = name.split("/")
    if (
        "\\" in name
        or "\0" in name
        or ":" in name
        or any(part in {"", ".", "..", "~"} or part.startswith("~") for part in parts)
    ):
        raise ValueError(f"{name!r} leads out of its folder")
    return name


def _copy(bag: zipfile.ZipFile, path: str, content: IO[bytes]) -> tuple[dict[str, str], int]:
    digests, length = {each: hashlib.new(each) for each in ALGORITHMS}, 0
    with bag.open(zipfile.ZipInfo(path), "w", force_zip64=True) as file:
        while block := content.read(BLOCK):
            length += len(block)
            for digest in digests.values():
                digest.update(block)
            file.write(block)
    return {each: digest.hexdigest() for each, digest in digests.items()}, length


def _manifest(tags: Mapping[str, bytes], algorithm: str) -> bytes:
    return "".join(f"{hashlib.new(algorithm, said).hexdigest()}  {path}\n" for path, said in tags.items()).encode()


def _encoded(path: str) -> str:
    """As paths stand in a manifest: what would break the line is written in percent."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _one_line(said: str) -> str:
    return " ".join(said.split())
