"""Files with messages: what each is, is read from its bytes; only what can be looked at safely is kept.

Some come with their message, others lie with the channel for some days and are fetched in the background.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from lumbung.kernel import clock, events, uploads
from lumbung.kernel.jobs.backoff import wait_after
from lumbung.messaging.channels import Enclosed, RetryLater, TooLarge, Undeliverable, channel_called, offers
from lumbung.messaging.events import AttachmentFetched
from lumbung.messaging.models import Attachment, Incoming

logger = logging.getLogger(__name__)

MOST_BYTES = 10_000_000
MOST_FILES = 10
STRETCH = 20
MOST_ATTEMPTS = 12
"""With their pauses some six hours: after an outage of that length whoever wrote is asked to send it again."""
FOLDER = "messages/in"
TOO_LARGE, NOT_TAKEN, ACTS, TOO_MANY = "too_large", "not_taken", "acts", "too_many"
EXPIRED, UNREACHED = "expired", "unreached"


def keep_all(incoming: Incoming, files: Sequence[Enclosed]) -> None:
    """Keep the files of a message, or why not. What must be fetched first waits."""
    for at, file in enumerate(files):
        attachment = Attachment(incoming=incoming, name=file.name[:200], size=file.size or len(file.content or b""))
        if at >= MOST_FILES:
            attachment.note = TOO_MANY
        elif file.size > MOST_BYTES:
            attachment.note = TOO_LARGE
        elif file.content is None:
            attachment.remote = file.remote
        else:
            _keep(attachment, file.content)
        attachment.save()


def _keep(attachment: Attachment, content: bytes) -> None:
    attachment.remote, attachment.size = "", len(content)
    kind = uploads.kind_of(content) or uploads.recording_of(content)
    attachment.note = _why_not(content, kind)
    if not attachment.note:
        attachment.kind, attachment.stored_file = kind, uploads.keep(content, kind=kind, folder=FOLDER).stored_file


def _why_not(content: bytes, kind: str) -> str:
    if len(content) > MOST_BYTES:
        return TOO_LARGE
    if not kind:
        return NOT_TAKEN
    return ACTS if kind == "pdf" and uploads.acts(content) else ""


def accounts_with_files() -> list[int]:
    """The accounts from which files are to be fetched now."""
    return list(_waiting().order_by().values_list("incoming__identity__account", flat=True).distinct())


def fetch_waiting(account: int) -> bool:
    """Fetch the files of this account that wait, a stretch of them. False when there is none."""
    waiting = _waiting().filter(incoming__identity__account=account).select_related("incoming__identity__account")
    files = list(waiting.order_by("id")[:STRETCH])
    for each in files:
        _fetch(each)
    return bool(files)


def _waiting() -> QuerySet[Attachment]:
    turn = Q(not_before=None) | Q(not_before__lte=clock.now())
    is_open = Q(incoming__identity__account__is_enabled=True, incoming__identity__account__cut_at=None)
    return Attachment.objects.filter(turn, is_open).exclude(remote="")


def _fetch(attachment: Attachment) -> None:
    """Fetch one file. What goes wrong is kept with it: later, or never, and why."""
    account = attachment.incoming.identity.account
    fetch = offers(channel_called(account.kind), "fetch")
    try:
        content = fetch(account, attachment.remote, MOST_BYTES) if fetch else b""
    except TooLarge:
        attachment.note = TOO_LARGE
    except Undeliverable:
        attachment.note = EXPIRED
    except RetryLater as later:
        _wait(attachment, later.after)
    except Exception as fault:  # noqa: BLE001 -- whatever a channel stumbles over, the other files are fetched
        # without a traceback: what it quotes may be an address that holds a key
        logger.error("a file of %s was not fetched: %s", account.kind, type(fault).__name__)
        _wait(attachment, None)
    else:
        _keep(attachment, content)
    if attachment.note or attachment.stored_file:
        attachment.remote = ""
    _written_down(attachment)


def _wait(attachment: Attachment, after: timedelta | None) -> None:
    attachment.attempts += 1
    attachment.not_before = clock.now() + (wait_after(attachment.attempts) if after is None else after)
    if attachment.attempts >= MOST_ATTEMPTS:
        attachment.note = UNREACHED


@transaction.atomic
def _written_down(attachment: Attachment) -> None:
    """Unless it was forgotten while it was on its way: then what was fetched goes too."""
    current = Attachment.objects.select_for_update().filter(pk=attachment.pk).exclude(remote="").first()
    if current is None:
        uploads.forget(attachment.stored_file)
        return
    attachment.save()
    if not attachment.remote:
        events.record(AttachmentFetched(incoming=attachment.incoming_id, kept=bool(attachment.stored_file)), by=None)
