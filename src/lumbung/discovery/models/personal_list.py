from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Record
from lumbung.kernel.shortening import shortened


class PersonalList(models.Model):
    """Titles somebody keeps together. Nobody else sees it, but for who has the link the owner may share.

    ``removed_at``: taken away by its owner, and for some days not yet for good.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lists")
    name = models.CharField(_("nama daftar"), max_length=120)
    note = models.TextField(_("catatan"), blank=True)
    share_key = models.CharField(max_length=43, unique=True, null=True)
    created_at = models.DateTimeField(_("dibuat"))
    changed_at = models.DateTimeField(_("diubah"))
    removed_at = models.DateTimeField(_("dihapus"), null=True)

    class Meta:
        verbose_name = _("daftar pribadi")
        ordering: ClassVar = ["-changed_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="a_list_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(removed_at=None) | models.Q(share_key=None), name="a_removed_list_is_not_shared"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ListedTitle(models.Model):
    """A title on a list, with what its owner notes of it. When the catalogue loses the title, its name stays."""

    list = models.ForeignKey(PersonalList, on_delete=models.CASCADE, related_name="titles")
    record = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    title = models.TextField(_("judul"))
    note = models.TextField(_("catatan"), blank=True)
    position = models.PositiveIntegerField(_("urutan"))
    added_at = models.DateTimeField(_("ditambahkan"))

    class Meta:
        verbose_name = _("judul dalam daftar")
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list", "record"], name="a_title_is_on_a_list_once"),
        ]

    def __str__(self) -> str:
        return self.title_told

    @property
    def title_told(self) -> str:
        """The title in one line, as ``Record`` has it."""
        return shortened(self.title)
