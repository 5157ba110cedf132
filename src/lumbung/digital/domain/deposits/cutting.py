"""One PDF is enough: where its parts begin, by its outline or by the words at the head of its pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lumbung.digital.models import Levels, Parts
from lumbung.digital.models.deposit_rules import DepositRule
from lumbung.formats.pdf import Inspection

MOST_CUTS = 40
_PARTS: tuple[tuple[str, Parts], ...] = (
    (r"(halaman |lembar )?(sampul|judul|cover)", Parts.COVER),
    (r"(halaman |lembar(an)? )?(pengesahan|persetujuan|approval)", Parts.APPROVAL),
    (r"(abstrak(si)?|abstract|intisari|ringkasan|summary)", Parts.ABSTRACT),
    (r"(daftar (isi|tabel|gambar|lampiran)|table of contents|contents)", Parts.CONTENTS),
    (r"(bab|chapter) ?([ivxlc]+|\d+)\b", Parts.CHAPTER),
    (r"(daftar (pustaka|rujukan|referensi|acuan)|kepustakaan|references|bibliography)", Parts.REFERENCES),
    (r"(lampiran|appendix|appendices|apendiks)", Parts.APPENDIX),
)
_HEADS = [(re.compile(rf"^\W*{pattern}", re.IGNORECASE), part) for pattern, part in _PARTS]
_CHAPTER = re.compile(r"^\W*(bab|chapter) ?([ivxlc]+|\d+)\b[\s.:–-]*(.*)", re.IGNORECASE)
_DOTS = re.compile(r"\.{4}|(\. ){4}|\s\d+\s*$")
LINES_AT_HEAD = 3
LONGEST_HEAD = 80


@dataclass(frozen=True)
class Cut:
    """A part of the work: its pages from ``first`` to ``last`` (from 1, both included)."""

    part: Parts
    label: str
    first: int
    last: int


def proposed(seen: Inspection) -> list[Cut]:
    """The parts of a PDF in the order of its pages: by the outline where that names parts, else by what stands at the head of pages.

    Empty when nothing is recognised. What comes before the first part is the cover.
    """
    starts = list(_by_outline(seen)) or list(_by_heads(seen.heads))
    if not starts:
        return []
    if starts[0][0] > 1:
        starts.insert(0, (1, Parts.COVER, str(Parts.COVER.label)))
    starts = starts[:MOST_CUTS]
    ends = [page - 1 for page, _, _ in starts[1:]] + [seen.pages]
    return [Cut(part, label, first, last) for (first, part, label), last in zip(starts, ends, strict=True)]


def _by_outline(seen: Inspection) -> Iterator[tuple[int, Parts, str]]:
    marks = [(mark.page, *found) for mark in seen.outline if (found := part_called(mark.title))]
    if sum(1 for _, part, _ in marks if part == Parts.CHAPTER):
        yield from _joined(marks)


def _by_heads(heads: Sequence[str]) -> Iterator[tuple[int, Parts, str]]:
    """Pages of the table of contents name all parts at once: a page counts for what its first lines say, and chapters go upwards."""
    marks = []
    for number, head in enumerate(heads, 1):
        lines = [line.strip() for line in head.splitlines() if line.strip()][:LINES_AT_HEAD]
        found = next((found for line in lines if (found := _at_head(line, lines))), None)
        if found:
            marks.append((number, *found))
    if any(part == Parts.CHAPTER for _, part, _ in marks):
        yield from _joined(marks)


def _at_head(line: str, lines: Sequence[str]) -> tuple[Parts, str] | None:
    if len(line) > LONGEST_HEAD or _DOTS.search(line):
        return None
    found = part_called(line)
    if found and found[0] == Parts.CHAPTER and found[1] == line.title() and line != lines[-1]:
        after = lines[lines.index(line) + 1]
        return found[0], f"{found[1]} {after.title()}"[:LONGEST_HEAD] if len(after) < LONGEST_HEAD else found[1]
    return found


def _joined(marks: Sequence[tuple[int, Parts, str]]) -> Iterator[tuple[int, Parts, str]]:
    """Each part where it begins: one mark a page, going upwards; the same part goes on (a second appendix is the same stretch)."""
    page, last = 0, None
    chapters: set[str] = set()
    for first, part, label in marks:
        again = part == last and part != Parts.CHAPTER
        number = label.split(" ")[1] if part == Parts.CHAPTER and " " in label else label
        if first <= page or again or (part == Parts.CHAPTER and number in chapters):
            continue
        page, last = first, part
        if part == Parts.CHAPTER:
            chapters.add(number)
        yield first, part, label


def part_called(title: str) -> tuple[Parts, str] | None:
    """Which part of a work a heading names, and how it is called: ``BAB II TINJAUAN`` is "Bab II Tinjauan"."""
    words = " ".join(title.split())
    for pattern, part in _HEADS:
        if pattern.match(words):
            return part, _label(words, part)
    return None


def _label(words: str, part: Parts) -> str:
    if part != Parts.CHAPTER:
        return str(part.label)
    chapter = _CHAPTER.match(words)
    if chapter is None:
        return words[:LONGEST_HEAD]
    kind, number, name = chapter.groups()
    return f"{kind.title()} {number.upper()} {name.title() if name.isupper() else name}".strip()[:LONGEST_HEAD]


def level_of(part: Parts, rule: DepositRule, *, is_first_chapter: bool) -> Levels:
    """Who may read a part unless its author says otherwise: chapters and appendices as the rule closes them, the rest everybody."""
    closed = part in {Parts.CHAPTER, Parts.APPENDIX, Parts.WHOLE}
    if not closed or (is_first_chapter and rule.opens_first_chapter):
        return Levels.PUBLIC
    return Levels(rule.closed_level)
