"""What people write in cells, made plain: prices, years, numbers that a spreadsheet spoilt."""

import re
from collections.abc import Iterable
from decimal import Decimal

from lumbung.kernel import amounts
from lumbung.kernel.days import NUMERIC
from lumbung.moving.domain.values import money

_SPOILT = re.compile(r"-?\d+([.,]\d+)?E[+-]?\d+", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_LAST_MONTH = 12
_PRICE = re.compile(r"\d[\d.,]*")
_COUNT = re.compile(r"(\d{1,9})(?:[.,]0+)?(?:\s*[^\W\d_][^\d]*)?")
_OTHER_MONEY = re.compile(
    r"[$€£¥]|\b(?:us|s)?d(?:ollar|olar)\b|\b(?:usd|sgd|myr|rm|eur|euro|gbp|jpy|sar|aud|ringgit|yen)\b", re.IGNORECASE
)
_WORD = re.compile(r"\s*([a-z]+)", re.IGNORECASE)
_OF_RUPIAH = frozenset({"rp", "idr", "rupiah", "per", "eks", "eksemplar", "buku", "exp", "x"})
_SMALL = 1_000
_AS_TEXT = re.compile(r"'(?=[\d+=-])")
"""What tells a spreadsheet that a number is text: some programs write it out with the number."""
_CUT_ISBN = re.compile(r"97[89]\d{5}0{5}")
_CALL_NUMBER = re.compile(
    r"(?P<shelf>[A-Za-z]{1,4}\.?\s+)?(?P<number>\d{3}(?:\.\d+)?|2[Xx]\d(?:\.\d+)*)(?P<marks>\s+[A-Za-z'’]{1,4}(?:\s+[A-Za-z]{1,2})?)?"
)
_SEVERAL_NUMBERS = re.compile(r"[;/|\n]|(?<!\b\d),|,(?!\d+E[+-]?\d)", re.IGNORECASE)
"""What stands between numbers of one cell; the comma in ``9,78602E+12`` parts decimals."""


def is_spoilt(text: str) -> bool:
    """Whether a spreadsheet wrote a long number as ``9.78602E+12``: its last digits are gone for good."""
    return bool(_SPOILT.fullmatch(text.strip()))


def untagged(text: str) -> str:
    """The text without the apostrophe that marked a number as text."""
    return _AS_TEXT.sub("", text, count=1) if text.startswith("'") else text


def is_cut_isbn(text: str) -> bool:
    """Whether an ISBN that is not valid ends as a spreadsheet ends one it wrote as ``9.78979E+12`` and back: in noughts."""
    return bool(_CUT_ISBN.fullmatch(text.strip()))


def class_and_call_number(text: str) -> tuple[str, str]:
    """The class in ``813 HIR l`` or ``R 413``, and the whole as the call number that it is; for a class alone, itself and nothing."""
    found = _CALL_NUMBER.fullmatch(text.strip())
    if found and (found["shelf"] or found["marks"]):
        return found["number"], text.strip()
    return text, ""


def year(text: str) -> str:
    """The first year in the text; empty when there is none."""
    found = _YEAR.search(text)
    return found[1] if found else ""


def copies(text: str, *, most: int) -> int | None:
    """The number in ``2`` or ``2 eks``; 0 where nothing is said, None for what is no such number: "dua", "1-3", more than ``most``."""
    if not any(each.isalnum() for each in text):
        return 0
    found = _COUNT.fullmatch(text.strip())
    return told if found and (told := int(found[1])) <= most else None


def months_first(cells: Iterable[str]) -> bool:
    """Whether days in this column are written month first: some second number is no month, and no first one says otherwise."""
    pairs = [(int(found[1]), int(found[2])) for cell in cells if (found := NUMERIC.fullmatch(cell.strip()))]
    return any(second > _LAST_MONTH for _, second in pairs) and all(first <= _LAST_MONTH for first, _ in pairs)


def price(text: str) -> Decimal | None:
    """The amount in ``Rp 45.000,00``, ``45,000``, ``45rb`` or ``45000``; None for none, and for other money. A mark parts decimals before
    one or two digits alone."""
    if amounts.has_word(text):
        return money(amounts.in_words(text))
    found = _PRICE.search(text)
    if found is None or _OTHER_MONEY.search(text) or _is_abridged(found[0], text[found.end() :]):
        return None
    whole, mark, rest = amounts.last_parted(found[0].strip(".,"))
    is_decimal = bool(mark) and len(rest) in {1, 2}
    digits = re.sub(r"\D", "", whole if is_decimal else whole + rest)
    return money(f"{digits or 0}.{rest}" if is_decimal else digits)


def _is_abridged(number: str, behind: str) -> bool:
    """Whether a small number has a word behind it that may be a thousand, mistyped: nobody pays 45 rupiah for a book."""
    word = _WORD.match(behind)
    return word is not None and word[1].lower() not in _OF_RUPIAH and int(re.sub(r"\D", "", number)) < _SMALL


def is_no_year(text: str) -> bool:
    """Whether the text has a number that is no year, as ``20115``; "t.t." and its like say that nobody knows."""
    return not year(text) and any(each.isdigit() for each in text)


def is_no_price(text: str) -> bool:
    """Whether the text says something of a price that is no amount: "gratis", "n.a.", or more than anything costs. Nothing is no such."""
    digits = re.sub(r"\D", "", text)
    return price(text) is None and (bool(digits.strip("0")) if digits else any(each.isalpha() for each in text))


def numbers(text: str) -> list[str]:
    """The ISBNs or ISSNs of one cell, parted in any usual way."""
    return [each for part in _SEVERAL_NUMBERS.split(text) if (each := part.strip())]


def many(text: str) -> list[str]:
    """Several values in one cell: parted by ; or | or line ends or ``<…>``, or by commas where each part looks like a whole name."""
    if text.startswith("<") and text.endswith(">"):
        parts = text[1:-1].split("><")
    elif re.search(r"[;|\n]", text):
        parts = re.split(r"[;|\n]", text)
    elif all(" " in part.strip() for part in text.split(",")):
        parts = text.split(",")
    else:
        parts = [text]
    return list(dict.fromkeys(each for part in parts if (each := part.strip(" ,"))))
