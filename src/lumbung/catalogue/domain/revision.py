"""Writing the simple form back into MARC without loss.

Only what differs from the record is touched: a changed value is rewritten in its own subfield, with its indicators, its further
subfields and its punctuation; everything the form does not show stays where it is.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from lumbung.catalogue.domain import simple_entry as entries
from lumbung.catalogue.domain.carriers import carry, empty_008
from lumbung.catalogue.domain.heading_revision import (
    rewrite_call_number,
    rewrite_name,
    rewrite_series,
    rewrite_subject,
)
from lumbung.catalogue.domain.marc_fields import align, place, set_code
from lumbung.catalogue.domain.punctuation import is_punctuated, punctuate
from lumbung.catalogue.domain.simple_entry import BODIES, PEOPLE, SUBJECTS, SimpleEntry, creators, entry_of, with_code
from lumbung.formats.marc import Field, Record

NEW_LEADER = "00000nam a2200000 c 4500"
MAIN_ENTRIES = ("100", "110", "111", "130")
ARTICLES = {"eng": ("The ", "An ", "A ")}
SINGLE_DATE = "s"
DATE_UNKNOWN = " |nb"

Writer = Callable[[Record, Any], None]


def new_marc(entry: SimpleEntry) -> Record:
    """A record made from the form: UTF-8, without punctuation between subfields (leader/18 "c"), carrier terms included."""
    marc = Record(NEW_LEADER, [Field("008", value=empty_008())])
    carry(marc, entry.material)
    return revised(marc, entry)


def revised(marc: Record, entry: SimpleEntry) -> Record:
    """A copy of the record that says what the form says. The record itself is left alone."""
    was, new = entry_of(marc), deepcopy(marc)
    had_main_entry = new.first(*MAIN_ENTRIES) is not None
    for name, write in WRITERS.items():
        if getattr(entry, name) != getattr(was, name):
            write(new, getattr(entry, name))
    title, has_main_entry = new.first("245"), new.first(*MAIN_ENTRIES) is not None
    if title is not None and (has_main_entry != had_main_entry or marc.first("245") is None):
        title.ind1 = "1" if has_main_entry else "0"
    if title is not None and entry.title != was.title:
        title.ind2 = _nonfiling(entry)
    return new


def _nonfiling(entry: SimpleEntry) -> str:
    """How many characters of the title filing skips: a leading article and its blank."""
    articles = ARTICLES.get(entry.language, ())
    return str(next((len(article) for article in articles if entry.title.startswith(article)), 0))


def _creators(tags: tuple[str, ...]) -> Writer:
    def write(marc: Record, wanted: list[str]) -> None:
        held = creators(marc, tags)
        nobody = not marc.first(*MAIN_ENTRIES) and not creators(marc, (*PEOPLE, *BODIES))
        leads = nobody or any(each.tag in MAIN_ENTRIES for each in held)
        shown = [entries.heading(each) for each in held]
        kept = align(marc, held, shown, wanted, rewrite=rewrite_name, make=lambda text: _new_name(tags[-2:], text))
        if leads:
            _settle_main_entry(marc, kept)

    return write


def _new_name(tags: tuple[str, ...], text: str) -> Field:
    tag = "700" if "700" in tags else "710"
    ind1 = ("1" if "," in text else "0") if tag == "700" else "2"
    return Field(tag, ind1, " ", [("a", text)])


def _settle_main_entry(marc: Record, names: list[Field]) -> None:
    """The first of the names is the main entry (1xx), the others are added entries (7xx)."""
    for at, name in enumerate(names):
        tag = ("7" if at else "1") + name.tag[1:]
        if name.tag != tag:
            marc.fields = [each for each in marc.fields if each is not name]
            name.tag, name.ind2 = tag, " "
            place(marc, name, after=names[at - 1] if at else None, before=next(iter(names[at + 1 :]), None))


def _in_title(code: str) -> Writer:
    return lambda marc, text: _set_in(marc, marc.first("245") or _added(marc, Field("245", "0", "0")), code, text, "anphbc")


def _in_publication(code: str) -> Writer:
    def write(marc: Record, text: str) -> None:
        _set_in(marc, entries.publication(marc) or _added(marc, Field("264", " ", "1")), code, text, "abcefg")

    return write


def _in_extent(code: str) -> Writer:
    return lambda marc, text: _set_in(marc, marc.first("300") or _added(marc, Field("300")), code, text, "abcefg")


def _in_host(code: str) -> Writer:
    """In the first 773, which names what an article or chapter is part of."""

    def write(marc: Record, text: str) -> None:
        field = marc.first("773") or _added(marc, Field("773", "0", " "))
        set_code(field, code, text, "abstdgkhxyzw")
        if not field.subfields:
            marc.fields = [each for each in marc.fields if each is not field]

    return write


def _set_in(marc: Record, field: Field, code: str, text: str, order: str) -> None:
    punctuated = is_punctuated(marc, field)
    set_code(field, code, text, order)
    if punctuated:
        punctuate(field)
    if not field.subfields:
        marc.fields = [each for each in marc.fields if each is not field]


def _added(marc: Record, field: Field) -> Field:
    place(marc, field)
    return field


def _year(marc: Record, text: str) -> None:
    _in_publication("c")(marc, text)
    fixed, digits = marc.first("008"), "".join(letter for letter in text if letter.isdigit())
    if fixed is not None and fixed.value is not None and len(digits) >= 4:  # noqa: PLR2004 -- a year
        kind = SINGLE_DATE if fixed.value[6:7] in DATE_UNKNOWN else fixed.value[6]
        fixed.value = fixed.value[:6] + kind + digits[:4] + fixed.value[11:]


def _language(marc: Record, code: str) -> None:
    fixed, was, spoken = marc.first("008"), entries.language_of(marc), marc.first("041")
    if fixed is not None and fixed.value is not None:
        value = fixed.value.ljust(40)
        fixed.value = value[:35] + code.ljust(3)[:3] + value[38:]
    if spoken is not None and spoken.get("a") == was:
        set_code(spoken, "a", code, "a")
    elif spoken is None and fixed is None and code:
        place(marc, Field("041", "0", " ", [("a", code)]))


def _single(tag: str, ind1: str = " ", ind2: str = " ", more: tuple[tuple[str, str], ...] = ()) -> Writer:
    """The first field ``tag`` with an $a; without a value the whole field goes."""

    def write(marc: Record, text: str) -> None:
        field = next(iter(with_code(marc, tag, "a")), None)
        if field is None:
            place(marc, Field(tag, ind1, ind2, [("a", text), *more]))
        elif text:
            set_code(field, "a", text, "a")
        else:
            marc.fields = [each for each in marc.fields if each is not field]

    return write


def _repeated(tag: str, code: str = "a", leaves: str = "", indicators: str = "  ") -> Writer:
    """Every field ``tag`` with the subfield; one that loses it goes, unless it has subfields in ``leaves``."""

    def write(marc: Record, wanted: list[str]) -> None:
        held = with_code(marc, tag, code)
        align(
            marc,
            held,
            [each.get(code) for each in held],
            wanted,
            rewrite=lambda field, text: set_code(field, code, text, code),
            make=lambda text: Field(tag, indicators[0], indicators[1], [(code, text)]),
            leaves=leaves,
        )

    return write


def _series(marc: Record, wanted: list[str]) -> None:
    held = marc.all("490")
    shown = [entries.series_of(each) for each in held]
    align(marc, held, shown, wanted, rewrite=rewrite_series, make=lambda text: _made(Field("490", "0"), rewrite_series, text))


def _subjects(marc: Record, wanted: list[str]) -> None:
    held = marc.all(*SUBJECTS)
    shown = [entries.subject(each) for each in held]
    make = lambda text: _made(Field("650", " ", "4"), rewrite_subject, text)  # noqa: E731 -- reads as the other writers do
    align(marc, held, shown, wanted, rewrite=rewrite_subject, make=make)


def _call_number(marc: Record, text: str) -> None:
    local = marc.first("090")
    if local is None:
        place(marc, Field("090", " ", " ", [("a", text)]))
    elif text:
        rewrite_call_number(local, text)
    else:
        marc.fields = [each for each in marc.fields if each is not local]


def _made(field: Field, rewrite: Callable[[Field, str], None], text: str) -> Field:
    rewrite(field, text)
    return field


WRITERS: dict[str, Writer] = {
    "material": carry,
    "language": _language,
    "people": _creators(PEOPLE),
    "bodies": _creators(BODIES),
    "title": _in_title("a"),
    "subtitle": _in_title("b"),
    "responsibility": _in_title("c"),
    "edition": _single("250"),
    "place": _in_publication("a"),
    "publisher": _in_publication("b"),
    "year": _year,
    "extent": _in_extent("a"),
    "details": _in_extent("b"),
    "dimensions": _in_extent("c"),
    "accompanying": _in_extent("e"),
    "scale": _single("255"),
    "frequency": _single("310"),
    "numbering": _single("362", "0"),
    "host": _in_host("t"),
    "host_part": _in_host("g"),
    "host_issn": _in_host("x"),
    "performers": _single("511", "0"),
    "credits": _single("508"),
    "system": _single("538"),
    "series": _series,
    "isbn": _repeated("020", leaves="z"),
    "issn": _repeated("022", leaves="lmyz"),
    "classification": _single("082", "0", "4", (("2", "23"),)),
    "call_number": _call_number,
    "subjects": _subjects,
    "dissertation": _single("502"),
    "contents": _single("505", "0"),
    "audience": _single("521"),
    "access": _single("506"),
    "addresses": _repeated("856", "u", indicators="40"),
    "summary": _single("520"),
    "notes": _repeated("500"),
}
