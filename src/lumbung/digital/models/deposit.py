from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.catalogue.models import Record
from lumbung.digital.models.deposit_batch import DepositBatch
from lumbung.digital.models.file import Levels, Parts
from lumbung.members.models import Member
from lumbung.organization.models import StudyProgramme


class DepositKinds(models.TextChoices):
    """What is handed in."""

    THESIS = "thesis", _("Tugas akhir (skripsi, tesis, disertasi)")
    PAPER = "paper", _("Makalah atau artikel")
    LECTURER = "lecturer", _("Karya dosen")
    GREY = "grey", _("Terbitan setempat (laporan, prosiding, modul)")
    RECORDING = "recording", _("Rekaman suara atau video")


class DepositStates(models.TextChoices):
    DRAFT = "draft", _("Draf")
    SUBMITTED = "submitted", pgettext_lazy("digital", "Diajukan")
    IN_REVIEW = "in_review", pgettext_lazy("digital", "Diperiksa")
    NEEDS_REVISION = "needs_revision", _("Perlu revisi")
    APPROVED = "approved", _("Disetujui")
    PUBLISHED = "published", _("Terbit")
    DISCARDED = "discarded", _("Dibatalkan")


OPEN_TO_AUTHOR = (DepositStates.DRAFT, DepositStates.NEEDS_REVISION)
WITH_STAFF = (DepositStates.SUBMITTED, DepositStates.IN_REVIEW, DepositStates.APPROVED)


class Deposit(models.Model):
    """A work on its way into the repository, from its author's first draft to the title in the catalogue.

    ``version`` counts what the author saves, so that two tabs do not overwrite each other. The statements are the moments at which
    the author agreed to them.
    """

    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="deposits", verbose_name=_("penulis"))
    kind = models.CharField(_("jenis"), max_length=10, choices=DepositKinds)
    state = models.CharField(_("status"), max_length=15, choices=DepositStates, default=DepositStates.DRAFT)
    version = models.PositiveIntegerField(default=1)
    author = models.CharField(_("nama penulis"), max_length=200)
    author_number = models.CharField(_("NIM atau nomor lain"), max_length=60, blank=True)
    title = models.TextField(_("judul"), blank=True)
    title_english = models.TextField(_("judul dalam bahasa Inggris"), blank=True)
    abstract = models.TextField(_("abstrak"), blank=True)
    abstract_english = models.TextField(_("abstrak dalam bahasa Inggris"), blank=True)
    keywords = models.CharField(_("kata kunci"), max_length=500, blank=True)
    keywords_english = models.CharField(_("kata kunci dalam bahasa Inggris"), max_length=500, blank=True)
    language = models.CharField(_("bahasa naskah"), max_length=3, default="ind")
    year = models.PositiveSmallIntegerField(_("tahun"), null=True, blank=True)
    programme = models.ForeignKey(
        StudyProgramme, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("program studi")
    )
    examined_on = models.DateField(_("tanggal ujian"), null=True, blank=True)
    licence = models.CharField(_("lisensi"), max_length=40, blank=True)
    embargo_years = models.PositiveSmallIntegerField(_("embargo (tahun)"), default=0)
    embargo_reason = models.CharField(_("alasan embargo"), max_length=300, blank=True)
    similarity = models.DecimalField(_("kemiripan (%)"), max_digits=4, decimal_places=1, null=True, blank=True)
    original_at = models.DateTimeField(null=True)
    consented_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    due_on = models.DateField(_("diperiksa paling lambat"), null=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="deposits")
    batch = models.ForeignKey(DepositBatch, on_delete=models.SET_NULL, null=True, related_name="deposits")
    published_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("unggah mandiri")
        ordering: ClassVar = ["-changed_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=DepositKinds.values), name="kind_of_deposit_is_known"),
            models.CheckConstraint(condition=models.Q(state__in=DepositStates.values), name="state_of_deposit_is_known"),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_at__isnull=False),
                name="a_published_deposit_has_its_moment",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="deposits_in_the_queue")]

    def __str__(self) -> str:
        return self.title or str(_("Tanpa judul"))

    @property
    def is_open_to_author(self) -> bool:
        return self.state in OPEN_TO_AUTHOR


class DepositPerson(models.Model):
    """Somebody beside the author: who supervised or examined, with the number by which the nation's registers know them."""

    class Roles(models.TextChoices):
        SUPERVISOR = "supervisor", _("Pembimbing")
        EXAMINER = "examiner", _("Penguji")
        AUTHOR = "author", _("Penulis bersama")

    class Numbers(models.TextChoices):
        NUPTK = "nuptk", _("NUPTK")
        NIDN = "nidn", _("NIDN")
        NIDK = "nidk", _("NIDK")
        NIM = "nim", _("NIM")
        ORCID = "orcid", "ORCID"

    deposit = models.ForeignKey(Deposit, on_delete=models.CASCADE, related_name="people")
    role = models.CharField(_("peran"), max_length=10, choices=Roles)
    name = models.CharField(_("nama"), max_length=200)
    number_kind = models.CharField(_("jenis nomor"), max_length=5, choices=Numbers, blank=True)
    number = models.CharField(_("nomor"), max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="a_person_of_a_deposit_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(number="", number_kind="") | (~models.Q(number="") & ~models.Q(number_kind="")),
                name="a_number_says_of_which_kind_it_is",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DepositFile(models.Model):
    """A file that its author handed in, or that was cut out of one (``cut_from``). It becomes a ``File`` when the deposit is published.

    ``findings`` are codes of what was found when it was looked at, with their facts.
    """

    class Uses(models.TextChoices):
        """What it is for: to be published, or to be looked at by the library alone."""

        PUBLISHED = "published", _("Diterbitkan")
        SIMILARITY = "similarity", _("Sertifikat kemiripan")
        EVIDENCE = "evidence", _("Bukti untuk petugas")

    deposit = models.ForeignKey(Deposit, on_delete=models.CASCADE, related_name="files")
    use = models.CharField(max_length=10, choices=Uses, default=Uses.PUBLISHED)
    cut_from = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="pieces")
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(_("nama berkas"), max_length=200)
    part = models.CharField(_("bagian"), max_length=12, choices=Parts, default=Parts.WHOLE)
    label = models.CharField(_("keterangan"), max_length=200, blank=True)
    level = models.CharField(_("boleh dibaca"), max_length=8, choices=Levels, default=Levels.PUBLIC)
    sequence = models.PositiveSmallIntegerField(default=0)
    pages = models.PositiveIntegerField(null=True)
    first_page = models.PositiveIntegerField(null=True)
    last_page = models.PositiveIntegerField(null=True)
    findings = models.JSONField(default=list)
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["sequence", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deposit", "sha256", "use"], name="a_deposit_has_a_content_once"),
            models.CheckConstraint(condition=models.Q(part__in=Parts.values), name="part_in_a_deposit_is_known"),
        ]

    def __str__(self) -> str:
        return self.label or self.name


class DepositRemark(models.Model):
    """One turn of the talk between author and library: what was said, and the state it led to."""

    deposit = models.ForeignKey(Deposit, on_delete=models.CASCADE, related_name="remarks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_author = models.BooleanField(default=False)
    state = models.CharField(max_length=15, choices=DepositStates)
    text = models.TextField(blank=True)
    reasons = models.JSONField(default=list)
    ticked = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.text[:40]}"
