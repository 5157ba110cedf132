"""Keys of rows, as addresses and forms name them."""

LONGEST = 18
"""Keys have 63 bits."""


def key_in(text: str | None) -> int:
    """The key that the text names; 0, which is no row's, when it names none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= LONGEST else 0
