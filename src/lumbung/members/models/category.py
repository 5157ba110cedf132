from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    """A kind of member with rules of its own: pupil, student, teacher, lecturer, staff, public …"""

    class Joining(models.TextChoices):
        AT_THE_DESK = "desk", _("di meja layanan saja")
        APPROVED = "approved", _("dari rumah, diperiksa petugas")
        AT_ONCE = "once", _("dari rumah, langsung setelah surel terbukti")

    code = models.CharField(_("kode"), max_length=20, unique=True)
    name = models.CharField(_("nama"), max_length=80)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    membership_months = models.PositiveSmallIntegerField(_("bulan masa keanggotaan"), default=12)
    joining = models.CharField(_("menjadi anggota"), max_length=10, choices=Joining, default=Joining.AT_THE_DESK)
    teaches = models.BooleanField(_("menyusun daftar bacaan kuliah"), default=False)

    class Meta:
        verbose_name = _("kategori anggota")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
