from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.Model):
    """One message to one address, and what became of it. Its text is kept only until it is handed over.

    ``unsubscribe``: the address where one POST ends messages of this kind (RFC 8058); kept as long as the text.
    """

    class States(models.TextChoices):
        WAITING = "waiting", _("Menunggu dikirim")
        SENT = "sent", _("Terkirim")
        REFUSED = "refused", _("Ditolak")

    class Channels(models.TextChoices):
        EMAIL = "email", _("Surel")

    channel = models.CharField(_("saluran"), max_length=10, choices=Channels, default=Channels.EMAIL)
    code = models.CharField(_("jenis pesan"), max_length=40)
    address = models.CharField(_("alamat"), max_length=254)
    subject = models.CharField(_("perihal"), max_length=255)
    body = models.TextField(blank=True)
    unsubscribe = models.CharField(max_length=300, blank=True)
    state = models.CharField(_("status"), max_length=10, choices=States, default=States.WAITING)
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    error = models.TextField(_("galat"), blank=True)
    queued_at = models.DateTimeField(_("ditulis"))
    sent_at = models.DateTimeField(_("dikirim"), null=True)

    class Meta:
        verbose_name = _("pengiriman")
        ordering: ClassVar = ["-queued_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(address=""), name="a_message_has_an_address"),
            models.CheckConstraint(
                condition=models.Q(state="waiting") | models.Q(body="", unsubscribe=""),
                name="a_message_done_with_keeps_no_text",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False), name="a_sent_message_has_its_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} → {self.address}: {self.state}"


class Occasion(models.Model):
    """What a message spoke of ("the second reminder for this loan"). Each occasion is spoken of once, whoever asks again.

    Which message that was is not kept: its address would tell for a year who borrowed what.
    """

    key = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.key
