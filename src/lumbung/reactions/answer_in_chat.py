"""A message was left to the chat: it answers, or hands it to a person."""

from lumbung.kernel.models import JournalEntry
from lumbung.messaging.chat.answering import answer


def answer_in_chat(entry: JournalEntry) -> None:
    answer(entry.data["incoming"])
