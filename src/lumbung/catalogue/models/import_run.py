from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.catalogue.refusals import import_refusal

ALIKE = {"control": _("nomor kendali"), "isbn": "ISBN", "title": _("judul")}
"""What a record that comes in has in common with one that is there."""


class ImportRun(models.Model):
    """One import of one file: what came in, how far it got, and the way to undo it.

    ``waiting`` are holdings records (position and offset in the file) whose title had not come yet; ``unbound`` are titles with the
    barcode of a copy of another title, into which they are bound, that was not met yet. ``made_places`` are the branches, locations and
    item types that it made (kind and key), ``left_places`` says which of them stayed when it was undone, and why.
    """

    class States(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        RUNNING = "running", _("Berjalan")
        FINISHED = "finished", _("Selesai")
        INTERRUPTED = "interrupted", _("Terputus")
        UNDOING = "undoing", _("Sedang dibatalkan")
        UNDONE = "undone", pgettext_lazy("import", "Dibatalkan")

    file_name = models.CharField(_("berkas"), max_length=255)
    file_digest = models.CharField(max_length=64)
    stored_file = models.CharField(max_length=200, blank=True)
    file_size = models.BigIntegerField(_("ukuran"))
    dry_run = models.BooleanField(_("uji coba"), default=False)
    options = models.JSONField(default=dict)
    stopped_because = models.TextField(_("terhenti karena"), blank=True)
    state = models.CharField(_("status"), max_length=20, choices=States, default=States.WAITING)
    offset = models.BigIntegerField(_("bita selesai"), default=0)
    records_read = models.PositiveIntegerField(_("cantuman dibaca"), default=0)
    records_added = models.PositiveIntegerField(_("cantuman ditambahkan"), default=0)
    records_matched = models.PositiveIntegerField(_("cantuman yang sudah ada"), default=0)
    authorities_added = models.PositiveIntegerField(_("tajuk ditambahkan"), default=0)
    holdings_attached = models.PositiveIntegerField(_("data kepemilikan ditempelkan"), default=0)
    items_added = models.PositiveIntegerField(_("eksemplar ditambahkan"), default=0)
    items_rejected = models.PositiveIntegerField(_("eksemplar ditolak"), default=0)
    rejected = models.PositiveIntegerField(_("ditolak"), default=0)
    warned = models.PositiveIntegerField(_("dengan peringatan"), default=0)
    unbound = models.JSONField(default=list)
    waiting = models.JSONField(default=list)
    made_places = models.JSONField(default=list)
    left_places = models.TextField(_("tetap ada"), blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("mulai"))
    finished_at = models.DateTimeField(_("selesai"), null=True)

    class Meta:
        verbose_name = _("impor")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running", "finished", "interrupted", "undoing", "undone"]),
                name="import_state_is_known",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["file_digest"], name="import_by_file")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_table(self) -> bool:
        """Whether its records are the rows of a table, the first of which stands in the second row."""
        return bool(self.options.get("table"))

    @property
    def size_brought(self) -> int:
        """The bytes of the file as it came, be it made into records since."""
        return self.options.get("table") or self.file_size

    @property
    def is_refused_whole(self) -> bool:
        """Whether not one of its records could be taken."""
        return 0 < self.records_read <= self.rejected


class ImportRejection(models.Model):
    """Something wrong with one record of an import: refused, or taken in with a warning.

    ``raw`` keeps its bytes as they came whenever the catalogue does not hold all of them; of a stretch without end, the beginning.
    """

    import_run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rejections")
    position = models.PositiveIntegerField(_("nomor urut cantuman"))
    offset = models.BigIntegerField(_("letak bita"))
    refused = models.BooleanField(_("ditolak"))
    kind = models.CharField(_("jenis"), max_length=60)
    facts = models.JSONField(default=dict)
    control_number = models.CharField(_("nomor kendali"), max_length=120, blank=True)
    raw = models.BinaryField()

    class Meta:
        verbose_name = _("laporan impor")
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.position}: {self.kind}"

    @property
    def reason(self) -> str:
        """Why, as a sentence in the language of whoever reads it."""
        facts = dict(self.facts)
        if alike := ALIKE.get(facts.get("kind", "")):
            facts["kind"] = alike
        return str(import_refusal(self.kind)(**facts))
