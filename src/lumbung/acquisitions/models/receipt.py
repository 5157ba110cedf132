from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.acquisitions.models.order import OrderLine
from lumbung.catalogue.models import Item

USER = settings.AUTH_USER_MODEL


class Receipt(models.Model):
    """Copies of a line came, with an invoice (faktur). One that was wrong is undone: it stays, and its copies are gone."""

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="receipts")
    copies = models.PositiveSmallIntegerField(_("jumlah eksemplar"))
    price_each = models.PositiveBigIntegerField(_("harga tiap eksemplar (rupiah)"))
    invoice = models.CharField(_("nomor faktur"), max_length=60, blank=True)
    received_at = models.DateTimeField(_("diterima"))
    received_by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("penerimaan")
        ordering: ClassVar = ["received_at", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(copies__gte=1), name="a_receipt_is_of_copies")]

    def __str__(self) -> str:
        return f"{self.line} × {self.copies}"


class Steps(models.TextChoices):
    """What is done with a new copy, in this order; ``…_at`` and ``…_by`` of ``NewCopy`` tell when and by whom."""

    CATALOGUED = "catalogued", _("Dikatalog")
    LABELLED = "labelled", _("Dilabeli")
    SHELVED = "shelved", _("Masuk rak")


class NewCopy(models.Model):
    """A copy on its way from the parcel to the shelf."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="new_copies")
    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="new_copy", verbose_name=_("eksemplar"))
    catalogued_at = models.DateTimeField(null=True)
    catalogued_by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")
    labelled_at = models.DateTimeField(null=True)
    labelled_by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")
    shelved_at = models.DateTimeField(null=True)
    shelved_by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("pengolahan eksemplar")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(labelled_at=None) | Q(catalogued_at__isnull=False), name="a_copy_is_labelled_when_catalogued"
            ),
            models.CheckConstraint(
                condition=Q(shelved_at=None) | Q(labelled_at__isnull=False), name="a_copy_is_shelved_when_labelled"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(shelved_at=None), name="copies_on_their_way"),
        ]

    def __str__(self) -> str:
        return str(self.item)

    @property
    def next_step(self) -> Steps | None:
        """What is to be done with it next; None for one on the shelf."""
        return next((step for step in Steps if getattr(self, f"{step.value}_at") is None), None)
