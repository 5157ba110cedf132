"""What must fit in a line or a label: cut with an ellipsis."""

LINE = 240
"""The longest title, in letters, that is told whole in a sentence, a heading, a letter or a list."""
LABEL = 70
"""The same of a choice in a chat."""


def width(text: str) -> int:
    """The length in UTF-16 code units, by which some channels count; never less than by letters."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, most: int = LINE) -> str:
    """The text, cut with an ellipsis where it is longer than ``most``."""
    if width(text) <= most:
        return text
    kept = text[: max(most - 1, 0)]
    while width(kept) > most - 1 and kept:
        kept = kept[:-1]
    return kept.rstrip() + "…" if most > 0 else ""
