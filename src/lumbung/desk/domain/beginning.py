"""A conversation over a channel begins, and what is said there becomes its turns. For the verbs of this part."""

from collections.abc import Sequence

from lumbung.desk.domain.askers import member_behind
from lumbung.desk.domain.duty import route
from lumbung.desk.domain.targets import asked_again, promise
from lumbung.desk.domain.turns import called_by, head_of, home_of, words_of
from lumbung.desk.events import ConversationBegun, QuestionAsked
from lumbung.desk.models import Conversation, Turn
from lumbung.kernel import clock, events
from lumbung.messaging.models import Incoming
from lumbung.organization.queries import front_branch


def begin(incoming: Incoming, said: Sequence[Incoming], *, complaint: bool = False) -> Conversation:
    """A conversation with the side that wrote this, called by the longest that was ``said``. A complaint is given to nobody: the head
    alone sees it."""
    now, identity = clock.now(), incoming.identity
    member = None if identity.is_group else member_behind(identity)
    conversation = Conversation(
        channel=identity.account.kind,
        subject=head_of(incoming.subject or max((each.text for each in said), key=len)),
        identity=identity,
        is_group=identity.is_group,
        is_complaint=complaint,
        member=member,
        asker_name=identity.name[:120],
        branch=member.branch if member else front_branch(),
        opened_at=now,
        last_turn_at=now,
        changed_at=now,
    )
    promise(conversation, now)
    if not complaint:
        route(conversation, now)
    conversation.save(force_insert=True)
    begun = ConversationBegun(conversation=conversation.pk, asked_by=conversation.channel, assignee=conversation.assignee_id)
    events.record(begun, by=None)
    return conversation


def say(conversation: Conversation, incoming: Incoming) -> Conversation:
    """Put what came in among the turns. The caller has locked the conversation."""
    now, home = clock.now(), home_of(conversation, incoming.identity)
    Turn.objects.create(
        conversation=conversation,
        kind=Turn.Kinds.QUESTION,
        text=incoming.text,
        words=words_of(incoming.text),
        at=incoming.received_at,
        incoming=incoming,
        origin=home,
        merged_from=home,
    )
    asked_again(conversation, now)
    if home is None:
        conversation.subject = called_by(conversation.subject, incoming.text)
    conversation.last_turn_at = now
    conversation.snoozed_until = None
    conversation.touch(now)
    conversation.save()
    events.record(QuestionAsked(conversation=conversation.pk, incoming=incoming.pk), by=None)
    return conversation
