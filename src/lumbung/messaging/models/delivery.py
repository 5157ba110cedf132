from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.messaging.models.account import Account
from lumbung.messaging.models.identity import Identity
from lumbung.messaging.models.incoming import Incoming
from lumbung.messaging.replies import Choice, choices_in


class Delivery(models.Model):
    """One message to one address, and what became of it.

    The text of a notice is kept only until it is handed over, that of a reply as long as the conversation. ``not_before``: its turn;
    ``not_after``: nobody needs it later, so that after an outage nothing old goes out. ``reason``: why this channel.
    ``unsubscribe``: the address where one POST ends messages of this kind (RFC 8058). ``answers``: the message it replies to.
    """

    class States(models.TextChoices):
        QUEUED = "queued", _("Menunggu dikirim")
        SENDING = "sending", _("Sedang dikirim")
        ACCEPTED = "accepted", _("Terkirim")
        DELIVERED = "delivered", _("Sampai")
        READ = "read", _("Dibaca")
        FAILED = "failed", _("Gagal")
        REFUSED = "refused", _("Ditolak")
        UNKNOWN = "unknown", _("Tidak pasti")

    class Purposes(models.TextChoices):
        REPLY = "reply", _("Jawaban")
        NOTICE = "notice", _("Pemberitahuan")
        ACCOUNT = "account", _("Akun")
        RATING = "rating", _("Penilaian")
        BROADCAST = "broadcast", _("Siaran")

    UNDER_WAY = (States.QUEUED, States.SENDING)
    GONE = (States.ACCEPTED, States.DELIVERED, States.READ)
    TO_LOOK_AT = (States.FAILED, States.REFUSED, States.UNKNOWN)

    account = models.ForeignKey(Account, models.PROTECT, related_name="deliveries", verbose_name=_("akun saluran"))
    identity = models.ForeignKey(Identity, models.PROTECT, null=True, related_name="deliveries", verbose_name=_("lawan bicara"))
    answers = models.ForeignKey(Incoming, models.SET_NULL, null=True, related_name="replies")
    purpose = models.CharField(_("keperluan"), max_length=10, choices=Purposes, default=Purposes.NOTICE)
    code = models.CharField(_("jenis pesan"), max_length=40)
    address = models.CharField(_("alamat"), max_length=254)
    subject = models.CharField(_("perihal"), max_length=255, blank=True)
    body = models.TextField(blank=True)
    content = models.JSONField(default=dict)
    picture = models.CharField(max_length=200, blank=True)
    unsubscribe = models.CharField(max_length=300, blank=True)
    state = models.CharField(_("status"), max_length=10, choices=States, default=States.QUEUED)
    reason = models.CharField(_("alasan saluran"), max_length=200, blank=True)
    cost = models.PositiveIntegerField(_("biaya (Rp)"), default=0)
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    error = models.TextField(_("galat"), blank=True)
    external_id = models.CharField(max_length=250, blank=True)
    is_mailed = models.BooleanField(default=False)
    queued_at = models.DateTimeField(_("ditulis"))
    not_before = models.DateTimeField(null=True)
    not_after = models.DateTimeField(null=True)
    sending_since = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("dikirim"), null=True)
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("pengiriman")
        ordering: ClassVar = ["-queued_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(address=""), name="a_message_has_an_address"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["accepted", "delivered", "read", "refused"])
                | models.Q(purpose="reply")
                | models.Q(body="", unsubscribe=""),
                name="a_message_done_with_keeps_no_text",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["accepted", "delivered", "read"]) | models.Q(sent_at__isnull=False),
                name="a_sent_message_has_its_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sending") | models.Q(sending_since__isnull=False),
                name="a_message_on_its_way_knows_since_when",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "id"], condition=models.Q(state="queued"), name="messages_that_wait"),
            models.Index(
                fields=["account", "external_id"], condition=~models.Q(external_id=""), name="messages_by_the_channels_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} → {self.address}: {self.state}"

    @property
    def choices(self) -> tuple[Choice, ...]:
        return choices_in(self.content)

    @property
    def needs_a_look(self) -> bool:
        return self.state in self.TO_LOOK_AT

    @property
    def is_gone(self) -> bool:
        return self.state in self.GONE


class Occasion(models.Model):
    """What a message spoke of ("the second reminder for this loan"). Each occasion is spoken of once, whoever asks again.

    Which message that was is not kept: its address would tell for a year who borrowed what.
    """

    key = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.key
