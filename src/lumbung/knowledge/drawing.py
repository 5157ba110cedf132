"""Figures of the portal as pictures: the gap between leaders and librarians, the way from talk to use, and shares."""

from collections.abc import Sequence
from dataclasses import dataclass

from lumbung.knowledge.queries.cycle import Step
from lumbung.knowledge.queries.ideas import Score

LEFT, WIDE = 10, 380
LOWEST, HIGHEST = 1.0, 5.0


@dataclass(frozen=True)
class GapLine:
    """One statement: where leaders and librarians stand on a line from one to five; None is not drawn."""

    score: Score
    y: int
    leaders: int | None
    librarians: int | None


@dataclass(frozen=True)
class GapChart:
    """The lines, 28 apart, between ``left`` and ``right``; below them, at ``foot``, the marks of the scale and where each stands."""

    lines: list[GapLine]
    scale: list[tuple[int, int]]
    left: int = LEFT
    right: int = LEFT + WIDE

    @property
    def foot(self) -> int:
        return 28 * len(self.lines) + 16

    @property
    def tall(self) -> int:
        return self.foot + 10


def gap_chart(scores: Sequence[Score]) -> GapChart:
    lines = [GapLine(each, 20 + 28 * n, _x(each.leaders), _x(each.librarians)) for n, each in enumerate(scores)]
    return GapChart(lines, [(mark, _place(mark)) for mark in range(round(LOWEST), round(HIGHEST) + 1)])


def _x(value: float | None) -> int | None:
    return None if value is None else _place(value)


def _place(value: float) -> int:
    return round(LEFT + WIDE * (value - LOWEST) / (HIGHEST - LOWEST))


@dataclass(frozen=True)
class Bar:
    """A stage of the way: its width of a hundred, and how many were lost since the stage before."""

    step: Step
    width: int
    lost: int


def funnel(steps: Sequence[Step]) -> list[Bar]:
    """Bars as wide as their share of the most; what got further than it came counts nothing as lost."""
    most = max((each.count for each in steps), default=0)
    bars, before = [], steps[0].count if steps else 0
    for step in steps:
        bars.append(Bar(step, round(100 * step.count / most) if most else 0, max(0, before - step.count)))
        before = step.count
    return bars
