"""The desk behind the chat: who will answer and by when, and whether somebody is talking there already."""

from functools import partial

from lumbung.desk.domain import askers
from lumbung.desk.domain.known_answers import count_use
from lumbung.desk.domain.targets import promise as promise_times
from lumbung.desk.domain.turns import open_with
from lumbung.desk.gateways.complaining import COMPLAIN, HOW_TO_COMPLAIN
from lumbung.desk.models import Conversation
from lumbung.desk.queries import answers_for, on_duty
from lumbung.kernel import clock
from lumbung.members.queries.channel_links import member_behind
from lumbung.messaging.chat import Known, Promise, register, register_claim, register_knowledge, register_promise
from lumbung.messaging.models import Identity
from lumbung.organization.queries import branches, front_branch


def register_desk() -> None:
    """Let the chat know of the desk and how to complain, and the desk who stands behind an identity."""
    register(COMPLAIN)
    register(HOW_TO_COMPLAIN)
    register_claim(is_talking)
    register_promise(promise)
    register_knowledge(knowledge)
    askers.register_person(member_behind)


def is_talking(identity: Identity) -> bool:
    """Whether a librarian has answered in the question that is open with this side: until it is closed, the chat answers nothing
    there but safe commands."""
    conversation = open_with(identity)
    return conversation is not None and conversation.first_answered_at is not None


def promise(identity: Identity) -> Promise | None:
    """The colleague on duty for the channel, and the time by the target that was set for it; as far as either is known.

    None of a side with which nothing but a complaint is open: what nobody understands there is the head's.
    """
    now = clock.now()
    of_a_complaint = open_with(identity) is None and open_with(identity, complaint=True) is not None
    if of_a_complaint or not branches():
        return None
    asked = Conversation(channel=identity.account.kind, branch=front_branch())
    promise_times(asked, now)
    colleague = on_duty(identity.account.kind, now).first()
    if colleague is None and asked.due_at is None:
        return None
    return Promise(colleague.name if colleague else "", asked.due_at.astimezone(asked.branch.zone) if asked.due_at else None)


def knowledge(text: str, language: str) -> list[Known]:
    """The answers the library stands for that may fit, with source, reviewer and date; none that holds no longer."""
    return [
        Known(
            each.question,
            each.text,
            each.source,
            each.reviewer.name if each.reviewer else "–",
            each.reviewed_on,
            each.valid_until,
            partial(count_use, [each.pk]),
        )
        for each in answers_for(text, language[:2], most=5)
        if each.reviewed_on is not None
    ]
