"""Text that was once read in the wrong encoding and stored so, as ``Ã©`` for ``é``: found and made good again."""

import re

# What UTF-8 read as Windows-1252 or Latin-1 begins with: only then is the text worth a closer look.
_SUSPECT = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)


def mended(text: str) -> str:
    """The text as it was meant; the same text when nothing is wrong with it. Text damaged several times over is mended as often."""
    if text.isascii() or _SUSPECT.search(text) is None:
        return text
    from ftfy import fix_encoding  # noqa: PLC0415 -- its tables take a while to load, and most text needs none

    return str(fix_encoding(text))
