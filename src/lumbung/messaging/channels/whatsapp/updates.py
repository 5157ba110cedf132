"""Webhooks of the Cloud API read: messages, and what became of ours."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from lumbung.messaging.channels.interface import Enclosed, Event, Judged, Moved, Parsed
from lumbung.messaging.channels.whatsapp import approved

STATES = {"sent": "accepted", "delivered": "delivered", "read": "read", "played": "read", "failed": "failed"}
NOT_THERE = frozenset({131026, 131030})
"""No WhatsApp behind the number, or it takes nothing from us: for good."""
FILES = {"image": "image", "audio": "voice", "voice": "voice", "video": "video", "document": "file"}
KINDS = FILES | {"sticker": "sticker", "location": "location", "contacts": "contact"}
SILENT = frozenset({"reaction", "system", "request_welcome"})


def parted(value: Mapping[str, Any]) -> Iterator[Event]:
    """Each message with its contact, and each status."""
    contacts = value.get("contacts") or []
    for message in value.get("messages") or []:
        yield Event(str(message["id"]), {"message": message, "contact": _contact_of(message, contacts)})
    for status in value.get("statuses") or []:
        yield Event(f"{status['id']}:{status['status']}", {"status": status})


def _contact_of(message: Mapping[str, Any], contacts: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The contact who wrote: by either of the names that a message gives them, else the only one there is."""
    wrote = {message.get("from"), message.get("from_user_id")} - {None}
    named = [each for each in contacts if wrote & {each.get("wa_id"), each.get("user_id")}]
    return (named or [*contacts, {}])[0]


def parsed(payload: Mapping[str, Any]) -> Sequence[Parsed | Moved | Judged]:
    if (change := payload.get("change") or {}).get("field") == approved.FIELD:
        return approved.judged(change.get("value") or {})
    if status := payload.get("status"):
        return _moved(status)
    message = payload.get("message")
    if not message or message.get("type") in SILENT:
        return []
    who = _who(message, payload.get("contact") or {})
    return [_message(message, who)] if who["address"] else []


def _moved(status: Mapping[str, Any]) -> Sequence[Moved]:
    state = STATES.get(status["status"])
    faults = status.get("errors") or []
    if state == "failed" and any(int(each.get("code") or 0) in NOT_THERE for each in faults):
        state = "refused"
    words = "; ".join(f"{each.get('code', '')} {each.get('title') or each.get('message', '')}".strip() for each in faults)
    return [Moved(status["id"], state, error=words, at=_moment(status.get("timestamp")))] if state else []


def _who(message: Mapping[str, Any], contact: Mapping[str, Any]) -> dict[str, Any]:
    """The business-scoped user id where there is one: it stays when the number changes, and is there when the number is not."""
    phone = contact.get("wa_id") or message.get("from") or ""
    address = contact.get("user_id") or message.get("from_user_id") or phone
    name = (contact.get("profile") or {}).get("name", "")
    return {"address": address, "phone": phone if str(phone).isdecimal() else "", "name": name}


def _message(message: Mapping[str, Any], who: Mapping[str, Any]) -> Parsed:
    kind = message.get("type", "")
    common = {**who, "external_id": message["id"], "at": _moment(message.get("timestamp"))}
    if kind == "edit":
        return Parsed(
            **common, kind="edited", about=message["edit"]["original_message_id"], text=_text(message["edit"]["message"])
        )
    if kind == "revoke":
        return Parsed(**common, kind="deleted", about=message["revoke"]["original_message_id"])
    if kind in {"interactive", "button"}:
        return Parsed(**common, kind="button", text=_pressed(message), data={"label": _label(message)})
    return Parsed(
        **common,
        kind=KINDS.get(kind, "text" if kind == "text" else "other"),
        text=_text(message),
        enclosed=_files(message, kind),
    )


def _text(message: Mapping[str, Any]) -> str:
    kind = message.get("type", "")
    said: Any = message.get(kind) or {}
    if not isinstance(said, Mapping):
        return ""
    return str(said.get("body") if kind == "text" else said.get("caption") or "")


def _pressed(message: Mapping[str, Any]) -> str:
    """What our choice said: its id, or the payload of a template's button."""
    return str(_choice(message).get("id") or message.get("button", {}).get("payload") or _label(message))


def _label(message: Mapping[str, Any]) -> str:
    return str(_choice(message).get("title") or message.get("button", {}).get("text", ""))


def _choice(message: Mapping[str, Any]) -> Mapping[str, Any]:
    interactive = message.get("interactive") or {}
    return interactive.get(interactive.get("type", "")) or {}


def _files(message: Mapping[str, Any], kind: str) -> Sequence[Enclosed]:
    file = message.get(kind)
    if kind not in FILES or not isinstance(file, Mapping) or "id" not in file:
        return ()
    return [Enclosed(file.get("filename", ""), remote=file["id"])]


def _moment(seconds: str | int | None) -> datetime | None:
    return datetime.fromtimestamp(int(seconds), UTC) if seconds else None
