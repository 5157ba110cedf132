"""A bag read whole: is everything there that it lists, listed what is there, and every digest true?"""

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO

from lumbung.formats.bagit.packed import BLOCK, Fault, Limits, NotABag, Packed, packed, told_when_broken

KNOWN = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512"})
LARGEST_TOLD = 64 << 20
"""Manifests and descriptions larger than this are not read."""
VERSIONS = frozenset({(0, 93), (0, 94), (0, 95), (0, 96), (0, 97), (1, 0)})
FIRST_STRICT = (1, 0)
_DECLARED = re.compile(rb"BagIt-Version: (\d+)\.(\d+)[ \t]*\r?\n?Tag-File-Character-Encoding: ([\w.:-]+)[ \t]*\r?\n?")
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(.+)")
_FETCHED = re.compile(r"\S+[ \t]+(?:\d+|-)[ \t]+(.+)")
_MANIFEST = re.compile(r"(tag)?manifest-(\w+)\.txt", re.IGNORECASE)
_BESIDE = "__MACOSX/"


@dataclass
class Bag:
    """``payload`` has the files by their names below ``data/``; ``info`` what ``bag-info.txt`` says, in its order.

    ``faults`` is all that is wrong.
    """

    packed: Packed
    root: str
    version: tuple[int, int] = (0, 0)
    encoding: str = "utf-8"
    info: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @cached_property
    def files(self) -> dict[str, str]:
        """Every file of the bag from its root, with its name in the archive."""
        names = (name for name in self.packed.sizes if not name.startswith(_BESIDE))
        return {name.removeprefix("./").removeprefix(self.root): name for name in names}

    @property
    def payload(self) -> list[str]:
        return sorted(name.removeprefix("data/") for name in self.files if name.startswith("data/"))

    def size(self, name: str) -> int:
        return self.packed.sizes[self.files[name]]

    def said(self, label: str) -> str:
        """What the description says first under this label, or nothing."""
        return next((value for key, value in self.info if key.lower() == label.lower()), "")

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A file from the bag's root. Raises ``NotABag`` when the archive is damaged there."""
        with told_when_broken(), self.packed.open(self.files[name]) as file:
            yield file


@contextmanager
def opened_bag(path: Path, limits: Limits) -> Iterator[Bag]:
    """The bag in this archive, checked to its last byte, with every fault. Raises ``NotABag`` for what is no bag, damaged, or a bomb."""
    with packed(path, limits) as archive:
        bag = Bag(archive, _root(archive), faults=list(archive.faults))
        if _declare(bag):
            _check(bag)
        yield bag


def _root(archive: Packed) -> str:
    """The one folder that the bag is; empty where the archive is the bag itself."""
    names = [name.removeprefix("./") for name in archive.sizes if not name.startswith(_BESIDE)]
    if "bagit.txt" in names:
        return ""
    tops = {name.partition("/")[0] for name in names}
    top = next((each for each in sorted(tops) if f"{each}/bagit.txt" in names), None)
    if top is None:
        raise NotABag(Fault("no_bag"))
    if len(tops) > 1:
        raise NotABag(Fault("beside", min(tops - {top})))
    return f"{top}/"


def _declare(bag: Bag) -> bool:
    """Read ``bagit.txt``; whether the rest can be read."""
    found = _DECLARED.fullmatch(_told(bag, "bagit.txt"))
    if found is None:
        bag.faults.append(Fault("declaration"))
        return False
    bag.version, bag.encoding = (int(found[1]), int(found[2])), found[3].decode()
    if bag.version not in VERSIONS:
        bag.faults.append(Fault("version", f"{found[1].decode()}.{found[2].decode()}"))
        return False
    try:
        codecs.lookup(bag.encoding)
    except LookupError:
        bag.faults.append(Fault("encoding", bag.encoding))
        return False
    return True


def _check(bag: Bag) -> None:
    bag.faults += [Fault("escapes", name) for name in bag.files if not _stays(name)]
    manifests = {name: found for name in bag.files if (found := _MANIFEST.fullmatch(name))}
    fetched = _fetched(bag)
    wanted: dict[str, dict[str, str]] = {}
    listed: list[set[str]] = []
    for name, found in sorted(manifests.items()):
        lines = _listed(bag, name, of_payload=not found[1])
        if not found[1]:
            listed.append(set(lines))
        for path, digest in lines.items():
            wanted.setdefault(path, {})[found[2].lower()] = digest
    if not listed:
        bag.faults.append(Fault("no_manifest"))
    elif not any(found[2].lower() in KNOWN for found in manifests.values() if not found[1]):
        bag.faults.append(Fault("algorithm"))
    bag.faults += _unlisted(bag, listed)
    for path, digests in wanted.items():
        bag.faults += _faults_of(bag, path, digests, fetched)
    _describe(bag)


def _listed(bag: Bag, name: str, *, of_payload: bool) -> dict[str, str]:
    """What a manifest lists, by the names that the files have; what leads elsewhere, or stands there twice, is a fault."""
    alike = {unicodedata.normalize("NFC", each): each for each in bag.files}
    listed: dict[str, str] = {}
    for line in _lines(bag, name):
        found = _LINE.fullmatch(line)
        if found is None:
            bag.faults.append(Fault("line", f"{name}: {line[:80]}"))
            continue
        path, digest = _decoded(found[2].removeprefix("./"), bag.version), found[1].lower()
        if not _stays(path) or (of_payload and not path.startswith("data/")):
            bag.faults.append(Fault("escapes", path))
            continue
        path = path if path in bag.files else alike.get(unicodedata.normalize("NFC", path), path)
        if path in listed and (listed[path] != digest or bag.version >= FIRST_STRICT):
            bag.faults.append(Fault("listed_twice", path))
        listed[path] = digest
    return listed


def _unlisted(bag: Bag, listed: list[set[str]]) -> list[Fault]:
    """Since 1.0 every manifest lists every file; before, one of them was enough."""
    if not listed:
        return []
    enough = set.intersection(*listed) if bag.version >= FIRST_STRICT else set.union(*listed)
    return [Fault("unlisted", f"data/{name}") for name in bag.payload if f"data/{name}" not in enough]


def _faults_of(bag: Bag, path: str, digests: Mapping[str, str], fetched: set[str]) -> list[Fault]:
    if path not in bag.files:
        return [Fault("fetch" if path in fetched else "missing", path)]
    sums = {each: hashlib.new(each, usedforsecurity=False) for each in digests if each in KNOWN}
    with bag.open(path) as file:
        while block := file.read(BLOCK):
            for each in sums.values():
                each.update(block)
    return [Fault("sum", path)] if any(each.hexdigest() != digests[name] for name, each in sums.items()) else []


def _fetched(bag: Bag) -> set[str]:
    """What the bag says is to be fetched from elsewhere: never fetched, and only a fault where it is not there too."""
    found = (_FETCHED.fullmatch(line) for line in (_lines(bag, "fetch.txt") if "fetch.txt" in bag.files else []))
    paths = {_decoded(each[1].removeprefix("./"), bag.version) for each in found if each}
    bag.faults += [Fault("escapes", path) for path in sorted(paths) if not _stays(path) or not path.startswith("data/")]
    return paths


def _describe(bag: Bag) -> None:
    """Read the description; ``Payload-Oxum`` there is to agree with what came."""
    name = next((each for each in ("bag-info.txt", "package-info.txt") if each in bag.files), None)
    for line in _lines(bag, name) if name else []:
        if line[:1] in " \t" and bag.info:
            key, value = bag.info.pop()
            bag.info.append((key, f"{value} {line.strip()}"))
        else:
            key, _, value = line.partition(":")
            bag.info.append((key.strip(), value.strip()))
    there = f"{sum(bag.size(f'data/{each}') for each in bag.payload)}.{len(bag.payload)}"
    if (said := bag.said("Payload-Oxum")) and said != there:
        bag.faults.append(Fault("oxum", said))


def _lines(bag: Bag, name: str) -> list[str]:
    try:
        said = _told(bag, name).decode(bag.encoding).removeprefix("\ufeff")
    except UnicodeError:
        bag.faults.append(Fault("encoding", name))
        return []
    return [line for line in re.split(r"\r\n|\r|\n", said) if line.strip()]


def _told(bag: Bag, name: str) -> bytes:
    if bag.size(name) > LARGEST_TOLD:
        raise NotABag(Fault("too_large", name))
    with bag.open(name) as file:
        return file.read(LARGEST_TOLD)


def _decoded(path: str, version: tuple[int, int]) -> str:
    """A path as it stands in a manifest, without its percent signs; since 1.0 they are written so themselves."""
    signs = r"%(0[Aa]|0[Dd]|25)" if version >= FIRST_STRICT else r"%(0[Aa]|0[Dd])"
    return re.sub(signs, lambda found: chr(int(found[1], 16)), path)


def _stays(path: str) -> bool:
    """Whether the path leads nowhere but into its bag, on any system."""
    parts = path.split("/")
    return not (
        "\\" in path
        or "\0" in path
        or path.startswith("~")
        or path[1:2] == ":"
        or any(each in {"", ".", ".."} for each in parts)
    )
