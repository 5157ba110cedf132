"""What the person who moves a library in may choose."""

import re
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

ORIGIN = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")


class Places(StrEnum):
    """What the places of the other system become: rooms of the one branch chosen, or branches themselves."""

    ROOMS = "rooms"
    BRANCHES = "branches"


@dataclass(frozen=True, kw_only=True)
class Options:
    """``branch`` is the code of the branch that members belong to and loans were made at; ``origin`` what the other library is called here;
    ``images`` and ``files`` are folders or archives on the server; ``columns`` has what each column of a spreadsheet is, by the
    name of the column, and under "what" titles or members."""

    origin: str
    branch: str = ""
    places: Places = Places.ROOMS
    images: str = ""
    files: str = ""
    columns: dict[str, str] = field(default_factory=dict)

    def stored(self) -> dict[str, Any]:
        return asdict(self)


def options_of(stored: dict[str, Any]) -> Options:
    """The options that ``stored`` wrote."""
    return Options(**{**stored, "places": Places(stored["places"])})
