from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models.record import Record


class Defect(models.TextChoices):
    """What a record may lack, or have wrong."""

    NO_CLASS = "no_class", _("Tanpa klasifikasi")
    NO_SUBJECT = "no_subject", _("Tanpa subjek")
    NO_CREATOR = "no_creator", _("Tanpa pengarang")
    NO_YEAR = "no_year", _("Tanpa tahun terbit")
    NO_LANGUAGE = "no_language", _("Tanpa bahasa")
    NO_FIXED = "no_fixed", _("Tanpa ruas 008")
    BAD_FIXED = "bad_fixed", _("Kode label atau ruas tetap tidak sah")
    NO_CARRIER = "no_carrier", _("Tanpa jenis isi, media, dan wadah (336–338)")
    BAD_ISBN = "bad_isbn", _("ISBN salah angka periksa")
    BAD_ISSN = "bad_issn", _("ISSN salah angka periksa")
    SHOUTED = "shouted", _("Judul huruf besar semua")
    UNLINKED = "unlinked", _("Tajuk belum terhubung")
    NO_ITEMS = "no_items", _("Tanpa eksemplar dan tanpa alamat")
    MALFORMED = "malformed", _("Kesalahan MARC lain")


class RecordDefect(models.Model):
    """A record has this defect, as the last survey found."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="defects")
    defect = models.CharField(max_length=12, choices=Defect)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["defect", "record"], name="a_defect_is_told_once"),
            models.CheckConstraint(condition=models.Q(defect__in=Defect.values), name="defect_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.defect}"


class QualitySurvey(models.Model):
    """One look through the whole catalogue: how many records were seen, and how many have each defect.

    ``reached`` is the key up to which a survey under way has come.
    """

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    is_under_way = models.BooleanField(default=True)
    expected = models.PositiveIntegerField(default=0)
    reached = models.BigIntegerField(default=0)
    records = models.PositiveIntegerField(default=0)
    sound = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_under_way"], condition=models.Q(is_under_way=True), name="one_survey_goes_on_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"
