"""What is put together for whoever asked: titles, citations and files at one address; and files that go with an answer."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from lumbung.desk.domain.turns import locked
from lumbung.desk.events import BundleMade
from lumbung.desk.models import Bundle, BundleFile, Conversation
from lumbung.desk.refusals import BUNDLE_EMPTY, CONVERSATION_CLOSED, FILE_ACTS, FILE_NOT_TAKEN, FILE_TOO_LARGE, TOO_MANY_FILES
from lumbung.kernel import clock, events, uploads
from lumbung.kernel.refusals import Reason, Refused
from lumbung.messaging.channels import Limits
from lumbung.messaging.replies import Picture
from lumbung.organization.queries import library

OPEN_FOR = timedelta(days=90)
MOST_FILES, MOST_BYTES, MOST_TITLES = 10, 20_000_000, 100
FOLDER = "desk/bundles"
PICTURES = ("png", "jpeg", "webp")


@dataclass(frozen=True)
class Enclosed:
    """A file as it was sent to us, read whole."""

    name: str
    content: bytes

    @property
    def kind(self) -> str:
        return uploads.kind_of(self.content)


@transaction.atomic
def make_bundle(
    conversation: Conversation,
    *,
    title: str,
    words: str = "",
    style: str = "",
    titles: Sequence[int] = (),
    files: Sequence[Enclosed] = (),
    by: events.Actor,
) -> Bundle:
    """Put it at an address of its own for ninety days. Nothing is sent: the address goes with an answer.

    Refuses one with nothing in it, and files that are no PDF and no picture, that act, or that are larger than 20 MB.
    """
    conversation = locked(conversation)
    reasons = [] if conversation.is_open else [CONVERSATION_CLOSED()]
    reasons += [] if titles or files else [BUNDLE_EMPTY()]
    if reasons := [*reasons, *faults_of(files)]:
        raise Refused(reasons)
    now = clock.now()
    bundle = Bundle.objects.create(
        conversation=conversation,
        secret=secrets.token_urlsafe(32),
        title=title.strip()[:160] or str(conversation)[:160],
        words=words.strip(),
        style=style,
        titles=list(dict.fromkeys(titles))[:MOST_TITLES],
        made_by_id=by.pk,
        made_at=now,
        until=clock.today(library().zone) + OPEN_FOR,
    )
    for each in files:
        kept = uploads.keep(each.content, kind=each.kind, folder=FOLDER)
        facts = {"stored_file": kept.stored_file, "kind": kept.kind, "size": kept.size}
        BundleFile.objects.create(bundle=bundle, name=each.name[-200:] or kept.kind, **facts)
    conversation.touch(now)
    conversation.save(update_fields=["changed_at", "revision"])
    events.record(BundleMade(conversation=conversation.pk, bundle=bundle.pk, titles=bundle.titles, files=len(files)), by=by)
    return bundle


def faults_of(files: Sequence[Enclosed]) -> list[Reason]:
    """Every reason against these files."""
    reasons: list[Reason] = [TOO_MANY_FILES(most=MOST_FILES)] if len(files) > MOST_FILES else []
    for each in files:
        if len(each.content) > MOST_BYTES:
            reasons.append(FILE_TOO_LARGE(name=each.name, most=MOST_BYTES // 1_000_000))
        elif not each.kind:
            reasons.append(FILE_NOT_TAKEN(name=each.name))
        elif each.kind == "pdf" and uploads.acts(each.content):
            reasons.append(FILE_ACTS(name=each.name))
    return reasons


def digest_of(words: str, files: Sequence[Enclosed]) -> str:
    """The same for the same words with the same files under the same names, and for no others; empty without files."""
    if not files:
        return ""
    told = [words.encode(), *(part for each in files for part in (each.name.encode(), each.content))]
    return hashlib.sha256(b"".join(hashlib.sha256(each).digest() for each in told)).hexdigest()


def goes_directly(file: Enclosed, limits: Limits) -> Picture | None:
    """The file as the channel carries it itself; None where it can only be given by an address."""
    if not file.kind or len(file.content) > limits.media.get(file.kind, 0):
        return None
    fits = file.kind in PICTURES or limits.subject  # a letter has attachments of any kind, a chat shows pictures
    return Picture(file.content, file.kind, file.name) if fits else None


def address_of(bundle: Bundle) -> str:
    """Where it is opened; without a host where the library has not said its own."""
    return f"{settings.SITE_URL}{reverse('desk:bundle', args=[bundle.secret])}"


def is_open_on(bundle: Bundle, today: date) -> bool:
    return today <= bundle.until


def forget_bundles(conversations: Sequence[int]) -> int:
    """Nobody opens what was put together for these conversations any more; its files are gone when this is committed. How many."""
    files = list(BundleFile.objects.filter(bundle__conversation__in=conversations).values_list("stored_file", flat=True))
    count, _rows = Bundle.objects.filter(conversation__in=conversations).delete()
    for each in files:
        transaction.on_commit(partial(uploads.forget, each))
    return count
