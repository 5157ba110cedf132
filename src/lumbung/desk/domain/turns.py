"""What is said becomes a turn, with the words by which it is found. For the verbs of this part."""

from django.db.models import QuerySet

from lumbung.desk.models import Conversation, Turn
from lumbung.desk.queries import where_now
from lumbung.kernel import clock, events
from lumbung.kernel.turns import wait_for_turn
from lumbung.messaging.models import Delivery, Identity
from lumbung.search.analysis import roots_in

HEAD = 160
CALL = 2
"""So many words ("petugas", "halo kak") say nothing about what is asked."""


def head_of(text: str) -> str:
    """The first words of what was asked, in one line: what the conversation is called in lists."""
    line = " ".join(text.replace("\0", "").split())
    return line if len(line) <= HEAD else f"{line[: HEAD - 1].rsplit(' ', 1)[0]}…"


def called_by(subject: str, text: str) -> str:
    """What a conversation is called after ``text`` was said in it: by its first words, unless those only called for somebody."""
    head = head_of(text)
    return head if len(subject.split()) <= CALL < len(head.split()) else subject or head


def words_of(text: str) -> str:
    """The roots of the words, as the index of turns takes them; each once."""
    return " ".join(dict.fromkeys(roots_in(text)))


def as_kept(text: str) -> str:
    """The words as a turn keeps them: browsers send the lines of a field with two signs at their ends."""
    return text.replace("\0", "").replace("\r\n", "\n").strip()


def add_turn(conversation: Conversation, kind: Turn.Kinds, text: str, *, by: events.Actor | None) -> Turn:
    """Put the turn after the others. The caller has locked the conversation and saves it."""
    text = as_kept(text)
    return Turn.objects.create(
        conversation=conversation, kind=kind, text=text, words=words_of(text), by_id=by.pk if by else None, at=clock.now()
    )


def unanswered(conversation: Conversation) -> QuerySet[Turn]:
    """What was said over a channel since the library last answered, without what the chat has answered meanwhile."""
    last = conversation.turns.filter(kind=Turn.Kinds.ANSWER).order_by("-pk").values_list("pk", flat=True).first()
    said = conversation.turns.filter(kind=Turn.Kinds.QUESTION, incoming__isnull=False, pk__gt=last or 0)
    return said.exclude(
        incoming__in=Delivery.objects.filter(turn__kind=Turn.Kinds.CHAT, answers__isnull=False).values("answers")
    )


def open_with(identity: Identity | int, *, complaint: bool = False) -> Conversation | None:
    """The open question of this side, or its open ``complaint``; also one into which theirs was merged."""
    key = identity if isinstance(identity, int) else identity.pk
    own = Conversation.objects.filter(identity=key, state=Conversation.States.OPEN, is_complaint=complaint)
    if found := own.first():
        return found
    places = (where_now(each) for each in _merged_of(key))
    return next((each for each in places if each.is_open and each.is_complaint == complaint), None)


def home_of(conversation: Conversation, identity: Identity | None) -> Conversation | None:
    """The conversation of this side that was merged into this one, to which belongs what it says and is told here; None for its own."""
    if identity is None or identity.pk == conversation.identity_id:
        return None
    if here := next((each for each in _merged_of(identity.pk) if where_now(each).pk == conversation.pk), None):
        return here
    split_out = Turn.objects.filter(conversation=conversation, origin__identity=identity).select_related("origin")
    last = split_out.order_by("-pk").first()
    return last.origin if last else None


def _merged_of(identity: int) -> QuerySet[Conversation]:
    """What this side said and was merged into something, the latest first."""
    rows = Conversation.objects.filter(identity=identity, merged_into__isnull=False)
    return rows.select_related("merged_into").order_by("-pk")


def wait_for_side(conversation: Conversation) -> None:
    """Wait until nothing else that this side says or is told is being placed. Before the conversation is locked."""
    if conversation.identity_id is not None:
        wait_for_turn(f"desk:{conversation.identity_id}")


def locked(conversation: Conversation) -> Conversation:
    """The conversation as it is now, held until the transaction ends."""
    rows = Conversation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("branch", "identity__account", "member__user").get(pk=conversation.pk)
