"""What the person who imports may choose."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from lumbung.catalogue.domain.imports.copies import Profile
from lumbung.catalogue.domain.imports.matching import Rule
from lumbung.catalogue.domain.overlaying import MERGE, OVERLAY, Choice, Choices, Group
from lumbung.formats.marc import Encoding, Format


@dataclass(frozen=True, kw_only=True)
class ImportOptions:
    """``branch`` and ``item_type`` are codes for items that name none; ``again`` allows a file that was imported before.

    ``duplicates`` says what becomes of records that are there already, known by their numbers, or (``by_title``) by title, creator
    and year alone; ``choices`` are what an overlay or a merger does otherwise than usual with a group of fields. ``table`` is the size in
    bytes of the table whose rows these records are.
    """

    format: Format = Format.AUTO
    encoding: Encoding = Encoding.AUTO
    items: Profile = Profile.AUTO
    branch: str = ""
    item_type: str = ""
    again: bool = False
    duplicates: Rule = Rule.ADD
    by_title: bool = False
    choices: Mapping[Group, Choice] = field(default_factory=dict)
    table: int = 0

    @property
    def choices_made(self) -> Choices:
        """What an overlay or a merger does with every group of fields."""
        return {**(MERGE if self.duplicates is Rule.MERGE else OVERLAY), **self.choices}

    def stored(self) -> dict[str, Any]:
        return asdict(self)


def options_of(stored: dict[str, Any]) -> ImportOptions:
    """The options that ``stored`` wrote."""
    return ImportOptions(
        format=Format(stored["format"]),
        encoding=Encoding(stored["encoding"]),
        items=Profile(stored["items"]),
        branch=stored["branch"],
        item_type=stored["item_type"],
        again=stored["again"],
        duplicates=Rule(stored["duplicates"]),
        by_title=stored["by_title"],
        choices={Group(group): Choice(choice) for group, choice in stored["choices"].items()},
        table=stored.get("table", 0),
    )
