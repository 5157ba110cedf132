import re

_MARK = re.compile(
    r"\b(?:jilid|jil|volume|vol|bd)\.?\s*(\d{1,3})\b"  # jil. 2, vol 2
    r"|(?<![\w.])[jv]\.?(\d{1,3})\b",  # j.2, v2: never a letter and a number apart
    re.IGNORECASE,
)


def volume_of(call_number: str) -> str:
    """Which volume of a work in several a copy is, as its call number says ("899.221 PRA b jil. 2"): "2"; "" when it says nothing."""
    found = _MARK.search(call_number)
    return str(int(found[1] or found[2])) if found else ""
