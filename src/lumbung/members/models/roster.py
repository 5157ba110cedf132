from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.members.models.category import Category
from lumbung.members.models.member import Member
from lumbung.organization.models import Branch


class Roster(models.Model):
    """A list of members from the academic system, tried first and then brought in.

    ``columns`` says in which column of the file each field stands (null for none); the next file with the same ``headings`` is read
    in the same way.
    """

    class States(models.TextChoices):
        MAPPING = "mapping", _("Kolom sedang dicocokkan")
        TRYING = "trying", _("Sedang dicoba")
        TRIED = "tried", _("Selesai dicoba")
        RUNNING = "running", _("Sedang disimpan")
        FINISHED = "finished", _("Tersimpan")
        UNDONE = "undone", _("Dibatalkan")

    name = models.CharField(_("berkas"), max_length=200)
    stored_file = models.CharField(max_length=120)
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", verbose_name=_("kategori"))
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("cabang asal"))
    state = models.CharField(_("status"), max_length=10, choices=States, default=States.MAPPING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    twice = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("dibuat"))
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("daftar anggota dari SIAKAD")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(done__lte=models.F("total")), name="no_more_rows_are_done_than_there_are"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RosterRow(models.Model):
    """What became, or would become, of a row of a list; ``before`` is what a changed member was, for taking it back."""

    class Outcomes(models.TextChoices):
        NEW = "new", _("Baru")
        CHANGED = "changed", _("Berubah")
        TWICE = "twice", _("Ganda")
        WRONG = "wrong", _("Keliru")

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField(_("baris"))
    outcome = models.CharField(_("akibat"), max_length=10, choices=Outcomes)
    number = models.CharField(_("NIM"), max_length=60, blank=True)
    name = models.CharField(_("nama"), max_length=200, blank=True)
    told = models.JSONField(default=list)
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    before = models.JSONField(null=True)

    class Meta:
        ordering: ClassVar = ["row"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["roster", "row"], name="one_outcome_of_each_row_of_a_roster"),
        ]

    def __str__(self) -> str:
        return f"{self.row}: {self.outcome}"

    @property
    def remarks(self) -> list[str]:
        """``told`` for people: of what changed the names of the fields, else the faults as they are."""
        if self.outcome != self.Outcomes.CHANGED:
            return list(self.told)
        return [str(getattr(Member._meta.get_field(name), "verbose_name", name)) for name in self.told]
