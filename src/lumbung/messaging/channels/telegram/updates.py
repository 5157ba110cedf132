"""Updates of the Bot API read."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from lumbung.messaging.channels.interface import Enclosed, Left, Parsed

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
GONE = frozenset({"kicked", "left"})
GROUPS = frozenset({"group", "supergroup"})
FILES = {
    "voice": "voice", "audio": "voice", "video": "video", "video_note": "video", "animation": "video",
    "document": "file", "sticker": "sticker",
}  # fmt: skip
PLAIN = {"location": "location", "venue": "location", "contact": "contact"}
LINK = "hubungkan"
"""What a link with a code (``t.me/bot?start=CODE``) says when it is followed: the chat's own word."""


def parsed(update: Mapping[str, Any]) -> Sequence[Parsed | Left]:
    if "message" in update:
        return list(_message(update["message"], edited=False))
    if "edited_message" in update:
        return list(_message(update["edited_message"], edited=True))
    if "callback_query" in update:
        return list(_pressed(update["callback_query"]))
    return list(_membership(update["my_chat_member"])) if "my_chat_member" in update else []


def _message(message: Mapping[str, Any], *, edited: bool) -> Iterator[Parsed]:
    kind, enclosed = _content(message)
    words = message.get("text") or message.get("caption") or ""
    if not _is_conversation(message["chat"]) or not (kind or words):
        return
    number = str(message["message_id"])
    when = message.get("edit_date") if edited else message.get("date")
    yield Parsed(
        external_id=f"{number}:{when}" if edited else number,
        about=number if edited else "",
        kind="edited" if edited else kind or "text",
        text=_without_slash(words),
        at=_moment(when),
        enclosed=enclosed,
        data=_where(message),
        **_who(message["chat"], message.get("from") or {}),
    )


def _pressed(query: Mapping[str, Any]) -> Iterator[Parsed]:
    message = query.get("message") or {}
    chat = message.get("chat")
    if chat and _is_conversation(chat) and query.get("data"):
        yield Parsed(
            external_id=str(query["id"]),
            kind="button",
            text=query["data"],
            data={"message": message.get("message_id")},
            **_who(chat, query.get("from") or {}),
        )


def _membership(change: Mapping[str, Any]) -> Iterator[Left]:
    before, now = change["old_chat_member"]["status"] in GONE, change["new_chat_member"]["status"] in GONE
    if before != now and _is_conversation(change["chat"]):
        yield Left(str(change["chat"]["id"]), back=before)


def _is_conversation(chat: Mapping[str, Any]) -> bool:
    return chat["type"] == "private" or chat["type"] in GROUPS


def _who(chat: Mapping[str, Any], sender: Mapping[str, Any]) -> dict[str, Any]:
    called = " ".join(filter(None, [sender.get("first_name"), sender.get("last_name")]))
    if chat["type"] in GROUPS:
        return {"address": str(chat["id"]), "name": chat.get("title", ""), "is_group": True, "sender": called}
    return {"address": str(chat["id"]), "name": called, "language": sender.get("language_code", "")}


def _content(message: Mapping[str, Any]) -> tuple[str, Sequence[Enclosed]]:
    """What is in it beside words: the kind and the file to fetch. Of a photograph's sizes the largest."""
    if photo := message.get("photo"):
        largest = max(photo, key=lambda size: size.get("file_size", 0))
        return "image", [Enclosed("photo.jpg", remote=largest["file_id"], size=largest.get("file_size", 0))]
    for name, kind in FILES.items():
        if file := message.get(name):
            if kind == "sticker":
                return kind, []
            return kind, [Enclosed(file.get("file_name", ""), remote=file["file_id"], size=file.get("file_size", 0))]
    return next((kind for name, kind in PLAIN.items() if name in message), ""), []


def _where(message: Mapping[str, Any]) -> dict[str, Any]:
    place = message.get("location") or {}
    return {"latitude": place["latitude"], "longitude": place["longitude"]} if place else {}


def _without_slash(text: str) -> str:
    """``/cari@bot soekarno`` is ``cari soekarno``; ``/start CODE``, as a link says it, is a wish to link."""
    if not text.startswith("/"):
        return text
    command, blank, rest = text[1:].partition(" ")
    command = command.partition("@")[0]
    return f"{LINK if command == 'start' and rest.strip() else command}{blank}{rest}"


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
