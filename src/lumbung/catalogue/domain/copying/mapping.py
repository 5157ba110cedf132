"""What a foreign record becomes on its way into our catalogue, by a profile's rules."""

import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass

from lumbung.catalogue.domain.call_numbers import suggested_call_number
from lumbung.catalogue.domain.marc_fields import place
from lumbung.catalogue.domain.simple_entry import entry_of
from lumbung.catalogue.models import TakeOverProfile
from lumbung.catalogue.refusals import PROFILE_LINE_UNREADABLE, PROFILE_MOVE_UNREADABLE, PROFILE_TAG_UNREADABLE
from lumbung.formats.marc import Field, Record
from lumbung.formats.marc.lines import Unreadable, from_lines
from lumbung.kernel.refusals import Reason

ANY = "X"
_PATTERN = re.compile(r"([0-9X]{3})(?:\$([0-9a-z]+))?")
_TAG = re.compile(r"[0-9]{3}")
TITLE, CALL_NUMBER = "245", "090"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Tags, ``X`` standing for any digit, and of their fields only these subfields; the whole field without ``codes``."""

    tag: str
    codes: str

    def fits(self, tag: str) -> bool:
        return len(tag) == len(self.tag) and all(own in {ANY, each} for own, each in zip(self.tag, tag, strict=True))


def mapped(given: Record, profile: TakeOverProfile) -> Record:
    """A new record: what the profile lets in of the given one, moved and added to, with a call number. The title always comes along."""
    kept, dropped = patterns_in(profile.kept), patterns_in(profile.dropped)
    moves = dict(_moves(profile.moved))
    made = Record(given.leader)
    for each in given.fields:
        field = _let_in(deepcopy(each), kept, dropped)
        if field is None:
            continue
        field.tag = moves.get(field.tag, field.tag) if not field.is_control else field.tag
        made.fields.append(field)
    if moves:
        made.fields.sort(key=lambda field: field.tag)
    for each in from_lines(profile.added).fields if profile.added.strip() else []:
        place(made, each)
    if profile.call_number and made.first(CALL_NUMBER) is None and (number := suggested_call_number(entry_of(made))):
        place(made, Field(CALL_NUMBER, " ", " ", [("a", number)]))
    return made


def patterns_in(text: str) -> list[Pattern]:
    """The patterns a profile's line holds; what cannot be read is left out, ``faults_of`` tells of it."""
    found = (_PATTERN.fullmatch(word) for word in text.split())
    return [Pattern(each[1], each[2] or "") for each in found if each is not None]


def faults_of(profile: TakeOverProfile) -> list[Reason]:
    """Every rule of the profile that cannot be read."""
    words = [*profile.kept.split(), *profile.dropped.split()]
    faults = [PROFILE_TAG_UNREADABLE(text=word) for word in words if not _PATTERN.fullmatch(word)]
    readable = {source for source, _ in _moves(profile.moved)}
    faults += [
        PROFILE_MOVE_UNREADABLE(text=line.strip())
        for line in profile.moved.splitlines()
        if line.strip() and line.split()[0] not in readable
    ]
    try:
        from_lines(profile.added)
    except Unreadable as unreadable:
        faults += [PROFILE_LINE_UNREADABLE(number=number, text=text[:60]) for number, text in unreadable.lines]
    return faults


def _moves(text: str) -> Iterable[tuple[str, str]]:
    """``653 650``: data fields of the first tag get the second; control fields stay what they are."""
    for line in text.splitlines():
        words = line.replace(">", " ").replace("→", " ").split()
        if len(words) == 2 and all(_TAG.fullmatch(each) and each >= "010" for each in words):  # noqa: PLR2004 -- from and to
            yield words[0], words[1]


def _let_in(field: Field, kept: list[Pattern], dropped: list[Pattern]) -> Field | None:
    if field.tag == TITLE:
        return field
    if kept and not any(each.fits(field.tag) for each in kept):
        return None
    if any(each.fits(field.tag) and not each.codes for each in dropped):
        return None
    codes = "".join(each.codes for each in dropped if each.fits(field.tag))
    if codes and not field.is_control:
        field.subfields = [each for each in field.subfields if each[0] not in codes]
        return field if field.subfields else None
    return field
