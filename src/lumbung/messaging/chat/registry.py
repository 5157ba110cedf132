"""The commands of the chat: each part registers those of its own verbs, and says by which words people ask for them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise as LazyText

from lumbung.kernel import rooms
from lumbung.messaging.chat.words import Word
from lumbung.messaging.replies import Picture


@dataclass(frozen=True)
class Offer:
    """Something to choose: what it is called, what choosing it says for the reader, and a line more about it.

    ``subject`` is what it stands for (``r45``, ``l8``), so that "pesan 2" can mean the second of a list.
    """

    label: str
    say: str
    about: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Answer:
    """What is answered, before a channel gives it its form. Offers are numbered from 1, on every channel alike.

    ``more``: "lagi" asks the same command for its next page; ``foot`` stands under the offers. ``aside``: the offers are ways on, and
    what was listed before still counts.
    """

    text: str
    offers: tuple[Offer, ...] = ()
    picture: Picture | None = None
    more: bool = False
    foot: str = ""
    aside: bool = False


@dataclass(frozen=True)
class Asking:
    """Somebody asks. ``text`` is what they wrote, ``arguments`` what of it the command is about, without talk.

    ``subject`` is what a number in it stands for in the list last shown ("pesan 2"), or what a button said. ``certain`` is whether
    the command was named or chosen, and not merely guessed from free words: whoever would change something asks first unless it is.
    ``person`` is who stands behind the identity by proof, as ``register_person`` tells, or None.
    """

    incoming: Any
    identity: Any
    text: str
    arguments: str
    language: str
    person: Any = None
    subject: str = ""
    certain: bool = True
    page: int = 1


@dataclass(frozen=True)
class Say:
    """Another command answers in this one's place, as if the reader had said this."""

    text: str


@dataclass(frozen=True)
class Confirm:
    """Ask before doing: ``say`` is carried out when the reader says yes to ``text``, and nothing is when they do not."""

    text: str
    say: str


@dataclass(frozen=True)
class Inquire:
    """Ask for what is missing: the next thing said, unless it is a command, is the argument of the command called ``of``."""

    text: str
    of: str


@dataclass(frozen=True)
class HandOver:
    """A person is to answer; ``reason`` is a short code that the desk may sort by."""

    reason: str
    first: str = ""


@dataclass(frozen=True)
class Speak:
    """From now on in this language, whatever the reader writes in."""

    language: str


Outcome = Answer | Say | Confirm | Inquire | HandOver | Speak


@dataclass(frozen=True)
class Cue:
    """A pattern of words, already in plain spelling, that people use when they want this; the heaviest that fits decides."""

    weight: int
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, weight: int, pattern: str) -> "Cue":
        return cls(weight, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"))


@dataclass(frozen=True)
class Command:
    """Something the chat can do.

    ``words`` name it when they begin a message; ``takes`` is the pattern of arguments with which they do so beyond doubt. ``free``: any
    other words after the name are its argument too. ``cues`` are how people ask for it freely, ``against`` what makes it something else
    after all. ``acts``: it changes something; ``takes_a_no``: a no is part of asking for it ("tidak jadi pesan").
    ``argument_of`` reads the argument out of free words; ``guess`` may answer what nobody understood, or None. ``beside`` is the pattern
    of arguments with which it is answered while a person is talking there, too: only what is safe, and named beyond doubt. ``apart``:
    it is no part of what that person is asked, however it was understood.
    """

    name: str
    words: tuple[str, ...]
    title: str | LazyText
    run: Callable[[Asking], Outcome]
    examples: tuple[str, ...] = ()
    takes: str = ""
    free: bool = False
    cues: tuple[Cue, ...] = ()
    against: re.Pattern[str] | None = None
    acts: bool = False
    takes_a_no: bool = False
    needs_person: bool = False
    listed: bool = True
    counts: str = ""
    """The letter of the subjects (``r`` of ``r45``) that a number given to it may stand for."""
    own_words: frozenset[str] = frozenset()
    """Words that ask for the command and are no part of its argument."""
    argument_of: Callable[[list[Word]], str] | None = None
    guess: Callable[[Asking], Answer | None] | None = None
    beside: str | None = None
    apart: bool = False

    def takes_for_sure(self, argument: str) -> bool:
        return not argument or bool(self.takes and re.fullmatch(self.takes, argument))

    def serves_beside(self, argument: str) -> bool:
        """Whether it is answered with this argument while a person is talking there."""
        return self.beside is not None and re.fullmatch(self.beside, argument) is not None


def words_against(pattern: str) -> re.Pattern[str]:
    """The pattern for ``Command.against``: any of these words."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


_commands: dict[str, Command] = {}


def register(command: Command) -> None:
    """Make a command known. A name serves once, and so does each of its words."""
    if command.name in _commands:
        raise ValueError(f"two commands are called {command.name}")
    taken = {word for each in _commands.values() for word in each.words} & set(command.words)
    if taken:
        raise ValueError(f"{sorted(taken)} call another command already")
    _commands[command.name] = command


def commands() -> Sequence[Command]:
    """Every command of a room that is open, in the order in which they were registered."""
    return [each for each in _commands.values() if rooms.lets_in(each.run)]


def command_called(name: str) -> Command | None:
    command = _commands.get(name)
    return command if command is not None and rooms.lets_in(command.run) else None
