"""What is wrong with a field of a request, in the reader's language; the kinds are pydantic's, and those of our own shapes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

_TEXT, _WHOLE, _NUMBER = _("Isi dengan teks."), _("Isi dengan bilangan bulat."), _("Isi dengan bilangan.")
_YES_OR_NO, _LIST, _OBJECT = _("Isi dengan true atau false."), _("Isi dengan sebuah daftar."), _("Isi dengan sebuah objek.")
_DATE, _TIME = _("Isi dengan tanggal, misalnya 2026-11-30."), _("Isi dengan tanggal dan waktu, misalnya 2026-11-30T08:00:00Z.")
_ONE_OF = _("Isi dengan salah satu dari: %(expected)s.")

WORDS: Mapping[str, Any] = {
    "missing": _("Wajib diisi."),
    "extra_forbidden": _("Isian ini tidak dikenal di sini."),
    "string_type": _TEXT,
    "string_too_short": _("Terlalu pendek; jumlah huruf paling sedikit: %(min_length)s."),
    "string_too_long": _("Terlalu panjang; jumlah huruf paling banyak: %(max_length)s."),
    "too_short": _("Terlalu sedikit; jumlah paling sedikit: %(min_length)s."),
    "too_long": _("Terlalu banyak; jumlah paling banyak: %(max_length)s."),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _("Bilangannya terlalu besar."),
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "decimal_max_places": _("Angka di belakang koma paling banyak: %(decimal_places)s."),
    "decimal_max_digits": _("Jumlah angka paling banyak: %(max_digits)s."),
    "decimal_whole_digits": _("Angka di depan koma paling banyak: %(whole_digits)s."),
    "greater_than": _("Harus lebih dari %(gt)s."),
    "greater_than_equal": _("Paling kecil %(ge)s."),
    "less_than": _("Harus kurang dari %(lt)s."),
    "less_than_equal": _("Paling besar %(le)s."),
    "bool_type": _YES_OR_NO,
    "bool_parsing": _YES_OR_NO,
    "list_type": _LIST,
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "literal_error": _ONE_OF,
    "enum": _ONE_OF,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "datetime_type": _TIME,
    "datetime_parsing": _TIME,
    "datetime_from_date_parsing": _TIME,
}
OWN_WORDS: Mapping[str, Any] = {
    "not_text": _("NUL dan surogat tunggal bukan teks."),
    "out_of_reach": _("Isi tanggal antara tahun %(oldest)s dan %(latest)s."),
    "no_place": _("Sebutkan branch atau place: salah satunya wajib."),
    "paper_without_place": _("Salinan di kertas memerlukan branch atau place."),
}
"""The kinds that the shapes of the API raise themselves."""


def words_of(error: Mapping[str, Any]) -> str:
    """What the reader is told of this error; of a kind without words here, what pydantic says of it."""
    sentence = WORDS.get(error["type"]) or OWN_WORDS.get(error["type"])
    if sentence is None:
        return str(error["msg"])
    facts = dict(error.get("ctx") or {})
    if "expected" in facts:
        facts["expected"] = str(facts["expected"]).replace(" or ", ", ")
    return str(sentence) % facts
