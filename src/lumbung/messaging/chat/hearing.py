"""Hearing a message in its dialogue: as the continuation of what was said, else for what it says by itself."""

import re
from dataclasses import dataclass, replace

from lumbung.messaging.chat.memory import Continued, continued
from lumbung.messaging.chat.registry import command_called
from lumbung.messaging.chat.understanding import Meaning, language_of, understood
from lumbung.messaging.chat.words import title_named, words_of
from lumbung.messaging.models import Dialogue, Incoming

Kinds = Incoming.Kinds
SPOKEN = (Kinds.TEXT, Kinds.BUTTON)
_OF_A_QUESTION = re.compile(r"ya [0-9a-f]{4}")
"""What the button of a question says (``memory.asked_first``)."""


@dataclass(frozen=True)
class Heard:
    """What a message asks for. ``no``: a question was answered with no; ``is_gone``: it answers a question that counts no longer."""

    text: str
    name: str = ""
    argument: str = ""
    is_certain: bool = False
    language: str = ""
    page: int = 1
    no: bool = False
    is_gone: bool = False
    hops: int = 0

    def led_on(self, text: str) -> "Heard":
        """What another command makes of it: ``text`` in place of what was written."""
        meaning = understood(text)
        return replace(
            self, text=text, name=meaning.name, argument=meaning.argument, is_certain=meaning.certain, hops=self.hops + 1
        )


def heard_in(incoming: Incoming, dialogue: Dialogue) -> Heard | None:
    """What this message asks for; None where nothing is to be said to it."""
    if incoming.kind not in SPOKEN:
        return Heard("", name="matter", language=_language("", incoming, dialogue))
    text = incoming.text.strip()
    words = words_of(text)
    if not words:
        return None  # marks and pictures of feelings only
    language = _language(text, incoming, dialogue)
    meaning = understood(text)
    further = continued(text, dialogue, incoming.at)
    heard = _continued(text, further, meaning, dialogue) if further else None
    if heard is None and _OF_A_QUESTION.fullmatch(text):
        heard = Heard(text, is_gone=True)
    if heard is None:
        heard = Heard(text, meaning.name, meaning.argument, meaning.certain)
    heard = replace(heard, language=language)
    return None if incoming.identity.is_group and not _fit_for_all(heard) else heard


def _continued(text: str, further: Continued, meaning: Meaning, dialogue: Dialogue) -> Heard | None:
    if further.no:
        return Heard(text, no=True)
    if further.more:
        return Heard(is_certain=True, **dialogue.more)
    if further.say:
        said = understood(further.say)
        return Heard(further.say, said.name, said.argument, is_certain=True)
    if meaning.certain or meaning.name not in {"", "search", "hold", "matter", further.of}:
        return None
    return Heard(text, further.of, title_named(words_of(text)), is_certain=True)


def _fit_for_all(heard: Heard) -> bool:
    """In a group only what was named outright is answered, and nothing that is about one person."""
    command = command_called(heard.name)
    return heard.is_certain and command is not None and not command.needs_person and command.listed


def _language(text: str, incoming: Incoming, dialogue: Dialogue) -> str:
    """What the reader chose, else what they write in, else what they wrote in before, else what their channel says."""
    said = incoming.identity.language[:2]
    return dialogue.language or language_of(text) or dialogue.spoken or (said if said in {"id", "en"} else "")
