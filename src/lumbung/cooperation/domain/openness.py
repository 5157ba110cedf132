"""Whether what a record describes can be read, and by whom, in words that aggregators know (OpenAIRE, info:eu-repo)."""

from lumbung.catalogue.domain.bibliographic import Description
from lumbung.cooperation.queries.full_texts import OPEN, RESTRICTED, SEMANTICS, FullText
from lumbung.formats.thesis import Thesis

TYPES = {"book": "book", "ebook": "book", "article": "article"}
LEVELS = {"S2": "masterThesis", "S3": "doctoralThesis"}


def access(said: Description | None, full_text: FullText | None) -> str:
    """Whether what the record describes can be read from where one is: by our own files, else by its links."""
    if full_text:
        return "open" if full_text.access == OPEN else "restricted"
    if said is None or not any(not each.related for each in said.links):
        return "library"
    return "restricted" if any(_restricts(each) for each in said.notes) else "open"


def rights(said: Description, full_text: FullText | None) -> str:
    """The same as Dublin Core tells it; empty of what stands in the library alone."""
    if full_text:
        return full_text.rights
    return {"open": f"{SEMANTICS}{OPEN}", "restricted": f"{SEMANTICS}{RESTRICTED}"}.get(access(said, None), "")


def kind(said: Description, thesis: Thesis | None) -> str:
    """What it is, in the vocabulary of types that belongs to these rights."""
    if thesis:
        return f"{SEMANTICS}{LEVELS.get(thesis.level, 'bachelorThesis')}"
    return f"{SEMANTICS}{TYPES.get(said.material, 'other')}"


def _restricts(note: str) -> bool:
    return any(word in note.casefold() for word in ("akses terbatas", "akses tertutup", "restricted access", "embargo"))
