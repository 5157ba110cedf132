"""Titles: the title proper with its parts (245), its forms in other scripts (880), other titles, and series."""

from lumbung.catalogue.domain.bibliographic.text import Fields, first, trimmed, without_marks
from lumbung.formats.marc import Field

_OTHER = {
    "130": "adfklmnoprs",
    "240": "adfklmnoprs",
    "210": "ab",
    "222": "ab",
    "246": "abnp",
    "247": "abnp",
    "730": "adfklmnoprs",
    "740": "anp",
}
_SERIES = {"490": "av", "440": "anpv", "800": "atv", "810": "abtv", "811": "atv", "830": "anpv"}
_PROPER = "abfgknps"


def title(fields: Fields) -> str:
    """The title proper, other title information and parts, as one line as people write it; empty when the record has none."""
    field = first(fields, "245")
    if field is None:
        other = first(fields, "130", "240", "246", "222", "210", "740")
        return _line(other.join("anp")) if other else ""
    return _line(field.join(_PROPER)) or _line(field.join("hc")) or _line(field.value or "")


def _line(text: str) -> str:
    """Without the blanks that ISBD sets before its colons and semicolons."""
    return trimmed(text).replace(" :", ":").replace(" ;", ";")


def responsibility(fields: Fields) -> str:
    field = first(fields, "245")
    return trimmed(field.get("c")) if field else ""


def part(fields: Fields, code: str) -> str:
    field = first(fields, "245")
    return " ".join(filter(None, map(trimmed, field.all(code)))) if field else ""


def other_scripts(fields: Fields, tags: tuple[str, ...], codes: str) -> tuple[str, ...]:
    """What 880 repeats of the fields ``tags`` in their own script."""
    if "880" not in fields:
        return ()
    repeated = [each for tag in tags for each in fields["880"] if each.get("6").startswith(tag)]
    return tuple(text for each in repeated if (text := _line(each.join(codes))))


def other_titles(fields: Fields) -> tuple[str, ...]:
    found = [_line(each.join(codes)) for tag, codes in _OTHER.items() if tag in fields for each in fields[tag]]
    return tuple(dict.fromkeys(filter(None, found)))


def series(fields: Fields) -> tuple[str, ...]:
    """Series statements; traced forms (8XX) only where there is no statement."""
    statements = [_series(each) for tag in ("490", "440") if tag in fields for each in fields[tag]]
    traced = [_series(each) for tag in ("800", "810", "811", "830") if tag in fields for each in fields[tag]]
    return tuple(dict.fromkeys(filter(None, statements or traced)))


def _series(field: Field) -> str:
    codes = _SERIES[field.tag]
    return " ; ".join(filter(None, (without_marks(field.join(codes[:-1])), without_marks(field.get("v")))))
