from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.messaging.models.account import Account
from lumbung.messaging.models.identity import Identity


class Inbound(models.Model):
    """A raw event as it came. Kept before anything is understood, so that nothing is lost; understood in the background."""

    class States(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        DONE = "done", _("Selesai")
        IGNORED = "ignored", _("Diabaikan")
        FAILED = "failed", _("Gagal")

    account = models.ForeignKey(Account, models.PROTECT, related_name="inbounds")
    event_id = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    received_at = models.DateTimeField(_("diterima"))
    state = models.CharField(_("status"), max_length=10, choices=States, default=States.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    error = models.TextField(_("galat"), blank=True)

    class Meta:
        verbose_name = _("peristiwa masuk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "event_id"], name="an_event_of_an_account_comes_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(state="waiting"), name="events_that_wait"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.event_id} ({self.state})"


class Incoming(models.Model):
    """One message from the other side, as it was understood.

    ``about`` is the ``external_id`` of the message this one edits or deletes; that one then says what it says now. ``is_settled``:
    messaging itself has answered it (a word that stops messages), nobody else need.
    """

    class Kinds(models.TextChoices):
        TEXT = "text", _("Teks")
        BUTTON = "button", _("Tombol")
        IMAGE = "image", _("Gambar")
        VOICE = "voice", _("Pesan suara")
        VIDEO = "video", _("Video")
        FILE = "file", _("Berkas")
        STICKER = "sticker", _("Stiker")
        LOCATION = "location", _("Lokasi")
        CONTACT = "contact", _("Kontak")
        EDITED = "edited", _("Perubahan")
        DELETED = "deleted", _("Penghapusan")
        OTHER = "other", _("Lain")

    identity = models.ForeignKey(Identity, models.PROTECT, related_name="incoming")
    inbound = models.ForeignKey(Inbound, models.SET_NULL, null=True, related_name="incoming")
    external_id = models.CharField(max_length=250)
    kind = models.CharField(_("jenis"), max_length=10, choices=Kinds, default=Kinds.TEXT)
    subject = models.CharField(_("perihal"), max_length=255, blank=True)
    text = models.TextField(_("teks"), blank=True)
    sender = models.CharField(max_length=150, blank=True)
    thread = models.CharField(max_length=250, blank=True)
    about = models.CharField(max_length=250, blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(_("ditulis"))
    received_at = models.DateTimeField(_("diterima"))
    is_settled = models.BooleanField(default=False)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("pesan masuk")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["identity", "external_id", "kind"],
                condition=~models.Q(external_id=""),
                name="a_message_of_an_identity_comes_once",
            ),
            models.CheckConstraint(
                condition=models.Q(deleted_at=None) | models.Q(text=""), name="a_deleted_message_says_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.external_id}"


class Attachment(models.Model):
    """A file with a message. What it is was read from its bytes; without ``stored_file`` it was not kept, and ``note`` says why.

    ``remote``: still to be fetched from the channel, not before ``not_before``.
    """

    incoming = models.ForeignKey(Incoming, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200, blank=True)
    stored_file = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    remote = models.TextField(blank=True)
    note = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("lampiran")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["id"], condition=~models.Q(remote=""), name="files_to_be_fetched")]

    def __str__(self) -> str:
        return self.name or self.kind
