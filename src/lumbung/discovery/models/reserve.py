from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Item, ItemType
from lumbung.discovery.models.course import CourseItem
from lumbung.organization.models import Location


class Reserve(models.Model):
    """A lecturer asks that copies of a reading be set apart for the course until a day; the library agrees or does not.

    ``reading`` is null when it went with its course, or with the account of its lecturer: the copies still have to be given back.
    """

    class States(models.TextChoices):
        ASKED = "asked", _("Menunggu pustakawan")
        GRANTED = "granted", _("Ditandon")
        DECLINED = "declined", _("Tidak dapat dipenuhi")
        ENDED = "ended", _("Selesai")

    reading = models.ForeignKey(CourseItem, on_delete=models.SET_NULL, null=True, related_name="reserves")
    copies = models.PositiveSmallIntegerField(_("jumlah eksemplar"), default=1)
    until = models.DateField(_("sampai tanggal"))
    state = models.CharField(_("status"), max_length=10, choices=States, default=States.ASKED)
    answer = models.CharField(_("jawaban"), max_length=200, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("permintaan tandon")
        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(copies__gte=1), name="a_reserve_is_of_some_copies"),
            models.UniqueConstraint(
                fields=["reading"],
                condition=models.Q(state__in=["asked", "granted"]),
                name="a_reading_has_one_open_reserve",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reading_id}: {self.state}"


class ReservedCopy(models.Model):
    """A copy set apart, and what it was before, so that it can be given back as it was."""

    reserve = models.ForeignKey(Reserve, on_delete=models.CASCADE, related_name="set_apart")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    item_type = models.ForeignKey(ItemType, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, related_name="+")
    was_item_type = models.ForeignKey(ItemType, on_delete=models.PROTECT, related_name="+")
    was_location = models.ForeignKey(Location, on_delete=models.SET_NULL, null=True, related_name="+")
    given_back_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("eksemplar tandon")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(given_back_at=None), name="a_copy_is_set_apart_for_one_course"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}"
