"""Codes for what others know by a name alone."""

import hashlib
import re

CODE_LENGTH = 20
_SIGNS, _INITIALS = 8, 8


def code_for(name: str, most: int = CODE_LENGTH) -> str:
    """The name itself where it fits in ``most`` characters, blanks aside; else its initials and a digest of all of it. So a name has the
    same code whenever it comes again, whatever was made of its place here, and two names never share one."""
    told = " ".join(name.split())
    if len(told) <= most:
        return told
    initials = "".join(word[0] for word in re.findall(r"\w+", told))[:_INITIALS].upper()
    return f"{initials}-{hashlib.sha256(told.casefold().encode()).hexdigest()[:_SIGNS]}".lstrip("-")
