from collections.abc import Collection
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.accounts.models import Role
from lumbung.members.models.category import Category
from lumbung.members.models.member import Member
from lumbung.organization.models import StudyProgramme

MOST_SIGNERS = 4


class ClearancePurpose(models.Model):
    """What a clearance letter (surat bebas pustaka) is asked for: graduation, leave, transfer … and how its letter is written.

    ``letter_text`` has a paragraph to a line; ``number_pattern`` holds {nomor} and {tahun}. ``signers`` is a list of one to four
    mappings with ``name``, ``role`` and ``number`` (NIP, may be empty).
    """

    code = models.CharField(_("kode"), max_length=20, unique=True)
    name = models.CharField(_("keperluan"), max_length=80)
    explanation = models.TextField(_("penjelasan bagi pemohon"), blank=True)
    is_open = models.BooleanField(_("dapat diajukan"), default=True)
    ends_membership = models.BooleanField(_("keanggotaan berakhir ketika surat terbit"), default=True)
    becomes = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kategori sesudahnya")
    )
    letter_title = models.CharField(_("judul surat"), max_length=120)
    letter_text = models.TextField(_("isi surat"))
    number_pattern = models.CharField(_("pola nomor surat"), max_length=60, default="{nomor}/PERPUS/BP/{bulan}/{tahun}")
    place = models.CharField(_("tempat surat"), max_length=80, blank=True)
    signers = models.JSONField(_("penanda tangan"), default=list)

    class Meta:
        verbose_name = _("keperluan bebas pustaka")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(code=""), name="clearance_purpose_has_a_code"),
            models.CheckConstraint(condition=~models.Q(name=""), name="clearance_purpose_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ClearanceCondition(models.Model):
    """What must hold before a letter for this purpose is issued; for everybody, or for some categories, levels or programmes."""

    class Kinds(models.TextChoices):
        AUTOMATIC = "automatic", _("Diperiksa sistem")
        VERIFIER = "verifier", _("Diperiksa petugas")
        UPLOAD = "upload", _("Berkas dari pemohon")

    purpose = models.ForeignKey(ClearancePurpose, on_delete=models.CASCADE, related_name="conditions")
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    kind = models.CharField(_("cara memeriksa"), max_length=10, choices=Kinds)
    check_code = models.CharField(_("pemeriksaan"), max_length=60, blank=True)
    name = models.CharField(_("syarat"), max_length=120)
    way = models.TextField(_("cara memenuhinya"), blank=True)
    categories = models.ManyToManyField(Category, blank=True, related_name="+", verbose_name=_("hanya bagi kategori"))
    levels = models.JSONField(_("hanya bagi jenjang"), default=list, blank=True)
    programmes = models.ManyToManyField(
        StudyProgramme, blank=True, related_name="+", verbose_name=_("hanya bagi program studi")
    )
    verifier_role = models.CharField(_("peran pemeriksa"), max_length=20, choices=Role, blank=True)
    verifiers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("atau orang tertentu")
    )

    class Meta:
        verbose_name = _("syarat bebas pustaka")
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="condition_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(kind="automatic") ^ models.Q(check_code=""), name="automatic_conditions_have_a_check"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def binds(self, member: Member, lineage: Collection[int]) -> bool:
        """Whether it is asked of the member, whose category and those above it are ``lineage``.

        One whose programme is not known is bound by what holds for any programme or level: nobody passes by leaving it out.
        """
        categories = {each.pk for each in self.categories.all()}
        programmes = {each.pk for each in self.programmes.all()}
        if categories and categories.isdisjoint(lineage):
            return False
        if member.programme is None:
            return True
        if self.levels and member.programme.level not in self.levels:
            return False
        return not programmes or member.programme_id in programmes

    def may_be_verified_by(self, user: Any) -> bool:
        return self.verifier_role in user.roles or any(each.pk == user.pk for each in self.verifiers.all())


class ClearancePeriod(models.Model):
    """A ceremony or term for which letters are listed together: Wisuda ke-52, Yudisium Ganjil 2026."""

    name = models.CharField(_("nama periode"), max_length=80, unique=True)
    purpose = models.ForeignKey(ClearancePurpose, on_delete=models.PROTECT, related_name="periods", verbose_name=_("keperluan"))
    first_day = models.DateField(_("pengajuan dibuka"))
    last_day = models.DateField(_("pengajuan ditutup"))

    class Meta:
        verbose_name = _("periode")
        ordering: ClassVar = ["-last_day", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="period_has_a_name"),
            models.CheckConstraint(condition=models.Q(last_day__gte=models.F("first_day")), name="period_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.name


class ClearanceApplication(models.Model):
    """A member asks for a letter. ``met`` of ``asked`` conditions held when it was last looked at (``looked_at``)."""

    class States(models.TextChoices):
        OPEN = "open", _("Berjalan")
        ISSUED = "issued", _("Surat terbit")
        WITHDRAWN = "withdrawn", _("Ditarik pemohon")

    purpose = models.ForeignKey(ClearancePurpose, on_delete=models.PROTECT, related_name="applications")
    period = models.ForeignKey(ClearancePeriod, on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="clearances")
    state = models.CharField(_("status"), max_length=10, choices=States, default=States.OPEN)
    applied_at = models.DateTimeField(_("diajukan"))
    closed_at = models.DateTimeField(null=True)
    met = models.PositiveSmallIntegerField(default=0)
    asked = models.PositiveSmallIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("pengajuan bebas pustaka")
        ordering: ClassVar = ["applied_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member", "purpose"],
                condition=models.Q(state="open"),
                name="one_open_clearance_of_a_member_for_a_purpose",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open") ^ models.Q(closed_at__isnull=False), name="a_closed_clearance_says_since_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.member}"


class ClearanceAnswer(models.Model):
    """What was said to one condition of one application: by the member with a file, by a verifier with a verdict."""

    class States(models.TextChoices):
        WAITING = "waiting", _("Menunggu pemeriksaan")
        ACCEPTED = "accepted", pgettext_lazy("members", "Diterima")
        REFUSED = "refused", _("Ditolak")

    application = models.ForeignKey(ClearanceApplication, on_delete=models.CASCADE, related_name="answers")
    condition = models.ForeignKey(ClearanceCondition, on_delete=models.PROTECT, related_name="answers")
    state = models.CharField(_("status"), max_length=10, choices=States, default=States.WAITING)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    stored_file = models.CharField(max_length=120, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    file_kind = models.CharField(max_length=10, blank=True)
    file_size = models.PositiveIntegerField(default=0)
    file_hash = models.CharField(max_length=64, blank=True)
    uploaded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("jawaban syarat bebas pustaka")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "condition"], name="one_answer_to_each_condition"),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(reason=""), name="a_refused_answer_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition_id}: {self.get_state_display()}"
