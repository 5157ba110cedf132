from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class HarvestVisit(models.Model):
    """One harvest as it was asked for, and how far it has come; ``question`` is what stood in the address."""

    began_at = models.DateTimeField(_("mulai"))
    seen_at = models.DateTimeField(_("terakhir"))
    verb = models.CharField(max_length=20)
    prefix = models.CharField(_("format"), max_length=40)
    question = models.CharField(_("pertanyaan"), max_length=300, blank=True)
    agent = models.CharField(_("pemanen"), max_length=200, blank=True)
    address = models.GenericIPAddressField(_("alamat"), null=True)
    expected = models.PositiveIntegerField(_("seluruhnya"))
    sent = models.PositiveIntegerField(_("terkirim"))
    left_out = models.PositiveIntegerField(_("dilewati"), default=0)
    is_finished = models.BooleanField(_("selesai"), default=False)

    class Meta:
        verbose_name = _("panen")
        ordering: ClassVar = ["-began_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["-began_at", "-id"], name="harvests_newest_first")]

    def __str__(self) -> str:
        return f"{self.verb} {self.prefix} {self.began_at:%Y-%m-%d %H.%M}"
