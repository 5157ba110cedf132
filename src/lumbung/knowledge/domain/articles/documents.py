"""The documents of a file that comes in, one after another: a Word document, a page of HTML, a folder (ZIP), a wiki.

Nothing is held but the one that is read: the file stays where it lies, and each document is read only when it is asked for.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from typing import IO, BinaryIO
from urllib.parse import unquote

from lumbung.formats.prose import mediawiki
from lumbung.formats.prose.folders import Folder, path_of
from lumbung.formats.prose.reading import (
    LARGEST_TEXT,
    LARGEST_WORD,
    WORDS,
    Found,
    Picture,
    Unreadable,
    from_docx,
    from_html,
    from_markdown,
)
from lumbung.kernel import uploads
from lumbung.knowledge.domain.articles.attaching import LARGEST

HEAD = 2_000
MOST_OF_PICTURES = 32 << 20
"""Bytes of all pictures of one document, which are held together."""
PACKED = b"PK\x03\x04"
PICTURE = re.compile(r"(?P<before>!\[[^\]\n]*\])\((?P<to><[^>\n]+>|[^()\n]+?)(?:\s+\"[^\"\n]*\")?\)")
READERS = {".md": from_markdown, ".markdown": from_markdown, ".txt": from_markdown, ".html": from_html, ".htm": from_html}


@dataclass(frozen=True)
class Document:
    """One document: its path or title in the file, how many bytes into the file it is, and ``read``, which raises ``Unreadable``."""

    source: str
    at: int
    read: Callable[[], Found]


def documents(name: str, file: BinaryIO) -> Iterator[Document]:
    """Each document of the file called ``name``; what it is is told by its bytes before its name. Where there is no going on, the last
    one tells why when it is read."""
    file.seek(0)
    beginning = file.read(HEAD)
    try:
        if beginning.startswith(PACKED) and (folder := Folder(file)).get(WORDS) is None:
            for info in folder.files:
                yield from _of_folder(folder, info)
        else:
            file.seek(0)
            yield from (
                _of_wiki(name, file, file.tell) if is_wiki(beginning) else [Document(name, 0, partial(_alone, name, file))]
            )
    except Unreadable as refused:
        yield Document(name, 0, partial(_refuse, refused))


def is_wiki(beginning: bytes) -> bool:
    return b"<mediawiki" in beginning


def _of_folder(folder: Folder, info: zipfile.ZipInfo) -> Iterator[Document]:
    path = path_of(info)
    if is_wiki(folder.read(info, HEAD) or b""):
        with folder.opened(info) as wiki:
            yield from _of_wiki(path, wiki, lambda: info.header_offset + info.compress_size * wiki.tell() // info.file_size)
    elif PurePosixPath(path).suffix.lower() in {*READERS, ".docx"}:
        yield Document(path, info.header_offset + info.compress_size, partial(_inside, folder, info))


def _of_wiki(name: str, file: IO[bytes], at: Callable[[], int]) -> Iterator[Document]:
    """The pages, and at the end why there are no more, where the file is cut short."""
    try:
        for page in mediawiki.articles(file):
            yield Document(page.title, at(), page.read)
    except Unreadable as refused:
        yield Document(name, at(), partial(_refuse, refused))


def _refuse(refused: Unreadable) -> Found:
    raise refused


def _alone(name: str, file: BinaryIO) -> Found:
    file.seek(0)
    return _read(name, file.read(LARGEST_WORD + 1))


def _inside(folder: Folder, info: zipfile.ZipInfo) -> Found:
    """A document of a folder, with the pictures of the folder that it speaks of."""
    path = path_of(info)
    content = folder.read(info, LARGEST_WORD + 1 if path.lower().endswith(".docx") else LARGEST_TEXT + 1)
    if content is None:
        raise Unreadable("broken")
    return _with_pictures(_read(path, content), path, folder)


def _read(name: str, content: bytes) -> Found:
    if content.startswith(PACKED):
        return from_docx(content)
    if (reader := READERS.get(PurePosixPath(name).suffix.lower())) is None:
        raise Unreadable("unknown")
    try:
        return reader(content)
    except RecursionError as deep:
        raise Unreadable("broken") from deep


def _with_pictures(found: Found, source: str, folder: Folder) -> Found:
    """Each picture once, as those within a Word document come; those beyond measure are told as left out."""
    kept, left_out = list(found.pictures), list(found.left_out)
    room = MOST_OF_PICTURES

    def place(link: re.Match[str]) -> str:
        nonlocal room
        path = beside(source, link["to"])
        names = [each.name for each in kept]
        if path not in names:
            content = _picture(folder, path)
            if content is None or len(content) > room:
                left_out.extend([] if content is None else [path])
                return link[0]
            room -= len(content)
            kept.append(Picture(path, content))
            names.append(path)
        return f"{link['before']}(lampiran:{names.index(path) + 1})"

    text = PICTURE.sub(place, found.text)
    return replace(found, text=text, pictures=tuple(kept), left_out=tuple(dict.fromkeys(left_out)))


def _picture(folder: Folder, path: str) -> bytes | None:
    info = folder.get(path)
    content = folder.read(info, LARGEST + 1) if info is not None and info.file_size <= LARGEST else None
    return content if content and uploads.kind_of(content) in {"jpeg", "png", "webp"} else None


def beside(source: str, to: str) -> str:
    """The path in the folder that a link in the document ``source`` means; above the folder there is nothing."""
    place = unquote(to.partition("#")[0].strip("<>"))
    parts: list[str] = []
    for part in [*PurePosixPath(source).parent.parts, *PurePosixPath(place).parts]:
        if part == "..":
            parts = parts[:-1]
        elif part not in {".", "/"}:
            parts.append(part)
    return "/".join(parts)
