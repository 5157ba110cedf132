from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from lumbung.organization.models import Branch

DIGEST_LENGTH = 64


class Terminal(models.Model):
    """A machine of the library at which members serve themselves: self-check, return chute, gate. It speaks SIP2.

    It stands in a ``branch`` and acts in the name of ``account``, so that the journal says who did it, and never beyond what that
    account may. Of its ``secret`` only the SHA-256 is kept.
    """

    class Encodings(models.TextChoices):
        UTF_8 = "utf-8", "UTF-8"
        CP850 = "cp850", "CP850"
        LATIN_1 = "latin-1", "ISO 8859-1"
        WINDOWS = "cp1252", "Windows-1252"

    class Languages(models.TextChoices):
        INDONESIAN = "id", "Bahasa Indonesia"
        ENGLISH = "en", "English"

    name = models.CharField(_("nama mesin"), max_length=80)
    login = models.CharField(_("nama masuk"), max_length=40, unique=True)
    digest = models.CharField(max_length=DIGEST_LENGTH)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("cabang"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("bertindak atas nama")
    )
    is_active = models.BooleanField(_("aktif"), default=True)
    needs_pin = models.BooleanField(_("anggota harus memasukkan PIN"), default=True)
    lends = models.BooleanField(_("meminjamkan dan memperpanjang"), default=True)
    takes_back = models.BooleanField(_("menerima pengembalian"), default=True)
    places_holds = models.BooleanField(_("mencatat pesanan"), default=False)
    takes_fees = models.BooleanField(_("menerima pembayaran denda"), default=False)
    blocks_cards = models.BooleanField(_("boleh memblokir kartu yang tertelan"), default=False)
    encoding = models.CharField(_("pengodean huruf"), max_length=10, choices=Encodings, default=Encodings.UTF_8)
    language = models.CharField(_("bahasa layar"), max_length=2, choices=Languages, default=Languages.INDONESIAN)
    last_seen_at = models.DateTimeField(_("terakhir tersambung"), null=True)

    class Meta:
        verbose_name = _("mesin mandiri")
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("login"), name="terminal_login_is_unique_in_any_case"),
            models.CheckConstraint(condition=~models.Q(login=""), name="terminal_has_a_login"),
        ]

    def __str__(self) -> str:
        return self.name
