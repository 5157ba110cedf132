import json
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models.import_run import ImportRun
from lumbung.formats.marc import Record as MarcRecord
from lumbung.formats.marc import from_json
from lumbung.kernel.shortening import shortened


class Material(models.TextChoices):
    """What kind of thing a record describes, read from leader, 006, 007, 008 and 33x."""

    BOOK = "book", _("Buku")
    THESIS = "thesis", _("Tugas akhir")
    SERIAL = "serial", _("Terbitan berseri")
    ARTICLE = "article", _("Artikel")
    EBOOK = "ebook", _("Buku elektronik")
    MAP = "map", _("Peta")
    AUDIO = "audio", _("Rekaman suara")
    VIDEO = "video", _("Video")
    IMAGE = "image", _("Gambar")
    SCORE = "score", _("Partitur musik")
    COMPUTER_FILE = "computer_file", _("Berkas komputer")
    MICROFORM = "microform", _("Bentuk mikro")
    MANUSCRIPT = "manuscript", _("Naskah")
    KIT = "kit", _("Kit")
    OBJECT = "object", _("Benda")
    MIXED = "mixed", _("Bahan campuran")


class MarcEncoder(json.JSONEncoder):
    """MARC-in-JSON as small as it gets: every letter as itself, no blanks."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False, "separators": (",", ":")})


class RecordQuerySet(models.QuerySet["Record"]):
    def listed(self) -> "RecordQuerySet":
        """For lists: without the MARC itself, and without what is read of it for the index."""
        return self.defer("marc", "findable")

    def shown_to_public(self) -> "RecordQuerySet":
        return self.filter(suppressed=False)


class Record(models.Model):
    """A bibliographic record. ``marc`` is the whole MARC 21 record as MARC-in-JSON; the other columns are read out of it, but for
    ``cover``, the kept picture of its cover. ``findable`` is all that a record is found by, as text (``bibliographic.findable``)."""

    marc = models.JSONField(encoder=MarcEncoder)
    material = models.CharField(_("jenis"), max_length=20, choices=Material)
    title = models.TextField(_("judul"))
    responsibility = models.TextField(_("pernyataan tanggung jawab"), blank=True)
    creator = models.TextField(_("pengarang"), blank=True)
    edition = models.CharField(_("edisi"), max_length=255, blank=True)
    place = models.CharField(_("tempat terbit"), max_length=255, blank=True)
    publisher = models.CharField(_("penerbit"), max_length=500, blank=True)
    year = models.SmallIntegerField(_("tahun"), null=True, blank=True)
    language = models.CharField(_("bahasa"), max_length=3, blank=True)
    classification = models.CharField(_("klasifikasi"), max_length=60, blank=True)
    work_key = models.CharField(max_length=20, blank=True)
    findable = models.TextField(blank=True)
    suppressed = models.BooleanField(_("disembunyikan dari umum"), default=False)
    cover = models.CharField(_("gambar sampul"), max_length=100, blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=1)
    import_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, null=True, related_name="records")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("cantuman")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(material__in=Material.values), name="material_is_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-created_at", "-id"], name="record_newest_first"),
            models.Index(fields=["classification", "id"], name="record_by_class"),
            models.Index(fields=["work_key", "year"], name="record_by_work"),
        ]

    def __str__(self) -> str:
        return self.title_told

    @property
    def title_told(self) -> str:
        """The title in one line, for whatever does not have to tell the whole of one that fills a page."""
        return shortened(self.title)

    @property
    def cover_address(self) -> str:
        """Where the picture of the cover is; empty where there is none. Another picture has another address."""
        return f"/covers/{self.pk}/{self.cover.rpartition('/')[2]}" if self.cover else ""

    @property
    def marc_record(self) -> MarcRecord:
        """The MARC record itself, made anew at each call."""
        return from_json(self.marc)


class Identifier(models.Model):
    """An ISBN, ISSN or other number that identifies what a record describes, normalised (no hyphens, ISBN as 13 digits).

    A number that is not valid is found as it is printed, and stands for the title nowhere else.
    """

    class Kinds(models.TextChoices):
        CONTROL_NUMBER = "control", _("Nomor kendali")
        ISBN = "isbn", "ISBN"
        ISSN = "issn", "ISSN"
        WRONG_ISBN = "bad_isbn", _("ISBN tidak sah")
        WRONG_ISSN = "bad_issn", _("ISSN tidak sah")
        OTHER = "other", _("Nomor lain")

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=10, choices=Kinds)
    value = models.CharField(max_length=120)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "value"], name="identifier_by_value")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
