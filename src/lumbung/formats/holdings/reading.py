"""Holdings statements out of a MARC record.

In a bibliographic record several 852 may stand, each with its own 853–868. A field belongs to the 852 that names its link ($8); else to the
852 before it, as the fields are sent. What 841, 842 and 844 say belongs to the 852 after them.
"""

from collections.abc import Iterator, Sequence

from lumbung.formats.holdings.parts import DATES, LEVELS, OPEN, Captions, Holding, Kind, Part, Point, Run
from lumbung.formats.holdings.telling import Words, run_told
from lumbung.formats.marc import Field, Record

PLACE = "852"
TAGS = frozenset(tag for kind in Kind for tag in (kind.captions_tag, kind.runs_tag, kind.text_tag))
ABOUT = frozenset({"841", "842", "844"})
COMPRESSED = frozenset("02")
IN_TEXT = frozenset("23")
NOT_PUBLISHED = "4"


def holdings_in(record: Record) -> list[Holding]:
    """Every statement, in the order of the record. An 852 that heads none (that of a copy, say) is no statement."""
    places = [each for each in record.fields if each.tag == PLACE and not each.is_control]
    claims = _claims(places)
    groups: dict[int, list[Field]] = {}
    heads: dict[int, Field | None] = {}
    about: dict[int, tuple[Field, ...]] = {}
    pending: dict[str, Field] = {}
    before: Field | None = None
    for each in record.fields:
        if each.is_control:
            continue
        if each.tag in ABOUT:
            pending[each.tag] = each
        elif each.tag == PLACE:
            before, about[id(each)], pending = each, tuple(pending.values()), {}
        elif each.tag in TAGS:
            head = claims.get(link_of(each), before)
            heads[id(head)] = head
            groups.setdefault(id(head), []).append(each)
            pending = {}
    return [_holding(heads[key], fields, about.get(key, ())) for key, fields in groups.items()]


def designations_in(record: Record, words: Words) -> dict[str, str]:
    """What each single part is called ("Jil. 2 no. 3 (2004)"), by link and sequence ($8) of its 863–865."""
    found = {}
    for holding in holdings_in(record):
        for part in holding.parts:
            for run in part.runs:
                if run.field is not None and (name := run.field.get("8").partition("\\")[0].strip()):
                    found[name] = run_told(run, part.captions, words)
    return found


def link_of(field: Field) -> str:
    """The number that ties fields together ($8, before the full stop); "" for none, and for "0", which ties nothing."""
    return field.get("8").partition(".")[0].partition("\\")[0].strip().removeprefix("0")


def _claims(places: Sequence[Field]) -> dict[str, Field]:
    """For each link the one 852 that names it; a link that several name is nobody's."""
    named: dict[str, Field | None] = {}
    for place in places:
        for code, text in place.subfields:
            if code == "8" and (link := text.partition(".")[0].strip()):
                named[link] = None if link in named else place
    return {link: place for link, place in named.items() if place is not None}


def _holding(place: Field | None, fields: Sequence[Field], about: tuple[Field, ...]) -> Holding:
    parts = tuple(part for kind in Kind for part in _parts(kind, fields))
    if place is None:
        return Holding(parts=parts, fields=tuple(fields))
    return Holding(
        branch=(place.get("b") or place.get("a")).strip(),
        shelf=place.get("c").strip(),
        call_number=place.join("khim"),
        note=place.get("z").strip(),
        parts=parts,
        place=place,
        about=about,
        fields=(*about, place, *fields),
    )


def _parts(kind: Kind, fields: Sequence[Field]) -> Iterator[Part]:
    """One part for each set of captions with its runs and texts; what has no captions comes last."""
    captions = {link_of(each): _captions(each) for each in fields if each.tag == kind.captions_tag}
    runs = [each for each in fields if each.tag == kind.runs_tag and each.ind2 != NOT_PUBLISHED]
    texts = [each for each in fields if each.tag == kind.text_tag]
    only = next(iter(captions)) if len(captions) == 1 else None
    for link, said in captions.items():
        own = [each for each in runs if link_of(each) in {link, "" if link == only else link}]
        told = tuple(each for each in texts if link_of(each) and link_of(each) == link)
        yield _part(kind, said, own, told)
    loose = [each for each in runs if link_of(each) not in captions and not (only is not None and not link_of(each))]
    told = tuple(each for each in texts if not link_of(each) or link_of(each) not in captions)
    if loose or told:
        yield _part(kind, Captions(), loose, told)


def _part(kind: Kind, captions: Captions, fields: Sequence[Field], texts: tuple[Field, ...]) -> Part:
    runs = tuple(run for each in fields for run in _runs(each))
    return Part(kind, captions, runs, texts, only_text=any(each.ind2 in IN_TEXT for each in fields))


def _captions(field: Field) -> Captions:
    levels: list[str] = []
    dates: list[str] = []
    per: list[int] = []
    for code, text in field.subfields:
        if code in LEVELS:
            levels.append(text.strip())
            per.append(0)
        elif code in DATES:
            dates.append(text.strip())
        elif code == "u" and per and text.strip().isdigit():
            per[-1] = int(text)
    return Captions(tuple(levels), tuple(dates), tuple(per), field)


def _runs(field: Field) -> Iterator[Run]:
    """The runs of one field: one, or several where somebody parted them by commas ("1-4,6-10")."""
    values = {code: field.get(code) for code in LEVELS + DATES}
    told = {code: [piece.strip() for piece in text.split(",")] for code, text in values.items() if text.strip(" -,")}
    if not told:
        return
    most = max(map(len, told.values()))
    if any(len(pieces) not in {1, most} for pieces in told.values()):
        told = {code: [", ".join(pieces)] for code, pieces in told.items()}
        most = 1
    pause = field.get("w").strip()[:1]
    for at in range(most):
        piece = {code: pieces[at if len(pieces) > 1 else 0] for code, pieces in told.items()}
        is_last = at == most - 1
        yield _run(field, piece, pause if is_last else "g", field.get("z").strip() if is_last else "")


def _run(field: Field, told: dict[str, str], pause: str, note: str) -> Run:
    ranged = {code: text.partition(OPEN) for code, text in told.items()}
    start = _point({code: first.strip() for code, (first, _, _) in ranged.items()})
    marked = [(mark, last) for _, mark, last in ranged.values() if mark]
    if not marked:
        return Run(start, pause=pause, note=note, field=field)
    if not any(last.strip() for _, last in marked):
        return Run(start, is_open=True, pause=pause, note=note, field=field)
    end = _point({code: (last if mark else first).strip() for code, (first, mark, last) in ranged.items()})
    return Run(start, end, pause=pause, note=note, field=field)


def _point(told: dict[str, str]) -> Point:
    return Point(tuple(told[code] for code in LEVELS if told.get(code)), tuple(told[code] for code in DATES if told.get(code)))
