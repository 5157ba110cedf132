"""Answering one message: understand it, let its command run, say what came of it, or hand it to a person. Once for each message."""

import logging
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils.translation import override

from lumbung.kernel import channel, clock, events
from lumbung.kernel.refusals import Refused
from lumbung.messaging.chat import model, sentences
from lumbung.messaging.chat.beside import is_for_the_chat
from lumbung.messaging.chat.hearing import Heard, heard_in
from lumbung.messaging.chat.knowing import given, known_answer, valid_answers
from lumbung.messaging.chat.memory import asked_first, dialogue_of, remember, subject_of
from lumbung.messaging.chat.others import is_claimed, person_behind, promise_for, somebody_answers
from lumbung.messaging.chat.registry import (
    Answer,
    Asking,
    Command,
    Confirm,
    HandOver,
    Inquire,
    Outcome,
    Say,
    Speak,
    command_called,
    commands,
)
from lumbung.messaging.chat.rendering import rendered, shows_numbers
from lumbung.messaging.domain.sending import can_send, limits_of, reply
from lumbung.messaging.events import ChatAnsweredBeside, PersonWanted
from lumbung.messaging.models import Dialogue, Incoming, Understood

logger = logging.getLogger(__name__)
Kinds, Outcomes = Incoming.Kinds, Understood.Outcomes
SILENT = (Kinds.STICKER, Kinds.DELETED, Kinds.EDITED)
"""What asks for no answer. Who sends a picture or speaks wants one, from a person."""
WRITTEN_BY_STAFF = frozenset({"walk_in"})
"""Where staff write down what somebody said: they are there to answer it."""
QUIET = timedelta(minutes=30)
"""So long a person is waited for without being told so again."""
MOST_HOPS = 3
PLAIN = (Outcomes.ANSWERED, Outcomes.REFUSED)
ANSWERS = ("answer1", "answer2", "answer3", "answer4", "answer5")
NOT_FOR_A_MODEL = frozenset({"link", "unlink", "language", "thanks"})
"""What is about who somebody is, and small talk."""
ACTED_WITHIN = timedelta(hours=6)
"""What was asked for longer ago, while we were away, is not done any more: a person asks whether it is still wanted."""


@dataclass(frozen=True)
class Said:
    """What is to be said, and what is to be kept of it."""

    answer: Answer
    outcome: str
    pending: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    language: str = ""


def answer(key: int) -> None:
    """Answer the message with this key, if anybody but a person should. Asked again for the same message, it does nothing."""
    incoming = Incoming.objects.select_related("identity__account").filter(pk=key).first()
    if incoming is None or _keeps_still(incoming):
        return
    beside = is_claimed(incoming.identity)
    if beside and not is_for_the_chat(incoming):
        return
    dialogue = dialogue_of(incoming.identity)
    heard = heard_in(incoming, dialogue)
    if heard is None:
        return
    with override(heard.language or settings.LANGUAGE_CODE), channel.through("chat"):
        command = command_called(heard.name)
        if command is not None and command.acts:
            _act(incoming, heard, beside=beside)
        else:
            said = _said(incoming, heard, dialogue)
            with transaction.atomic():
                _keep(incoming, heard, said, dialogue_of(incoming.identity, lock=True), beside=beside)


def _act(incoming: Incoming, heard: Heard, *, beside: bool) -> None:
    """What changes something is done in the transaction in which it is written down that this message was answered."""
    with transaction.atomic():
        dialogue = dialogue_of(incoming.identity, lock=True)
        if not Understood.objects.filter(incoming=incoming).exists():
            _keep(incoming, heard, _said(incoming, heard, dialogue), dialogue, beside=beside)


def _keeps_still(incoming: Incoming) -> bool:
    """Whether there is nothing to be answered, or it was answered already."""
    by_hand = incoming.identity.account.kind in WRITTEN_BY_STAFF
    silent = by_hand or incoming.kind in SILENT or incoming.is_settled or incoming.deleted_at is not None
    return silent or incoming.replies.exists() or Understood.objects.filter(incoming=incoming).exists()


def _said(incoming: Incoming, heard: Heard, dialogue: Dialogue) -> Said:
    if heard.no or heard.is_gone:
        return Said(sentences.not_done() if heard.no else sentences.question_gone(), Outcomes.ANSWERED)
    outcome = _outcome(incoming, heard, dialogue)
    match outcome:
        case Answer():
            said = Said(outcome, Outcomes.ANSWERED)
        case Confirm():
            asked, pending = asked_first(outcome, sentences.yes(), sentences.no())
            said = Said(asked, Outcomes.ASKED, pending)
        case Inquire():
            said = Said(Answer(outcome.text), Outcomes.ASKED, {"of": outcome.of})
        case Speak():
            with override(outcome.language):
                said = Said(sentences.language_set(), Outcomes.ANSWERED, language=outcome.language)
        case HandOver() if not somebody_answers():
            said = Said(sentences.nobody(outcome.first), Outcomes.ANSWERED)
        case HandOver():
            told = sentences.handed(promise_for(incoming.identity), outcome.first)
            said = Said(told, Outcomes.HANDED, reason=outcome.reason)
        case Refused():
            said = Said(sentences.refusal(outcome.reasons), Outcomes.REFUSED)
        case Say():  # commands that only lead on to each other
            said = Said(sentences.handed(promise_for(incoming.identity), ""), Outcomes.HANDED, reason="not_understood")
    return said


def _outcome(incoming: Incoming, heard: Heard, dialogue: Dialogue) -> Outcome | Refused:
    """What the command says to it; what no command says is looked for among reviewed answers and titles, else it is a person's."""
    command = command_called(heard.name)
    asking = _asking(incoming, heard, command, dialogue)
    if command is None or command.name == "matter":
        found = known_answer(heard.text, heard.language) or (_guessed(asking) if command is None else None)
        if found is None and not heard.name and heard.hops < MOST_HOPS:
            return _by_model(incoming, heard, dialogue)
        return found or HandOver(heard.name or "not_understood")
    if command.needs_person and asking.person is None:
        return sentences.who_are_you()
    late = command.acts and clock.now() - incoming.at > ACTED_WITHIN
    outcome = HandOver("late") if late else _run(command, asking)
    if isinstance(outcome, Say) and heard.hops < MOST_HOPS:
        return _outcome(incoming, heard.led_on(outcome.text), dialogue)
    return outcome


def _by_model(incoming: Incoming, heard: Heard, dialogue: Dialogue) -> Outcome | Refused:
    """What the model, where one is set up, takes it for: one of our commands, of which none acts unasked, or a reviewed answer."""
    known = dict(zip(ANSWERS, valid_answers(heard.text, heard.language), strict=False)) if model.is_set_up() else {}
    offered = {each.name: str(each.title) for each in commands() if each.name not in NOT_FOR_A_MODEL}
    name = model.chosen(heard.text, offered | {key: each.question for key, each in known.items()})
    if name in known:
        return given(known[name])
    return _outcome(incoming, replace(heard, name=name, is_certain=False, hops=MOST_HOPS), dialogue)


def _run(command: Command, asking: Asking) -> Outcome | Refused:
    """What the command says; a refusal is an answer too, and a fault of ours is for a person."""
    try:
        with transaction.atomic():
            return command.run(asking)
    except Refused as refused:
        return refused
    except OperationalError:
        raise  # the database is busy: the whole message is answered again in a moment
    except Exception:
        logger.exception("chat command %s failed", command.name)
        return HandOver("broken", first=sentences.broken())


def _asking(incoming: Incoming, heard: Heard, command: Command | None, dialogue: Dialogue) -> Asking:
    return Asking(
        incoming=incoming,
        identity=incoming.identity,
        text=heard.text,
        arguments=heard.argument,
        language=heard.language,
        person=person_behind(incoming),
        subject=subject_of(command, heard.argument, dialogue, incoming.at) if command else "",
        certain=heard.is_certain,
        page=heard.page,
    )


def _guessed(asking: Asking) -> Answer | None:
    """What one of the commands makes of words that nobody understood."""
    guesses = (command.guess for command in commands() if command.guess is not None)
    return next((found for guess in guesses if (found := guess(asking)) is not None), None)


def _keep(incoming: Incoming, heard: Heard, said: Said, dialogue: Dialogue, *, beside: bool) -> None:
    """Write down what was understood, remember what was said, and send it. ``dialogue`` is locked.

    ``beside`` a person who is talking there, what is no plain answer is left to that person.
    """
    if Understood.objects.filter(incoming=incoming).exists() or (beside and said.outcome not in PLAIN):
        return
    now, told = clock.now(), said
    if not can_send(incoming.identity, "reply").in_own_words:
        told = replace(said, outcome=Outcomes.UNSENT, reason="unsent")
    elif not _waits_already(dialogue, heard, said):
        _send(incoming, said.answer)
    Understood.objects.create(
        incoming=incoming,
        command=heard.name,
        is_certain=heard.is_certain,
        language=heard.language,
        outcome=told.outcome,
        at=now,
    )
    again = {"text": heard.text, "name": heard.name, "argument": heard.argument, "page": heard.page + 1}
    numbered = shows_numbers(said.answer, limits_of(incoming.identity))
    remember(dialogue, said.answer, at=incoming.at, asking=again, pending=said.pending, numbered=numbered)
    dialogue.spoken, dialogue.language = heard.language, said.language or dialogue.language
    if told.reason:
        dialogue.handed_at = now
        events.record(PersonWanted(incoming=incoming.pk, identity=incoming.identity_id, reason=told.reason), by=None)
    command = command_called(heard.name)
    if (beside or (command is not None and command.apart)) and told.outcome in PLAIN:
        events.record(ChatAnsweredBeside(incoming=incoming.pk, identity=incoming.identity_id), by=None)
    dialogue.save()


def _waits_already(dialogue: Dialogue, heard: Heard, said: Said) -> bool:
    """Whether they were told a moment ago that a person will answer, and only went on writing."""
    if said.outcome != Outcomes.HANDED or dialogue.handed_at is None or heard.name not in {"", "matter"}:
        return False
    return clock.now() - dialogue.handed_at < QUIET


def _send(incoming: Incoming, answer: Answer) -> None:
    limits = limits_of(incoming.identity)
    subject = f"Re: {incoming.subject.removeprefix('Re: ')}"[:255] if limits.subject and incoming.subject else ""
    for part in rendered(answer, limits):
        reply(incoming.identity, replace(part, subject=subject), answers=incoming)
