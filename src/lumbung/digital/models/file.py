from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.catalogue.models import Record
from lumbung.members.models import Category
from lumbung.organization.models import StudyProgramme


class Parts(models.TextChoices):
    """What of the work a file is."""

    WHOLE = "whole", _("Naskah lengkap")
    COVER = "cover", _("Sampul")
    APPROVAL = "approval", _("Lembar pengesahan")
    ABSTRACT = "abstract", _("Abstrak")
    CONTENTS = "contents", _("Daftar isi")
    CHAPTER = "chapter", _("Bab")
    REFERENCES = "references", _("Daftar pustaka")
    APPENDIX = "appendix", _("Lampiran")
    SUPPLEMENT = "supplement", _("Bahan pelengkap")
    RECORDING = "recording", _("Rekaman")
    CAPTIONS = "captions", _("Takarir")
    OTHER = "other", _("Lainnya")


class Levels(models.TextChoices):
    """Who may read a file."""

    PUBLIC = "public", _("Semua orang")
    MEMBERS = "members", pgettext_lazy("many", "Anggota")
    GROUP = "group", _("Kategori atau program studi tertentu")
    CAMPUS = "campus", _("Dari jaringan kampus")
    STAFF = "staff", _("Petugas")
    NOBODY = "nobody", _("Tidak seorang pun")


class FileQuerySet(models.QuerySet["File"]):
    def current(self) -> "FileQuerySet":
        """Those that stand: neither withdrawn nor replaced by a newer version."""
        return self.filter(withdrawn_at__isnull=True, replaced_by__isnull=True)


class File(models.Model):
    """A digital file of a title. Its content is kept in the store under ``sha256`` and never changes; another content is another version.

    ``embargo_until`` is the first day on which ``level`` counts: until then nobody but the keepers reads the file. ``at_once`` is how many
    may read it at the same moment, where a licence says so (``Sitting``). ``is_held``: nobody reads it for now (``VirusScan``).
    """

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="files", verbose_name=_("judul"))
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("ukuran"))
    media_type = models.CharField(_("jenis berkas"), max_length=100)
    name = models.CharField(_("nama berkas"), max_length=200)
    part = models.CharField(_("bagian"), max_length=12, choices=Parts, default=Parts.WHOLE)
    label = models.CharField(_("keterangan"), max_length=200, blank=True)
    sequence = models.PositiveSmallIntegerField(_("urutan"), default=0)
    pages = models.PositiveIntegerField(_("halaman"), null=True, blank=True)
    level = models.CharField(_("boleh dibaca"), max_length=8, choices=Levels, default=Levels.PUBLIC)
    categories = models.ManyToManyField(Category, blank=True, related_name="+", verbose_name=_("kategori anggota"))
    programmes = models.ManyToManyField(StudyProgramme, blank=True, related_name="+", verbose_name=_("program studi"))
    downloadable = models.BooleanField(_("boleh diunduh"), default=True)
    at_once = models.PositiveSmallIntegerField(_("pembaca serentak"), null=True, blank=True)
    embargo_until = models.DateField(_("embargo sampai"), null=True, blank=True)
    embargo_reason = models.CharField(_("alasan embargo"), max_length=300, blank=True)
    licence = models.CharField(_("lisensi"), max_length=40, blank=True)
    version = models.PositiveSmallIntegerField(_("versi"), default=1)
    replaced_by = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaces")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(_("alasan penarikan"), max_length=300, blank=True)
    is_held = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("berkas digital")
        ordering: ClassVar = ["record", "sequence", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(part__in=Parts.values), name="part_of_a_file_is_known"),
            models.CheckConstraint(condition=models.Q(level__in=Levels.values), name="level_of_a_file_is_known"),
            models.CheckConstraint(condition=~models.Q(name=""), name="a_file_has_a_name"),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="a_file_has_a_content"),
            models.CheckConstraint(
                condition=models.Q(at_once__isnull=True) | models.Q(at_once__gte=1, at_once__lte=1000),
                name="a_limit_of_readers_lets_somebody_read",
            ),
            models.CheckConstraint(
                condition=models.Q(embargo_until__isnull=True) | ~models.Q(embargo_reason=""), name="an_embargo_has_a_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_because=""),
                name="a_withdrawal_has_a_reason",
            ),
            models.UniqueConstraint(
                fields=["record", "sha256"],
                condition=models.Q(withdrawn_at__isnull=True, replaced_by__isnull=True),
                name="a_title_has_a_content_once",
            ),
        ]

    def __str__(self) -> str:
        return self.label or f"{self.get_part_display()} – {self.name}"

    @property
    def is_current(self) -> bool:
        return self.withdrawn_at is None and self.replaced_by_id is None

    def is_embargoed(self, on: date) -> bool:
        return self.embargo_until is not None and on < self.embargo_until
