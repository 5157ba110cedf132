"""From a stream of bytes to frames. Senders end a message with CR, LF or both."""

import re
from collections.abc import Iterator

LONGEST_FRAME = 8192
_END = re.compile(rb"[\r\n]+")


class TooLong(Exception):
    """The sender goes on and on without ending a message."""


class Framing:
    """Collects what arrives until a message is whole."""

    def __init__(self) -> None:
        self._begun = b""

    @property
    def is_half(self) -> bool:
        """Whether the beginning of a message is here and its end is not."""
        return bool(self._begun)

    def feed(self, arrived: bytes) -> Iterator[bytes]:
        """Every message that is whole now, without its line end. Raises ``TooLong`` when one that is not whole grows beyond 8 KiB."""
        *whole, self._begun = _END.split(self._begun + arrived)
        for frame in whole:
            if frame.strip(b"\x00 "):
                if len(frame) > LONGEST_FRAME:
                    raise TooLong
                yield frame
        if len(self._begun) > LONGEST_FRAME:
            raise TooLong
