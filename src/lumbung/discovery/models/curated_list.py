from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.discovery.models.browse import of_a_title
from lumbung.discovery.models.purpose import Purposes


class CuratedListQuerySet(models.QuerySet["CuratedList"]):
    def kept(self) -> "CuratedListQuerySet":
        return self.filter(removed_at__isnull=True)

    def shown_on(self, day: date) -> "CuratedListQuerySet":
        """Those the public sees that day."""
        begun = Q(from_day__isnull=True) | Q(from_day__lte=day)
        lasting = Q(until_day__isnull=True) | Q(until_day__gte=day)
        return self.kept().filter(begun, lasting, published=True)


class CuratedList(models.Model):
    """Titles a librarian chose and put in order, with an introduction. The first titles are its cover.

    A removed list is kept for a while, so that it can be brought back.
    """

    title = models.CharField(_("judul"), max_length=160)
    intro = models.TextField(_("pengantar"), blank=True)
    purpose = models.CharField(_("untuk keperluan"), max_length=20, blank=True, choices=Purposes)
    published = models.BooleanField(_("terbit"), default=False)
    from_day = models.DateField(_("tampil sejak"), null=True, blank=True)
    until_day = models.DateField(_("tampil sampai"), null=True, blank=True)
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = CuratedListQuerySet.as_manager()

    class Meta:
        verbose_name = _("pilihan pustakawan")
        ordering: ClassVar = ["-changed_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="a_curated_list_has_a_title"),
            models.CheckConstraint(
                condition=Q(from_day__isnull=True) | Q(until_day__isnull=True) | Q(until_day__gte=models.F("from_day")),
                name="a_curated_list_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_shown_on(self, day: date) -> bool:
        begun = self.from_day is None or self.from_day <= day
        return self.published and begun and (self.until_day is None or day <= self.until_day)


class CuratedTitle(models.Model):
    """A title in a curated list, with what the librarian says of it."""

    curated_list = models.ForeignKey(CuratedList, on_delete=models.CASCADE, related_name="titles")
    record = of_a_title()
    note = models.CharField(_("catatan"), max_length=400, blank=True)
    place = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["place", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["curated_list", "record"], name="a_title_stands_once_in_a_curated_list"),
        ]

    def __str__(self) -> str:
        return f"{self.curated_list_id}: {self.record_id}"
