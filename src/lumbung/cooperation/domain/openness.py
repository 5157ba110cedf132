"""Whether what a record describes can be read, and by whom, in words that aggregators know (OpenAIRE, info:eu-repo)."""

import re

from lumbung.catalogue.domain.bibliographic import Description
from lumbung.cooperation.queries.full_texts import OPEN, RESTRICTED, SEMANTICS, FullText
from lumbung.formats.marc import Record
from lumbung.formats.thesis import Thesis

TYPES = {"book": "book", "ebook": "book", "article": "article"}
LEVELS = {"S2": "masterThesis", "S3": "doctoralThesis"}
OPEN_SIGNS = re.compile(
    r"creativecommons\.org/(licenses|publicdomain)/|c_abf2\b|eu-repo/semantics/openaccess|^unrestricted online access|^cc[ -](by|0)"
)
"""A licence of Creative Commons, open access in the words of COAR and OpenAIRE, and the standard term of 506 $f."""
RELATED = "2"


def access(marc: Record, said: Description, full_text: FullText | None) -> str:
    """Whether what the record describes can be read from where one is: by our own files, else as the record says of its links.

    Empty where it says nothing: publishers lend by links too, so a link alone opens nothing.
    """
    if full_text:
        return access_to_files(full_text)
    if not any(not each.related for each in said.links):
        return "library"
    if any(_restricts(each) for each in said.notes) or _is_said(marc, "1"):
        return "restricted"
    return "open" if _is_said(marc, "0") or _is_given_freely(marc) else ""


def access_to_files(full_text: FullText | None) -> str:
    """By our own files alone; empty where there are none."""
    if full_text is None:
        return ""
    return "open" if full_text.access == OPEN else "restricted"


def rights(marc: Record, said: Description, full_text: FullText | None) -> str:
    """The same as Dublin Core tells it; empty of what stands in the library alone, and where nobody says."""
    if full_text:
        return full_text.rights
    return {"open": f"{SEMANTICS}{OPEN}", "restricted": f"{SEMANTICS}{RESTRICTED}"}.get(access(marc, said, None), "")


def kind(said: Description, thesis: Thesis | None) -> str:
    """What it is, in the vocabulary of types that belongs to these rights."""
    if thesis:
        return f"{SEMANTICS}{LEVELS.get(thesis.level, 'bachelorThesis')}"
    return f"{SEMANTICS}{TYPES.get(said.material, 'other')}"


def _is_said(marc: Record, status: str) -> bool:
    """Whether the first indicator of 506, or $7 of an 856 for the work itself, is 0 (open) or 1 (restricted)."""
    links = (each for each in marc.all("856") if each.ind2 != RELATED)
    return any(each.ind1 == status for each in marc.all("506")) or any(status in each.all("7") for each in links)


def _is_given_freely(marc: Record) -> bool:
    told = (text for each in marc.all("506", "540") for code, text in each.subfields if code in "afu2")
    return any(OPEN_SIGNS.search(text.strip().casefold()) for text in told)


def _restricts(note: str) -> bool:
    return any(word in note.casefold() for word in ("akses terbatas", "akses tertutup", "restricted access", "embargo"))
