"""Through which door the present work came in: web, api, desk, sip2, chat, command, job. The journal keeps it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_channel: ContextVar[str] = ContextVar("channel", default="command")


def current() -> str:
    return _channel.get()


@contextmanager
def through(channel: str) -> Iterator[None]:
    """Within the block, journal entries say they came through ``channel`` (at most 20 characters)."""
    token = _channel.set(channel)
    try:
        yield
    finally:
        _channel.reset(token)
