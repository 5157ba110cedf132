"""A holdings statement into a MARC record. What nobody edits (frequency, piece designations, notes of the staff) stays as it came."""

from collections.abc import Iterator, Sequence
from itertools import count, zip_longest

from lumbung.formats.holdings.parts import DATES, LEVELS, Captions, Holding, Part, Point, Run
from lumbung.formats.holdings.reading import PLACE, TAGS, link_of
from lumbung.formats.marc import Field, Record

CODES = "841"
NO_CAPTION = "(*)"
DETAILED, COMPRESSED, UNCOMPRESSED = "4", "0", "1"
_LAST_TAG = "868"


def replaced(record: Record, old: Holding | None, new: Holding) -> Record:
    """The record with ``new`` in the place of ``old``, behind everything else that tells of holdings where there was none."""
    gone = {id(each) for each in old.fields} if old else set()
    kept = [each for each in record.fields if id(each) not in gone]
    taken = {link for each in kept if each.tag in TAGS or each.tag == PLACE for link in _links(each)}
    fields = list(_written(new, taken))
    if old:
        first = next(at for at, each in enumerate(record.fields) if id(each) in gone)
        at = sum(id(each) not in gone for each in record.fields[:first])
    else:
        at = behind_holdings(Record(fields=kept))
    return Record(leader=record.leader, fields=[*kept[:at], *fields, *kept[at:]])


def behind_holdings(record: Record) -> int:
    """The place behind everything that tells of holdings."""
    return max((at for at, each in enumerate(record.fields, start=1) if each.tag <= _LAST_TAG), default=0)


def embedded(record: Record) -> Record:
    """A holdings record as it stands in the record of its title: what its leader/06, leader/17 and 008 say becomes 841, as MARC 21 for
    holdings has it."""
    codes = record.control("008")
    if not codes.strip() or record.first(CODES) is not None:
        return record
    told = [("a", record.leader[6:7]), ("b", codes), ("e", record.leader[17:18])]
    field = Field(CODES, " ", " ", [(code, text) for code, text in told if text.strip()])
    at = next((at for at, each in enumerate(record.fields) if each.tag > CODES), len(record.fields))
    return Record(leader=record.leader, fields=[*record.fields[:at], field, *record.fields[at:]])


def removed(record: Record, old: Holding) -> Record:
    """The record without this statement."""
    gone = {id(each) for each in old.fields}
    return Record(leader=record.leader, fields=[each for each in record.fields if id(each) not in gone])


def _links(field: Field) -> list[str]:
    return [link for text in field.all("8") if (link := text.partition(".")[0].strip())]


def _written(holding: Holding, taken: set[str]) -> Iterator[Field]:
    links = _Links(taken)
    fields = [each for part in holding.parts for each in _linked(part, links)]
    for each in holding.about:
        ties = [("8", link) for link in links.given] if each.get("8") else []
        yield Field(each.tag, each.ind1, each.ind2, [*ties, *_without(each, "8")])
    if holding.place is not None or holding.branch or holding.shelf or holding.note:
        yield _place(holding, links.given)
    yield from fields


class _Links:
    """The numbers that tie the fields of one statement together, none of which another has."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self.given: list[str] = []

    def give(self, wanted: str = "") -> str:
        """The wanted one if it is free, else the next that is."""
        used = self._taken.union(self.given)
        link = wanted if wanted and wanted not in used else next(each for each in map(str, count(1)) if each not in used)
        self.given.append(link)
        return link


def _linked(part: Part, links: _Links) -> Iterator[Field]:
    """The fields of one part. A text that stands for its runs has their link, any other one of its own."""
    counted = bool(part.runs) or part.captions.field is not None
    link = links.give(part.captions.link) if counted else ""
    if counted:
        yield from _part(part, link)
    for text in part.texts:
        is_tied = part.captions.link and link_of(text) == part.captions.link
        stands_for_runs = counted and (part.only_text or is_tied)
        own = link if stands_for_runs else links.give(link_of(text))
        yield Field(text.tag, text.ind1, text.ind2, [("8", own), *_without(text, "8")])


def _place(holding: Holding, links: Sequence[str]) -> Field:
    origin = holding.place or Field(PLACE)
    dropped = {"8", "b", "c", "z"} | ({"a"} if not origin.get("b") else set())
    told = [("b", holding.branch), ("c", holding.shelf)]
    kept = [each for each in origin.subfields if each[0] not in dropped]
    before = [each for each in kept if each[0] == "a"]
    after = [each for each in kept if each[0] != "a"]
    subfields = [*(("8", link) for link in links), *before, *told, *after, ("z", holding.note)]
    return Field(PLACE, origin.ind1, origin.ind2, [(code, text) for code, text in subfields if text])


def _part(part: Part, link: str) -> Iterator[Field]:
    yield _captions(part, link)
    for at, run in enumerate(part.runs, start=1):
        yield _run(part.kind.runs_tag, run, f"{link}.{at}")


def _captions(part: Part, link: str) -> Field:
    """853–855: the captions, each level with what was told about it before ($u, $v)."""
    said = part.captions
    origin = said.field or Field(part.kind.captions_tag, " ", " ")
    about: list[list[tuple[str, str]]] = []
    rest: list[tuple[str, str]] = []
    for code, text in origin.subfields:
        if code in LEVELS:
            about.append([])
        elif code == "v" and about:
            about[-1].append((code, text))
        elif code not in {"8", "u", *DATES}:
            rest.append((code, text))
    subfields = [("8", link)]
    for at in range(max([len(said.levels), *(len(run.start.levels) for run in part.runs)])):
        subfields.append((LEVELS[at], said.levels[at] if at < len(said.levels) and said.levels[at] else NO_CAPTION))
        if at < len(said.per) and said.per[at]:
            subfields.append(("u", str(said.per[at])))
        subfields += about[at] if at < len(about) else []
    subfields += zip(DATES, _dates(said, part.runs), strict=False)
    return Field(origin.tag, origin.ind1, origin.ind2, [*subfields, *rest])


def _dates(said: Captions, runs: Sequence[Run]) -> list[str]:
    """The captions of dates, as many as the runs have."""
    most = max([len(said.dates), *(len(point.dates) for run in runs for point in (run.start, run.last))])
    usual = ("(year)", "(month)", "(day)", "(day)")
    return [said.dates[at] if at < len(said.dates) and said.dates[at] else usual[at] for at in range(most)]


def _run(tag: str, run: Run, name: str) -> Field:
    origin = run.field or Field(tag, DETAILED, UNCOMPRESSED)
    is_range = run.is_open or (run.end is not None and run.end != run.start)
    told = [("8", name), *_values(run)]
    kept = [each for each in origin.subfields if each[0] not in {"8", "w", "z", *LEVELS, *DATES}]
    ends = [(code, text) for code, text in (("w", run.pause), ("z", run.note)) if text]
    return Field(tag, origin.ind1, COMPRESSED if is_range else UNCOMPRESSED, [*told, *kept, *ends])


def _values(run: Run) -> Iterator[tuple[str, str]]:
    end = Point() if run.is_open else run.last
    for codes, first, last in ((LEVELS, run.start.levels, end.levels), (DATES, run.start.dates, end.dates)):
        for code, (one, other) in zip(codes, zip_longest(first, last, fillvalue=""), strict=False):
            yield code, one if one == other else f"{one}-{other}"


def _without(field: Field, code: str) -> list[tuple[str, str]]:
    return [each for each in field.subfields if each[0] != code]
