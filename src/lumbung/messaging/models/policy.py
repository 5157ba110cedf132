from datetime import time
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


def evening() -> time:
    return time(21, 0)


def morning() -> time:
    return time(7, 0)


class NoticePolicy(models.Model):
    """How the library writes unasked: between which hours a telephone is left in peace, and what messages may cost in a month.

    One row, or none: then the defaults hold. ``monthly_budget`` in rupiah; 0: nothing that costs is sent unasked.
    """

    quiet_from = models.TimeField(_("jam tenang mulai"), default=evening)
    quiet_until = models.TimeField(_("jam tenang sampai"), default=morning)
    monthly_budget = models.PositiveIntegerField(_("anggaran sebulan (Rp)"), default=0)

    class Meta:
        verbose_name = _("aturan pemberitahuan")
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="one_policy_of_notices")]

    def __str__(self) -> str:
        return f"{self.quiet_from}–{self.quiet_until}"


class Wording(models.Model):
    """A message in the library's own words, in one language, in place of what the program says."""

    code = models.CharField(_("jenis pesan"), max_length=40)
    language = models.CharField(_("bahasa"), max_length=8)
    subject = models.CharField(_("perihal"), max_length=255)
    body = models.TextField(_("isi"))

    class Meta:
        verbose_name = _("kata-kata pesan")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "language"], name="a_message_has_one_wording_in_a_language"),
            models.CheckConstraint(condition=~models.Q(subject="") & ~models.Q(body=""), name="a_wording_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.language})"
