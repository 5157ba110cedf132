"""Personal data is taken out of what becomes public: numbers, addresses, and the name of whoever asked."""

import re

from lumbung.desk.models import Conversation

GONE = "▒▒▒"
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"(?<![\w.])\+?\d(?:[\d .()/-]{5,}\d)(?!\w)")
_HANDLE = re.compile(r"(?<!\w)@\w{3,}")
_YEARS = re.compile(r"(?:1[89]|20)\d\d(?:\s?[-–/]\s?(?:1[89]|20)\d\d)?")
_SHORTEST_NAME = 3


def without_personal_data(text: str, conversation: Conversation | None = None) -> str:
    """The text with e-mail addresses, long numbers, handles, and the asker's names blotted out. Years stay."""
    text = _HANDLE.sub(GONE, _MAIL.sub(GONE, text))
    text = _NUMBER.sub(lambda found: found[0] if _YEARS.fullmatch(found[0].strip()) else GONE, text)
    for name in _names(conversation):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", GONE, text, flags=re.IGNORECASE)
    return text


def _names(conversation: Conversation | None) -> list[str]:
    if conversation is None:
        return []
    told = [conversation.asker_name]
    if conversation.member is not None:
        told += [conversation.member.name, conversation.member.barcode]
        told += conversation.member.identifiers.values_list("value", flat=True)
    words = {word for name in told for word in [name, *name.split()] if len(word) >= _SHORTEST_NAME}
    return sorted(words, key=len, reverse=True)
