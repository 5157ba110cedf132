"""Holdings statements (what a branch holds of a serial or a work in parts): told to readers, and edited in plain fields.

They stand in the record's own MARC (852 with 841–844 and 853–868), so that history, merging, undo, export and import keep them as they
keep the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from lumbung.catalogue.domain.holdings_words import holdings_words
from lumbung.formats import marc
from lumbung.formats.holdings import Captions, Holding, Kind, Part, Point, Run, Words, holdings_in, lines_of, standard_lines_of
from lumbung.formats.marc import Field
from lumbung.organization.models import Location
from lumbung.organization.queries import branches

MOST_LEVELS, MOST_DATES = 6, 4
"""What MARC 21 can count, and the plain form can tell."""
DATES = ("(tahun)", "(bulan)", "(hari)", "(bagian hari)")


@dataclass(frozen=True, slots=True)
class Statement:
    """One place's statement for a page: ``lines`` are (what kind of thing, told); ``standard`` the same as Z39.71 punctuates."""

    at: int
    branch: str
    branch_code: str
    shelf: str
    call_number: str
    note: str
    lines: Sequence[tuple[str, str]]
    kinds: Sequence[Kind]
    standard: Sequence[str]


@dataclass(frozen=True, slots=True)
class Row:
    """A run of parts as the form has it; ``origin`` is the run it was made from."""

    start: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    start_dates: tuple[str, ...] = ()
    end_dates: tuple[str, ...] = ()
    is_open: bool = False
    pause: str = ""
    note: str = ""
    origin: Run | None = None


@dataclass(frozen=True, slots=True)
class PlainHolding:
    """A statement in plain fields: the captions of its levels, how many parts of each level below the first make one of the level above
    (``per``), the runs, and texts by kind that are told as they are."""

    branch: str = ""
    shelf: str = ""
    note: str = ""
    captions: tuple[str, ...] = ()
    per: tuple[int, ...] = ()
    rows: Sequence[Row] = ()
    texts: dict[Kind, Sequence[str]] = field(default_factory=dict)
    text_instead: bool = False


def statements_of(record: marc.Record) -> list[Statement]:
    """Every statement of the record; where a branch or shelf is ours it is told by its name. One statement of the database, or none."""
    found = holdings_in(record)
    if not found:
        return []
    names = {branch.code.casefold(): branch.name for branch in branches()}
    codes = {each.shelf for each in found if each.shelf}
    shelves = dict(Location.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}
    words, kinds = holdings_words(), kind_names()
    return [_stated(at, each, names, shelves, words, kinds) for at, each in enumerate(found)]


def _stated(  # noqa: PLR0917 -- private, called once
    at: int,
    holding: Holding,
    branch_names: Mapping[str, str],
    shelves: Mapping[str, str],
    words: Words,
    kinds: Mapping[Kind, str],
) -> Statement:
    told = lines_of(holding, words)
    return Statement(
        at=at,
        branch=branch_names.get(holding.branch.casefold(), holding.branch),
        branch_code=holding.branch,
        shelf=shelves.get(holding.shelf, holding.shelf),
        call_number=holding.call_number,
        note=holding.note,
        lines=[(kinds[kind], text) for kind, text in told],
        kinds=[kind for kind, _text in told],
        standard=[text for _kind, text in standard_lines_of(holding)],
    )


def kind_names() -> dict[Kind, str]:
    """What readers are told before what is held; nothing before the publication itself."""
    return {Kind.BASIC: "", Kind.SUPPLEMENTS: _("Suplemen"), Kind.INDEXES: _("Indeks")}


def plain_of(holding: Holding) -> PlainHolding:
    """The statement in plain fields; what these cannot tell stays out, and is kept by ``made_from``."""
    counted = _counted(holding)
    captions = counted.captions if counted else Captions()
    texts = {kind: [_text(each) for part in holding.parts if part.kind is kind for each in part.texts] for kind in Kind}
    return PlainHolding(
        branch=holding.branch,
        shelf=holding.shelf,
        note=holding.note,
        captions=tuple("" if each == "(*)" else each for each in captions.levels),
        per=captions.per[1:],
        rows=[_row(each) for each in counted.runs] if counted else [],
        texts={kind: told for kind, told in texts.items() if told},
        text_instead=counted is not None and bool(counted.texts),
    )


def made_from(plain: PlainHolding, old: Holding | None) -> Holding:
    """The statement that the plain fields tell, with what stood in ``old`` and the form cannot tell."""
    before = _counted(old) if old else None
    kept = [each for each in old.parts if each is not before and _is_counted(each)] if old else []
    known = {_text(each): each for part in (old.parts if old else ()) for each in part.texts}
    texts = {kind: tuple(known.get(text) or _text_field(kind, text) for text in plain.texts.get(kind, ())) for kind in Kind}
    parts: list[Part] = []
    if plain.rows or (before is not None and not plain.rows and any(plain.captions)):
        own = texts.pop(Kind.BASIC) if plain.text_instead else ()
        counted = Part(Kind.BASIC, _captions(plain, before), tuple(map(_run, plain.rows)), own, only_text=bool(own))
        parts.append(counted)
    parts += [Part(kind, texts=tuple(_without_link(each) for each in told)) for kind, told in texts.items() if told]
    return Holding(
        branch=plain.branch,
        shelf=plain.shelf,
        note=plain.note,
        parts=(*parts, *kept),
        place=old.place if old else None,
        about=old.about if old else (),
        fields=old.fields if old else (),
    )


def has_more(holding: Holding) -> bool:
    """Whether it says something that the plain form does not show."""
    counted = _counted(holding)
    return any(_is_counted(each) for each in holding.parts if each is not counted)


def _counted(holding: Holding) -> Part | None:
    """The counted part that the plain form edits: the first of the publication itself that it can tell."""
    return next((each for each in holding.parts if each.kind is Kind.BASIC and _is_counted(each) and _is_plain(each)), None)


def _is_counted(part: Part) -> bool:
    return bool(part.runs) or part.captions.field is not None


def _is_plain(part: Part) -> bool:
    points = [point for run in part.runs for point in (run.start, run.last)]
    levels = [len(part.captions.levels), *(len(each.levels) for each in points)]
    dates = [len(part.captions.dates), *(len(each.dates) for each in points)]
    return max(levels) <= MOST_LEVELS and max(dates) <= MOST_DATES


def _row(run: Run) -> Row:
    end = run.end or Point()
    return Row(run.start.levels, end.levels, run.start.dates, end.dates, run.is_open, run.pause, run.note, run)


def _run(row: Row) -> Run:
    start, end = Point(row.start, row.start_dates), Point(row.end, row.end_dates)
    origin = row.origin.field if row.origin else None
    return Run(start, None if row.is_open or not end else end, row.is_open, row.pause, row.note, origin)


def _captions(plain: PlainHolding, before: Part | None) -> Captions:
    said = before.captions if before else Captions()
    most = max([0, *(len(dates) for row in plain.rows for dates in (row.start_dates, row.end_dates))])
    dates = (*said.dates, *DATES[len(said.dates) :])[: max(most, len(said.dates))]
    per = (*said.per[:1], *([] if said.per else [0]), *plain.per, *[0] * MOST_LEVELS)[: len(plain.captions)]
    return replace(said, levels=plain.captions, dates=tuple(dates), per=per)


def _text(field: Field) -> str:
    """A text with its note behind a bar, as one line of the form."""
    return " | ".join(filter(None, [field.get("a").strip(), field.get("z").strip()]))


def _text_field(kind: Kind, line: str) -> Field:
    text, _bar, note = (each.strip() for each in line.partition("|"))
    told = [("a", text), ("z", note)]
    return Field(kind.text_tag, " ", "0", [(code, each) for code, each in told if each])


def _without_link(field: Field) -> Field:
    return Field(field.tag, field.ind1, field.ind2, [each for each in field.subfields if each[0] != "8"])


def faults_of(rows: Iterable[Row]) -> list[str]:
    """What is wrong with runs as they were typed, in words."""
    return [
        _("Baris %(at)d: “sampai” (%(end)s) mendahului “dari” (%(start)s).")
        % {"at": at, "start": " ".join(row.start), "end": " ".join(row.end)}
        for at, row in enumerate(rows, start=1)
        if row.end and _numbers(row.end) and _numbers(row.start) and _numbers(row.end) < _numbers(row.start)
    ]


def _numbers(values: Sequence[str]) -> list[int]:
    return [int(each) for each in values] if all(each.isascii() and each.isdigit() for each in values) else []
