"""The last page of a range, as short as a style wants it (``page-range-format``)."""

import re

CHICAGO_15 = {"chicago", "chicago-15"}
"""Of four digits it writes all where three change."""
FOUR = 4
_TAIL = re.compile(r"(.*?)(\d+)")


def last_page(first: str, last: str, form: str | None) -> str:
    """``8`` of 101 and 108 where digits that are the same are left out; as it stands where the pages are no numbers that go up."""
    start, end = _TAIL.fullmatch(first), _TAIL.fullmatch(last)
    if form is None or start is None or end is None or end[1] not in ("", start[1]):
        return last
    whole = start[2][: max(len(start[2]) - len(end[2]), 0)] + end[2]
    if int(whole) < int(start[2]):
        return last
    kept = _least(int(start[2]), form)
    same = next((at for at, digit in enumerate(whole) if digit != start[2][at : at + 1]), len(whole))
    if not kept or len(whole) > len(start[2]) or same == len(whole):
        return end[1] + whole
    if form in CHICAGO_15 and len(whole) == FOUR and same == 1:
        return end[1] + whole
    return whole[min(same, max(len(whole) - kept, 0)) :]


def _least(first: int, form: str) -> int:
    """How many digits of the last page stay at least; none are left out where it is 0."""
    if form.startswith("chicago"):
        form = "expanded" if first < 100 or not first % 100 else "minimal" if first % 100 < 10 else "minimal-two"  # noqa: PLR2004
    return {"minimal": 1, "minimal-two": 2}.get(form, 0)
