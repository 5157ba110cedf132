"""Drawn covers, for what has no picture: title, author, and the colour of its class, as on Indonesian spine labels."""

import re

from django.utils.html import format_html
from django.utils.safestring import SafeString

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


def hundred(classification: str) -> str:
    """The DDC hundred ("0" to "9") of a class number; "x" when there is none."""
    first = classification.strip()[:1]
    return first if first.isascii() and first.isdigit() else "x"


def drawn(title: str, creator: str = "", classification: str = "") -> SafeString:
    """The cover as a picture that a screen reader passes over: the title stands beside it in words."""
    return format_html(
        '<span class="cover ddc{} look{}" aria-hidden="true"><b>{}</b><i>{}</i></span>',
        hundred(classification),
        len(title) % LOOKS,
        SUBTITLE.split(title, maxsplit=1)[0],
        creator,
    )
