"""Which volume, part or issue of a title a copy is, and in which order they stand."""

import re

from django.utils.translation import gettext as _

from lumbung.kernel.shortening import LINE, shortened

LONGEST = 80
_CAPTION = r"(?:jilid|jil|volume|vol|bd)\.?"
_MARK = re.compile(
    rf"\b{_CAPTION}\s*(\d{{1,3}})\b"  # jil. 2, vol 2
    r"|(?<![\w.])[jv]\.?(\d{1,3})\b",  # j.2, v2: never a letter and a number apart
    re.IGNORECASE,
)
_NUMBER_ALONE = re.compile(rf"(?:{_CAPTION}\s*|[jv]\.?)?(\d{{1,3}})", re.IGNORECASE)
_LEADING_CAPTION = re.compile(rf"\s*{_CAPTION}(?=\s*\d)")
_PIECES = re.compile(r"\d+|[^\W\d_]+")


def volume_of(call_number: str, *, told: str = "") -> str:
    """Which volume a copy is: as it is ``told``, else as its call number says ("899.221 PRA b jil. 2").

    A volume that is but a number is that number ("Jil. 2", "v.2" and "2" are all "2"); what says more ("Jil. 2, bag. 1") stays as it is
    written; "" when nothing is said.
    """
    if told := " ".join(told.split()):
        alone = _NUMBER_ALONE.fullmatch(told)
        return str(int(alone[1])) if alone else told
    found = _MARK.search(call_number)
    return str(int(found[1] or found[2])) if found else ""


def same_volume(one: str, other: str) -> bool:
    """Whether two volumes, as ``volume_of`` tells them, are the same."""
    return one.casefold() == other.casefold()


def volume_order(volume: str) -> tuple[tuple[int, int, str], ...]:
    """A key that puts volumes in their order: numbers by their value, so that 10 comes after 9; without a volume first."""
    pieces = _PIECES.findall(_LEADING_CAPTION.sub("", volume.casefold()))
    return tuple((0, int(each), "") if each.isdigit() else (1, 0, each) for each in pieces)


def with_volume(title: str, volume: str, most: int = LINE) -> str:
    """A title with the volume, where it is told, in one line of no more than ``most`` letters: the title is cut, the volume stays."""
    if not volume:
        return shortened(title, most)
    told = f" · {volume_label(volume)}"
    return shortened(title, most - len(told)) + told


def volume_label(volume: str) -> str:
    """What a reader is shown: "Jilid 2", or as it is written."""
    return _("Jilid %(n)s") % {"n": volume} if volume.isdigit() else volume
