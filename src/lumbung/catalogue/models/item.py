from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models.import_run import ImportRun
from lumbung.catalogue.models.record import Record
from lumbung.organization.models import Branch, Location


class ItemType(models.Model):
    """A kind of item with its own loan policy: textbook, reference, reading, dictionary, encyclopaedia …"""

    code = models.CharField(_("kode"), max_length=20, unique=True)
    name = models.CharField(_("nama"), max_length=80)
    lendable = models.BooleanField(_("boleh dipinjam"), default=True)

    class Meta:
        verbose_name = _("jenis eksemplar")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """One copy in hand. Whether it is on loan is told by circulation, not here. ``shelf_key`` orders by call number and copy."""

    class Statuses(models.TextChoices):
        AVAILABLE = "available", _("Tersedia")
        IN_PROCESS = "in_process", _("Sedang diolah")
        IN_REPAIR = "in_repair", _("Dalam perbaikan")
        DAMAGED = "damaged", _("Rusak")
        LOST = "lost", _("Hilang")
        WITHDRAWN = "withdrawn", _("Disiangi")

    class Sources(models.TextChoices):
        PURCHASE = "purchase", _("Beli")
        GIFT = "gift", _("Hadiah")
        EXCHANGE = "exchange", _("Tukar")
        DEPOSIT = "deposit", _("Serah simpan")
        OWN = "own", _("Terbitan sendiri")
        OTHER = "other", _("Lain-lain")

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="items", verbose_name=_("cantuman"))
    barcode = models.CharField(_("barcode"), max_length=60, unique=True)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="items", verbose_name=_("cabang"))
    held_at = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("sekarang di"))
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("lokasi")
    )
    item_type = models.ForeignKey(ItemType, on_delete=models.PROTECT, related_name="items", verbose_name=_("jenis eksemplar"))
    call_number = models.CharField(_("nomor panggil"), max_length=120, blank=True)
    shelf_key = models.CharField(max_length=120, blank=True)
    copy = models.CharField(_("nomor eksemplar"), max_length=20, blank=True)
    accession_number = models.CharField(_("nomor induk"), max_length=60, blank=True)
    accessioned_on = models.DateField(_("tanggal masuk"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=20, choices=Sources, blank=True)
    vendor = models.CharField(_("rekanan atau pemberi"), max_length=120, blank=True)
    price = models.DecimalField(_("harga"), max_digits=12, decimal_places=2, null=True, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Statuses, default=Statuses.AVAILABLE)
    note = models.TextField(_("catatan"), blank=True)
    import_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, null=True, related_name="items")
    label_printed_at = models.DateTimeField(_("label dicetak"), null=True, blank=True)
    added_at = models.DateTimeField(_("ditambahkan"))

    class Meta:
        verbose_name = _("eksemplar")
        ordering: ClassVar = ["branch", "shelf_key", "id"]
        indexes: ClassVar = [
            models.Index(fields=["branch", "shelf_key", "id"], name="items_in_shelf_order"),
            models.Index(fields=["accessioned_on", "accession_number"], name="items_as_they_came"),
            models.Index(fields=["accession_number"], name="item_by_accession_number"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(barcode=""), name="item_has_a_barcode"),
            models.CheckConstraint(
                condition=models.Q(status__in=["available", "in_process", "in_repair", "damaged", "lost", "withdrawn"]),
                name="item_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(price__isnull=True) | models.Q(price__gte=0), name="price_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.barcode
