"""Asking another machine for a channel: what went wrong is told as what it means for the message."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from lumbung.kernel.outside.failures import Failed, Failures
from lumbung.kernel.outside.http import Answer, ask
from lumbung.kernel.outside.line import CONNECTING
from lumbung.messaging.channels.interface import OutcomeUnknown, RetryLater, TooLarge, Undeliverable

SECONDS = 20.0
TOO_MANY = 429
STILL_PREPARED = 202
SERVER_FAULTS = range(500, 600)
BEFORE_ANYTHING_WAS_SAID = frozenset({Failures.ADDRESS, Failures.INTERNAL, Failures.UNREACHABLE, Failures.DENIED})


def hand_over(
    url: str,
    *,
    method: str = "POST",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    asks_twice_safely: bool = False,
) -> Answer:
    """Hand a message over by one request. The answer may still say no; see ``judge``.

    Raises RetryLater where nothing was handed over, or where a repetition is safe; OutcomeUnknown where nobody can tell.
    """
    try:
        return ask(url, method=method, headers=headers, body=body, seconds=SECONDS)
    except Failed as failed:
        if asks_twice_safely or said_nothing(failed):
            raise RetryLater(str(failed)) from failed
        raise OutcomeUnknown(str(failed)) from failed


def said_nothing(failed: Failed) -> bool:
    """Whether it failed before anything was handed over."""
    return failed.failure in BEFORE_ANYTHING_WAS_SAID or failed.detail == CONNECTING


def file_at(url: str, most: int, *, headers: Mapping[str, str] | None = None, redirects: int = 0) -> bytes:
    """The bytes behind an address. Raises TooLarge, RetryLater, or Undeliverable where there is nothing (any more).

    The address is told in no fault: some hold a secret.
    """
    try:
        answer = ask(url, headers=headers, seconds=SECONDS, largest=most, redirects=redirects)
    except Failed as failed:
        if failed.failure is Failures.TOO_LARGE:
            raise TooLarge(failed.failure.value) from None
        raise RetryLater(failed.failure.value) from None
    if answer.status == STILL_PREPARED:
        raise RetryLater(f"HTTP {answer.status}", pause_of(answer))
    judge(answer, "file", asks_twice_safely=True)
    return answer.body


def judge(answer: Answer, said: str = "", *, asks_twice_safely: bool = False) -> None:
    """Nothing for a success. Raises RetryLater (429, with the pause asked for), OutcomeUnknown (a fault of theirs), Undeliverable."""
    if answer.is_success:
        return
    words = f"HTTP {answer.status} {said or answer.body[:300].decode(errors='replace')}".strip()
    if answer.status == TOO_MANY:
        raise RetryLater(words, pause_of(answer), everybody=True)
    if answer.status in SERVER_FAULTS:
        raise RetryLater(words, pause_of(answer)) if asks_twice_safely or answer.status == 503 else OutcomeUnknown(words)  # noqa: PLR2004
    raise Undeliverable(words)


def pause_of(answer: Answer) -> timedelta | None:
    """The pause in seconds that ``Retry-After`` asks for."""
    asked = answer.headers.get("retry-after", "")
    return timedelta(seconds=min(int(asked), 86_400)) if asked.isdecimal() else None


def read_json(answer: Answer) -> Any:
    """The body as JSON; None where it is none."""
    try:
        return json.loads(answer.body)
    except ValueError:
        return None


def as_json(value: Mapping[str, Any]) -> tuple[bytes, str]:
    """A body and its content type."""
    return json.dumps(value, ensure_ascii=False).encode(), "application/json"


def as_form(value: Mapping[str, Any]) -> tuple[bytes, str]:
    return urlencode(value).encode(), "application/x-www-form-urlencoded"
