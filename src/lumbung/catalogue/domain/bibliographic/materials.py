"""What kind of thing a record describes, from leader, 006, 007, 008, 33X and 502."""

from lumbung.catalogue.domain.bibliographic.text import Fields, control, fixed
from lumbung.catalogue.models import Material
from lumbung.formats.marc import Record

_BY_TYPE = {
    "c": Material.SCORE,
    "d": Material.SCORE,
    "e": Material.MAP,
    "f": Material.MAP,
    "i": Material.AUDIO,
    "j": Material.AUDIO,
    "k": Material.IMAGE,
    "o": Material.KIT,
    "b": Material.MIXED,
    "p": Material.MIXED,
    "r": Material.OBJECT,
}
_STILL = "acfilnpst"  # 008/33 of projected and graphic material: pictures, slides, transparencies, filmstrips
_MICRO, _ONLINE = "abc", "oqs"
_DOCUMENT = "d"  # 008/26: a computer file that is a document
_MAPS_AND_PICTURES = "efgkor"


def material(leader: str, fields: Fields) -> Material:
    kind, level = leader[6:7], leader[7:8]
    if kind == "t":
        return Material.THESIS if _is_thesis(fields) else Material.MANUSCRIPT
    if kind == "g":
        return Material.IMAGE if fixed(fields, 33, 34) in _STILL and fixed(fields, 33, 34) else Material.VIDEO
    if kind == "m":
        document = fixed(fields, 26, 27) == _DOCUMENT or _says(fields, "336", "txt")
        return Material.EBOOK if document and _is_online(kind, fields) else Material.COMPUTER_FILE
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    return _text(kind, level, fields)


def _text(kind: str, level: str, fields: Fields) -> Material:
    """Language material: ``level`` tells parts and serials, the carrier the rest."""
    if level in "ab" and level:
        return Material.ARTICLE
    if level in "si" and level:
        return Material.SERIAL
    if _is_thesis(fields):
        return Material.THESIS
    if _is_micro(kind, fields):
        return Material.MICROFORM
    if _is_online(kind, fields):
        return Material.EBOOK
    return Material.BOOK


def _is_thesis(fields: Fields) -> bool:
    return "502" in fields or "m" in fixed(fields, 24, 28)


def _is_micro(kind: str, fields: Fields) -> bool:
    return _form(kind, fields) in _MICRO or _carried_by(fields, "h") or _says(fields, "337", "h")


def _is_online(kind: str, fields: Fields) -> bool:
    return _form(kind, fields) in _ONLINE or _carried_by(fields, "cr") or _says(fields, "338", "cr")


def _form(kind: str, fields: Fields) -> str:
    """Form of item, at the place where this kind of record has it; "-" when there is none."""
    at = 29 if kind in _MAPS_AND_PICTURES else 23
    return fixed(fields, at, at + 1) or "-"


def _carried_by(fields: Fields, carrier: str) -> bool:
    return control(fields, "007").startswith(carrier)


def _says(fields: Fields, tag: str, code: str) -> bool:
    """Whether content, media or carrier (33X) has this RDA code."""
    return any(each.get("b") == code for each in fields.get(tag, ()))


def material_of(marc: Record) -> Material:
    """The kind of thing this record describes."""
    return material(marc.leader, marc.by_tag())
