"""What is forgotten of messages, and when: raw events after a month, words after a year, all of one side when it is asked for."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.kernel import clock, retention, uploads
from lumbung.messaging.domain.deliveries import TEXTLESS
from lumbung.messaging.domain.paces import forget_past
from lumbung.messaging.models import Attachment, Delivery, Identity, Inbound, Incoming

RAW = retention.declare(
    retention.Term("messages_raw", _("Kiriman mentah dari kanal pesan, dan isi surat yang gagal"), _("dihapus"), 30)
)
WORDS = retention.declare(
    retention.Term("messages", _("Isi pesan dan surat"), _("dihapus; bahwa ada pesan tetap terhitung"), 365)
)
WORDLESS = {"text": "", "subject": "", "sender": "", "data": {}}


def forget_old() -> int:
    """Forget what is old enough; returns how many rows. What messages spoke of stays known, so nothing is said twice."""
    now, kept = clock.now(), retention.kept_for(WORDS)
    raw = _forget_raw(
        Inbound.objects.filter(received_at__lt=now - retention.kept_for(RAW)).exclude(state=Inbound.States.WAITING)
    )
    failed = Delivery.objects.filter(state__in=Delivery.TO_LOOK_AT, queued_at__lt=now - retention.kept_for(RAW)).exclude(
        body=""
    )
    _textless(failed)
    _forget_words(Incoming.objects.filter(received_at__lt=now - kept).exclude(text="", data={}))
    _textless(Delivery.objects.filter(queued_at__lt=now - kept, identity__isnull=False).exclude(body=""))
    letters, _ = Delivery.objects.filter(queued_at__lt=now - kept, identity=None).delete()
    forget_past(now)
    return raw + letters


@transaction.atomic
def forget_identity(identity: Identity) -> None:
    """Forget what was said with this side and who it was; that something was said stays counted. They can write to us anew."""
    _forget_words(identity.incoming.all())
    _textless(identity.deliveries.all())
    _forget_raw(Inbound.objects.filter(incoming__identity=identity))
    identity.incoming.update(external_id="", about="", thread="")
    gone = f"forgotten:{identity.pk}"
    identity.deliveries.update(address=gone, subject="", external_id="", error="")
    Identity.objects.filter(pk=identity.pk).update(
        address=gone, name="", phone="", mail_to="", reply_token="", reply_token_until=None, opted_out_at=clock.now()
    )


def _forget_raw(events: QuerySet[Inbound]) -> int:
    """Delete raw events, with the files in which some of them lie."""
    _remove(events.filter(payload__has_key="file").values_list("payload__file", flat=True))
    return events.delete()[0]


def _forget_words(messages: QuerySet[Incoming]) -> None:
    keys = list(messages.values_list("pk", flat=True))
    _forget_files(Attachment.objects.filter(incoming__in=keys))
    Incoming.objects.filter(pk__in=keys).update(**WORDLESS)


def _textless(deliveries: QuerySet[Delivery]) -> None:
    keys = list(deliveries.values_list("pk", flat=True))
    _remove(Delivery.objects.filter(pk__in=keys).exclude(picture="").values_list("picture", flat=True))
    waiting = Q(state__in=Delivery.UNDER_WAY)
    Delivery.objects.filter(waiting, pk__in=keys).update(state=Delivery.States.FAILED, sending_since=None)
    Delivery.objects.filter(pk__in=keys).update(**TEXTLESS)


def _forget_files(attachments: QuerySet[Attachment]) -> None:
    _remove(attachments.exclude(stored_file="").values_list("stored_file", flat=True))
    attachments.update(stored_file="", name="", remote="", note="forgotten")


def _remove(files: Iterable[str]) -> None:
    for name in list(files):
        uploads.forget(name)
