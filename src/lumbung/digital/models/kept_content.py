from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.digital.models.kept_format import KeptFormat


class Conditions(models.TextChoices):
    """How a content was when it was last looked at."""

    NEW = "new", _("Belum diperiksa")
    SOUND = "sound", _("Utuh")
    DAMAGED = "damaged", _("Rusak")
    MISSING = "missing", pgettext_lazy("digital", "Hilang")


IN_TROUBLE = (Conditions.DAMAGED, Conditions.MISSING)


class KeptContents(models.QuerySet["KeptContent"]):
    def to_identify(self) -> Self:
        """Those whose format is to be told, now or anew. What is in trouble waits until there is a good copy."""
        return self.filter(identify_due=True).exclude(condition__in=IN_TROUBLE)


class KeptContent(models.Model):
    """A content that is to be there still in thirty years: what it is, when it was last read whole, and how it was then.

    ``copied_to`` names the second place that has it. ``check_after`` is when it is to be read again; ``said`` is what stood against that
    the last time, in the operator's language.

    ``format`` is what it was identified as (None: nobody knows it), with which tool and signatures, and by what; ``identify_due`` asks
    for that, or asks again.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("ukuran"))
    media_type = models.CharField(_("jenis berkas"), max_length=100)
    kept_at = models.DateTimeField()
    condition = models.CharField(_("keadaan"), max_length=8, choices=Conditions, default=Conditions.NEW)
    checked_at = models.DateTimeField(null=True)
    check_after = models.DateTimeField(db_index=True)
    copied_to = models.CharField(max_length=300, blank=True)
    said = models.CharField(max_length=300, blank=True)
    format = models.ForeignKey(KeptFormat, models.PROTECT, null=True, related_name="contents")
    identified_at = models.DateTimeField(null=True)
    identified_with = models.CharField(max_length=200, blank=True)
    identified_by = models.CharField(max_length=300, blank=True)
    identify_due = models.BooleanField(default=True)

    mended: tuple[str, ...] = ()
    """The places in which the last look put it right again; said to whoever looked, and kept in the journal alone."""

    objects = KeptContents.as_manager()

    class Meta:
        verbose_name = _("isi yang dilestarikan")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(condition__in=Conditions.values), name="condition_of_a_content_is_known"),
            models.CheckConstraint(
                condition=models.Q(condition="new") | models.Q(checked_at__isnull=False),
                name="a_condition_was_seen_at_a_moment",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["condition"], name="content_by_condition"),
            models.Index(fields=["id"], condition=models.Q(identify_due=True), name="content_to_identify"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def is_in_trouble(self) -> bool:
        return self.condition in IN_TROUBLE
