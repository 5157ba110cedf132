"""A class number of Islam in the other scheme: the longest line of the crosswalk that it begins with, and its further digits behind."""

import re
from collections.abc import Sequence

from lumbung.catalogue.class_pairs import Pair

OLD, NEW = "2X", "297"
SCHEMES = (OLD, NEW)
_OLD = r"2[Xx]\ ?(?P<ten>[0-9])?(?:\.(?P<more>[0-9][0-9/'’]*))?"
_NEW = r"297(?:\.(?P<digits>[0-9][0-9/'’]*))?"
_WHOLE = re.compile(f"(?:{_OLD}|{_NEW})", re.VERBOSE)
_IN_TEXT = re.compile(rf"(?<![0-9A-Za-z.,])(?:{_OLD}|{_NEW})(?![0-9A-Za-z])", re.VERBOSE)
_GENERAL = "2970"


def key_of(number: str) -> str:
    """A class number of Islam without its dots: ``2X42`` for 2X4.2, ``29742`` for 297.42; empty for any other number."""
    found = _WHOLE.fullmatch(number.strip())
    return _key(found) if found else ""


def counterpart(number: str, pairs: Sequence[Pair]) -> str:
    """The number in the other scheme; empty where the crosswalk has none, and for what is no class of Islam."""
    key = key_of(number)
    ways = [(key_of(pair.old), key_of(pair.new)) for pair in pairs]
    if key.startswith(NEW):
        ways = [(new, old) for old, new in ways if new]
    fitting = [way for way in ways if key and key.startswith(way[0])]
    if not fitting:
        return ""
    begun, becomes = max(fitting, key=lambda way: len(way[0]))
    return written(becomes + key.removeprefix(begun)) if becomes else ""


def rewritten(text: str, scheme: str, pairs: Sequence[Pair]) -> str:
    """The text (a class, a call number) with its class numbers of Islam in ``scheme``; what has no counterpart stays."""

    def put(found: re.Match[str]) -> str:
        return found[0] if _key(found).startswith(scheme) else counterpart(found[0], pairs) or found[0]

    return _IN_TEXT.sub(put, text)


def written(key: str) -> str:
    """The number as it stands on a spine: ``2X4.2``, ``297.42``, ``297``."""
    if key == _GENERAL:
        return NEW
    head, rest = key[:3], key[3:]
    return f"{head}.{rest}" if rest else head


def _key(found: re.Match[str]) -> str:
    if found["digits"] is None and found["more"] is None and found["ten"] is None:
        return f"{OLD}0" if found[0][1] in "Xx" else _GENERAL
    if found["digits"] is not None:
        return NEW + re.sub(r"[^0-9]", "", found["digits"])
    return f"{OLD}{found['ten'] or '0'}{re.sub(r'[^0-9]', '', found['more'] or '')}"
