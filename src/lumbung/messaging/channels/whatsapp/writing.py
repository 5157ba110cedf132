"""One message out, in the Cloud API's form: words, buttons, a list to open, a picture, or an approved template."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext, override

from lumbung.messaging.channels import graph
from lumbung.messaging.channels.interface import RetryLater
from lumbung.messaging.channels.multipart import form_with_file
from lumbung.messaging.channels.pictures import picture_of
from lumbung.messaging.models import Account, Delivery
from lumbung.messaging.replies import Choice

BUTTONS = 3
INTERACTIVE_TEXT = 1024
PAIR = 131056


def write(account: Account, delivery: Delivery) -> str:
    """Send it; WhatsApp's name for it. Raises what its fault means; too many to one reader waits by itself."""
    said = {"messaging_product": "whatsapp", "recipient_type": "individual", **_to(delivery), **_content(account, delivery)}
    if delivery.answers is not None and delivery.answers.external_id:
        said["context"] = {"message_id": delivery.answers.external_id}
    try:
        told = graph.post(account, f"{account.setting('phone_number_id')}/messages", said)
    except graph.Refusal as refused:
        if refused.code == PAIR:
            raise RetryLater(str(refused)) from None
        raise
    return str((told.get("messages") or [{}])[0].get("id", ""))


def _to(delivery: Delivery) -> dict[str, str]:
    """The number where it is known; else the business-scoped user id."""
    phone = delivery.identity.phone if delivery.identity else ""
    number = phone or (delivery.address if delivery.address.isdecimal() else "")
    return {"to": number} if number else {"recipient": delivery.address}


def _content(account: Account, delivery: Delivery) -> dict[str, Any]:
    if template := delivery.content.get("template"):
        return _template(delivery, template)
    if delivery.picture:
        return {"type": "image", "image": {"id": _uploaded(account, delivery), "caption": delivery.body}}
    if delivery.choices and len(delivery.body) <= INTERACTIVE_TEXT:
        return {"type": "interactive", "interactive": _interactive(delivery)}
    return {"type": "text", "text": {"body": _with_choices(delivery.body, delivery.choices), "preview_url": False}}


def _template(delivery: Delivery, template: str) -> dict[str, Any]:
    language = delivery.content.get("language") or (delivery.identity.language[:2] if delivery.identity else "") or "id"
    said: dict[str, Any] = {"name": template, "language": {"code": language, "policy": "deterministic"}}
    if values := delivery.content.get("values"):
        places = delivery.content.get("places") or [""] * len(values)
        parameters = [_parameter(place, value) for place, value in zip(places, values, strict=True)]
        said["components"] = [{"type": "body", "parameters": parameters}]
    return {"type": "template", "template": said}


def _parameter(place: str, value: str) -> dict[str, str]:
    """One value; of a place with a name, under that name."""
    named = {"parameter_name": place} if place and not place.isdecimal() else {}
    return {"type": "text", **named, "text": _one_line(value)}


def _one_line(value: str) -> str:
    """A template's value has no line breaks, tabs or runs of blanks (132018)."""
    return " ".join(str(value).split())[:INTERACTIVE_TEXT] or "-"


def _uploaded(account: Account, delivery: Delivery) -> str:
    content, filename, media_type = picture_of(delivery)
    fields = {"messaging_product": "whatsapp", "type": media_type}
    form = form_with_file(fields, name="file", content=content, filename=filename, media_type=media_type)
    return str(graph.upload(account, f"{account.setting('phone_number_id')}/media", *form).get("id", ""))


def _interactive(delivery: Delivery) -> dict[str, Any]:
    body = {"text": delivery.body}
    if len(delivery.choices) <= BUTTONS and not any(each.about for each in delivery.choices):
        buttons = [{"type": "reply", "reply": {"id": each.say, "title": each.label}} for each in delivery.choices]
        return {"type": "button", "body": body, "action": {"buttons": buttons}}
    rows = [_row(each) for each in delivery.choices]
    with override(delivery.identity.language or None if delivery.identity else None):
        opens = gettext("Pilih")
    return {"type": "list", "body": body, "action": {"button": opens, "sections": [{"rows": rows}]}}


def _row(choice: Choice) -> dict[str, str]:
    row = {"id": choice.say, "title": choice.label}
    return row | {"description": choice.about} if choice.about else row


def _with_choices(body: str, choices: Sequence[Choice]) -> str:
    """Words too long for buttons name what may be answered instead."""
    return "\n".join([body, *(f"- {each.label}" for each in choices)])
