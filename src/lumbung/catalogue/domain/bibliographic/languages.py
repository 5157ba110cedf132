"""Languages (008/35-37, 041) as the three-letter codes of MARC, and the class number (08X)."""

from lumbung.catalogue.domain.bibliographic.text import Fields, fixed

LENGTH = 3
_UNTOLD = {"und", "zxx", "mul"}
_WRITTEN_OTHERWISE = {"id": "ind", "ina": "ind", "in": "ind", "en": "eng", "jw": "jav", "jv": "jav", "su": "sun", "ar": "ara"}
_CLASSES = ("082", "092", "080", "084")
LONGEST_CLASS = 60


def languages(fields: Fields) -> tuple[str, ...]:
    """The languages of the content, the chief one first."""
    coded = _code(fixed(fields, 35, 38))
    listed = [code for each in fields.get("041", ()) for text in each.join("ad", "|").split("|") for code in _unpacked(text)]
    if coded and coded not in _UNTOLD:
        listed.insert(0, coded)
    return tuple(dict.fromkeys(listed)) or ((coded,) if coded else ())


def classification(fields: Fields) -> str:
    """The first class number (Dewey before Universal Decimal and others), without the marks that show where it may be cut."""
    for tag in _CLASSES:
        for each in fields.get(tag, ()):
            if number := each.get("a").replace("/", "").replace("'", "").strip():
                return number[:LONGEST_CLASS]
    return ""


def _unpacked(text: str) -> list[str]:
    """Old records run the codes of one field together: ``engfre``."""
    text = text.strip().lower()
    if len(text) > LENGTH and len(text) % LENGTH == 0 and text.isalpha():
        return [text[at : at + LENGTH] for at in range(0, len(text), LENGTH)]
    return [code] if (code := _code(text)) else []


def _code(text: str) -> str:
    text = text.strip().lower()
    text = _WRITTEN_OTHERWISE.get(text, text)
    return text if len(text) == LENGTH and text.isascii() and text.isalpha() else ""
