"""What was said before: lists by number, "lagi", a question that waits for yes or no, a question that waits for a title."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lumbung.kernel import clock
from lumbung.messaging.chat.registry import Answer, Command, Confirm, Offer
from lumbung.messaging.chat.words import number_in, plain, word_set, words_of
from lumbung.messaging.models import Dialogue, Identity

KEPT_FOR = timedelta(hours=24)
YES_WITHIN = timedelta(minutes=30)
_YES = word_set(
    "ya iya iyaa y yes yup yep ok oke okay boleh betul benar setuju yoi sip lanjutkan lanjut silakan silahkan mau sure please"
)
_NO = word_set("tidak no nope jangan batal engga enggak cancel bukan nanti")
_POLITE = word_set("kak kakak min dong deh aja saja please jadi usah lah mas mbak")
_MORE = frozenset(
    {"lagi", "lanjut", "lainnya", "selanjutnya", "berikutnya", "more", "next", "lebih", "lebih banyak", "yang lain"}
)
LONGEST_NUMBERED = 4
BY_A_PERSON = {"by": "person"}


@dataclass(frozen=True)
class Continued:
    """What a message says as the continuation of a dialogue: ``say`` in its place, the next page, a no, or the ``of`` of a question."""

    say: str = ""
    more: bool = False
    no: bool = False
    of: str = ""


def dialogue_of(identity: Identity, *, lock: bool = False) -> Dialogue:
    """The memory of the conversation with this side."""
    Dialogue.objects.get_or_create(identity=identity)
    rows = Dialogue.objects.select_for_update() if lock else Dialogue.objects
    return rows.get(identity=identity)


def continued(text: str, dialogue: Dialogue, at: datetime) -> Continued | None:
    """What the text says in answer to what was said last; None where it is no answer, or was written before it."""
    if dialogue.asked_at is None or at < dialogue.asked_at or clock.now() - dialogue.asked_at > KEPT_FOR:
        return None
    words = words_of(text)
    said = plain(words)
    bare = [word.plain for word in words if word.plain not in _POLITE] or [word.plain for word in words]
    if dialogue.pending.get("mark") and (decided := _decided(bare, dialogue)) is not None:
        return decided
    if dialogue.more and (said in _MORE or (len(bare) == 1 and bare[0] in _MORE)):
        return Continued(more=True)
    if dialogue.listed and len(words) <= LONGEST_NUMBERED and (number := _number_alone(bare, said)):
        return Continued(say=dialogue.listed[number - 1]["say"]) if number <= len(dialogue.listed) else None
    return Continued(of=dialogue.pending["of"]) if dialogue.pending.get("of") else None


def _decided(bare: list[str], dialogue: Dialogue) -> Continued | None:
    """Yes or no to the question that waits. A button says which question it belongs to; one of an older question counts for nothing."""
    if clock.now() - (dialogue.asked_at or clock.now()) > YES_WITHIN or not bare:
        return None
    if bare == ["1"] or (bare[0] in _YES and bare[1:] in ([], [dialogue.pending["mark"]])):
        return Continued(say=dialogue.pending["say"])
    return Continued(no=True) if bare == ["2"] or (len(bare) <= 2 and bare[0] in _NO) else None  # noqa: PLR2004 -- "tidak dulu"


def _number_alone(bare: list[str], said: str) -> int:
    """The number of something listed, where hardly anything else is said."""
    if len(bare) == 1 and bare[0].isdigit():
        return int(bare[0]) if len(bare[0]) <= 2 else 0  # noqa: PLR2004 -- no list is longer
    rest = [word for word in bare if word not in {"yang", "nomor", "number", "ke", "the", "pilih"}]
    number = number_in(said) if len(rest) <= 1 else ""
    return int(number) if number else 0


def remember(
    dialogue: Dialogue,
    answer: Answer,
    *,
    at: datetime,
    asking: dict[str, Any],
    pending: dict[str, str] | None = None,
    numbered: bool = True,
) -> None:
    """Keep what this answer lists and asks. A question asked before counts no longer; a list does until there is another, which ways on
    are not. ``numbered``: the offers were shown with their numbers."""
    dialogue.pending = pending or {}
    if not answer.offers and not pending:
        return
    if answer.aside:
        _offer_beside_the_list(dialogue, answer.offers, numbered=numbered)
    elif "mark" not in dialogue.pending:
        dialogue.listed = [{"say": each.say, "subject": each.subject} for each in answer.offers]
        dialogue.more = asking if answer.more else {}
    dialogue.asked_at = max(at, dialogue.asked_at or at)


def _offer_beside_the_list(dialogue: Dialogue, offers: Sequence[Offer], *, numbered: bool) -> None:
    """A bare number chooses one of these, while "pesan 2" and "lagi" still mean the list, unless that is too old. What may be done with one
    title takes no number of the list of titles that was not written beside it."""
    if dialogue.asked_at is None or clock.now() - dialogue.asked_at > KEPT_FOR:
        dialogue.listed, dialogue.more = [], {}
    if dialogue.listed and not numbered and any(each.subject for each in offers):
        return
    subjects = [each["subject"] for each in dialogue.listed] + [each.subject for each in offers[len(dialogue.listed) :]]
    ways_on = [{"say": each.say, "subject": subject} for each, subject in zip(offers, subjects, strict=False)]
    dialogue.listed = [*ways_on, *dialogue.listed[len(offers) :]]


def person_spoke(identity: Identity, offers: Sequence[Offer] = (), *, at: datetime) -> None:
    """A person said something to this side, and showed these: "pesan 2" means the second of them, as if the chat had listed them.

    What the chat asked before counts no longer, and a bare number is said to the person.
    """
    dialogue = dialogue_of(identity, lock=True)
    remember(dialogue, Answer("", tuple(offers)), at=at, asking={})
    dialogue.pending = BY_A_PERSON
    dialogue.save()


def is_with_the_chat(dialogue: Dialogue) -> bool:
    """Whether the last word to this side was the chat's own, so that a bare number answers it."""
    return dialogue.asked_at is not None and dialogue.pending != BY_A_PERSON


def asked_first(confirm: Confirm, yes: str, no: str) -> tuple[Answer, dict[str, str]]:
    """The question with its two buttons, and what is to be remembered of it."""
    mark = secrets.token_hex(2)
    return Answer(confirm.text, (Offer(yes, f"ya {mark}"), Offer(no, "tidak"))), {"say": confirm.say, "mark": mark}


def subject_of(command: Command, argument: str, dialogue: Dialogue, at: datetime) -> str:
    """What the argument stands for: itself, or the so-manieth of the list last shown, where that lists what the command is about."""
    if not command.counts or not argument:
        return ""
    if not argument.isdigit():
        return argument if argument[:1] == command.counts and argument[1:2].isdigit() else ""
    if dialogue.asked_at is None or at < dialogue.asked_at or clock.now() - dialogue.asked_at > KEPT_FOR:
        return ""
    place = int(argument) - 1
    subject = dialogue.listed[place]["subject"] if 0 <= place < len(dialogue.listed) else ""
    return subject if subject.startswith(command.counts) else ""


def choose_language(identity: Identity, language: str) -> None:
    """Speak this language with this side from now on."""
    Dialogue.objects.update_or_create(identity=identity, defaults={"language": language})


def forget(identity: Identity) -> None:
    """Forget what was said with this side; the language stays."""
    Dialogue.objects.filter(identity=identity).update(listed=[], more={}, pending={}, asked_at=None, handed_at=None)


def forget_old_dialogues() -> int:
    """Forget what was listed and asked longer ago than a day; how many dialogues. Nightly."""
    old = Dialogue.objects.filter(asked_at__lt=clock.now() - KEPT_FOR)
    return old.update(listed=[], more={}, pending={}, asked_at=None)
