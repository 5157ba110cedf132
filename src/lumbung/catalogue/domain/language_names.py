"""Languages as people and other systems write them, as codes of MARC 21."""

import re

_SHORT = {
    "id": "ind", "en": "eng", "ar": "ara", "jw": "jav", "jv": "jav", "su": "sun", "ms": "may", "nl": "dut", "de": "ger", "fr": "fre",
    "ja": "jpn", "jp": "jpn", "zh": "chi", "cn": "chi", "ko": "kor", "es": "spa", "pt": "por", "it": "ita", "ru": "rus", "la": "lat",
    "el": "gre", "hi": "hin", "ur": "urd", "fa": "per", "tr": "tur", "th": "tha", "vi": "vie", "tl": "tgl", "sa": "san", "mad": "mad",
    "ban": "ban", "bug": "bug", "min": "min", "ace": "ace", "bjn": "bjn", "mak": "mak", "bbc": "btk",
}  # fmt: skip
_NAMES = {
    "indonesia": "ind", "english": "eng", "inggris": "eng", "arab": "ara", "arabic": "ara", "jawa": "jav",
    "sunda": "sun", "melayu": "may", "belanda": "dut", "jerman": "ger", "perancis": "fre", "prancis": "fre", "jepang": "jpn",
    "mandarin": "chi", "korea": "kor", "indonesian": "ind", "japanese": "jpn", "javanese": "jav", "sundanese": "sun",
    "dutch": "dut", "german": "ger",
    "french": "fre", "chinese": "chi", "malay": "may", "korean": "kor",
}  # fmt: skip
_CODE = re.compile(r"[a-z]{3}")


def language_code(*told: str) -> str:
    """The code that the first known of these says: a short form ("id"), a name in Indonesian or English, or a code as it is.

    Empty when none does.
    """
    asked = [each.strip().lower() for each in told]
    known = (_SHORT.get(each) or _NAMES.get(each.removeprefix("bahasa ")) for each in asked)
    return next(filter(None, known), "") or next(filter(_CODE.fullmatch, asked), "")
