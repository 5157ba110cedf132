from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.acquisitions.models.fund import Fund
from lumbung.acquisitions.models.request import PurchaseRequest
from lumbung.acquisitions.models.vendor import Vendor
from lumbung.acquisitions.models.wanted import MOST_COPIES, Wanted
from lumbung.organization.models import Branch

WHOLE = 100


class Order(models.Model):
    """What is ordered from one vendor with one letter (surat pesanan). It has its number from the day it is sent."""

    class States(models.TextChoices):
        DRAFT = "draft", _("Draf")
        ORDERED = "ordered", pgettext_lazy("acquisitions", "Dipesan")
        PARTLY_RECEIVED = "partly_received", _("Datang sebagian")
        RECEIVED = "received", _("Sudah datang")
        CANCELLED = "cancelled", _("Dibatalkan")

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="orders", verbose_name=_("rekanan"))
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("dikirim ke"))
    number = models.CharField(_("nomor surat"), max_length=60, null=True, unique=True)
    state = models.CharField(_("keadaan"), max_length=16, choices=States, default=States.DRAFT)
    note = models.CharField(_("catatan untuk rekanan"), max_length=500, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    ordered_at = models.DateTimeField(_("tanggal pesan"), null=True)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    due_on = models.DateField(_("diharapkan datang"), null=True)
    claims = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(_("terakhir ditagih"), null=True)
    ended_at = models.DateTimeField(null=True)
    why_ended = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("pesanan pembelian")
        ordering: ClassVar = ["-begun_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "ordered", "partly_received", "received", "cancelled"]),
                name="state_of_an_order_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"])
                | Q(number__isnull=False, ordered_at__isnull=False, due_on__isnull=False),
                name="what_is_ordered_has_number_and_dates",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="orders_in_a_state")]

    def __str__(self) -> str:
        return self.number or _("Draf %(key)s") % {"key": self.pk}

    @property
    def is_open(self) -> bool:
        """Whether copies of it are still to come."""
        return self.state in {self.States.ORDERED, self.States.PARTLY_RECEIVED}


class OrderLine(Wanted):
    """A title on an order. ``price_each`` is the unit price less the discount, in whole rupiah.

    ``received`` copies came; ``dropped`` will never come, because the order was cancelled: of its request they may be ordered elsewhere.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    request = models.ForeignKey(PurchaseRequest, on_delete=models.PROTECT, null=True, related_name="lines")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="lines", verbose_name=_("dana"))
    unit_price = models.PositiveBigIntegerField(_("harga satuan (rupiah)"))
    discount = models.PositiveSmallIntegerField(_("potongan (%)"), default=0)
    price_each = models.PositiveBigIntegerField()
    received = models.PositiveSmallIntegerField(default=0)
    dropped = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("baris pesanan")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="an_order_line_names_a_title"),
            models.CheckConstraint(condition=Q(copies__gte=1, copies__lte=MOST_COPIES), name="a_line_orders_one_to_99_copies"),
            models.CheckConstraint(condition=Q(discount__lte=WHOLE), name="a_discount_is_at_most_the_price"),
            models.CheckConstraint(
                condition=Q(copies__gte=F("received") + F("dropped")), name="no_more_copies_come_than_were_ordered"
            ),
            models.UniqueConstraint(fields=["request"], condition=Q(dropped=0), name="a_request_is_ordered_once"),
        ]

    @property
    def left(self) -> int:
        """How many copies are still to come."""
        return self.copies - self.received - self.dropped

    @property
    def kept(self) -> int:
        """How many copies came or are still to come."""
        return self.copies - self.dropped

    @property
    def cost(self) -> int:
        """What all its copies cost, in rupiah."""
        return self.copies * self.price_each


class OrderNumbering(models.Model):
    """How orders are numbered: {nomor}, {bulan} in Roman figures, {tahun}. The row with the key 1 holds for the library."""

    pattern = models.CharField(_("pola nomor surat"), max_length=45, default="{nomor}/SP/{bulan}/{tahun}")

    def __str__(self) -> str:
        return self.pattern


class OrderCounter(models.Model):
    """The last number given in a series, locked while one is given."""

    series = models.CharField(max_length=80, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"
