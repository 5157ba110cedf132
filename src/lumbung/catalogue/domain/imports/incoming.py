"""A file on its way into storage."""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from django.core.files.base import File

BLOCK = 1 << 20


class Incoming(File[bytes]):
    """An incoming file, measured and digested as it passes; ``unreadable`` is what kept it from being read to its end."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file, "import")
        self.incoming = file
        self.digest = hashlib.sha256()
        self.length = 0
        self.unreadable: OSError | None = None

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        while block := self._read(chunk_size or BLOCK):
            self.digest.update(block)
            self.length += len(block)
            yield block

    def _read(self, size: int) -> bytes:
        try:
            return self.incoming.read(size)
        except OSError as error:
            self.unreadable = error
            raise
