"""Answering whoever asked, by the way by which they asked, and never two at once without knowing."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext, override

from lumbung.desk.channels import FORM
from lumbung.desk.domain.askers import first_name, mail_in, name_of
from lumbung.desk.domain.bundles import Enclosed, address_of, digest_of, faults_of, goes_directly, make_bundle
from lumbung.desk.domain.targets import answered
from lumbung.desk.domain.turns import add_turn, as_kept, home_of, locked
from lumbung.desk.events import QuestionAnswered
from lumbung.desk.models import Conversation, Turn
from lumbung.desk.models.turn import LONGEST
from lumbung.desk.refusals import ANSWER_EMPTY, ANSWERED_MEANWHILE, CONVERSATION_CLOSED, TEXT_TOO_LONG
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.messaging.chat import Offer, person_spoke
from lumbung.messaging.domain.messages import send
from lumbung.messaging.domain.sending import limits_of, reply
from lumbung.messaging.models import Delivery, Identity, Incoming
from lumbung.messaging.replies import Choice, Picture, Reply
from lumbung.organization.queries import library


@transaction.atomic
def answer(
    conversation: Conversation,
    text: str,
    *,
    seen: int,
    by: events.Actor,
    to: Identity | None = None,
    titles: Sequence[int] = (),
    choices: Sequence[Choice] = (),
    files: Sequence[Enclosed] = (),
) -> Turn:
    """Say something to whoever asked: ``seen`` is the key of the last turn the librarian had in sight.

    Refuses when a colleague answered after that, so that two never answer unknowingly; who has seen that answer may send theirs.
    Sent twice by one press, it is said once.
    Refuses as messaging does, when the channel carries nothing now. It goes to the side that spoke last, or ``to`` another.
    Of ``files``, one picture that the channel carries goes with the words; everything else is given by an address in them. Of
    ``titles`` the asker may hold the so-manieth by a word to the chat ("pesan 2").
    """
    conversation = locked(conversation)
    last = _last_heard(conversation, to)
    identity = to or (last.identity if last else conversation.identity)
    enclosed = digest_of(as_kept(text), files)
    if said_already := _said_already(conversation, text, titles, enclosed, identity, seen=seen, by=by):
        return said_already
    if reasons := [*_faults(conversation, text, seen, by), *faults_of(files)]:
        raise Refused(reasons)
    picture = _picture(identity, files)
    if files and picture is None:
        text = _with_address_of(files, text, conversation, by)
    turn = add_turn(conversation, Turn.Kinds.ANSWER, text, by=by)
    turn.titles, turn.enclosed = list(titles), enclosed
    said = Reply(turn.text, choices=tuple(choices), picture=picture, subject=_subject(last))
    turn.delivery = _sent(conversation, said, identity, last=last, by=by)
    turn.origin = turn.merged_from = home_of(conversation, identity)
    turn.save(update_fields=["titles", "enclosed", "delivery", "origin", "merged_from"])
    if identity is not None:
        person_spoke(identity, [Offer("", f"buku r{key}", subject=f"r{key}") for key in titles], at=clock.now())
    _note_answered(conversation, turn, by)
    return turn


def greeting(conversation: Conversation) -> str:
    """How an answer begins: by name, where only one person can be meant, in the language of whoever asked."""
    identity = conversation.identity
    name = first_name(conversation)
    with override((identity.language if identity else "") or None):
        return (gettext("Halo Kak %(name)s,") % {"name": name} if name else gettext("Halo Kak,")) + " "


def how_to_hold(conversation: Conversation) -> str:
    """How the asker holds one of the titles by a word to the chat, in their language; empty where no chat carries it."""
    if conversation.identity is None or conversation.is_group:
        return ""
    with override(conversation.identity.language or None):
        return gettext("Untuk memesan, balas misalnya “pesan 1”.")


def mail_address(conversation: Conversation) -> str:
    """Where an answer to a form goes by e-mail; empty where it has to be told by other means."""
    if conversation.channel != FORM:
        return ""
    return mail_in((conversation.member.email if conversation.member else "") or conversation.asker_contact)


def _faults(conversation: Conversation, text: str, seen: int, by: events.Actor) -> list[Reason]:
    reasons = []
    if not conversation.is_open:
        reasons.append(CONVERSATION_CLOSED())
    if not text.strip():
        reasons.append(ANSWER_EMPTY())
    if len(text) > LONGEST:
        reasons.append(TEXT_TOO_LONG(most=LONGEST))
    others = conversation.turns.filter(kind=Turn.Kinds.ANSWER, pk__gt=seen).exclude(by=by.pk).select_related("by")
    if meanwhile := others.last():
        reasons.append(ANSWERED_MEANWHILE(name=meanwhile.by or "–"))
    return reasons


def _said_already(
    conversation: Conversation,
    text: str,
    titles: Sequence[int],
    enclosed: str,
    identity: Identity | None,
    *,
    seen: int,
    by: events.Actor,
) -> Turn | None:
    """The same words with the same titles and files, of the same librarian from the same page to the same side."""
    if not text.strip() or len(text) > LONGEST:
        return None
    own = conversation.turns.filter(kind=Turn.Kinds.ANSWER, pk__gt=seen, by=by.pk, titles=list(titles), enclosed=enclosed)
    if not enclosed:  # else the digest says it: where files are given by an address, that stands in the text
        own = own.filter(text=as_kept(text))
    return own.filter(delivery__identity=identity).last()


def _note_answered(conversation: Conversation, turn: Turn, by: events.Actor) -> None:
    now = clock.now()
    answered(conversation, now)
    conversation.assignee_id = conversation.assignee_id or by.pk
    conversation.last_turn_at = now
    conversation.touch(now)
    conversation.save()
    events.record(QuestionAnswered(conversation=conversation.pk, titles=turn.titles), by=by)


def _with_address_of(files: Sequence[Enclosed], text: str, conversation: Conversation, by: events.Actor) -> str:
    bundle = make_bundle(conversation, title=files[0].name, files=files, by=by)
    conversation.refresh_from_db(fields=["changed_at", "revision"])
    return f"{text.rstrip()}\n\n{address_of(bundle)}"


def _picture(identity: Identity | None, files: Sequence[Enclosed]) -> Picture | None:
    if identity is None or len(files) != 1:
        return None
    return goes_directly(files[0], limits_of(identity))


def _last_heard(conversation: Conversation, to: Identity | None) -> Incoming | None:
    heard = conversation.turns.filter(incoming__isnull=False).select_related("incoming__identity__account")
    turn = (heard.filter(incoming__identity=to) if to else heard).last()
    return turn.incoming if turn else None


def _sent(
    conversation: Conversation, said: Reply, identity: Identity | None, *, last: Incoming | None, by: events.Actor
) -> Delivery | None:
    """By the channel; by e-mail to whoever filled in a form; None where it is said face to face."""
    if identity is not None:
        return reply(identity, said, answers=last, by=by)
    if not (address := mail_address(conversation)):
        return None
    facts = {"name": name_of(conversation), "subject": conversation.subject, "text": said.text, "library": library().name}
    return send("desk_answer", address=address, facts=facts)


def _subject(last: Incoming | None) -> str:
    if last is None or not last.subject:
        return ""
    return last.subject if last.subject.lower().startswith("re:") else f"Re: {last.subject}"[:255]
