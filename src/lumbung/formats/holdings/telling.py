"""A holdings statement in words: for readers ("Jil. 1 (2001)–jil. 10 (2010), kurang: jil. 4 no. 2"), and strictly as Z39.71 punctuates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lumbung.formats.holdings.gaps import missing_between
from lumbung.formats.holdings.parts import Captions, Holding, Kind, Part, Point, Run

DASH = "–"
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SEASONS = {"21": "Spring", "22": "Summer", "23": "Autumn", "24": "Winter"}
MOST_MISSING = 40
"""A list of gaps longer than this tells less than the runs themselves."""


@dataclass(frozen=True, slots=True)
class Words:
    """What readers are told in their language: twelve months, the four seasons by their code, and what goes before a list of gaps."""

    months: Sequence[str] = ENGLISH
    seasons: tuple[tuple[str, str], ...] = tuple(SEASONS.items())
    missing: str = "lacking"


def lines_of(holding: Holding, words: Words) -> list[tuple[Kind, str]]:
    """The statement line by line, each with what kind of thing it is about."""
    return [(part.kind, text) for part in holding.parts for text in _of_part(part, words)]


def standard_lines_of(holding: Holding) -> list[tuple[Kind, str]]:
    """The same as Z39.71 punctuates: "v.1:no.2(2001:Jan.)-v.3:no.4(2003)", a comma at a gap, a semicolon where none was published."""
    return [(part.kind, text) for part in holding.parts for text in _standard(part)]


def run_told(run: Run, captions: Captions, words: Words) -> str:
    """One run alone, beginning with a capital letter."""
    return _capital(_run(run, captions, words))


def _of_part(part: Part, words: Words) -> Iterator[str]:
    texts = [_text(each.get("a"), each.get("z")) for each in part.texts]
    if part.runs and not (part.texts and (part.only_text or part.captions.link)):
        yield _noted(_capital(_compressed(part, words)), part.runs)
    yield from filter(None, texts)


def _compressed(part: Part, words: Words) -> str:
    segments: list[list[Run]] = [[]]
    for run in part.runs:
        segments[-1].append(run)
        if run.pause == "n":
            segments.append([])
    return "; ".join(_segment(each, part.captions, words) for each in segments if each)


def _segment(runs: Sequence[Run], captions: Captions, words: Words) -> str:
    """From the first part to the last with the gaps told after it; run by run where nobody can tell what is missing."""
    gaps = [missing_between(one.last, other.start, captions) for one, other in pairwise(runs)]
    known = [gap for gap in gaps if gap is not None]
    missing = [each for gap in known for each in gap]
    if len(known) < len(gaps) or len(missing) > MOST_MISSING or any(run.is_open for run in runs[:-1]):
        return ", ".join(_run(each, captions, words) for each in runs)
    told = _run(_whole(runs), captions, words)
    return f"{told}, {words.missing}: {', '.join(_run(each, captions, words) for each in missing)}" if missing else told


def _whole(runs: Sequence[Run]) -> Run:
    """From the first to the last as one."""
    last = runs[-1]
    return last if len(runs) == 1 else replace(runs[0], end=None if last.is_open else last.last, is_open=last.is_open)


def _run(run: Run, captions: Captions, words: Words) -> str:
    start = _levels(run.start, captions)
    if run.is_open:
        return f"{_with_dates(start, run.start, captions, words)}{DASH}"
    if run.end is None or run.end == run.start:
        return _with_dates(start, run.start, captions, words)
    shared = _shared(run.start.levels, run.end.levels)
    end = _levels(run.end, captions, skip=shared)
    if run.start.dates == run.end.dates:
        return _with_dates(f"{start}{DASH}{end}" if end else start, run.end, captions, words)
    return f"{_with_dates(start, run.start, captions, words)}{DASH}{_with_dates(end, run.end, captions, words)}"


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many of the highest levels are the same, never all."""
    count = 0
    while count < min(len(one), len(other)) - 1 and one[count] == other[count]:
        count += 1
    return count


def _levels(point: Point, captions: Captions, *, skip: int = 0) -> str:
    told = [
        f"{caption} {value}".strip()
        for caption, value in zip(_shown(captions.levels, len(point.levels)), point.levels, strict=True)
    ]
    return " ".join(told[skip:])


def _shown(captions: Sequence[str], count: int) -> list[str]:
    """The captions that are told; one in brackets is not, by the rule of MARC 21."""
    told = ["" if each.startswith("(") else each for each in captions[:count]]
    return told + [""] * (count - len(told))


def _with_dates(levels: str, point: Point, captions: Captions, words: Words) -> str:
    dates = " ".join(reversed([_date(value, at, words) for at, value in enumerate(point.dates)]))
    if not dates:
        return levels
    return f"{levels} ({dates})" if levels else dates


def _date(value: str, at: int, words: Words) -> str:
    """A month or season that is told by its number, by its name; the year and what is below a month as they are."""
    if at != 1:
        return value
    return "/".join(_month(each.strip(), words) for each in value.split("/"))


def _month(value: str, words: Words) -> str:
    if value.isdigit() and 1 <= int(value) <= len(words.months):
        return words.months[int(value) - 1]
    return dict(words.seasons).get(value, value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _noted(text: str, runs: Sequence[Run]) -> str:
    notes = dict.fromkeys(run.note for run in runs if run.note)
    return "; ".join([text, *notes])


def _text(text: str, note: str) -> str:
    return "; ".join(filter(None, [text.strip(), note.strip()]))


def _standard(part: Part) -> Iterator[str]:
    if part.runs and not (part.texts and (part.only_text or part.captions.link)):
        told = ""
        for at, run in enumerate(part.runs):
            told += _standard_run(run, part.captions)
            if at < len(part.runs) - 1:
                told += ";" if run.pause == "n" else ","
        yield told
    yield from (each.get("a").strip() for each in part.texts if each.get("a").strip())


def _standard_run(run: Run, captions: Captions) -> str:
    start = _standard_point(run.start, captions)
    if run.is_open:
        return f"{start}-"
    return start if run.end is None or run.end == run.start else f"{start}-{_standard_point(run.end, captions)}"


def _standard_point(point: Point, captions: Captions) -> str:
    told = zip(_shown(captions.levels, len(point.levels)), point.levels, strict=True)
    levels = ":".join(f"{caption}{value}" for caption, value in told)
    dates = ":".join(_date(value, at, Words()) for at, value in enumerate(point.dates))
    return f"{levels}({dates})" if levels and dates else levels or dates
