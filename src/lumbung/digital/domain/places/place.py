"""What every place can do."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Protocol


class Lost(OSError):
    """Objects were kept here once, and now not even the storage root is there: a disk that is not mounted, a bucket that is gone."""


class Place(Protocol):
    """A storage root. What is not there raises ``FileNotFoundError``, a place that does not answer another ``OSError``."""

    name: str
    """What people call the place: its address without secrets."""
    is_remote: bool

    def has(self, sha256: str) -> bool:
        """Whether the content is there."""
        ...

    def is_whole(self, sha256: str) -> bool:
        """Whether the whole object is there, its inventory and mark too."""
        ...

    def keep(self, sha256: str, content: Path, description: Mapping[str, bytes], *, move: bool = False) -> None:
        """Put the object here in place of what may be there: content and the files that describe it. ``move``: the content may be taken."""
        ...

    def open(self, sha256: str) -> IO[bytes]:
        """The content, to be read and sought."""
        ...

    def said(self, sha256: str, name: str) -> bytes:
        """A file that describes the object."""
        ...

    def note(self, sha256: str, name: str, said: bytes) -> None:
        """Put a file beside an object that is there, in place of what stood there; what the inventory lists is never touched so."""
        ...

    def remove(self, sha256: str) -> None:
        """Take the object away, if it is there."""
        ...

    def path_of(self, sha256: str) -> Path | None:
        """The content as a file of this machine, where it is one."""
        ...

    def kept(self) -> list[str]:
        """The hashes of all objects: for places that hold few."""
        ...

    def ask(self) -> None:
        """Raises ``OSError`` when the place does not answer, or is lost."""
        ...

    def begin_anew(self) -> None:
        """Let the place be empty: the operator knows that what was here is lost."""
        ...


class Known:
    """What this installation remembers of a place: that it was laid out once. So an empty mount point is not taken for a new place."""

    def __init__(self, folder: Path, name: str) -> None:
        self._note = folder / hashlib.sha256(name.encode()).hexdigest()[:16]
        self._name = name

    def __bool__(self) -> bool:
        return self._note.is_file()

    def remember(self) -> None:
        if not self:
            self._note.parent.mkdir(parents=True, exist_ok=True)
            self._note.write_text(self._name + "\n", encoding="utf-8")

    def forget(self) -> None:
        self._note.unlink(missing_ok=True)
