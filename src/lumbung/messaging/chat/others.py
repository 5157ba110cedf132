"""What the chat asks of parts above it, each of which registers its answer at start-up: who this is, whether a person is talking, who
will answer and when, what has been answered before."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from lumbung.kernel import rooms


@dataclass(frozen=True)
class Promise:
    """Who will answer ("" where that is not known), and by when, as it may be told to the reader."""

    name: str
    by: dt.datetime | None


@dataclass(frozen=True)
class Known:
    """An answer that somebody reviewed. It is not sent after ``until``; ``given`` is called each time it is."""

    question: str
    answer: str
    source: str
    reviewer: str
    date: dt.date
    until: dt.date | None = None
    given: Callable[[], object] | None = None


Knowledge = Callable[[str, str], Sequence[Known]]
"""Reviewed answers for a text in a language, best first."""

_persons: list[Callable[[Any], object | None]] = []
_claims: list[Callable[[Any], bool]] = []
_promises: list[Callable[[Any], Promise | None]] = []
_knowledge: list[Knowledge] = []


def register_person(person: Callable[[Any], object | None]) -> None:
    """Let the chat know who by proof wrote a message; asked with the message, which has its identity."""
    _persons.append(person)


def register_claim(claim: Callable[[Any], bool]) -> None:
    """Let the chat know whether a person is talking with an identity now: then it answers nothing but safe commands."""
    _claims.append(claim)


def register_promise(promise: Callable[[Any], Promise | None]) -> None:
    """Let the chat tell who will answer, and by when. The one registered last is asked first; what it does not know the next may."""
    _promises.append(promise)


def register_knowledge(knowledge: Knowledge) -> None:
    """Let the chat answer from what has been reviewed."""
    _knowledge.append(knowledge)


def person_behind(incoming: Any) -> object | None:
    """Who wrote this, as far as anybody has proved it."""
    return next((found for ask in _persons if (found := ask(incoming)) is not None), None)


def is_claimed(identity: Any) -> bool:
    """Whether a person holds the conversation."""
    return any(claim(identity) for claim in _claims)


def promise_for(identity: Any) -> Promise | None:
    """Who will answer, and by when, each from the first who knows it; None where nobody says who."""
    made = [each for ask in reversed(_promises) if rooms.lets_in(ask) and (each := ask(identity)) is not None]
    name = next((each.name for each in made if each.name), "")
    return Promise(name, next((each.by for each in made if each.by), None)) if name else None


def somebody_answers() -> bool:
    """Whether a message may be handed on to a person: not where everybody who could claim it is in a room that is closed."""
    return not _claims or any(map(rooms.lets_in, _claims))


def known_answers(text: str, language: str) -> list[Known]:
    """What has been reviewed and might answer this, whoever keeps it."""
    return [each for ask in _knowledge if rooms.lets_in(ask) for each in ask(text, language)]
