from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_DELIVERY = 365


class Vendor(models.Model):
    """Whom the library buys from (rekanan): a publisher or a bookshop. ``delivery_days`` is how long it usually takes."""

    name = models.CharField(_("nama"), max_length=120)
    contact = models.CharField(_("nama orang yang dihubungi"), max_length=120, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    phone = models.CharField(_("telepon atau WhatsApp"), max_length=40, blank=True)
    address = models.TextField(_("alamat"), max_length=500, blank=True)
    delivery_days = models.PositiveSmallIntegerField(_("lama kirim yang lazim (hari)"), default=30)
    is_active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        verbose_name = _("rekanan")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], name="vendor_name_is_unique"),
            models.CheckConstraint(condition=~models.Q(name=""), name="vendor_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(delivery_days__gte=1, delivery_days__lte=LONGEST_DELIVERY),
                name="a_delivery_is_within_a_year",
            ),
        ]

    def __str__(self) -> str:
        return self.name
