"""How a question was read, in words the reader understands, each with the way back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lumbung.catalogue.models import Material
from lumbung.discovery.addresses import MOST_CHOSEN, MOST_IN_ALL, Chip, Question, parameters, taken_plainly, years_in_words
from lumbung.discovery.notices import said
from lumbung.discovery.queries import AS_TYPED, Results
from lumbung.discovery.queries.hints import EITHER, FIELD, NEWEST, YEARS, alternatives_in, with_typed_year
from lumbung.kernel.ui.words import number
from lumbung.search.documents import Sort
from lumbung.search.queries import NotReady, other_spellings
from lumbung.search.syntax import Notice

LEADING: Mapping[str, Promise] = {
    "creator": gettext_lazy("Pengarang didahulukan: %(words)s"),
    "note": gettext_lazy("Penerbit didahulukan: %(words)s"),
    "title": gettext_lazy("Judul didahulukan: %(words)s"),
    "identifier": gettext_lazy("Nomor didahulukan: %(words)s"),
}
"""What is said of words that were read as those of a field."""


@dataclass(frozen=True, slots=True)
class Way:
    """Words to show and the address they lead to."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Published:
    """Years in words and the address that asks for them alone; ``as_words`` are the years where they were looked for as words alone."""

    years: str
    address: str
    as_words: str


def notices_in_words(question: Question, results: Results) -> list[str]:
    """What was done to read the question, each once."""
    cut = [(Notice.CUT, "")] if question.is_cut else []
    told = [said(notice, words) for notice, words in [*cut, *results.notices]]
    return list(dict.fromkeys([*told, *([_filters_left_out(question.left_out)] if question.left_out else [])]))


def _filters_left_out(count: int) -> str:
    told = ngettext("%(n)s saringan diabaikan:", "%(n)s saringan diabaikan:", count) % {"n": number(count)}
    most = {"most": MOST_CHOSEN, "all": MOST_IN_ALL}
    return told + " " + _("dari satu jenis dipakai paling banyak %(most)s, seluruhnya %(all)s.") % most


def hint_chips(question: Question, results: Results) -> list[Chip]:
    """What was read out of the words as a filter, and the address where it is a word again."""
    return [Chip(label, taken_plainly(question, name)) for name, label in _hints(results)]


def _hints(results: Results) -> Iterator[tuple[str, str]]:
    for name in results.hints:
        if name == "years":
            yield name, _years(results)
        elif name == "material":
            yield name, ", ".join(str(Material(value).label) for value in results.asked.chosen["material"])
        elif name == NEWEST:
            yield name, _newest(results)
        elif name == EITHER:
            yield name, _("salah satunya: %(words)s") % {"words": results.asked.words}
        elif name == FIELD:
            yield name, "; ".join(str(LEADING[each]) % {"words": words} for each, words in results.asked.preferred)
        else:
            words = results.asked.words
            yield name, _("Dicari: %(words)s") % {"words": words} if words else _("Dicari: semua judul")


def _newest(results: Results) -> str:
    if results.asked.sort is Sort.YEAR_DOWN:
        return _("Terbitan terbaru dahulu")
    return _("tanpa kata “%(words)s”") % {"words": results.hints[NEWEST]}


def _years(results: Results) -> str:
    years, typed = years_in_words(results.asked), "–".join(results.asked.year_words)
    if not typed:
        return years
    return _("terbit %(years)s, atau “%(typed)s” dalam judul, subjek, atau serinya") % {"years": years, "typed": typed}


def only_published(question: Question, results: Results) -> Published | None:
    """The same search for what was published in the years typed, and nothing else; None where it has no years, or they were dropped."""
    if question.year_from or question.year_to or YEARS in results.dropped:
        return None
    if (read := with_typed_year(question, plain=question.plain)) is None:
        return None
    typed = "" if YEARS in results.hints else "–".join(read.year_words)
    return Published(years_in_words(read), parameters(read, plain=None, page=None), typed)


def one_of_them(question: Question, results: Results) -> Way | None:
    """The same search for what has one side of an *atau*, where this was looked for as a word."""
    read = None if EITHER in results.hints else alternatives_in(question.words)
    return Way(read, parameters(replace(question, words=read, page=1))) if read else None


def as_typed(question: Question) -> str:
    """The address that searches exactly the words typed."""
    return taken_plainly(question, *AS_TYPED)


def other_ways_to_spell(question: Question, results: Results) -> list[Way]:
    """The same search with words as something like them is spelt in the collection."""
    try:
        return [spelt(question, words) for words in other_spellings(results.asked.words)]
    except NotReady:
        return []


def spelt(question: Question, words: str) -> Way:
    """The same search with other words."""
    return Way(words, parameters(replace(question, words=words, page=1)))
