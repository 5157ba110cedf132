"""The staff menu. Each part adds its own entries at start-up; the project declares the sections and their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.functional import Promise

from lumbung.kernel.permissions import may


@dataclass(frozen=True)
class Entry:
    """One line of the menu: where it leads, what it is called, who sees it."""

    label: str | Promise
    url_name: str
    permission: str
    icon: str

    @property
    def url(self) -> str:
        return _address(self.url_name)


@dataclass(frozen=True)
class Section:
    """A group of entries under a heading."""

    label: str | Promise
    entries: Sequence[Entry]


@cache
def _address(url_name: str) -> str:
    return reverse(url_name)


_labels: dict[str, str | Promise] = {}
_entries: dict[str, list[Entry]] = {}


def declare_section(key: str, label: str | Promise) -> None:
    """Make a section known; sections stand in the order in which they were declared."""
    _labels[key] = label


def add(section: str, label: str | Promise, url_name: str, permission: str, *, icon: str = "dot") -> None:
    """Put an entry in a section ("desk", "collection", "members", "library", "system"), after those already there."""
    _entries.setdefault(section, []).append(Entry(label, url_name, permission, icon))


def menu(user: object) -> list[Section]:
    """The sections this user sees, with the entries they may open. Raises KeyError for a section nobody declared."""
    if undeclared := _entries.keys() - _labels.keys():
        raise KeyError(f"menu sections nobody declared: {sorted(undeclared)}")
    shown = (
        (label, [entry for entry in _entries.get(key, []) if may(user, entry.permission)]) for key, label in _labels.items()
    )
    return [Section(label, entries) for label, entries in shown if entries]
