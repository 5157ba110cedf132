"""What PHP's ``serialize`` wrote, as plain values: arrays become dicts, objects the dict of their properties; nothing is run."""

from typing import Any

DEEPEST = 50


class NotSerializedError(ValueError):
    """The text is no serialised value, or breaks off."""


def loads(text: str) -> Any:
    """The value: None, bool, int, float, str, or a dict of them. Lengths count bytes of UTF-8, as PHP does.

    Raises ``NotSerializedError``, also for references and for arrays nested deeper than fifty.
    """
    reader = _Reader(text.encode("utf-8", "surrogatepass"))
    try:
        value = reader.value(0)
    except (ValueError, IndexError) as error:
        raise NotSerializedError(text[:80]) from error
    if reader.at != len(reader.data):
        raise NotSerializedError(text[:80])
    return value


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def value(self, depth: int) -> Any:
        kind = self.data[self.at : self.at + 2]
        self.at += 2
        if kind == b"s:":
            text = self._text()
            self._expect(b";")
            return text
        if kind == b"O:":
            self._text()
            self._expect(b":")
        return self._pairs(depth) if kind in {b"a:", b"O:"} else self._plain(kind)

    def _plain(self, kind: bytes) -> bool | int | float | None:
        if kind == b"N;":
            return None
        if kind == b"b:":
            return self._until(b";") == b"1"
        if kind == b"d:":
            return float(self._until(b";"))
        if kind != b"i:":
            raise ValueError(kind)
        return int(self._until(b";"))

    def _until(self, mark: bytes) -> bytes:
        end = self.data.index(mark, self.at)
        found = self.data[self.at : end]
        self.at = end + 1
        return found

    def _text(self) -> str:
        length = int(self._until(b":"))
        self._expect(b'"')
        if not 0 <= length <= len(self.data) - self.at:
            raise ValueError(length)
        text = self.data[self.at : self.at + length]
        self.at += length
        self._expect(b'"')
        return text.decode("utf-8", "replace")

    def _pairs(self, depth: int) -> dict[Any, Any]:
        if depth >= DEEPEST:
            raise ValueError(depth)
        count = int(self._until(b":"))
        self._expect(b"{")
        found = {}
        for _ in range(count):
            key = self.value(depth + 1)
            if isinstance(key, dict):
                raise ValueError(key)
            found[key] = self.value(depth + 1)
        self._expect(b"}")
        return found

    def _expect(self, mark: bytes) -> None:
        if self.data[self.at : self.at + len(mark)] != mark:
            raise ValueError(mark)
        self.at += len(mark)
