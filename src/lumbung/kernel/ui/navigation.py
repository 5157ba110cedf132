"""The staff menu. Each part adds its own entries at start-up; the project declares the sections and their order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import Resolver404, resolve, reverse
from django.utils.functional import Promise

from lumbung.kernel import rooms
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
    """A group of entries under a heading. ``here`` is the entry whose page this is, or whose page leads to it; None elsewhere."""

    label: str | Promise
    entries: Sequence[Entry]
    here: Entry | None


@cache
def _address(url_name: str) -> str:
    return reverse(url_name)


_views: dict[str, Callable[..., Any]] = {}


def is_there(url_name: str) -> bool:
    """Whether the page of this name is in a room that is open, or in none."""
    if url_name not in _views:
        try:
            _views[url_name] = resolve(_address(url_name)).func
        except Resolver404:
            return True
    return rooms.lets_in(_views[url_name])


_labels: dict[str, str | Promise] = {}
_entries: dict[str, list[Entry]] = {}
_beside: dict[str, list[str]] = {}


def declare_section(key: str, label: str | Promise) -> None:
    """Make a section known; sections stand in the order in which they were declared."""
    _labels[key] = label


def add(section: str, label: str | Promise, url_name: str, permission: str, *, icon: str = "dot") -> None:
    """Put an entry in a section ("desk", "collection", "finding", "members", "library", "system"), after those already there."""
    _entries.setdefault(section, []).append(Entry(label, url_name, permission, icon))


def stands_under(url_name: str, *paths: str) -> None:
    """Pages at these addresses and below belong to the entry of ``url_name``, though their addresses do not begin with its own."""
    _beside.setdefault(url_name, []).extend(paths)


def entries() -> list[Entry]:
    """Every entry of the menu, whoever sees it, in the order of the sections."""
    return [entry for key in _labels for entry in _entries.get(key, [])]


def entry_at(path: str) -> Entry | None:
    """The entry whose page this is, or whose page leads to it, whoever sees it."""
    return _nearest(entries(), path)


def menu(user: object, path: str) -> list[Section]:
    """The sections this user sees, with the entries they may open; at most one knows that ``path`` is here.

    Raises KeyError for a section nobody declared.
    """
    if undeclared := _entries.keys() - _labels.keys():
        raise KeyError(f"menu sections nobody declared: {sorted(undeclared)}")
    shown = (
        (label, [entry for entry in _entries.get(key, []) if may(user, entry.permission) and is_there(entry.url_name)])
        for key, label in _labels.items()
    )
    sections = [(label, entries) for label, entries in shown if entries]
    here = _nearest([entry for _, entries in sections for entry in entries], path)
    return [Section(label, entries, here if here in entries else None) for label, entries in sections]


def _nearest(entries: Sequence[Entry], path: str) -> Entry | None:
    """The entry with the longest address that is ``path`` or stands above it: a loan's page belongs to the list of loans."""
    addresses = ((address, entry) for entry in entries for address in (entry.url, *_beside.get(entry.url_name, ())))
    above = [each for each in addresses if path == each[0] or path.startswith(f"{each[0].rstrip('/')}/")]
    return max(above, key=lambda each: len(each[0]), default=("", None))[1]
