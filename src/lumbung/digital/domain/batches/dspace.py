"""Works as DSpace writes them: folders of its Simple Archive Format, and packages of an item with METS (AIP)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from xml.etree.ElementTree import Element

from lumbung.digital.domain.batches.members import Members
from lumbung.digital.domain.batches.works import Work, WorkFile, language_called
from lumbung.digital.domain.deposits.drafts import Person
from lumbung.digital.domain.licences import licence_at
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused

HANDLE = re.compile(r"(?:^|hdl:|handle\.net/|/handle/)(\d[\d.]*/[\w.-]{1,40})/?$")
OTHERWISE_DESCRIBED = re.compile(r"(^|/)metadata_[\w-]+\.xml$")
DESCRIBED = re.compile(r"(^|/)dublin_core\.xml$")
PACKAGED = re.compile(r"(^|/)mets\.xml$")
CLOSED = "petugas"
REGISTERS = ("nuptk", "nidn", "nidk")
METS = "{http://www.loc.gov/METS/}"
DIM = "{http://www.dspace.org/xmlns/dspace/dim}"
XLINK = "{http://www.w3.org/1999/xlink}"
RIGHTS = "{http://cosimo.stanford.edu/sdr/metsrights/}"
_SKIPPED_BUNDLES = ("bundle:LICENSE", "bundle:TEXT", "bundle:THUMBNAIL", "bundle:CC-LICENSE")
_PUBLIC = ("anonymous", "anonim")
Values = list[tuple[str, str, str]]
"""Element and qualifier, language, text."""


def of_folders(members: Members, described: Iterable[str]) -> list[Work]:
    """The works of the folders whose ``dublin_core.xml`` these are."""
    others: defaultdict[str, list[str]] = defaultdict(list)
    for name in members.names:
        if OTHERWISE_DESCRIBED.search(name):
            others[name.rpartition("/")[0]].append(name)
    return [_of_folder(members, name, others[name.rpartition("/")[0]]) for name in described]


def _of_folder(members: Members, name: str, others: Iterable[str]) -> Work:
    folder = name.rpartition("/")[0]
    before = f"{folder}/" if folder else ""
    values = list(_values(members.tree(name)))
    unreadable = []
    for other in others:
        try:
            values += [value for value in _values(members.tree(other)) if value[0].startswith("identifier.")]
        except Refused:
            unreadable.append(other)
    work = _described(folder or ".", values)
    work.unreadable = unreadable
    if f"{before}handle" in members.names:
        work.former = _handle(members.read(f"{before}handle").decode("utf-8", "replace"))
    if f"{before}contents" in members.names:
        lines = members.read(f"{before}contents").decode("utf-8", "replace").splitlines()
        shown = [line for line in lines if line.strip() and not any(each in line for each in _SKIPPED_BUNDLES)]
        work.files = [WorkFile(before + line.split("\t")[0].strip(), level=_level_told(line)) for line in shown]
    return work


def _values(described: Element) -> Iterator[tuple[str, str, str]]:
    for each in described.iter("dcvalue"):
        key = f"{each.get('element')}.{each.get('qualifier') or 'none'}"
        yield key, each.get("language") or "", (each.text or "").strip()


def _handle(said: str) -> str:
    """The number of the handle in an address or by itself; nothing in what is none."""
    found = HANDLE.search(said.strip())
    return found[1] if found else ""


def _level_told(line: str) -> str:
    """Closed where the line of ``contents`` lets a group read, and not everybody."""
    groups = [each.lower() for each in re.findall(r"permissions:\s*-r\s+'?([^'\t]+)", line)]
    return CLOSED if groups and not any(each.strip() in _PUBLIC for each in groups) else ""


def of_package(members: Members, name: str) -> Work | None:
    """The work of the package whose ``mets.xml`` this is; None for one of a collection, a community or the site."""
    root = members.tree(name)
    if not root.get("TYPE", "").upper().endswith("ITEM"):
        return None
    before = name.removesuffix("mets.xml")
    described = root.iterfind(f"{METS}dmdSec//{DIM}field")
    values = [
        (f"{each.get('element')}.{each.get('qualifier') or 'none'}", each.get("lang") or "", (each.text or "").strip())
        for each in described
        if each.get("mdschema") == "dc" or each.get("element") == "identifier"
    ]
    work = _described(root.get("OBJID", "").removeprefix("hdl:") or before.rstrip("/") or ".", values)
    work.files = list(_files(root, before))
    work.former = _handle(root.get("OBJID", "")) or work.former
    return work


def _files(root: Element, before: str) -> Iterator[WorkFile]:
    about = {each.get("ID", ""): each for each in root.iter(f"{METS}amdSec")}
    for group in root.iter(f"{METS}fileGrp"):
        if group.get("USE", "").upper() not in {"ORIGINAL", "CONTENT"}:
            continue
        for file in group.iter(f"{METS}file"):
            place = file.find(f"{METS}FLocat")
            if place is None:
                continue
            told = [about[each] for each in file.get("ADMID", "").split() if each in about]
            name = next((text for each in told for text in _original_names(each)), "")
            embargo = next((until for each in told if (until := _opens_on(each))), None)
            level = CLOSED if not embargo and any(_is_closed(each) for each in told) else ""
            yield WorkFile(before + place.get(f"{XLINK}href", ""), name=name, level=level, embargo_until=embargo)


def _original_names(told: Element) -> Iterator[str]:
    """As PREMIS has it, in whatever version."""
    for each in told.iter():
        if each.tag.endswith("}originalName") and (each.text or "").strip():
            yield (each.text or "").strip()


def _is_closed(told: Element) -> bool:
    """Whether rights are told, and none of them lets the public see the file, today or later."""
    return any(True for _each in told.iter(f"{RIGHTS}Context")) and not any(_of_the_public(told))


def _of_the_public(told: Element) -> Iterator[str]:
    """From when on the public may see the file, for each right that lets it: empty where from ever."""
    for context in told.iter(f"{RIGHTS}Context"):
        start = context.get("start-date", "")[:10]
        is_coming = start > clock.now().date().isoformat()
        is_public = context.get("CONTEXTCLASS") == "GENERAL PUBLIC" and (
            is_coming or context.get("in-effect", "true") == "true"
        )
        if is_public and any(each.get("DISPLAY") == "true" for each in context.iter(f"{RIGHTS}Permissions")):
            yield start


def _opens_on(told: Element) -> date | None:
    """The day on which the file opens to the public; None of one that is open, or stays closed."""
    starts = list(_of_the_public(told))
    try:
        return date.fromisoformat(min(starts)) if starts and min(starts) > clock.now().date().isoformat() else None
    except ValueError:
        return None


def _described(place: str, values: Values) -> Work:
    work = Work(
        place=place,
        title=_dc(values, "title.none"),
        title_english=_dc(values, "title.alternative"),
        author=_dc(values, "contributor.author") or _dc(values, "creator.none"),
        author_number=_dc(values, "identifier.nim"),
        year=_dc(values, "date.issued") or _dc(values, "date.none"),
        kind=_dc(values, "type.none"),
        abstract=_dc(values, "description.abstract"),
        keywords="; ".join(text for key, _language, text in values if key.startswith("subject.") and text),
        programme=_dc(values, "identifier.kodeprodi"),
        licence=licence_at(_dc(values, "rights.uri")),
        language=language_called(_dc(values, "language.iso") or _dc(values, "language.none")),
        former=next((found for key, _language, text in values if key == "identifier.uri" and (found := _handle(text))), ""),
    )
    work.abstract_english = next((text for text in _in_english(values, "description.abstract") if text != work.abstract), "")
    work.people = [*_more_authors(values, work.author), *_supervisors(values)]
    return work


def _more_authors(values: Values, first: str) -> list[Person]:
    names = [text for key, _language, text in values if key in {"contributor.author", "creator.none"} and text]
    return [Person("author", name) for name in dict.fromkeys(names) if name != first]


def _supervisors(values: Values) -> list[Person]:
    """With the numbers that stand beside them, where there are as many of the one as of the other."""
    names = [text for key, _language, text in values if key == "contributor.advisor" and text]
    numbers = [(kind, text) for kind in REGISTERS for key, _language, text in values if key == f"identifier.{kind}" and text]
    told = numbers if len(numbers) == len(names) else [("", "")] * len(names)
    return [Person("supervisor", name, *number) for name, number in zip(names, told, strict=True)]


def _in_english(values: Values, key: str) -> list[str]:
    return [text for name, language, text in values if name == key and language.startswith("en")]


def _dc(values: Values, key: str) -> str:
    return next((text for name, _language, text in values if name == key and text), "")
