"""Days per step as horizontal bars."""

from collections.abc import Sequence
from dataclasses import dataclass

from lumbung.acquisitions.queries.flow import Step

LONGEST = 300
ROW = 40


@dataclass(frozen=True)
class Bar:
    """One step, how far down its bar lies, and how long it is; nothing where the step was never taken."""

    step: Step
    y: int
    width: int


def bars(steps: Sequence[Step]) -> list[Bar]:
    """The bars, the longest average 300 wide; what took any time is seen."""
    most = max((each.average or 0 for each in steps), default=0) or 1
    wide = [max(2, round((each.average or 0) * LONGEST / most)) if each.average is not None else 0 for each in steps]
    return [Bar(step, at * ROW, width) for at, (step, width) in enumerate(zip(steps, wide, strict=True))]
