"""WhatsApp's message templates: the list that Meta keeps of them, and its judgements as webhooks tell them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from lumbung.messaging.channels import graph
from lumbung.messaging.channels.interface import Form, Judged, Undeliverable
from lumbung.messaging.models import Account

STATES = {
    "APPROVED": "approved", "REINSTATED": "approved", "PENDING": "pending", "IN_APPEAL": "pending", "FLAGGED": "approved",
    "REJECTED": "rejected", "PAUSED": "paused", "DISABLED": "paused", "LIMIT_EXCEEDED": "paused", "ARCHIVED": "gone",
    "PENDING_DELETION": "gone", "DELETED": "gone",
}  # fmt: skip
FIELD = "message_template_status_update"
ASKED = "name,language,status,components,rejected_reason"
PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
MOST_PAGES = 20
NO_ACCOUNT = "WhatsApp Business Account ID"


def forms(account: Account) -> list[Form]:
    """Every template of the business account. Raises RetryLater, or Undeliverable where Meta says no or no account is named."""
    business = account.setting("business_account_id")
    if not business:
        raise Undeliverable(NO_ACCOUNT)
    return [_form(each) for each in _listed(account, business) if each.get("name")]


def _listed(account: Account, business: str) -> Iterator[Mapping[str, Any]]:
    after = ""
    for _page in range(MOST_PAGES):
        query = {"fields": ASKED, "limit": "100"} | ({"after": after} if after else {})
        told = graph.get(account, f"{business}/message_templates?{urlencode(query)}")
        yield from told.get("data") or []
        paging = told.get("paging") or {}
        after = (paging.get("cursors") or {}).get("after", "") if paging.get("next") else ""
        if not after:
            return


def _form(told: Mapping[str, Any]) -> Form:
    parts = {str(each.get("type")): each for each in told.get("components") or []}
    body = str(parts.get("BODY", {}).get("text", ""))
    return Form(
        name=str(told["name"]),
        language=str(told.get("language", "")),
        state=STATES.get(str(told.get("status")), "pending"),
        body=body,
        places=list(dict.fromkeys(PLACE.findall(body))),
        note="" if told.get("rejected_reason") in {None, "NONE"} else str(told["rejected_reason"]),
        lacks=_lacks(parts),
    )


def _lacks(parts: Mapping[str, Mapping[str, Any]]) -> str:
    """What of it we cannot fill in: a head that is a picture or has places, buttons with a part of their own."""
    header = parts.get("HEADER", {})
    if header and (header.get("format") != "TEXT" or PLACE.search(str(header.get("text", "")))):
        return "header"
    buttons = parts.get("BUTTONS", {}).get("buttons") or []
    needs = any(PLACE.search(str(each.get("url", ""))) or each.get("type") in {"OTP", "COPY_CODE", "FLOW"} for each in buttons)
    return "buttons" if needs else ""


def judged(value: Mapping[str, Any]) -> list[Judged]:
    """What a webhook of the field ``message_template_status_update`` tells."""
    state, name = STATES.get(str(value.get("event"))), str(value.get("message_template_name") or "")
    reason = value.get("reason")
    note = "" if reason in {None, "NONE"} else str(reason)
    return [Judged(name, str(value.get("message_template_language", "")), state, note)] if state and name else []
