"""What the chat still answers while a person is talking there: safe commands, written as such, or chosen from what it listed last."""

from lumbung.messaging.chat.hearing import Heard, heard_in
from lumbung.messaging.chat.memory import dialogue_of, is_with_the_chat
from lumbung.messaging.chat.registry import command_called
from lumbung.messaging.chat.understanding import understood
from lumbung.messaging.models import Incoming


def is_for_the_chat(incoming: Incoming) -> bool:
    """Whether the message asks the chat and not the person who is talking there: nobody else answers it, and nobody waits for more."""
    if incoming.kind not in (Incoming.Kinds.TEXT, Incoming.Kinds.BUTTON):
        return False
    meaning = understood(incoming.text)
    if _serves(Heard(incoming.text, meaning.name, meaning.argument, meaning.certain)):
        return True
    dialogue = dialogue_of(incoming.identity)
    heard = heard_in(incoming, dialogue) if is_with_the_chat(dialogue) else None
    return heard is not None and _serves(heard)


def _serves(heard: Heard) -> bool:
    command = command_called(heard.name)
    return command is not None and (command.apart or (heard.is_certain and command.serves_beside(heard.argument)))
