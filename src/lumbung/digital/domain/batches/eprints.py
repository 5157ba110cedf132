"""Works as EPrints writes them: its XML, with the files of its folder of documents."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from xml.etree.ElementTree import Element

from lumbung.digital.domain.batches.works import Work, WorkFile, language_called
from lumbung.digital.domain.deposits.drafts import Person
from lumbung.digital.refusals import BATCH_UNREADABLE
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused

EPRINTS = "{http://eprints.org/ep2/data/2.0}"
DERIVED = "isVolatileVersionOf"
_LEVELS = {"validuser": "anggota", "staffonly": "petugas"}


def works_told(root: Element, names: Iterable[str]) -> Iterator[Work]:
    """The works of the export; ``names`` are those of the archive. Refuses what is no export of EPrints."""
    if not root.tag.startswith(EPRINTS):
        raise Refused(BATCH_UNREADABLE(reason=root.tag[:60]))
    by_name: dict[str, list[str]] = {}
    for name in names:
        by_name.setdefault(name.rpartition("/")[2], []).append(name)
    for number, each in enumerate(root.iter(f"{EPRINTS}eprint"), 1):
        creators = [_name(item) for item in each.findall(f"{EPRINTS}creators/{EPRINTS}item")]
        yield Work(
            place=_text(each, "eprintid") or str(number),
            title=_text(each, "title"),
            author=creators[0] if creators else "",
            author_number=_text(each, f"creators/{EPRINTS}item/{EPRINTS}id").removeprefix("NIM").strip(),
            year=_text(each, "date"),
            kind=_text(each, "type"),
            abstract=_text(each, "abstract"),
            keywords="; ".join(part.strip() for part in _text(each, "keywords").split(",") if part.strip()),
            people=[
                *(Person("author", name) for name in creators[1:] if name),
                *(
                    Person("supervisor", _name(item), *_register_number(_text(item, "id")))
                    for item in each.findall(f"{EPRINTS}contributors/{EPRINTS}item")
                ),
            ],
            language=language_called(_text(each, "language")),
            former=f"eprint/{_text(each, 'eprintid')}" if _text(each, "eprintid") else "",
            files=list(_files(each, by_name)),
        )


def _files(eprint: Element, by_name: dict[str, list[str]]) -> Iterator[WorkFile]:
    """The files of its documents, without what EPrints made of them itself; each with who may read its document."""
    number = _text(eprint, "eprintid")
    for document in eprint.iter(f"{EPRINTS}document"):
        relations = [each.text or "" for each in document.findall(f"{EPRINTS}relation/{EPRINTS}item/{EPRINTS}type")]
        if any(each.endswith(DERIVED) for each in relations):
            continue
        embargo = _embargo(document)
        level = "" if embargo else _LEVELS.get(_text(document, "security"), "")
        for found in document.iter(f"{EPRINTS}filename"):
            if found.text:
                member = _member(found.text, number, _text(document, "pos"), by_name)
                yield WorkFile(member, name=found.text.rpartition("/")[2], level=level, embargo_until=embargo)


def _embargo(document: Element) -> date | None:
    """The day on which EPrints opens the document, if it is to come and told to the day."""
    try:
        until = date.fromisoformat(_text(document, "date_embargo"))
    except ValueError:
        return None
    return until if until > clock.now().date() else None


def _member(name: str, number: str, position: str, by_name: dict[str, list[str]]) -> str:
    """The member of the archive that is this file: among several of one name (every thesis has its "BAB I.pdf") the one in the folder of
    this work and document, as EPrints lays them out (``00/00/00/71/01/``) or by their addresses (``71/1/``). Where that does not tell,
    the name itself, which is then missing."""
    candidates = by_name.get(name.rpartition("/")[2], [])
    if len(candidates) == 1:
        return candidates[0]
    of_work = [each for each in candidates if _folder_of(each, number) is not None]
    of_document = [each for each in of_work if _folder_of(each, number) == position.lstrip("0")]
    found = of_document or of_work
    return found[0] if len(found) == 1 else name


def _folder_of(member: str, number: str) -> str | None:
    """The number of the document in whose folder the member lies, empty where none is told; None when it is no folder of this work."""
    path = f"/{member}"
    spelt = "/".join(re.findall("..", f"{int(number):08d}")) if number.isascii() and number.isdigit() else number
    match = re.search(rf"/(?:{re.escape(spelt)}|{re.escape(number)})/(?:0*(\d+)/)?[^/]*$", path)
    return (match[1] or "") if match else None


def _register_number(said: str) -> tuple[str, str]:
    """RAMA's writing of numbers in EPrints: ``nidn0012037801``."""
    number = re.fullmatch(r"(nidn|nidk|nuptk)\s*(\d+)", said.strip(), re.IGNORECASE)
    return (number[1].lower(), number[2]) if number else ("", "")


def _name(item: Element) -> str:
    given, family = _text(item, f"name/{EPRINTS}given"), _text(item, f"name/{EPRINTS}family")
    return " ".join(part for part in (given, family) if part)


def _text(element: Element, path: str) -> str:
    return " ".join((element.findtext(f"{EPRINTS}{path}") or "").split())
