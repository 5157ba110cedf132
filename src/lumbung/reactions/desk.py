"""What comes over channels reaches the desk: a person is wanted, or a conversation goes on."""

from lumbung.accounts.models import User
from lumbung.desk.domain.beside import note_chat
from lumbung.desk.domain.handing import take_back
from lumbung.desk.domain.hearing import decide, file_came, recognize, take_up
from lumbung.desk.queries import may_answer
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.models import Identity, Incoming


def hear_more(entry: JournalEntry) -> None:
    """The desk decides whose a message is: its own, or the chat's."""
    decide(_incoming(entry))


def person_wanted(entry: JournalEntry) -> None:
    """A conversation begins, for whoever is on duty."""
    take_up(_incoming(entry))


def chat_answered(entry: JournalEntry) -> None:
    """Whoever has the conversation sees what the chat said in it."""
    note_chat(_incoming(entry))


def asker_linked(entry: JournalEntry) -> None:
    """The conversation that is open with this chat is the member's."""
    recognize(Identity.objects.get(pk=entry.data["identity"]))


def colleague_left(entry: JournalEntry) -> None:
    """Whoever may answer no longer has nothing in hand: it is in sight of all again."""
    user = User.objects.filter(pk=entry.data["user"]).first()
    if user is not None and not may_answer(user):
        take_back(user, by=None)


def file_fetched(entry: JournalEntry) -> None:
    """A file that came with a question is there to be looked at, or is not to be had."""
    file_came(entry.data["incoming"])


def _incoming(entry: JournalEntry) -> Incoming:
    return Incoming.objects.select_related("identity__account").get(pk=entry.data["incoming"])
