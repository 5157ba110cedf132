"""What the package of an EPUB says: title, reading order, contents. Errors are told beside it; what cannot be read at all is refused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urldefrag, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from lumbung.formats.epub.archive import CONTAINER, RIGHTS, Archive, Unreadable

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
OPS = "{http://www.idpf.org/2007/ops}"
CONTAINER_NS = "{urn:oasis:names:tc:opendocument:xmlns:container}"
PACKAGE_TYPE = "application/oebps-package+xml"
NCX_TYPE = "application/x-dtbncx+xml"
KNOWN_BY = frozenset({"nav", "cover-image"})
READABLE = frozenset({"application/xhtml+xml", "text/html", "image/svg+xml", "application/x-dtbook+xml"})
DEEPEST = 8
MOST_HEADINGS = 5_000


@dataclass(frozen=True, slots=True)
class Defect:
    """Something wrong that does not stop the reading: a code, and the entry it was found in."""

    code: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One document of the reading order."""

    href: str
    media_type: str
    size: int = 0
    is_linear: bool = True


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of the table of contents; ``depth`` counts from 0."""

    title: str
    href: str
    depth: int = 0


@dataclass(slots=True)
class Publication:
    """An EPUB as its package describes it. Addresses are names of entries of the archive."""

    title: str = ""
    creators: tuple[str, ...] = ()
    language: str = ""
    identifier: str = ""
    direction: str = ""
    is_fixed: bool = False
    parts: list[Part] = field(default_factory=list)
    contents: list[Heading] = field(default_factory=list)
    resources: dict[str, str] = field(default_factory=dict)
    is_scripted: bool = False
    defects: list[Defect] = field(default_factory=list)


def publication_of(archive: Archive) -> Publication:
    """The publication in the archive. Raises ``Unreadable`` where there is no package, or nothing in it that can be read."""
    path = package_path(archive)
    root = _tree(archive, path, "bad_package")
    found = Publication(defects=[Defect("leaves_the_folder", name) for name in archive.left_out])
    if RIGHTS in archive.entries:
        raise Unreadable("protected", RIGHTS)
    _read_metadata(root, found)
    items = _read_manifest(root, path, archive, found)
    _read_spine(root, items, archive, found)
    if not found.parts:
        raise Unreadable("nothing_to_read", path)
    found.contents = list(_contents(root, items, archive, found))[:MOST_HEADINGS]
    return found


def package_path(archive: Archive) -> str:
    """The name of the entry that is the package. Raises ``Unreadable`` where there is none."""
    root = _tree(archive, CONTAINER, "no_package")
    for file in root.iter(f"{CONTAINER_NS}rootfile"):
        path = file.get("full-path", "")
        if file.get("media-type", PACKAGE_TYPE).strip() == PACKAGE_TYPE and path in archive.entries:
            return path
    raise Unreadable("no_package", CONTAINER)


def plain_by_nature(archive: Archive) -> set[str]:
    """The entries by which a publication is known before it is opened: its packages, navigation and cover. Raises ``Unreadable`` where
    there is no package."""
    known = {package_path(archive)}
    for file in _tree(archive, CONTAINER, "no_package").iter(f"{CONTAINER_NS}rootfile"):
        known.add(file.get("full-path", ""))
    for path in known & archive.entries.keys():
        for item in _tree(archive, path, "bad_package").iter(f"{OPF}item"):
            is_known = item.get("media-type", "").strip() == NCX_TYPE or KNOWN_BY & set(item.get("properties", "").split())
            if is_known and (href := resolved(path, item.get("href", ""))):
                known = known | {href}
    return known


def _tree(archive: Archive, name: str, code: str) -> Element:
    """The entry as a tree; entities and what else could grow or reach outside are refused."""
    try:
        root: Element = fromstring(archive.read(name), forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable(code, name) from error
    return root


def _read_metadata(root: Element, found: Publication) -> None:
    metadata = root.find(f"{OPF}metadata")
    if metadata is None:
        found.defects.append(Defect("no_metadata"))
        return
    found.title = _first(metadata, "title")
    found.creators = tuple(text for each in metadata.iter(f"{DC}creator") if (text := _words(each)))
    found.language = _first(metadata, "language")
    found.identifier = _first(metadata, "identifier")
    found.is_fixed = any(
        each.get("property") == "rendition:layout" and _words(each) == "pre-paginated" for each in metadata.iter(f"{OPF}meta")
    )
    if not found.title:
        found.defects.append(Defect("no_title"))


def _read_manifest(root: Element, path: str, archive: Archive, found: Publication) -> dict[str, tuple[str, Element]]:
    """Each item of the manifest with the name of its entry, by its id."""
    items: dict[str, tuple[str, Element]] = {}
    for item in root.iter(f"{OPF}item"):
        href = resolved(path, item.get("href", ""))
        if href is None:
            found.defects.append(Defect("outside_resource", item.get("href", "")))
            continue
        if href not in archive.entries:
            found.defects.append(Defect("missing", href))
            continue
        items[item.get("id", "")] = (href, item)
        found.resources[href] = item.get("media-type", "").strip().lower()
        found.is_scripted |= "scripted" in item.get("properties", "").split()
    return items


def _read_spine(root: Element, items: dict[str, tuple[str, Element]], archive: Archive, found: Publication) -> None:
    spine = root.find(f"{OPF}spine")
    if spine is None:
        found.defects.append(Defect("no_spine"))
        return
    found.direction = spine.get("page-progression-direction", "")
    for reference in spine.iter(f"{OPF}itemref"):
        if (item := items.get(reference.get("idref", ""))) is None:
            found.defects.append(Defect("missing", reference.get("idref", "")))
            continue
        href, element = item
        media_type = element.get("media-type", "")
        if media_type not in READABLE:
            found.defects.append(Defect("foreign_resource", href))
            continue
        found.parts.append(Part(href, media_type, archive.size(href), reference.get("linear") != "no"))


def _contents(root: Element, items: dict[str, tuple[str, Element]], archive: Archive, found: Publication) -> Iterator[Heading]:
    """The table of contents: the navigation document of EPUB 3, else the NCX of EPUB 2."""
    nav = next((href for href, item in items.values() if "nav" in item.get("properties", "").split()), None)
    spine = root.find(f"{OPF}spine")
    ncx = items.get(spine.get("toc", "") if spine is not None else "")
    for href, read in ((nav, _nav_headings), (ncx[0] if ncx else None, _ncx_headings)):
        if href is None:
            continue
        try:
            headings = list(read(_tree(archive, href, "bad_contents"), href))
        except Unreadable:
            found.defects.append(Defect("bad_contents", href))
            continue
        if headings:
            yield from headings
            return
    found.defects.append(Defect("no_contents"))


def _nav_headings(root: Element, path: str) -> Iterator[Heading]:
    for nav in root.iter(f"{XHTML}nav"):
        if "toc" in nav.get(f"{OPS}type", "").split() and (top := nav.find(f"{XHTML}ol")) is not None:
            yield from _list_headings(top, path, 0)
            return


def _list_headings(top: Element, path: str, depth: int) -> Iterator[Heading]:
    for line in top.findall(f"{XHTML}li"):
        link = line.find(f"{XHTML}a")
        label = link if link is not None else line.find(f"{XHTML}span")
        if label is not None:
            href = resolved(path, link.get("href", ""), keep_fragment=True) if link is not None else ""
            yield Heading(_words(label), href or "", depth)
        if depth < DEEPEST and (deeper := line.find(f"{XHTML}ol")) is not None:
            yield from _list_headings(deeper, path, depth + 1)


def _ncx_headings(root: Element, path: str) -> Iterator[Heading]:
    top = root.find(f"{NCX}navMap")
    if top is not None:
        yield from _point_headings(top, path, 0)


def _point_headings(top: Element, path: str, depth: int) -> Iterator[Heading]:
    for point in top.findall(f"{NCX}navPoint"):
        label, content = point.find(f"{NCX}navLabel"), point.find(f"{NCX}content")
        href = resolved(path, content.get("src", ""), keep_fragment=True) if content is not None else ""
        yield Heading(_words(label) if label is not None else "", href or "", depth)
        if depth < DEEPEST:
            yield from _point_headings(point, path, depth + 1)


def resolved(base: str, href: str, *, keep_fragment: bool = False) -> str | None:
    """The name of the entry that ``href`` in the entry ``base`` means; None for what is outside the publication."""
    try:
        split = urlsplit(href)
    except ValueError:
        return None
    if split.scheme or split.netloc or href.startswith("/"):
        return None
    address, fragment = urldefrag(href)
    name = normpath(join(dirname(base), unquote(address))) if address else base
    if name.startswith("..") or name == ".":
        return None
    return f"{name}#{fragment}" if keep_fragment and fragment else name


def _first(metadata: Element, name: str) -> str:
    texts: Sequence[str] = [_words(each) for each in metadata.iter(f"{DC}{name}")]
    return next((text for text in texts if text), "")


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
