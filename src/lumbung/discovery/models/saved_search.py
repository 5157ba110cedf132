from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedSearch(models.Model):
    """A search somebody keeps, as the query of its address, and how often they hear of new titles.

    ``told_until``: titles added up to then were looked at for the last digest. ``source``: an interest is a search for one subject or
    class, chosen by its owner or, with their consent, found likely from their loans or searches and then taken by them.
    """

    class Frequencies(models.TextChoices):
        NEVER = "never", _("Tanpa kabar")
        DAILY = "daily", _("Setiap hari")
        WEEKLY = "weekly", _("Setiap minggu")

    class Sources(models.TextChoices):
        ASKED = "asked", _("Pencarian")
        CHOSEN = "chosen", _("Dipilih sendiri")
        LOANS = "loans", _("Dari pinjaman")
        SEARCHES = "searches", _("Dari pencarian")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    source = models.CharField(max_length=10, choices=Sources, default=Sources.ASKED)
    name = models.CharField(_("nama"), max_length=120)
    address = models.CharField(_("pencarian"), max_length=2000)
    frequency = models.CharField(_("kabar lewat surel"), max_length=10, choices=Frequencies, default=Frequencies.NEVER)
    is_paused = models.BooleanField(_("dijeda"), default=False)
    told_until = models.DateTimeField()
    last_digest_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(_("disimpan"))
    removed_at = models.DateTimeField(_("dihapus"), null=True)

    class Meta:
        verbose_name = _("pencarian tersimpan")
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="a_saved_search_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(frequency__in=["never", "daily", "weekly"]), name="frequency_of_alerts_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(source__in=["asked", "chosen", "loans", "searches"]), name="where_a_search_is_from_is_known"
            ),
            models.UniqueConstraint(
                fields=["owner", "address"], condition=models.Q(removed_at=None), name="a_search_is_saved_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ToldTitle(models.Model):
    """A digest told of this title for this search; kept while the next digests could look at the title again."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="told")
    record_key = models.BigIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["search", "record_key"], name="a_title_is_told_once_of_a_search"),
        ]

    def __str__(self) -> str:
        return f"{self.search_id}: {self.record_key}"
