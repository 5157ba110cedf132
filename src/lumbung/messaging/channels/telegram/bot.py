"""Calling the Bot API. The token stands in every address, so no address is ever told in a fault."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from lumbung.kernel.outside.failures import Failed
from lumbung.kernel.outside.http import Answer, ask
from lumbung.messaging.channels import wire
from lumbung.messaging.channels.interface import OutcomeUnknown, RetryLater, Undeliverable
from lumbung.messaging.models import Account

API = "https://api.telegram.org"
SENDING = ("send",)
NOT_OURS = frozenset({401, 404})
TOO_MANY = 429
SERVER_FAULTS = range(500, 600)
TOKEN_PAUSE = timedelta(minutes=5)


class Migrated(Exception):
    """The group has become a supergroup and has another number."""

    def __init__(self, chat: int) -> None:
        super().__init__(str(chat))
        self.chat = chat


def call(account: Account, method: str, said: Mapping[str, Any], *, seconds: float = wire.SECONDS) -> Any:
    """Call ``method`` with JSON; its ``result``. Raises Undeliverable, RetryLater, OutcomeUnknown, Migrated."""
    body, kind = wire.as_json(said)
    return _called(account, method, body, kind, seconds)


def call_with_file(account: Account, method: str, form: tuple[bytes, str]) -> Any:
    """Call ``method`` with a form that carries a file."""
    return _called(account, method, *form, wire.SECONDS)


def _called(account: Account, method: str, body: bytes, kind: str, seconds: float) -> Any:
    url = f"{_base(account)}/bot{account.secrets.get('token', '')}/{method}"
    try:
        answer = ask(url, method="POST", headers={"Content-Type": kind}, body=body, seconds=seconds)
    except Failed as failed:
        if method.startswith(SENDING) and not wire.said_nothing(failed):
            raise OutcomeUnknown(failed.failure.value) from None
        raise RetryLater(failed.failure.value) from None
    return _result(answer, method)


def _result(answer: Answer, method: str) -> Any:
    said = wire.read_json(answer)
    if isinstance(said, dict) and said.get("ok") is True:
        return said.get("result")
    if not isinstance(said, dict) or answer.status in SERVER_FAULTS:
        raise OutcomeUnknown(f"HTTP {answer.status}") if method.startswith(SENDING) else RetryLater(f"HTTP {answer.status}")
    code, parameters = int(said.get("error_code") or answer.status), said.get("parameters") or {}
    words = f"{code} {said.get('description', '')}"[:300]
    if code == TOO_MANY:
        raise RetryLater(words, timedelta(seconds=int(parameters.get("retry_after", 1))), everybody=True)
    if code in NOT_OURS:
        raise RetryLater(words, TOKEN_PAUSE, everybody=True)
    if "migrate_to_chat_id" in parameters:
        raise Migrated(int(parameters["migrate_to_chat_id"]))
    raise Undeliverable(words)


def download(account: Account, path: str, most: int) -> bytes:
    """The bytes of a file that ``getFile`` told of, never more than ``most``. Raises RetryLater, TooLarge or Undeliverable."""
    return wire.file_at(f"{_base(account)}/file/bot{account.secrets.get('token', '')}/{path}", most)


def secret_word(account: Account) -> str:
    """The word that Telegram shows with each update: made of the token, so that it changes with it, and tells nothing of it."""
    token = account.secrets.get("token", "")
    return hmac.new(token.encode(), account.hook_key.encode(), hashlib.sha256).hexdigest() if token else ""


def _base(account: Account) -> str:
    return str(account.setting("api") or API).rstrip("/")
