from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lumbung.formats.sip2.layouts import LAYOUTS, Layout


@dataclass(frozen=True)
class Message:
    """One message: its two-digit code, the places of the fixed part by name, and the fields in the order in which they stand.

    A field may be there several times. ``sequence`` is the digit of AY, "" without error detection.
    """

    code: str
    fixed: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[tuple[str, str], ...] = ()
    sequence: str = ""

    @classmethod
    def of(cls, code: str, fields: Iterable[tuple[str, str | Iterable[str] | None]] = (), **fixed: str) -> "Message":
        """Make a message. A field of None is left out; of several texts, it is there several times."""
        return cls(code, fixed, tuple(_flat(fields)))

    def __getitem__(self, name: str) -> str:
        """A place of the fixed part by its name; a field by its two letters, "" when it is not there."""
        if name in self.fixed:
            return self.fixed[name]
        return next((value for given, value in self.fields if given == name), "")

    def all(self, name: str) -> list[str]:
        """Every field of this name."""
        return [value for given, value in self.fields if given == name]

    @property
    def layout(self) -> Layout:
        return LAYOUTS[self.code]


def _flat(fields: Iterable[tuple[str, str | Iterable[str] | None]]) -> Iterator[tuple[str, str]]:
    for name, value in fields:
        if isinstance(value, str):
            yield name, value
        else:
            yield from ((name, each) for each in value or ())
