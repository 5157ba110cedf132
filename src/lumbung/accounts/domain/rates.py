"""How often one caller may ask. Counted in this process: n processes together allow n times as much, and no request writes."""

from collections import OrderedDict
from threading import Lock

from lumbung.kernel import clock

MOST_CALLERS = 50_000


class Allowance:
    """So many requests, or so much of anything, a minute for each caller, counted anew every minute."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._minute = 0
        self._counts: OrderedDict[str, int] = OrderedDict()
        self._lock = Lock()

    def seconds_to_wait(self, caller: str, amount: int = 1) -> int:
        """Count one request of ``caller``, or one of this ``amount``; 0 when it is allowed, else the seconds until the next minute."""
        now = int(clock.now().timestamp())
        with self._lock:
            if now // 60 != self._minute:
                self._minute = now // 60
                self._counts.clear()
            count = self._counts[caller] = self._counts.get(caller, 0) + amount
            if len(self._counts) > MOST_CALLERS:
                self._counts.popitem(last=False)
        return 0 if count <= self.per_minute else 60 - now % 60
