"""How long to wait before trying again."""

from datetime import timedelta

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)


def wait_after(failures: int) -> timedelta:
    """The pause after the n-th failure in a row (n ≥ 1): five seconds, three times as long each time, at most an hour."""
    longer: int = 3 ** (failures - 1)
    return min(FIRST_WAIT * longer, LONGEST_WAIT)
