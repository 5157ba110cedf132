"""What a function gave, remembered without an order of use."""

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memo(dict[K, V]):
    """Asked for a key it has not, it calls the function and remembers what that gave; when there are ``most``, all are forgotten first.

    For what is asked by the million over a whole library, where ``lru_cache`` spends more on keeping the order of use than on finding:
    see ``bench/README.md``.
    """

    def __init__(self, function: Callable[[K], V], most: int) -> None:
        super().__init__()
        self._function, self._most = function, most

    def __missing__(self, key: K) -> V:
        given = self._function(key)
        if len(self) >= self._most:
            self.clear()
        self[key] = given
        return given
