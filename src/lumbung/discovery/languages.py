"""Languages by their three-letter codes (ISO 639-2, as MARC has them), in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, str | Promise] = {
    "ind": _("Indonesia"),
    "eng": _("Inggris"),
    "ara": _("Arab"),
    "jav": _("Jawa"),
    "sun": _("Sunda"),
    "ban": _("Bali"),
    "mad": _("Madura"),
    "min": _("Minangkabau"),
    "bug": _("Bugis"),
    "mak": _("Makassar"),
    "ace": _("Aceh"),
    "btk": _("Batak"),
    "bjn": _("Banjar"),
    "kaw": _("Jawa Kuno"),
    "may": _("Melayu"),
    "msa": _("Melayu"),
    "dut": _("Belanda"),
    "ger": _("Jerman"),
    "fre": _("Prancis"),
    "spa": _("Spanyol"),
    "por": _("Portugis"),
    "ita": _("Italia"),
    "rus": _("Rusia"),
    "lat": _("Latin"),
    "grc": _("Yunani Kuno"),
    "gre": _("Yunani"),
    "jpn": _("Jepang"),
    "chi": _("Tionghoa"),
    "kor": _("Korea"),
    "tha": _("Thai"),
    "vie": _("Vietnam"),
    "tgl": _("Tagalog"),
    "hin": _("Hindi"),
    "urd": _("Urdu"),
    "san": _("Sanskerta"),
    "per": _("Persia"),
    "tur": _("Turki"),
    "heb": _("Ibrani"),
    "mul": _("Beberapa bahasa"),
}


def language_name(code: str) -> str:
    """The language in words; an unknown code as it is, nothing for none."""
    return str(NAMES.get(code, code)) if code != "und" else ""
