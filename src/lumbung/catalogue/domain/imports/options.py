"""What the person who imports may choose."""

from dataclasses import asdict, dataclass
from typing import Any

from lumbung.catalogue.domain.imports.copies import Profile
from lumbung.formats.marc import Encoding, Format


@dataclass(frozen=True, kw_only=True)
class ImportOptions:
    """``branch`` and ``item_type`` are codes for items that name none; ``again`` allows a file that was imported before."""

    format: Format = Format.AUTO
    encoding: Encoding = Encoding.AUTO
    items: Profile = Profile.AUTO
    branch: str = ""
    item_type: str = ""
    again: bool = False

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
    )
