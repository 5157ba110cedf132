"""What was done to read a question, in sentences."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

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
    Notice.TOO_MANY_MASKS: gettext_lazy("Paling banyak empat * dalam satu kata; “%(words)s” dibaca tanpa *."),
    Notice.OR_BINDS_LEAST: gettext_lazy("OR memisahkan seluruh kata di kiri dan kanannya. Pakai kurung untuk mengelompokkan."),
}


def said(notice: Notice, words: str) -> str:
    """The sentence for it; ``words`` are those it is about."""
    return str(NOTICES[notice]) % {"words": words}
