"""Works as DSpace writes them: folders of its Simple Archive Format, and packages of an item with METS (AIP)."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from lumbung.digital.domain.batches.members import Members
from lumbung.digital.domain.batches.works import Work, WorkFile
from lumbung.digital.domain.deposits.drafts import Person
from lumbung.kernel import clock

DESCRIBED = re.compile(r"(^|/)dublin_core\.xml$")
PACKAGED = re.compile(r"(^|/)mets\.xml$")
CLOSED = "petugas"
METS = "{http://www.loc.gov/METS/}"
DIM = "{http://www.dspace.org/xmlns/dspace/dim}"
XLINK = "{http://www.w3.org/1999/xlink}"
RIGHTS = "{http://cosimo.stanford.edu/sdr/metsrights/}"
_SKIPPED_BUNDLES = ("bundle:LICENSE", "bundle:TEXT", "bundle:THUMBNAIL", "bundle:CC-LICENSE")
_PUBLIC = ("anonymous", "anonim")
Values = list[tuple[str, str, str]]
"""Element and qualifier, language, text."""


def of_folder(members: Members, name: str) -> Work:
    """The work of the folder whose ``dublin_core.xml`` this is."""
    folder = name.rpartition("/")[0]
    before = f"{folder}/" if folder else ""
    values = [
        (f"{each.get('element')}.{each.get('qualifier') or 'none'}", each.get("language") or "", (each.text or "").strip())
        for each in members.tree(name).iter("dcvalue")
    ]
    work = _described(folder or ".", values)
    if f"{before}contents" in members.names:
        lines = members.read(f"{before}contents").decode("utf-8", "replace").splitlines()
        shown = [line for line in lines if line.strip() and not any(each in line for each in _SKIPPED_BUNDLES)]
        work.files = [WorkFile(before + line.split("\t")[0].strip(), level=_level_told(line)) for line in shown]
    return work


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
        if each.get("mdschema") == "dc"
    ]
    work = _described(root.get("OBJID", "").removeprefix("hdl:") or before.rstrip("/") or ".", values)
    work.files = list(_files(root, before))
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
            level = CLOSED if any(_is_closed(each) for each in told) else ""
            yield WorkFile(before + place.get(f"{XLINK}href", ""), name=name, level=level)


def _original_names(told: Element) -> Iterator[str]:
    """As PREMIS has it, in whatever version."""
    for each in told.iter():
        if each.tag.endswith("}originalName") and (each.text or "").strip():
            yield (each.text or "").strip()


def _is_closed(told: Element) -> bool:
    """Whether rights are told, and the public may not see the file today."""
    today = clock.now().date().isoformat()
    contexts = list(told.iter(f"{RIGHTS}Context"))
    return bool(contexts) and not any(
        context.get("CONTEXTCLASS") == "GENERAL PUBLIC"
        and context.get("in-effect", "true") == "true"
        and context.get("start-date", "")[:10] <= today
        and any(each.get("DISPLAY") == "true" for each in context.iter(f"{RIGHTS}Permissions"))
        for context in contexts
    )


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
    )
    work.abstract_english = next((text for text in _in_english(values, "description.abstract") if text != work.abstract), "")
    work.people = [Person("supervisor", text) for key, _language, text in values if key == "contributor.advisor" and text]
    return work


def _in_english(values: Values, key: str) -> list[str]:
    return [text for name, language, text in values if name == key and language.startswith("en")]


def _dc(values: Values, key: str) -> str:
    return next((text for name, _language, text in values if name == key and text), "")
