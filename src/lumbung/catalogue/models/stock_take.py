from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.catalogue.models.item import Item, ItemType
from lumbung.catalogue.models.record import Material
from lumbung.organization.models import Branch, Location


class StockTake(models.Model):
    """One count of the shelves: what was to be counted (scope), how far it got, what was found.

    The numbers are kept as scans come in, so that the page of a count under way costs the same for a hundred copies and a million.
    """

    class States(models.TextChoices):
        PREPARING = "preparing", _("Sedang disiapkan")
        COUNTING = "counting", _("Berjalan")
        CLOSED = "closed", pgettext_lazy("stock-take", "Ditutup")
        ABANDONED = "abandoned", pgettext_lazy("stock-take", "Dibatalkan")

    name = models.CharField(_("nama"), max_length=120)
    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cabang")
    )
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lokasi")
    )
    item_type = models.ForeignKey(
        ItemType, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("jenis eksemplar")
    )
    material = models.CharField(_("jenis koleksi"), max_length=20, choices=Material, blank=True)
    class_from = models.CharField(_("dari kelas"), max_length=40, blank=True)
    class_to = models.CharField(_("sampai kelas"), max_length=40, blank=True)
    code_prefix = models.CharField(_("awalan dari pemindai"), max_length=20, blank=True)
    code_suffix = models.CharField(_("akhiran dari pemindai"), max_length=20, blank=True)
    state = models.CharField(_("status"), max_length=20, choices=States, default=States.PREPARING)
    round = models.PositiveSmallIntegerField(_("putaran"), default=1)
    expected = models.PositiveIntegerField(_("seharusnya di rak"), default=0)
    away = models.PositiveIntegerField(_("memang tidak di rak"), default=0)
    found = models.PositiveIntegerField(_("ditemukan"), default=0)
    misplaced = models.PositiveIntegerField(_("salah tempat"), default=0)
    lent = models.PositiveIntegerField(_("ada di rak walau dipinjam"), default=0)
    gone = models.PositiveIntegerField(_("ada walau hilang atau disiangi"), default=0)
    unknown = models.PositiveIntegerField(_("barcode tidak dikenal"), default=0)
    missing = models.PositiveIntegerField(_("tidak ditemukan"), default=0)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(_("dibuka"))
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(_("ditutup"), null=True)

    class Meta:
        verbose_name = _("opname")
        ordering: ClassVar = ["-opened_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=["preparing", "counting", "closed", "abandoned"]), name="stock_take_state_is_known"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="stock_take_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def unseen(self) -> int:
        """How many copies that should be on the shelf nobody has scanned yet (or, once closed, nobody found)."""
        return self.expected - self.seen_expected

    @property
    def seen_expected(self) -> int:
        """How many of those that should be on the shelf were scanned."""
        return sum(shelf.seen for shelf in self.shelves.all())


class ShelfCount(models.Model):
    """How far the count has got on one stretch of shelves (``shelf``: the tens of the class, empty without a class)."""

    stock_take = models.ForeignKey(StockTake, on_delete=models.CASCADE, related_name="shelves")
    shelf = models.CharField(max_length=4, blank=True)
    expected = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["shelf"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stock_take", "shelf"], name="one_count_for_a_shelf"),
            models.CheckConstraint(condition=models.Q(seen__lte=models.F("expected")), name="no_more_seen_than_expected"),
        ]

    def __str__(self) -> str:
        return self.shelf


class Scanner(models.Model):
    """A telephone or scanner in somebody's hand: ``device`` is the name it gave itself, ``scans`` how many codes they read with it.

    A device that went from hand to hand has several; those of users who were deleted stay, each in nobody's hand.
    """

    stock_take = models.ForeignKey(StockTake, on_delete=models.CASCADE, related_name="scanners")
    device = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    scans = models.PositiveIntegerField(_("pindaian"), default=0)
    last_at = models.DateTimeField(_("terakhir"))

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stock_take", "device", "user"], name="one_scanner_for_a_hand_on_a_device"),
        ]

    def __str__(self) -> str:
        return self.device


class StockTakeLine(models.Model):
    """One barcode of a count: as it stood in the catalogue when the count was opened, or as it turned up during it.

    ``standing`` says what was to be expected; ``finding`` what was found, empty while nobody has scanned it. The item may be removed
    later; what the line says of it stays.
    """

    class Standings(models.TextChoices):
        SHELF = "shelf", _("Di rak")
        ON_LOAN = "on_loan", _("Dipinjam")
        AWAY = "away", _("Diolah atau diperbaiki")
        LOST = "lost", _("Hilang")
        WITHDRAWN = "withdrawn", _("Disiangi")
        ELSEWHERE = "elsewhere", _("Di luar cakupan")
        UNKNOWN = "unknown", _("Tidak dikenal")

    class Findings(models.TextChoices):
        FOUND = "found", _("Ditemukan")
        MISPLACED = "misplaced", _("Salah tempat")
        LENT = "lent", _("Ada di rak walau dipinjam")
        GONE = "gone", _("Ada walau hilang atau disiangi")
        UNKNOWN = "unknown", _("Barcode tidak dikenal")
        MISSING = "missing", _("Tidak ditemukan")

    stock_take = models.ForeignKey(StockTake, on_delete=models.CASCADE, related_name="lines")
    item = models.ForeignKey(Item, on_delete=models.SET_NULL, null=True, related_name="stock_take_lines")
    barcode = models.CharField(_("barcode"), max_length=60)
    title = models.CharField(_("judul"), max_length=200, blank=True)
    call_number = models.CharField(_("nomor panggil"), max_length=120, blank=True)
    shelf_key = models.CharField(max_length=120, blank=True)
    location = models.ForeignKey(Location, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("lokasi"))
    standing = models.CharField(_("menurut katalog"), max_length=10, choices=Standings)
    finding = models.CharField(_("hasil"), max_length=10, choices=Findings, blank=True)
    seen_at = models.DateTimeField(_("dipindai"), null=True)
    seen_in = models.ForeignKey(Location, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("dipindai di"))
    seen_by = models.ForeignKey(Scanner, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("pemindai"))
    seen_round = models.PositiveSmallIntegerField(_("putaran"), null=True)
    after = models.CharField(_("terbaca sesudah"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("baris opname")
        ordering: ClassVar = ["shelf_key", "barcode"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stock_take", "barcode"], name="a_barcode_counts_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["stock_take", "finding", "standing", "shelf_key"], name="stock_take_findings"),
        ]

    def __str__(self) -> str:
        return self.barcode


class Scan(models.Model):
    """One code as a device sent it. ``sequence`` is the device's own count in a stock-take, in whoever's hand it is, so that a scan sent
    twice is kept once. ``stock_take`` and ``device`` are those of the ``scanner``, said again for the database to see to that."""

    scanner = models.ForeignKey(Scanner, on_delete=models.CASCADE, related_name="kept_scans")
    stock_take = models.ForeignKey(StockTake, on_delete=models.CASCADE, related_name="+")
    device = models.CharField(max_length=40)
    sequence = models.PositiveBigIntegerField()
    code = models.CharField(max_length=200)
    scanned_at = models.DateTimeField()
    received_at = models.DateTimeField()
    round = models.PositiveSmallIntegerField()
    place = models.ForeignKey(Location, on_delete=models.SET_NULL, null=True, related_name="+")
    line = models.ForeignKey(StockTakeLine, on_delete=models.CASCADE, related_name="scans")

    class Meta:
        ordering: ClassVar = ["scanner", "sequence"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stock_take", "device", "sequence"], name="a_scan_counts_once"),
        ]

    def __str__(self) -> str:
        return self.code


class StatusChange(models.Model):
    """The status of many items set after a count, with what it was before, so that it can be taken back."""

    stock_take = models.ForeignKey(StockTake, on_delete=models.CASCADE, related_name="status_changes")
    finding = models.CharField(max_length=10, choices=StockTakeLine.Findings)
    status = models.CharField(_("status"), max_length=20, choices=Item.Statuses)
    before = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.finding} → {self.status}"

    @property
    def size(self) -> int:
        return len(self.before)


class Minutes(models.Model):
    """The minutes (berita acara) of a closed count as they were issued: the file itself, its digest, and who signs.

    ``signers`` is a list of ``{"name", "role", "number"}``. Minutes of a count that was opened again are superseded, never deleted.
    """

    stock_take = models.ForeignKey(StockTake, on_delete=models.PROTECT, related_name="minutes")
    number = models.CharField(_("nomor"), max_length=80)
    place = models.CharField(_("tempat"), max_length=80)
    dated = models.DateField(_("tanggal"))
    signers = models.JSONField()
    token = models.CharField(max_length=32, unique=True)
    stored_file = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    issued_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("berita acara")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.number
