from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcomes(models.TextChoices):
    """What a provider says of a QRIS code it made."""

    PAID = "paid"
    OVER = "over"
    PENDING = "pending"


class PaymentWays(models.Model):
    """How members may pay besides cash; there is one row. ``qris_file`` is the stored picture of the library's own (static) QRIS.

    With ``gateway_address`` and ``gateway_secret`` (sealed) a provider makes a code for each payment and says when it was paid.
    """

    bank = models.TextField(_("rekening bank"), blank=True, max_length=300)
    qris_name = models.CharField(_("nama pada QRIS"), max_length=80, blank=True)
    qris_file = models.CharField(max_length=200, blank=True)
    qris_kind = models.CharField(max_length=8, blank=True)
    gateway_address = models.URLField(_("alamat penyedia QRIS"), blank=True)
    gateway_secret = models.TextField(blank=True)

    class Meta:
        verbose_name = _("cara membayar")
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_row_of_payment_ways")]

    def __str__(self) -> str:
        return self.qris_name or self.bank

    @property
    def makes_codes(self) -> bool:
        """Whether a provider makes a code for each payment."""
        return bool(self.gateway_address and self.gateway_secret)
