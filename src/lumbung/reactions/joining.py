"""Becoming a member from home: the code to the address that is to be proven, the welcome with the way to a password, or why not.

The journal knows no code and no link: each is made here, as its letter is written.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from lumbung.accounts.domain.first_password import first_password_link
from lumbung.kernel.models import JournalEntry
from lumbung.members.domain import joining
from lumbung.members.models import JoinRequest
from lumbung.messaging.domain import messages
from lumbung.messaging.queries import unspoken
from lumbung.organization.queries import library


def join_code_letter(entry: JournalEntry) -> None:
    """One code for each time it was asked for, and none for a request that needs it no more."""
    asked = _of(entry).filter(state=JoinRequest.States.UNPROVEN).first()
    if asked is None or not unspoken([occasion := f"join_code:{asked.pk}:{asked.codes_sent}"]):
        return
    with transaction.atomic():
        facts = {"code": joining.make_code(asked), "minutes": joining.CODE_LASTS.seconds // 60}
        _write(asked, "join_code", facts, occasion, not_after=asked.code_until)


def join_accepted_letter(entry: JournalEntry) -> None:
    """With the card number, and the link to a first password. Nothing to somebody who is forgotten by now."""
    asked = _of(entry).filter(member__user__isnull=False).first()
    if asked is None or asked.member is None or asked.member.user is None:
        return
    user = asked.member.user
    facts = {"card": asked.member.barcode, "username": user.username, "link": first_password_link(user, asked.address)}
    _write_once(asked, "join_accepted", facts)


def join_refused_letter(entry: JournalEntry) -> None:
    if asked := _of(entry).first():
        _write_once(asked, "join_refused", {"reason": asked.answer})


def _of(entry: JournalEntry) -> Any:
    return JoinRequest.objects.select_related("member__user").filter(pk=entry.data["join_request"])


def _write_once(asked: JoinRequest, code: str, facts: Mapping[str, Any]) -> None:
    if unspoken([occasion := f"{code}:{asked.pk}"]):
        _write(asked, code, facts, occasion)


def _write(
    asked: JoinRequest, code: str, facts: Mapping[str, Any], occasion: str, *, not_after: datetime | None = None
) -> None:
    told = {"name": asked.name, "library": library().name, **facts}
    how: dict[str, Any] = {"language": asked.language, "occasions": [occasion], "not_after": not_after}
    messages.send(code, address=asked.email, facts=told, **how)
