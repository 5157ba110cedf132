"""A MARC 21 record in memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field

LEADER_LENGTH = 24
DEFAULT_LEADER = "00000nam a2200000 i 4500"


@dataclass(slots=True)
class Field:
    """A control field (``value`` is its text, there are no subfields) or a data field (``value`` is None).

    A local tag may carry plain text too: what decides is how it came, not its number.
    """

    tag: str
    ind1: str = " "
    ind2: str = " "
    subfields: list[tuple[str, str]] = field(default_factory=list)
    value: str | None = None

    @property
    def is_control(self) -> bool:
        return self.value is not None

    def get(self, code: str) -> str:
        """The first subfield ``code``; empty when there is none."""
        for each, text in self.subfields:
            if each == code:
                return text
        return ""

    def all(self, code: str) -> list[str]:
        return [text for each, text in self.subfields if each == code]

    def join(self, codes: str, separator: str = " ") -> str:
        """The non-empty subfields whose code is in ``codes``, in the order of the record."""
        return separator.join([text for each, text in self.subfields if each in codes and text])


@dataclass(slots=True)
class Record:
    """A leader of 24 characters and the fields in the order in which they came."""

    leader: str = DEFAULT_LEADER
    fields: list[Field] = field(default_factory=list)

    def all(self, *tags: str) -> list[Field]:
        """The fields with one of these tags, in the order of the record."""
        return [each for each in self.fields if each.tag in tags]

    def first(self, *tags: str) -> Field | None:
        """The first field, in the order of the record, with one of these tags."""
        for each in self.fields:
            if each.tag in tags:
                return each
        return None

    def control(self, tag: str) -> str:
        """The text of the first control field ``tag``; empty when there is none."""
        for each in self.fields:
            if each.tag == tag and each.value is not None:
                return each.value
        return ""

    def by_tag(self) -> dict[str, list[Field]]:
        """Every field under its tag, for whoever looks at many tags."""
        index: dict[str, list[Field]] = {}
        for each in self.fields:
            if each.tag in index:
                index[each.tag].append(each)
            else:
                index[each.tag] = [each]
        return index

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)
