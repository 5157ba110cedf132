"""A window that moves over a text of any length: what was read is let go, what is needed is fetched."""

import re
from collections.abc import Iterator

TAIL = 400


class Window:
    """``buffer`` from ``at`` on is what is still to be read; ``more`` fetches the next block and lets go of what was read.

    ``broken``: the text ended because its file is damaged. ``tail`` is the last stretch of text seen.
    """

    def __init__(self, blocks: Iterator[str]) -> None:
        self._blocks = blocks
        self.buffer, self.at = "", 0
        self.ended = self.broken = False
        self.tail = ""

    def more(self) -> bool:
        """Fetch as much again as is still unread, at least a block. False when there is no more."""
        wanted, pieces = len(self.buffer) - self.at, [self.buffer[self.at :]]
        got = 0
        while not self.ended and (got == 0 or got < wanted):
            piece = self._next()
            pieces.append(piece)
            got += len(piece)
        self.buffer, self.at = "".join(pieces), 0
        if got:
            self.tail = self.buffer[-TAIL:]
        return got > 0

    def _next(self) -> str:
        try:
            return next(self._blocks)
        except StopIteration:
            self.ended = True
        except EOFError:
            self.ended = self.broken = True
        return ""

    def at_least(self, length: int) -> None:
        """Have so much ahead, if the text is that long."""
        while len(self.buffer) - self.at < length and self.more():
            pass

    def ahead(self, length: int) -> str:
        return self.buffer[self.at : self.at + length]

    def skip_past(self, pattern: re.Pattern[str]) -> None:
        """Move to behind the next match, or to the end. A match must not be longer than TAIL."""
        while (found := pattern.search(self.buffer, self.at)) is None:
            self.at = max(self.at, len(self.buffer) - TAIL)
            if not self.more():
                self.at = len(self.buffer)
                return
        self.at = found.end()
