"""Where a call number stands on the shelf: a key that puts books in the order in which librarians shelve them.

Databases compare text by different rules, and some pass over blanks and full stops. So a key holds ASCII letters and digits alone, which
all of them order alike: the class, its decimals filled up with noughts, then each word and number of the rest behind a mark of its kind
(1 number, 2 word, 3 other writing) that also tells where it ends.
"""

import re
import unicodedata

KEY_LENGTH = 120
WITHOUT_CLASS = "z"
"""What a key without a class begins with: after every class."""

_DECIMALS = 12
_CLASS = re.compile(
    r"""(?<![0-9])(?P<whole>2x\ ?[0-9]?|[0-9]{3}(?![0-9]))
    (?:\.(?P<decimals>[0-9./'’]*[0-9](?:(?<=[0-9]{3})\ [0-9]{1,3}(?![0-9]))*))?  # 658.403 8: groups of three, as Dewey prints them
    (?=\ |$|[a-z])""",
    re.VERBOSE,
)
_PART = re.compile(r"[0-9]+|[a-z]+|[^\W_]")
_BEGINNING = re.compile(r"[0-9]{1,2}|2x")


def shelf_key(call_number: str, copy: str = "", volume: str = "") -> str:
    """The key of ``899.221 TOE b 2004``, volume ``jil. 3`` and copy ``c.2``: class, then the rest in turn, then letters before the class
    (R, SKR).

    2X4 stands between 299 and 300. Without a class everything stands last; nothing at all has no key.
    """
    text = _plain(f"{call_number} {volume} {copy}" if call_number.strip() else "")
    found = _CLASS.search(text)
    if found is None:
        return f"{WITHOUT_CLASS}{_parts(text)}"[:KEY_LENGTH] if text else ""
    whole = found["whole"].replace(" ", "").ljust(3, "0")
    decimals = re.sub(r"[^0-9]", "", found["decimals"] or "")[:_DECIMALS].ljust(_DECIMALS, "0")
    before = _parts(text[: found.start()])
    return f"{whole}{decimals}{_parts(text[found.end() :])}{'0' + before if before else ''}"[:KEY_LENGTH]


def shelf_key_from(typed: str) -> str:
    """Where the shelf begins for what somebody typed: ``61`` for all of 610–619, ``2X``, a class, or a whole call number."""
    text = _plain(typed)
    return text if _BEGINNING.fullmatch(text) else shelf_key(typed)


def _plain(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(each for each in folded if not unicodedata.combining(each)).split())


def _parts(text: str) -> str:
    return "".join([_part(each) for each in _PART.findall(text)])


def _part(text: str) -> str:
    if text.isascii() and text.isdigit():
        number = text.lstrip("0")
        return f"1{len(number):02d}{number}"
    return f"2{text}0" if text.isascii() else f"3{ord(text):06x}"
