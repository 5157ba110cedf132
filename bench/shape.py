"""What a benchmark is given and what it gives back. A file ``bench/<name>.py`` offers ``run(scale: Scale) -> list[Row]``."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Scale:
    """``quick`` asks for the least amount (does it run at all?), ``share`` for a part of the whole, at most 1.

    ``work`` is an empty folder, removed afterwards.
    """

    quick: bool
    work: Path
    share: float = 1.0

    def of(self, amount: int, *, quick: int) -> int:
        return quick if self.quick else max(quick, round(amount * self.share))


@dataclass(frozen=True)
class Row:
    """One measurement. ``floor`` is what no program could beat, measured in the same run; ``ratio`` is ``value`` against it.

    ``bar`` says in words what is wanted ("≥ 4.000/s"); ``met`` is None where nothing is.
    """

    what: str
    value: float
    unit: str
    floor: float | None = None
    ratio: float | None = None
    bar: str = ""
    met: bool | None = None
