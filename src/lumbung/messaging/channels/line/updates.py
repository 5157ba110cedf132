"""LINE's webhook events read."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from lumbung.messaging.channels.interface import Enclosed, Left, Parsed

TOKEN_LASTS = timedelta(seconds=50)
"""A reply token is to be used within a minute of the event."""
FILES = {"image": "image", "video": "video", "audio": "voice", "file": "file"}
KINDS = FILES | {"text": "text", "sticker": "sticker", "location": "location"}
GONE, BACK = frozenset({"unfollow", "leave"}), frozenset({"follow", "join"})


def parsed(event: Mapping[str, Any]) -> Sequence[Parsed | Left]:
    """Messages, choices made, messages unsent, and who stopped or came back. What another module of the channel answers is not ours."""
    address = _address(event.get("source") or {})
    if not address or event.get("mode") != "active":
        return []
    kind = event["type"]
    if kind in GONE | BACK:
        return [Left(address, back=kind in BACK)]
    if kind == "message":
        return [_message(event, address)]
    if kind == "postback":
        return [_said(event, address, str(event["webhookEventId"]), kind="button", text=event["postback"]["data"])]
    if kind == "unsend":
        about = str(event["unsend"]["messageId"])
        return [_said(event, address, f"{about}:unsent", kind="deleted", about=about)]
    return []


def _message(event: Mapping[str, Any], address: str) -> Parsed:
    message = event["message"]
    kind, name = message["type"], str(message["id"])
    files: Sequence[Enclosed] = ()
    if kind in FILES and (message.get("contentProvider") or {}).get("type", "line") == "line":
        files = [Enclosed(message.get("fileName", ""), remote=name, size=int(message.get("fileSize") or 0))]
    place = {key: message[key] for key in ("latitude", "longitude") if key in message}
    return _said(
        event, address, name, kind=KINDS.get(kind, "other"), text=str(message.get("text") or ""), enclosed=files, data=place
    )


def _said(event: Mapping[str, Any], address: str, name: str, **more: Any) -> Parsed:
    at = datetime.fromtimestamp(int(event["timestamp"]) / 1000, UTC)
    token = str(event.get("replyToken") or "")
    is_group = (event.get("source") or {}).get("type") in {"group", "room"}
    sender = str((event.get("source") or {}).get("userId") or "") if is_group else ""
    return Parsed(
        address=address,
        external_id=name,
        at=at,
        is_group=is_group,
        sender=sender,
        reply_token=token,
        reply_token_until=at + TOKEN_LASTS if token else None,
        **more,
    )


def _address(source: Mapping[str, Any]) -> str:
    return str(source.get("groupId") or source.get("roomId") or source.get("userId") or "")
