from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.moving.column_words import contents
from lumbung.moving.refusals import finding


class Move(models.Model):
    """One moving in from one file of another system: rehearsed, then carried out, proved, and undone if it must be.

    ``path`` is the file on the server. ``counts`` has for each entity what became of its rows (read, added, changed, same, kept, ours,
    rejected), those of the rehearsal under "rehearsal" and of the move itself under "move"; under "source" what the other system counts
    itself. ``proof`` is the reconciliation. ``stage`` is the entity at work and ``place`` the last of its rows that is committed: a killed
    move goes on behind it; a rehearsal that did not come to its end (``rehearsed``) begins anew.
    """

    class States(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        READING = "reading", _("Membaca berkas")
        REHEARSING = "rehearsing", _("Uji coba berjalan")
        REHEARSED = "rehearsed", _("Menunggu persetujuan")
        MOVING = "moving", _("Memindahkan")
        MOVED = "moved", _("Selesai pindah")
        INTERRUPTED = "interrupted", _("Terputus")
        UNDOING = "undoing", _("Sedang dibatalkan")
        UNDONE = "undone", pgettext_lazy("move", "Dibatalkan")

    source = models.CharField(_("sistem asal"), max_length=20)
    file_name = models.CharField(_("berkas"), max_length=255)
    path = models.TextField()
    file_size = models.BigIntegerField(_("ukuran"))
    options = models.JSONField(default=dict)
    state = models.CharField(_("status"), max_length=12, choices=States, default=States.WAITING)
    rehearsed = models.BooleanField(default=False)
    approved = models.BooleanField(default=False)
    stopped_because = models.TextField(_("terhenti karena"), blank=True)
    stage = models.CharField(max_length=20, blank=True)
    place = models.BigIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    phase_began_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    proof = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("mulai"))
    finished_at = models.DateTimeField(_("selesai"), null=True)

    class Meta:
        verbose_name = _("perpindahan")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[
                        "waiting", "reading", "rehearsing", "rehearsed", "moving", "moved", "interrupted", "undoing", "undone",
                    ]
                ),
                name="state_of_move_is_known",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_under_way(self) -> bool:
        return self.state in {"waiting", "reading", "rehearsing", "moving", "undoing"}

    def time_left(self, now: datetime) -> timedelta | None:
        """How long the phase at work will still take, as it went so far; None while that cannot be told."""
        if not (self.phase_began_at and self.done and self.total):
            return None
        return (now - self.phase_began_at) * (max(0, self.total - self.done) / self.done)


class Finding(models.Model):
    """Something to know about one row of the other system: rejected, or taken in with a warning. ``row`` is the row as it came."""

    move = models.ForeignKey(Move, on_delete=models.CASCADE, related_name="findings")
    rehearsal = models.BooleanField()
    entity = models.CharField(max_length=20)
    source_id = models.CharField(max_length=120)
    refused = models.BooleanField()
    code = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    row = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("temuan perpindahan")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["move", "rehearsal", "refused", "entity"], name="findings_of_move")]

    def __str__(self) -> str:
        return f"{self.entity} {self.source_id}: {self.code}"

    @property
    def reason(self) -> str:
        """Why, as a sentence in the language of whoever reads it."""
        what = {"what": contents(self.facts.get("table", ""), self.facts["column"])} if "column" in self.facts else {}
        return str(finding(self.code)(**self.facts, **what))


class KeptTable(models.Model):
    """A table of the other system that has no room here yet, kept whole: ``stored_file`` is JSON Lines, gzip."""

    move = models.ForeignKey(Move, on_delete=models.CASCADE, related_name="kept_tables")
    name = models.CharField(_("tabel"), max_length=120)
    rows = models.PositiveIntegerField(_("baris"))
    stored_file = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    because = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("tabel yang disimpan")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["move", "name"], name="a_table_is_kept_once_by_a_move")]

    def __str__(self) -> str:
        return self.name
