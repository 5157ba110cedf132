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
    if len(ended) > 2 or len(begun) > 2 or ended[0] == begun[0]:  # noqa: PLR2004 -- two levels that differ are told, more are not
        return None
    return _missing(above, ended, begun, captions.per[shared + 1] if len(captions.per) > shared + 1 else 0)


def _missing(above: tuple[str, ...], ended: Sequence[int], begun: Sequence[int], per: int) -> list[Run] | None:
    """``ended`` and ``begun`` differ in their first number; ``per`` parts make one of that level."""
    found: list[Run] = []
    if len(ended) > 1:
        if not per:
            return None
        found += _between((*above, str(ended[0])), ended[1] + 1, per)
    found += _between(above, ended[0] + 1, begun[0] - 1)
    if len(begun) > 1:
        found += _between((*above, str(begun[0])), 1, begun[1] - 1)
    return found


def _between(above: tuple[str, ...], first: int, last: int) -> list[Run]:
    if first > last:
        return []
    start = Point((*above, str(first)))
    return [Run(start, Point((*above, str(last))) if last > first else None)]


def _numbers(point: Point) -> tuple[int, ...]:
    """The numbers of a part; nothing where one is no plain number."""
    return tuple(map(int, point.levels)) if all(each.isascii() and each.isdigit() for each in point.levels) else ()
