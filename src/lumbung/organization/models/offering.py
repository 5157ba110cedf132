from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Offering(models.Model):
    """Something the library does for people, with its way in from anywhere, and whether it is to be had now.

    A service without an online way says why: none is for the desk alone by accident. ``online_way`` is a page of this site or another
    address; ``by_contact`` means that the library's telephone, WhatsApp and e-mail serve as the way. ``measure`` is the code of what is
    counted as its use.
    """

    class Kinds(models.TextChoices):
        LENDING = "lending", _("Sirkulasi")
        REFERENCE = "reference", _("Rujukan dan informasi umum")
        GUIDANCE = "guidance", _("Bimbingan pemustaka")
        PROMOTION = "promotion", _("Promosi")
        OTHER = "other", _("Keanggotaan dan lainnya")

    class States(models.TextChoices):
        OPEN = "open", _("Buka")
        LIMITED = "limited", _("Terbatas")
        CLOSED = "closed", _("Tutup")

    name = models.CharField(_("nama"), max_length=120, unique=True)
    kind = models.CharField(_("jenis"), max_length=10, choices=Kinds)
    summary = models.CharField(_("keterangan"), max_length=300)
    online_way = models.CharField(_("jalan daring"), max_length=300, blank=True)
    by_contact = models.BooleanField(_("dilayani lewat telepon, WhatsApp, dan surel"), default=False)
    desk_only_reason = models.CharField(_("alasan hanya di tempat"), max_length=200, blank=True)
    state = models.CharField(_("keadaan"), max_length=8, choices=States, default=States.OPEN)
    state_note = models.CharField(_("penjelasan keadaan"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    is_published = models.BooleanField(_("tampil kepada umum"), default=True)
    measure = models.CharField(_("pemakaian dihitung dari"), max_length=60, blank=True, default="")

    class Meta:
        verbose_name = _("layanan")
        ordering: ClassVar = ["kind", "position", "name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="service_has_a_name"),
            models.CheckConstraint(
                condition=~Q(online_way="") | Q(by_contact=True) | ~Q(desk_only_reason=""),
                name="service_is_online_or_says_why_not",
            ),
            models.CheckConstraint(condition=Q(state="open") | ~Q(state_note=""), name="a_service_not_open_says_why"),
        ]

    def __str__(self) -> str:
        return self.name
