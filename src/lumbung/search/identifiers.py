"""Numbers, as they are compared: without hyphens and blanks, an ISBN in both its lengths, a call number with and without its end."""

import re

_NUMBER = re.compile(r"[\s‐‑–-]+")
_CALL_NUMBER = re.compile(r"(?:\d{3}|2x\d)(?:\.\d+)?\s+[a-z]{3}(?:\s+[a-z](?:\s+\S+){0,2})?", re.IGNORECASE)
_CLASS = re.compile(r"\d{3}(?:\.\d+)?|2x(?:\d(?:\.\d+)?)?", re.IGNORECASE)
_MAIN_CLASS = re.compile(r"\d{3}")
_CLASSES = re.compile(r"(\d{3})(?:\.\.|-)(\d{3})")
_LIKE_ISBN = re.compile(r"\d{9}[\dx]|97[89]\d{10}")


def forms_of_identifier(text: str) -> list[str]:
    """The number without hyphens and blanks, in lower case; for an ISBN also its other length. Empty for an empty text."""
    bare = (text if text.isalnum() else _NUMBER.sub("", text)).casefold()
    if not bare:
        return []
    other = _other_isbn(bare) if _LIKE_ISBN.fullmatch(bare) else None
    return [bare, other] if other else [bare]


def forms_of_call_number(text: str) -> list[str]:
    """The call number from its class on: whole, and its class with the author's letters, and the title's. 297.5 RAH m c.1 is also
    297.5 RAH m and 297.5 RAH."""
    parts = text.split()
    return list(dict.fromkeys(" ".join(parts[:length]) for length in (len(parts), 3, 2) if 1 < length <= len(parts)))


def looks_like_call_number(text: str) -> bool:
    """Whether the text is a call number as on Indonesian spine labels: 297.5 RAH m, 2X4.2 ZUH f, 300 MUL. In small letters only a whole
    one is, for otherwise it might be words."""
    parts = text.split()
    return _CALL_NUMBER.fullmatch(text.strip()) is not None and (parts[1].isupper() or ("." in parts[0] and len(parts) > 2))  # noqa: PLR2004 -- class, author, title


def looks_like_class(text: str) -> bool:
    """Whether the text is a class of DDC, or of the Indonesian one for Islam: 300, 658.4, 2X, 2X4.2."""
    return _CLASS.fullmatch(text.strip()) is not None


def classes_from(text: str) -> list[str]:
    """How all numbers begin that stand for this class or one below it, or for the classes of 300..399: 300 is 3 and whatever follows."""
    if between := _CLASSES.fullmatch(text):
        first, last = sorted((int(between[1]), int(between[2])))
        return _stems(first, last)
    stem = text.rstrip("*")
    return [stem.rstrip("0") or stem[:1]] if _MAIN_CLASS.fullmatch(stem) else [stem] if stem else []


def _stems(first: int, last: int) -> list[str]:
    stems: list[str] = []
    while first <= last:
        zeros = next(zeros for zeros in (2, 1, 0) if first % 10**zeros == 0 and first + 10**zeros - 1 <= last)
        stems.append(f"{first:03}"[: 3 - zeros])
        first += 10**zeros
    return stems


def looks_like_number(text: str) -> bool:
    """Whether the text is one number, perhaps in groups: 978-602-03-3295-6, 978 602 033 295 6, 0126-1894, or a call number."""
    if looks_like_call_number(text):
        return True
    bare = _NUMBER.sub("", text).casefold()
    return len(bare) in {8, 10, 13} and re.fullmatch(r"\d+x?", bare) is not None and not re.search(r"[^\d\sxX‐‑–-]", text)


def _other_isbn(bare: str) -> str | None:
    if len(bare) == 10:  # noqa: PLR2004 -- ISBN-10
        return _isbn13("978" + bare[:9])
    return _isbn10(bare[3:12]) if bare.startswith("978") else None


def _isbn13(twelve: str) -> str:
    total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(twelve))
    return twelve + str(-total % 10)


def _isbn10(nine: str) -> str:
    rest = -sum(int(digit) * (10 - place) for place, digit in enumerate(nine)) % 11
    return nine + ("x" if rest == 10 else str(rest))  # noqa: PLR2004 -- ISBN-10 writes ten as X
