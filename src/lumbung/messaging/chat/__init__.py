"""Self-service in chat: what somebody writes is understood, answered by the command of whichever part owns the verb, or handed to a person.

Parts above register at start-up: ``register`` a command, ``register_person`` (who stands behind an identity), ``register_claim`` (a
person is talking there), ``register_promise`` (who will answer, and by when), ``register_knowledge`` (reviewed answers).
"""

from lumbung.messaging.chat import sentences
from lumbung.messaging.chat.beside import is_for_the_chat
from lumbung.messaging.chat.knowing import is_known
from lumbung.messaging.chat.memory import person_spoke
from lumbung.messaging.chat.others import (
    Known,
    Promise,
    register_claim,
    register_knowledge,
    register_person,
    register_promise,
)
from lumbung.messaging.chat.registry import (
    Answer,
    Asking,
    Command,
    Confirm,
    Cue,
    HandOver,
    Inquire,
    Offer,
    Outcome,
    Say,
    Speak,
    command_called,
    commands,
    register,
    words_against,
)
from lumbung.messaging.chat.understanding import understood
from lumbung.messaging.chat.words import Word
from lumbung.messaging.replies import Picture

__all__ = [
    "Answer",
    "Asking",
    "Command",
    "Confirm",
    "Cue",
    "HandOver",
    "Inquire",
    "Known",
    "Offer",
    "Outcome",
    "Picture",
    "Promise",
    "Say",
    "Speak",
    "Word",
    "command_called",
    "commands",
    "is_for_the_chat",
    "is_known",
    "person_spoke",
    "register",
    "register_claim",
    "register_knowledge",
    "register_person",
    "register_promise",
    "sentences",
    "understood",
    "words_against",
]
