"""The ways a message can go and come. Each folder here is a channel, found by its name; adding one touches its folder only.

How to write one
----------------
``channels/<kind>/__init__.py`` is the channel. It knows rows of ``Account`` and ``Delivery`` and plain values, never a verb:

``LIMITS: Limits``
    what it can carry, as data; everything else asks this before it sends.
``needs() -> Needs``
    what a library must have and do, in plain words, and the fields of its set-up form. Fields marked secret are in
    ``account.secrets`` (encrypted at rest, never shown again), the others in ``account.settings``.
``check(account) -> Health``
    one harmless question to the other side (``getMe``), for the test button.
``parse(account, payload) -> [Parsed | Moved | Left | Judged]``
    a raw event read: messages, what became of ours, blocked and unblocked, templates approved or not. Unknown kinds give
    nothing, and are kept as ignored.
``send(account, delivery) -> Accepted``
    one message out: ``delivery.body``, ``delivery.choices``, ``delivery.picture``, ``delivery.content``. ``delivery.identity`` is the
    other side (its reply token, its thread). Tell three faults apart: Undeliverable (never), RetryLater (not now, with the pause the
    other side asked for), OutcomeUnknown (the line broke after the request went out). Any other exception counts as RetryLater.

and, where the channel has it (a missing name means it has not):

``verify(account, hook)``
    raises Forged unless the signature of the raw body is right; ``needs().has_hook`` is true.
``events(account, hook) -> [Event]``
    the webhook's body parted into raw events, each with the id by which its repetition is known. Without it the body is one
    event, known by its digest.
``greet(account, hook) -> str``
    the answer to a GET on the webhook (a challenge). Raises Forged.
``poll(account) -> Polled``
    look once for what is new, for libraries without a public address; ``account.place`` is where the last look ended. The
    worker calls it again after ``Polled.pause`` seconds, one process for each account.
``fetch(account, remote, most) -> bytes``
    the bytes of an ``Enclosed.remote``, never more than ``most``: RetryLater where they are not to be had now, TooLarge, or
    Undeliverable where they never will be (the channel has forgotten the file). ``channels.wire.file_at`` tells them apart.
``cost(account, identity, at) -> int``
    rupiah for a message to this side then (now, where that is not said), where it depends on more than ``LIMITS.cost``.
``forms(account) -> [Form]``
    the templates there are, with their state, where ``LIMITS.templates``. Raises RetryLater or Undeliverable.

Outgoing addresses that an operator may write go through ``channels.wire``. Tests run against a counterpart on loopback.
"""

import importlib
import pkgutil
from functools import cache
from typing import Any, cast

from lumbung.messaging.channels.interface import (
    Accepted,
    Channel,
    Enclosed,
    Event,
    Field,
    Forged,
    Form,
    Health,
    Hook,
    Judged,
    Left,
    Limits,
    Moved,
    Needs,
    OutcomeUnknown,
    Parsed,
    Polled,
    Rate,
    RetryLater,
    TooLarge,
    Undeliverable,
)

__all__ = [
    "Accepted",
    "Channel",
    "Enclosed",
    "Event",
    "Field",
    "Forged",
    "Form",
    "Health",
    "Hook",
    "Judged",
    "Left",
    "Limits",
    "Moved",
    "Needs",
    "OutcomeUnknown",
    "Parsed",
    "Polled",
    "Rate",
    "RetryLater",
    "TooLarge",
    "Undeliverable",
    "channel_called",
    "kinds",
    "offers",
]


@cache
def kinds() -> tuple[str, ...]:
    """The kinds of channel there are, by name."""
    return tuple(sorted(each.name for each in pkgutil.iter_modules(__path__) if each.ispkg and each.name != "tests"))


def channel_called(kind: str) -> Channel:
    """The channel of this kind. Raises ``KeyError`` for one there is not."""
    if kind not in kinds():
        raise KeyError(kind)
    return cast(Channel, importlib.import_module(f"{__name__}.{kind}"))


def offers(channel: Channel, name: str) -> Any:
    """One of the optional functions of a channel; None where it has not got it."""
    return getattr(channel, name, None)
