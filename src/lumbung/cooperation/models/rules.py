from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class SharingRules(models.Model):
    """How this library lets itself be harvested: one row at most; without it the defaults hold."""

    is_open = models.BooleanField(_("boleh dipanen"), default=True)
    repository = models.CharField(_("pengenal repositori"), max_length=120, blank=True)
    emails = models.TextField(_("surel pengelola"), blank=True)
    page_size = models.PositiveSmallIntegerField(_("cantuman per halaman"), default=100)
    built_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("aturan panen")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(pk=1), name="there_are_one_sharing_rules"),
            models.CheckConstraint(
                condition=models.Q(page_size__gte=10, page_size__lte=1000), name="a_page_of_a_harvest_has_a_fair_size"
            ),
        ]

    def __str__(self) -> str:
        return self.repository
