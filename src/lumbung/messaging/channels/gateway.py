"""A gateway over HTTP, described by an operator: how a message is posted to it, and how what it posts to us is read.

Settings: ``url``, ``body`` (``name = value`` lines with ``{to}``, ``{text}``, ``{id}``), ``form`` (``json``, ``form``, ``query``),
``header`` (the name of the header that carries the secret ``token``), ``success`` (``path = value`` of the answer), ``id_path``,
``in_address``, ``in_text``, ``in_id``, ``in_name``, ``in_file``, ``in_file_name`` (paths in what is posted to us), ``state_path``,
``state_id`` and ``states`` (``theirs = ours`` lines).
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

from lumbung.kernel.outside.failures import Failed
from lumbung.kernel.outside.http import Answer, ask
from lumbung.messaging.channels import wire
from lumbung.messaging.channels.interface import (
    Accepted,
    Enclosed,
    Event,
    Forged,
    Health,
    Hook,
    Left,
    Moved,
    OutcomeUnknown,
    Parsed,
    Undeliverable,
)
from lumbung.messaging.channels.mapping import filled, found_at, lines_of, read_body, text_at
from lumbung.messaging.models import Account, Delivery

BODIES = {"json": wire.as_json, "form": wire.as_form}
TOKEN_HEADER = "x-hook-token"  # noqa: S105 -- the header's name


def send(account: Account, delivery: Delivery, to: str, text: str) -> Accepted:
    """Post one message as the settings say; what counts as a yes, they say too."""
    body = filled(lines_of(account.setting("body")), {"to": to, "text": text, "id": str(delivery.pk)})
    headers = _credentials(account)
    url, form = account.setting("url"), account.setting("form", "json")
    if form in BODIES:
        data, headers["Content-Type"] = BODIES[form](body)
        answer = wire.hand_over(url, headers=headers, body=data)
    else:
        query, _type = wire.as_form(body)
        answer = wire.hand_over(f"{url}{'&' if '?' in url else '?'}{query.decode()}", method="GET", headers=headers)
    return _accepted(account, answer)


def _credentials(account: Account) -> dict[str, str]:
    header, token = account.setting("header"), account.secrets.get("token", "")
    return {header: token} if header and token else {}


def _accepted(account: Account, answer: Answer) -> Accepted:
    said = wire.read_json(answer)
    wire.judge(answer)
    for path, wanted in lines_of(account.setting("success")).items():
        got = text_at(said, path)
        if said is None:
            raise OutcomeUnknown(answer.body[:300].decode(errors="replace"))
        if got.lower() != wanted.lower():
            raise Undeliverable(f"{path} = {got}: {answer.body[:300].decode(errors='replace')}")
    return Accepted(external_id=text_at(said, account.setting("id_path")))


def check(account: Account) -> Health:
    """Whether the gateway answers at all: without sending anything, no more can be known."""
    try:
        answer = ask(account.setting("check_url") or account.setting("url"), headers=_credentials(account), seconds=8)
    except Failed as failed:
        return Health(is_well=False, note=str(failed.failure.label))
    denied = answer.status in {401, 403}
    return Health(is_well=not denied and answer.status < 500, note=f"HTTP {answer.status}")  # noqa: PLR2004


def verify(account: Account, hook: Hook) -> None:
    """What posts to us shows the word agreed upon, in a header or in the address, where one was agreed."""
    agreed = account.secrets.get("hook_token", "")
    shown = hook.headers.get(TOKEN_HEADER) or hook.query.get("token", "")
    if agreed and not hmac.compare_digest(agreed.encode(), shown.encode()):
        raise Forged("token")


def events(account: Account, hook: Hook) -> Sequence[Event]:
    """One event; known by its own id, else by all it says."""
    payload = read_body(hook.body, hook.headers.get("content-type", "")) if hook.body else dict(hook.query)
    payload.pop("token", None)
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
    name, state = text_at(payload, account.setting("in_id")), text_at(payload, account.setting("state_path"))
    return [Event(f"{name}:{state}" if name else digest, payload)]


def fetch(account: Account, remote: str, most: int) -> bytes:
    """The bytes behind the address that the gateway told of. Raises as ``wire.file_at``."""
    return wire.file_at(remote, most, redirects=2)


def parse(account: Account, payload: dict[str, Any]) -> Sequence[Parsed | Moved | Left]:
    """A message, or what became of one of ours. Anything else that a gateway tells is none of our business."""
    if state := text_at(payload, account.setting("state_path")):
        return _moved(account, payload, state)
    address, text = text_at(payload, account.setting("in_address")), text_at(payload, account.setting("in_text"))
    file = text_at(payload, account.setting("in_file"))
    if not address or not (text or file):
        return []
    name = text_at(payload, account.setting("in_file_name"))
    return [
        Parsed(
            address=address,
            external_id=text_at(payload, account.setting("in_id")),
            text=text,
            name=text_at(payload, account.setting("in_name")),
            kind="file" if file else "text",
            phone=address,
            enclosed=[Enclosed(name, remote=file)] if file else (),
        )
    ]


def _moved(account: Account, payload: dict[str, Any], state: str) -> Sequence[Moved]:
    ours = lines_of(account.setting("states")).get(state)
    name = text_at(payload, account.setting("state_id") or account.setting("in_id"))
    reason = found_at(payload, account.setting("state_reason")) if account.setting("state_reason") else ""
    return [Moved(name, ours, error=str(reason or ""))] if ours and name else []
