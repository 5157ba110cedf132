"""What a style of citation is, and why a file is none."""

from dataclasses import dataclass
from enum import Enum, auto

LARGEST_STYLE = 400_000
"""The largest style of the Citation Style Language project has 170,000 bytes."""


class Fault(Enum):
    """Why a file is no style for us."""

    TOO_LARGE = auto()
    NOT_XML = auto()
    NOT_A_STYLE = auto()
    DEPENDENT = auto()
    WITHOUT_BIBLIOGRAPHY = auto()
    UNKNOWN_MACRO = auto()
    ENDLESS = auto()
    FAILS = auto()


@dataclass(frozen=True, slots=True)
class Style:
    """A style that may be rendered: its title, its licence as it says, and the prepared XML."""

    title: str
    rights: str
    xml: bytes
