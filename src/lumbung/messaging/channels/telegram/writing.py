"""One message out, in Telegram's form: words, a photograph with words under it, and buttons."""

from typing import Any

from lumbung.messaging.channels.interface import Undeliverable
from lumbung.messaging.channels.multipart import form_with_file
from lumbung.messaging.channels.pictures import picture_of
from lumbung.messaging.channels.telegram import bot
from lumbung.messaging.channels.wire import as_json
from lumbung.messaging.models import Account, Delivery

SHORT = 12
"""Labels up to this long stand beside each other."""
BESIDE = 3


def write(account: Account, delivery: Delivery) -> dict[str, Any]:
    """Send it; the message as Telegram keeps it. A group that has moved is followed once."""
    try:
        return _written(account, delivery, delivery.address)
    except bot.Migrated as moved:
        try:
            return _written(account, delivery, str(moved.chat))
        except bot.Migrated as again:
            raise Undeliverable(f"migrate_to_chat_id {again.chat}") from None


def _written(account: Account, delivery: Delivery, chat: str) -> dict[str, Any]:
    said: dict[str, Any] = {"chat_id": chat, **_extras(delivery)}
    if delivery.picture:
        content, filename, media_type = picture_of(delivery)
        fields = {name: value if isinstance(value, str) else as_json(value)[0].decode() for name, value in said.items()}
        form = form_with_file(
            fields | {"caption": delivery.body}, name="photo", content=content, filename=filename, media_type=media_type
        )
        result: dict[str, Any] = bot.call_with_file(account, "sendPhoto", form)
    else:
        result = bot.call(account, "sendMessage", {**said, "text": delivery.body})
    return result


def _extras(delivery: Delivery) -> dict[str, Any]:
    extras: dict[str, Any] = {}
    if delivery.choices:
        buttons = [{"text": each.label, "callback_data": each.say} for each in delivery.choices]
        extras["reply_markup"] = {"inline_keyboard": _in_rows(buttons)}
    answered = delivery.answers
    if answered is not None and delivery.identity and delivery.identity.is_group and answered.external_id.isdecimal():
        extras["reply_parameters"] = {"message_id": int(answered.external_id), "allow_sending_without_reply": True}
    return extras


def _in_rows(buttons: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    beside = BESIDE if all(len(each["text"]) <= SHORT for each in buttons) else 1
    return [buttons[at : at + beside] for at in range(0, len(buttons), beside)]
