from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.digital.models.file import File


class Position(models.Model):
    """Where somebody was in a file, on one of their devices, as a Readium Locator. ``at`` is the moment by that device's clock."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="positions")
    device = models.CharField(max_length=40)
    locator = models.JSONField()
    total = models.FloatField(default=0.0)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("posisi baca")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reader", "file", "device"], name="a_device_has_one_position_in_a_file"),
            models.CheckConstraint(condition=models.Q(total__gte=0, total__lte=1), name="a_position_is_within_the_file"),
        ]
        indexes: ClassVar = [models.Index(fields=["reader", "-at"], name="latest_positions")]

    def __str__(self) -> str:
        return f"{self.reader_id} in {self.file_id}: {self.total:.2f}"

    @property
    def percent(self) -> int:
        return round(self.total * 100)


class Mark(models.Model):
    """A bookmark, a highlight or a note in a file. ``key`` was given by the device that made it; ``version`` counts its changes.

    When two devices changed the same mark without knowing of each other, the later one by their clocks stands and the other is kept as a
    mark of its own, ``beside`` it. One that was removed stays as ``removed_at``, so that other devices learn of it.
    """

    class Kinds(models.TextChoices):
        BOOKMARK = "bookmark", _("Penanda")
        HIGHLIGHT = "highlight", _("Sorotan")
        NOTE = "note", _("Catatan")

    class Colours(models.TextChoices):
        GRAIN = "grain", _("Kuning")
        LEAF = "leaf", _("Hijau")
        CLAY = "clay", _("Merah bata")

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="marks")
    key = models.CharField(max_length=40)
    kind = models.CharField(max_length=9, choices=Kinds)
    locator = models.JSONField()
    note = models.TextField(blank=True)
    colour = models.CharField(max_length=5, choices=Colours, default=Colours.GRAIN)
    version = models.PositiveIntegerField(default=1)
    beside = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("tanda baca")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reader", "file", "key"], name="a_mark_is_known_by_its_key"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["bookmark", "highlight", "note"]), name="kind_of_a_mark_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.reader_id} in {self.file_id}"


class FileUse(models.Model):
    """A file was opened in the reader, its bytes were asked for, it was denied, or its own page was looked at; or somebody searched,
    without a file. Counted for COUNTER; nobody is named: ``visitor`` is a digest that changes every day, and so is the ``reason`` of a
    search, which tells searches apart and not what was searched."""

    class Kinds(models.TextChoices):
        OPENED = "FileOpened", pgettext_lazy("digital", "Dibuka")
        REQUESTED = "FileRequested", _("Diunduh")
        DENIED = "AccessDenied", _("Ditolak")
        VIEWED = "FileViewed", _("Dilihat")
        SEARCHED = "Searched", pgettext_lazy("many", "Pencarian")

    file = models.ForeignKey(File, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=13, choices=Kinds)
    at = models.DateTimeField()
    visitor = models.CharField(max_length=32)
    reason = models.CharField(max_length=40, blank=True)
    is_robot = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("pemakaian berkas")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["FileOpened", "FileRequested", "AccessDenied", "FileViewed", "Searched"]),
                name="kind_of_use_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="Searched", file__isnull=True)
                | (~models.Q(kind="Searched") & models.Q(file__isnull=False)),
                name="what_is_used_is_a_file",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["at"], name="uses_in_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_id or ''}".strip()
