"""Covers: the picture of a title, or for what has none a drawn one: title, author, and the colour of its class, as on Indonesian spine
labels."""

import re
from html import escape
from typing import Protocol

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from lumbung.kernel.shortening import shortened

LOOKS = 3
COLOURS = {
    "0": "#4a5568",
    "1": "#6b4a8b",
    "2": "#1f6b4f",
    "3": "#2c4f8f",
    "4": "#1d6875",
    "5": "#36702d",
    "6": "#a55314",
    "7": "#a0324a",
    "8": "#85600a",
    "9": "#75503a",
    "x": "#4f5a76",
}
"""Of each hundred, on screen (the same in the style sheet), in pictures and on spine labels."""
SUBTITLE = re.compile(r" ?[:=/] ")


class Covered(Protocol):
    """What a cover shows. ``cover_address`` is the address of its picture, empty where there is none."""

    @property
    def title(self) -> str: ...

    @property
    def creator(self) -> str: ...

    @property
    def classification(self) -> str: ...

    @property
    def cover_address(self) -> str: ...


def cover(of: Covered) -> SafeString:
    """The cover, which a screen reader passes over: the title stands beside it in words."""
    if of.cover_address:
        return format_html('<img class="cover" src="{}" alt="" loading="lazy" width="320" height="448">', of.cover_address)
    return drawn(of.title, of.creator, of.classification)


def hundred(classification: str) -> str:
    """The DDC hundred ("0" to "9") of a class number; "x" when there is none."""
    first = classification.strip()[:1]
    return first if first.isascii() and first.isdigit() else "x"


def drawn(title: str, creator: str = "", classification: str = "") -> SafeString:
    """A cover made of words. Put together by hand, since a page of results has twenty."""
    look = f"cover ddc{hundred(classification)} look{len(title) % LOOKS}"
    shown = escape(shortened(SUBTITLE.split(title, maxsplit=1)[0]))
    return mark_safe(f'<span class="{look}" aria-hidden="true"><b>{shown}</b><i>{escape(creator)}</i></span>')  # noqa: S308 -- escaped
