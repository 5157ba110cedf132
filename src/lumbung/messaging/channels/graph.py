"""What WhatsApp, Facebook and Instagram have in common: Meta's Graph API, its challenge, its signature and its faults."""

import hmac
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from lumbung.kernel.outside.failures import Failed
from lumbung.kernel.outside.http import Answer, ask
from lumbung.messaging.channels import signatures, wire
from lumbung.messaging.channels.interface import Forged, Health, Hook, OutcomeUnknown, RetryLater, Undeliverable
from lumbung.messaging.models import Account

API = "https://graph.facebook.com"
VERSION = "v23.0"
SIGNATURE = "x-hub-signature-256"
BAD_TOKEN = frozenset({10, 102, 190, 200})
TOO_FAST_FOR_ALL = frozenset({4, 17, 32, 613, 80007, 130429, 131048})
LATER = frozenset({1, 2, 131000, 131016, 133004, 135000})
TOKEN_PAUSE = timedelta(minutes=5)
"""With a token that no longer holds, messages wait (as long as they are not too late) for somebody to mend it."""
FAST_PAUSE = timedelta(minutes=1)


def verify(account: Account, hook: Hook) -> None:
    """The body is signed with the app's secret. Raises Forged."""
    signatures.expect_hex(hook, header=SIGNATURE, key=account.secrets.get("app_secret", ""))


def greet(account: Account, hook: Hook) -> str:
    """Give back the challenge to whoever knows our word. Raises Forged."""
    word, shown = account.secrets.get("verify_token", ""), hook.query.get("hub.verify_token", "")
    known = bool(word) and hmac.compare_digest(word.encode(), shown.encode())
    if hook.query.get("hub.mode") != "subscribe" or not known:
        raise Forged("hub.verify_token")
    return hook.query.get("hub.challenge", "")


def check(account: Account, path: str, fields: str) -> Health:
    """Read a few harmless fields of the account."""
    try:
        answer = ask(f"{_address(account, path)}?fields={fields}", headers=_token(account), seconds=8)
    except Failed as failed:
        return Health(is_well=False, note=str(failed.failure.label))
    said = wire.read_json(answer) or {}
    if not answer.is_success:
        return Health(is_well=False, note=_words(answer, _fault(said)))
    return Health(is_well=True, note=" ".join(str(said.get(name, "")) for name in fields.split(",")).strip())


def post(account: Account, path: str, message: Mapping[str, Any]) -> dict[str, Any]:
    """Post a message; what was answered. Raises what its fault means for the message."""
    body, kind = wire.as_json(message)
    return taken(wire.hand_over(_address(account, path), headers={**_token(account), "Content-Type": kind}, body=body))


def upload(account: Account, path: str, body: bytes, kind: str) -> dict[str, Any]:
    """Post a file; nobody is told of it yet, so that it may be tried again."""
    headers = {**_token(account), "Content-Type": kind}
    return taken(wire.hand_over(_address(account, path), headers=headers, body=body, asks_twice_safely=True))


def fetch(account: Account, path: str, most: int) -> bytes:
    """The bytes behind a media number: its address is asked for first, and lasts some minutes."""
    return wire.file_at(get(account, path)["url"], most, headers=_token(account))


def get(account: Account, path: str) -> dict[str, Any]:
    """Read something. Raises what its fault means."""
    try:
        return taken(ask(_address(account, path), headers=_token(account), seconds=wire.SECONDS))
    except Failed as failed:
        raise RetryLater(failed.failure.value) from failed


def taken(answer: Answer) -> dict[str, Any]:
    """The answer of a success. Raises RetryLater, OutcomeUnknown or Undeliverable, by the code of the fault where there is one."""
    said = wire.read_json(answer)
    if answer.is_success and isinstance(said, dict):
        return said
    if answer.is_success:
        raise OutcomeUnknown(answer.body[:200].decode(errors="replace"))
    fault = _fault(said)
    code, words = int(fault.get("code") or 0), _words(answer, fault)
    if code in BAD_TOKEN or answer.status == 401:  # noqa: PLR2004
        raise RetryLater(words, TOKEN_PAUSE, everybody=True)
    if code in TOO_FAST_FOR_ALL:
        raise RetryLater(words, wire.pause_of(answer) or FAST_PAUSE, everybody=True)
    if code in LATER or fault.get("is_transient"):
        raise RetryLater(words)
    if code:
        raise Refusal(words, code)
    wire.judge(answer, words)
    return {}


class Refusal(Undeliverable):
    """Refused, with the number of the reason."""

    def __init__(self, words: str, code: int) -> None:
        super().__init__(words)
        self.code = code


def _fault(said: Any) -> dict[str, Any]:
    fault = said.get("error") if isinstance(said, dict) else None
    return fault if isinstance(fault, dict) else {}


def _words(answer: Answer, fault: Mapping[str, Any]) -> str:
    details = (fault.get("error_data") or {}).get("details", "")
    return " ".join(filter(None, [str(fault.get("code") or f"HTTP {answer.status}"), fault.get("message", ""), details]))[:500]


def _address(account: Account, path: str) -> str:
    base = account.setting("api") or API
    return f"{base.rstrip('/')}/{account.setting('version') or VERSION}/{path}"


def _token(account: Account) -> dict[str, str]:
    return {"Authorization": f"Bearer {account.secrets.get('access_token', '')}"}
