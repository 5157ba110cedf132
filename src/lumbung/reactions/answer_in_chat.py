"""A message was left to the chat: it answers, which the desk sees where a conversation is open, or it hands it to a person."""

from lumbung.desk.domain.beside import note_chat
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.chat.answering import answer
from lumbung.messaging.models import Incoming


def answer_in_chat(entry: JournalEntry) -> None:
    answer(entry.data["incoming"])
    note_chat(Incoming.objects.get(pk=entry.data["incoming"]))
