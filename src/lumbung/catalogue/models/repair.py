from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models.item import Item


class Repair(models.Model):
    """A copy sent to be repaired: what is wrong, where it went, when it is expected back, and how it came back."""

    class Outcomes(models.TextChoices):
        REPAIRED = "repaired", _("Sudah baik")
        BEYOND = "beyond", _("Tidak dapat diperbaiki")

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="repairs")
    problem = models.CharField(_("kerusakan"), max_length=200)
    place = models.CharField(_("dikerjakan di"), max_length=120, blank=True)
    sent_on = models.DateField(_("dikirim"))
    expected_on = models.DateField(_("perkiraan kembali"), null=True, blank=True)
    done_on = models.DateField(_("selesai"), null=True)
    outcome = models.CharField(_("hasil"), max_length=10, choices=Outcomes, blank=True)
    note = models.CharField(_("catatan"), max_length=200, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("perbaikan")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item"], condition=models.Q(done_on__isnull=True), name="one_open_repair_per_item"),
            models.CheckConstraint(
                condition=models.Q(done_on__isnull=True, outcome="")
                | models.Q(done_on__isnull=False, outcome__in=["repaired", "beyond"]),
                name="a_repair_that_is_done_has_an_outcome",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["done_on", "expected_on"], name="repairs_by_day_expected")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.problem}"
