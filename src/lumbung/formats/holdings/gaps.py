"""Which parts are missing between two runs, where that can be told."""

from collections.abc import Sequence

from lumbung.formats.holdings.parts import Captions, Point, Run


def missing_between(last: Point, first: Point, captions: Captions) -> list[Run] | None:
    """The runs of parts after ``last`` and before ``first``; none where they follow each other. None where nobody can tell: numbers that
    are no numbers, or how many parts make a volume is not known."""
    ended, begun = _numbers(last), _numbers(first)
    if not ended or not begun or ended >= begun:
        return None
    shared = 0
    while shared < min(len(ended), len(begun)) - 1 and ended[shared] == begun[shared]:
        shared += 1
    above = last.levels[:shared]
    ended, begun = ended[shared:], begun[shared:]
    if ended[0] == begun[0]:
        return None
    after = _after(above, ended, captions.per[shared + 1 :])
    if after is None:
        return None
    return [*after, *_between(above, ended[0] + 1, begun[0] - 1), *_before(above, begun)]


def _after(above: tuple[str, ...], ended: Sequence[int], per: Sequence[int]) -> list[Run] | None:
    """What is left of the part that ``ended`` begins with, the deepest level first; ``per`` tells how many make one of each level."""
    if len(ended) == 1:
        return []
    inner = (*above, str(ended[0]))
    deeper = _after(inner, ended[1:], per[1:])
    if deeper is None or not per or not per[0]:
        return None
    return [*deeper, *_between(inner, ended[1] + 1, per[0])]


def _before(above: tuple[str, ...], begun: Sequence[int]) -> list[Run]:
    """What comes of the part that ``begun`` begins with before it, the highest level first."""
    if len(begun) == 1:
        return []
    inner = (*above, str(begun[0]))
    return [*_between(inner, 1, begun[1] - 1), *_before(inner, begun[1:])]


def _between(above: tuple[str, ...], first: int, last: int) -> list[Run]:
    if first > last:
        return []
    start = Point((*above, str(first)))
    return [Run(start, Point((*above, str(last))) if last > first else None)]


def _numbers(point: Point) -> tuple[int, ...]:
    """The numbers of a part; nothing where one is no plain number."""
    return tuple(map(int, point.levels)) if all(each.isascii() and each.isdigit() for each in point.levels) else ()
