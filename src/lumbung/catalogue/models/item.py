from collections.abc import Collection
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models.bound_title import bound_into
from lumbung.catalogue.models.import_run import ImportRun
from lumbung.catalogue.models.record import Record
from lumbung.catalogue.models.volume import volume_label, volume_of, with_volume
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


class ItemQuerySet(models.QuerySet["Item"]):
    def holding(self, records: Collection[int]) -> "ItemQuerySet":
        """Copies in which any of these titles (primary keys) is: their own, and those into which it is bound."""
        own = Item.objects.filter(record__in=records).order_by().values("pk")
        return self.filter(pk__in=own.union(bound_into(records), all=True))


class Item(models.Model):
    """One copy in hand. Whether it is on loan is told by circulation, not here.

    ``volume`` is the volume, part or issue as it is written ("Jil. 2", "Tahun 5 no. 3 (2004)"); ``shelf_key`` orders by call number, volume
    and copy. ``is_bound``: other titles are in the same volume (``BoundTitle``).
    """

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

    class Causes(models.TextChoices):
        """What changes a status, besides somebody who says so."""

        REPAIR = "repair", _("Dikirim ke perbaikan")
        REPAIRED = "repaired", _("Kembali dari perbaikan")
        WITHDRAWAL = "withdrawal", _("Penyiangan disetujui")
        WITHDRAWAL_UNDONE = "withdrawal_undone", _("Penyiangan dibatalkan")
        STOCK_TAKE = "stock_take", _("Hasil opname")
        STOCK_TAKE_UNDONE = "stock_take_undone", _("Hasil opname dibatalkan")
        BATCH = "batch", _("Ubah massal")
        LOSS = "loss", _("Dinyatakan hilang oleh peminjam")
        FOUND = "found", _("Ditemukan kembali")
        ACQUIRED = "acquired", _("Diterima dari rekanan")
        SHELVED = "shelved", _("Selesai diolah")

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="items", verbose_name=_("cantuman"))
    barcode = models.CharField(_("barcode"), max_length=60, unique=True)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, db_index=False, related_name="items", verbose_name=_("cabang"))
    held_at = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("sekarang di"))
    returns_to = models.ForeignKey(
        Branch, on_delete=models.PROTECT, null=True, db_index=False, related_name="+", verbose_name=_("kembali ke")
    )
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("lokasi")
    )
    item_type = models.ForeignKey(ItemType, on_delete=models.PROTECT, related_name="items", verbose_name=_("jenis eksemplar"))
    call_number = models.CharField(_("nomor panggil"), max_length=120, blank=True)
    shelf_key = models.CharField(max_length=120, blank=True)
    volume = models.CharField(_("jilid atau bagian"), max_length=80, blank=True)
    copy = models.CharField(_("nomor eksemplar"), max_length=20, blank=True)
    accession_number = models.CharField(_("nomor induk"), max_length=60, blank=True)
    accessioned_on = models.DateField(_("tanggal masuk"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=20, choices=Sources, blank=True)
    vendor = models.CharField(_("rekanan atau pemberi"), max_length=120, blank=True)
    price = models.DecimalField(_("harga"), max_digits=12, decimal_places=2, null=True, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Statuses, default=Statuses.AVAILABLE)
    note = models.TextField(_("catatan"), blank=True)
    is_bound = models.BooleanField(default=False)
    import_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, null=True, related_name="items")
    label_printed_at = models.DateTimeField(_("label dicetak"), null=True, blank=True)
    added_at = models.DateTimeField(_("ditambahkan"))

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("eksemplar")
        ordering: ClassVar = ["branch", "shelf_key", "id"]
        indexes: ClassVar = [
            models.Index(fields=["branch", "shelf_key", "id"], name="items_in_shelf_order"),
            models.Index(fields=["accessioned_on", "accession_number"], name="items_as_they_came"),
            models.Index(fields=["accession_number"], name="item_by_accession_number"),
            models.Index(fields=["returns_to"], name="items_that_go_elsewhere", condition=models.Q(returns_to__isnull=False)),
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

    @property
    def goes_to(self) -> Branch:
        """Where it stands when nobody has it: the branch it belongs to, unless it goes back to, or stays at, another."""
        return self.returns_to if self.returns_to is not None else self.branch

    @property
    def volume_told(self) -> str:
        """Which volume it is, alike for all copies of it: as its own field tells, else the call number; "" where neither does."""
        return volume_of(self.call_number, told=self.volume)

    def volume_as(self, record: int) -> str:
        """Which volume of this title it is. A copy says it of its own title; of another that is bound into it nothing is told."""
        return self.volume_told if self.record_id == record else ""

    @property
    def title_told(self) -> str:
        """The title, and the volume where it is told, in one line."""
        return with_volume(self.record.title, self.volume_told)

    @property
    def volume_label(self) -> str:
        """The volume as a reader is shown it."""
        return volume_label(self.volume_told)
