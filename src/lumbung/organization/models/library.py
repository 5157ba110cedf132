from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _


class Library(models.Model):
    """The institution this installation serves: exactly one row."""

    class ShownNames(models.TextChoices):
        WHOLE = "whole", _("nama lengkap")
        SHORT = "short", _("nama depan dan huruf awal: Siti A.")
        LETTERS = "letters", _("huruf awal saja: S. A.")

    name = models.CharField(_("nama"), max_length=200)
    short_name = models.CharField(_("nama singkat"), max_length=60, blank=True)
    institution = models.CharField(_("lembaga induk"), max_length=200, blank=True)
    registration_number = models.CharField(_("Nomor Pokok Perpustakaan (NPP)"), max_length=40, blank=True)
    tagline = models.CharField(_("semboyan"), max_length=120, blank=True)
    address = models.TextField(_("alamat"), blank=True)
    phone = models.CharField(_("telepon"), max_length=40, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    whatsapp = models.CharField(_("nomor WhatsApp"), max_length=20, blank=True)
    shown_names = models.CharField(
        _("nama orang pada slip dan layar umum"), max_length=10, choices=ShownNames, default=ShownNames.WHOLE
    )
    time_zone = models.CharField(_("zona waktu"), max_length=40, default="Asia/Jakarta")

    class Meta:
        verbose_name = _("perpustakaan")
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_library")]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)
