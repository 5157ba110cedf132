"""APA, 7th edition, as plain text with the title marked off, so that the caller may set it in italics."""

from collections.abc import Sequence

from lumbung.formats.citation.work import Kind, Name, Work

MOST_AUTHORS = 20
NO_DATE = {"id": "t.t.", "en": "n.d."}
EDITOR = {"id": ("Ed.", "Eds."), "en": ("Ed.", "Eds.")}
BRACKETS = {
    Kind.MAP: {"id": "Peta", "en": "Map"},
    Kind.AUDIO: {"id": "Rekaman audio", "en": "Audio recording"},
    Kind.VIDEO: {"id": "Video", "en": "Video"},
    Kind.SCORE: {"id": "Partitur musik", "en": "Musical score"},
    Kind.SOFTWARE: {"id": "Perangkat lunak", "en": "Computer software"},
    Kind.MANUSCRIPT: {"id": "Naskah", "en": "Manuscript"},
    Kind.IMAGE: {"id": "Gambar", "en": "Image"},
}


def apa(work: Work, language: str = "id") -> tuple[str, str, str]:
    """The citation in three pieces: what stands before the part in italics, that part, and what follows it."""
    date = f"({work.year or NO_DATE[language]})."
    names = _names(work.authors) or _editors(work.editors, language)
    if work.kind is Kind.ARTICLE and work.host:
        return f"{_stop(names)} {date} {_stop(work.title)} ".lstrip(), work.host, _rest(_lead(work.host_place), work.doi)
    before, title = (f"{_stop(names)} {date} ", work.title) if names else ("", work.title)
    after = _brackets(work, language) + ("" if names else f". {date[:-1]}")
    maker = "" if work.kind is Kind.THESIS or work.publisher == names else work.publisher
    return before, title, _rest(after or ("" if title.endswith(("?", "!", ".")) else "."), maker, work.doi)


def _names(names: Sequence[Name]) -> str:
    shown = [name.initialed for name in names]
    if len(shown) > MOST_AUTHORS:
        return ", ".join(shown[: MOST_AUTHORS - 1]) + f", … {shown[-1]}"
    if len(shown) > 1:
        return ", ".join(shown[:-1]) + f", & {shown[-1]}"
    return "".join(shown)


def _editors(names: Sequence[Name], language: str) -> str:
    return f"{_names(names)} ({EDITOR[language][len(names) > 1]})" if names else ""


def _brackets(work: Work, language: str) -> str:
    said = f" ({work.edition})" if work.edition else ""
    if work.kind is Kind.THESIS:
        said += f" [{', '.join(filter(None, [work.degree or 'Tesis', work.institution or work.publisher]))}]"
    elif work.kind in BRACKETS:
        said += f" [{BRACKETS[work.kind][language]}]"
    return said


def _lead(text: str) -> str:
    return f", {text}" if text else ""


def _rest(after: str, *sentences: str) -> str:
    said = [f"https://doi.org/{each}" if each.startswith("10.") else _stop(each) for each in sentences if each]
    return " ".join([_stop(after), *said])


def _stop(text: str) -> str:
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."
