"""Telling the academic system of letters: a signed POST for each that is issued or revoked, tried again until it is taken."""

import hashlib
import hmac
import json
import secrets
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lumbung.kernel import clock, events, secrets_at_rest
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.outside.failures import Failed
from lumbung.kernel.outside.http import ask
from lumbung.kernel.refusals import Refused
from lumbung.members.events import ClearanceHookKeyRenewed, ClearanceHookSet
from lumbung.members.models import ClearanceHook, ClearanceLetter
from lumbung.members.refusals import HOOK_ADDRESS_WRONG

SECONDS = 10.0
NAMES = {"ClearanceIssued": "clearance.issued", "ClearanceRevoked": "clearance.revoked"}


class NotTakenError(Exception):
    """The receiver did not answer with success; the reaction is tried again."""


@transaction.atomic
def set_hook(*, address: str, is_active: bool, by: events.Actor | None) -> ClearanceHook:
    """Say where letters are told to. The key that signs is made once and kept when the address changes.

    Refuses an address that is not http or https.
    """
    if not address.startswith(("http://", "https://")):
        raise Refused(HOOK_ADDRESS_WRONG(address=address))
    hook = ClearanceHook.objects.select_for_update().first() or ClearanceHook(pk=1, sealed_secret=_new_key())
    hook.address, hook.is_active = address, is_active
    hook.save()
    events.record(ClearanceHookSet(active=is_active), by=by)
    return hook


@transaction.atomic
def renew_key(hook: ClearanceHook, *, by: events.Actor | None) -> ClearanceHook:
    """Sign with a new key from now on, because the other became known or was lost."""
    hook = ClearanceHook.objects.select_for_update().get(pk=hook.pk)
    hook.sealed_secret = _new_key()
    hook.save(update_fields=["sealed_secret"])
    events.record(ClearanceHookKeyRenewed(active=hook.is_active), by=by)
    return hook


def tell(entry: JournalEntry) -> None:
    """Post the letter the entry is about, as JSON. The receiver knows a repetition by ``Lumbung-Delivery``.

    ``Lumbung-Signature`` is ``t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>" in hex>``. Raises ``NotTakenError``.
    """
    hook = ClearanceHook.objects.filter(is_active=True).first()
    letter = ClearanceLetter.objects.select_related("application__purpose", "application__period").get(pk=entry.data["letter"])
    if hook is None:
        return
    try:
        secret = hook.secret
    except secrets_at_rest.Unreadable:
        raise _noted(hook, _("Kunci tanda tangan tidak terbaca lagi; buat kunci baru.")) from None
    body = json.dumps(_told(entry, letter), ensure_ascii=False, sort_keys=True).encode()
    now = int(clock.now().timestamp())
    headers = {
        "Content-Type": "application/json",
        "Lumbung-Delivery": str(entry.pk),
        "Lumbung-Signature": f"t={now},v1={signature(secret, now, body)}",
    }
    failure = _posted(hook.address, body, headers)
    if failure:
        raise _noted(hook, failure)
    ClearanceHook.objects.filter(pk=hook.pk).update(told_at=clock.now(), failure="")


def signature(secret: str, seconds: int, body: bytes) -> str:
    """What a receiver computes to know that the message is ours and unchanged."""
    return hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()


def _noted(hook: ClearanceHook, failure: str) -> NotTakenError:
    ClearanceHook.objects.filter(pk=hook.pk).update(failed_at=clock.now(), failure=failure[:300])
    return NotTakenError(failure)


def _new_key() -> str:
    return secrets_at_rest.seal({"secret": secrets.token_urlsafe(32)})


def _posted(address: str, body: bytes, headers: dict[str, str]) -> str:
    """Why it was not taken; empty when it was."""
    try:
        answer = ask(address, method="POST", body=body, headers=headers, seconds=SECONDS)
    except Failed as failed:
        return f"{failed.failure.label} {failed.detail}".strip()
    return "" if answer.is_success else f"HTTP {answer.status}"


def _told(entry: JournalEntry, letter: ClearanceLetter) -> dict[str, Any]:
    return {
        "event": NAMES[entry.name],
        "at": entry.at.isoformat(),
        "number": letter.number,
        "code": letter.code,
        "dated": letter.dated.isoformat(),
        "identifier": letter.identifier,
        "name": letter.name,
        "programme": letter.programme,
        "purpose": letter.application.purpose.code,
        "period": letter.application.period.name if letter.application.period else None,
        "valid": letter.revoked_at is None,
    }
