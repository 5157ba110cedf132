"""An edition changes a text, a printing repeats it: ``Ed. 2, cet. 5`` is cited as ``Ed. 2``, and ``Cetakan ke-5`` not at all."""

import re

_MONTH = r"(?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec)[a-z]*\.?"
_WHEN = rf"(?:\s*[,:]?\s*[(\[]?\s*(?:{_MONTH}\s+)?(?:1[5-9]|20)\d\d\b[)\]]?)?"
_TENS = r"(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)"
_WORD = rf"(?:pertama|{_TENS}(?:\s+(?:belas|puluh(?:\s+{_TENS})?))?|sepuluh|sebelas)"
_ORDINAL = r"(?:first|second|third|fifth|eighth|ninth|twelfth|[a-z]+th|\d+\s*(?:st|nd|rd|th))"
_PRINTING = re.compile(
    rf"""[(\[]?\b(?:
        (?:cet(?:akan|\b\.?)|ctk\b\.?)\s*(?:ke\s*[-‐–]?\s*)?(?:\d+|[ivxl]+\b|{_WORD}\b)(?:\s*\(\s*(?:ke)?{_WORD}\s*\))?
      | {_ORDINAL}\s+(?:printing|impression|impr?\b\.?|print\b\.?|reprint)
      | (?:printing|impression)\s+\d+
      | (?:cetak\s+ulang|cet\.?\s+ulang|reprint(?:ed|ing)?)\b(?:\s+(?:{_MONTH}|ke\s*-?\s*\w+))?
    )[)\]]?{_WHEN}""",
    re.IGNORECASE | re.VERBOSE,
)
_BETWEEN = re.compile(r"\s*[,;:/]?\s*(?:\b(?:dan|and)\s*)?$")
_LEFT = " ,;:/=-–"


def edition_alone(text: str) -> str:
    """What is said of the edition, without the printing and its date; empty where only a printing is told."""
    kept, end = "", 0
    for found in _PRINTING.finditer(text):
        kept, end = f"{kept}{_BETWEEN.sub('', text[end : found.start()])}, ", found.end()
    if not end:
        return text
    rest = f"{kept}{text[end:].lstrip(' .,;:/')}".strip(_LEFT)
    rest = rest[1:-1] if rest[:1] + rest[-1:] in {"()", "[]"} else rest
    return rest[:1].upper() + rest[1:] if any(letter.isalpha() for letter in rest) else ""
