from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Record
from lumbung.digital.models.file import Levels
from lumbung.organization.models import StudyProgramme


class DepositRule(models.Model):
    """What a library asks of deposits: of those of one programme, or (without one) of all the others."""

    programme = models.OneToOneField(
        StudyProgramme, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("program studi")
    )
    similarity_limit = models.PositiveSmallIntegerField(_("batas kemiripan (%)"), null=True, blank=True, default=30)
    supervisors = models.PositiveSmallIntegerField(_("paling sedikit pembimbing"), default=1)
    asks_approval = models.BooleanField(_("meminta lembar pengesahan"), default=True)
    review_days = models.PositiveSmallIntegerField(_("hari kerja untuk pemeriksaan"), default=3)
    largest_mb = models.PositiveIntegerField(_("kuota berkas satu karya (MB)"), default=500)
    name_pattern = models.CharField(_("pola nama berkas"), max_length=120, default="{nim}_{bagian}")
    closed_level = models.CharField(_("bab dan lampiran"), max_length=8, choices=Levels, default=Levels.MEMBERS)
    opens_first_chapter = models.BooleanField(_("bab pertama terbuka"), default=True)

    class Meta:
        verbose_name = _("aturan unggah mandiri")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(similarity_limit__isnull=True) | models.Q(similarity_limit__lte=100),
                name="a_limit_of_similarity_is_a_percentage",
            ),
        ]

    def __str__(self) -> str:
        return str(self.programme or _("Semua program studi"))


class RubricLine(models.Model):
    """One thing a reviewer looks at, in the words of the library."""

    text = models.CharField(_("butir"), max_length=200, unique=True)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    is_active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(text=""), name="a_line_of_the_rubric_says_something")
        ]

    def __str__(self) -> str:
        return self.text


class ReturnReason(models.Model):
    """A reason for sending a deposit back that is used again and again, worded once."""

    text = models.CharField(_("alasan"), max_length=300, unique=True)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    is_active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(text=""), name="a_reason_to_return_says_something")]

    def __str__(self) -> str:
        return self.text


class PermanentIdentifier(models.Model):
    """An address that leads to a work for ever, also after its title went into another. ``record`` is empty once the title was removed.

    A ``code`` with a slash is the one that another repository gave the work before it came here: a handle, or the number of an eprint.
    """

    code = models.CharField(max_length=80, unique=True)
    record = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="permanent_identifiers")
    title = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(code=""), name="a_permanent_identifier_has_a_code")]

    def __str__(self) -> str:
        return self.code
