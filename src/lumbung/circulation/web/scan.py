"""What a clerk scanned or typed: a member's card or number, an item's barcode, or words to find a member by."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lumbung.catalogue import queries as catalogue
from lumbung.catalogue.models import Item
from lumbung.members import queries as members
from lumbung.members.models import Member

_STRAY = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\ufeff]")
_CODE_39_FRAME = re.compile(r"^\*(.+)\*$")
CODE_LENGTH = 200


@dataclass(frozen=True)
class Found:
    """What a code may mean. Mostly one thing; a student number may by chance be some item's barcode too."""

    member: Member | None = None
    item: Item | None = None

    @property
    def is_ambiguous(self) -> bool:
        return self.member is not None and self.item is not None


def clean(scanned: str) -> str:
    """The code itself: without line ends, tabs, blanks around it, or the asterisks with which Code 39 begins and ends."""
    bare = _STRAY.sub(" ", scanned[:CODE_LENGTH]).strip()
    return _CODE_39_FRAME.sub(r"\1", bare).strip()


def look_up(code: str) -> Found:
    """Whose card or number, or which item's barcode, this is."""
    if not code:
        return Found()
    return Found(member=members.member_by_barcode(code), item=catalogue.item_by_barcode(code))


def members_called(words: str, at_most: int = 12) -> Sequence[Member]:
    """Members whose name or numbers fit the words, for a short list to choose from."""
    return list(members.find_members(words).select_related("category")[:at_most])
