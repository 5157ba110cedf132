"""How a question was read, in words the reader understands, each with the way back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.catalogue.models import Material
from lumbung.discovery.addresses import Chip, Question, parameters, taken_plainly, years_in_words
from lumbung.discovery.queries import AS_TYPED, Results
from lumbung.search.syntax import Notice

NOTICES: Mapping[Notice, str | Promise] = {
    Notice.CUT: gettext_lazy("Pertanyaan terlalu panjang; yang dicari hanya bagian awalnya."),
    Notice.QUOTE_CLOSED: gettext_lazy("Tanda kutip tidak ditutup; dibaca sebagai frasa sampai akhir: “%(words)s”."),
    Notice.BRACKETS_LEFT_OUT: gettext_lazy("Tanda kurung tidak berpasangan, jadi diabaikan."),
    Notice.OPERATOR_LEFT_OUT: gettext_lazy("AND, OR, atau NOT tanpa kata di kedua sisinya diabaikan."),
    Notice.FIELD_AS_WORD: gettext_lazy(
        "“%(words)s:” bukan nama ruas, jadi dicari sebagai kata. Ruas: judul, pengarang, subjek, seri, isbn, kelas, catatan, tahun."
    ),
    Notice.FIELD_WITHOUT_WORD: gettext_lazy(
        "Di belakang “%(words)s:” belum ada kata, jadi dicari sebagai kata biasa. Contoh: pengarang:toer."
    ),
    Notice.YEARS_AS_WORDS: gettext_lazy("“%(words)s” bukan tahun. Contoh: tahun:2015 atau tahun:2015..2020."),
    Notice.MASK_TOO_EARLY: gettext_lazy(
        "Sebelum * harus ada sedikitnya dua huruf, misalnya pend* atau pen*an; “%(words)s” dibaca tanpa *."
    ),
    Notice.OR_BINDS_LEAST: gettext_lazy("OR memisahkan seluruh kata di kiri dan kanannya. Pakai kurung untuk mengelompokkan."),
}


@dataclass(frozen=True, slots=True)
class Way:
    """Words to show and the address they lead to."""

    label: str
    address: str


def notices_in_words(question: Question, results: Results) -> list[str]:
    """What was done to read the question, each once."""
    cut = [(Notice.CUT, "")] if question.is_cut else []
    return list(dict.fromkeys(str(NOTICES[notice]) % {"words": words} for notice, words in [*cut, *results.notices]))


def hint_chips(question: Question, results: Results) -> list[Chip]:
    """What was read out of the words as a filter, and the address where it is a word again."""
    return [Chip(label, taken_plainly(question, name)) for name, label in _hints(results)]


def _hints(results: Results) -> Iterator[tuple[str, str]]:
    for name in results.hints:
        if name == "years":
            yield name, years_in_words(results.asked)
        elif name == "material":
            yield name, ", ".join(str(Material(value).label) for value in results.asked.chosen["material"])
        elif name == "newest":
            yield name, _("Terbitan terbaru dahulu")
        else:
            yield name, _("Dicari: %(words)s") % {"words": results.asked.words}


def as_typed(question: Question) -> str:
    """The address that searches exactly the words typed."""
    return taken_plainly(question, *AS_TYPED)


def spelt(question: Question, words: str) -> Way:
    """The same search with other words."""
    return Way(words, parameters(replace(question, words=words, page=1)))
