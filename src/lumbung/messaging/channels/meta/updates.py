"""Happenings of a page's or an Instagram account's conversations read."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from lumbung.messaging.channels.interface import Enclosed, Moved, Parsed

FILES = {"image": "image", "audio": "voice", "video": "video", "file": "file"}
KINDS = FILES | {"location": "location", "sticker": "sticker"}


def parsed(event: Mapping[str, Any]) -> Sequence[Parsed | Moved]:
    """What it says; nothing for echoes of our own words, reactions and typing."""
    if message := event.get("message"):
        return [] if message.get("is_echo") else [_message(event, message)]
    if postback := event.get("postback"):
        return [_said(event, str(postback.get("mid", "")), kind="button", text=str(postback.get("payload", "")))]
    if edit := event.get("message_edit"):
        name = f"{edit['mid']}:{edit.get('num_edit', 0)}"
        return [_said(event, name, kind="edited", about=str(edit["mid"]), text=str(edit.get("text", "")))]
    return _moved(event)


def _message(event: Mapping[str, Any], message: Mapping[str, Any]) -> Parsed:
    name = str(message["mid"])
    if message.get("is_deleted"):
        return _said(event, f"{name}:deleted", kind="deleted", about=name)
    if pressed := message.get("quick_reply"):
        return _said(event, name, kind="button", text=str(pressed.get("payload", "")), data={"label": message.get("text", "")})
    attached = [str(each.get("type")) for each in message.get("attachments") or []]
    text = str(message.get("text") or "")
    kind = "text" if text and not attached else KINDS.get((attached or [""])[0], "other")
    files = list(_files(message.get("attachments") or []))
    return _said(event, name, kind=kind, text=text, data={"attached": attached} if attached else {}, enclosed=files)


def _files(attached: Sequence[Mapping[str, Any]]) -> Iterator[Enclosed]:
    """What was sent along, by the address that Meta gives it for some days. What is only pointed at (a shared page) is no file."""
    for each in attached:
        address = (each.get("payload") or {}).get("url")
        if each.get("type") in FILES and address:
            yield Enclosed(remote=str(address))


def _said(event: Mapping[str, Any], name: str, **more: Any) -> Parsed:
    return Parsed(address=str(event["sender"]["id"]), external_id=name, at=_moment(event.get("timestamp")), **more)


def _moved(event: Mapping[str, Any]) -> Sequence[Moved]:
    at = _moment(event.get("timestamp"))
    if delivery := event.get("delivery"):
        return [Moved(str(name), "delivered", at=at) for name in delivery.get("mids") or []]
    read = event.get("read") or {}
    return [Moved(str(read["mid"]), "read", at=at)] if "mid" in read else []


def _moment(milliseconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC) if milliseconds else None
