from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Record

FACTS = ("title", "creator", "publisher", "year", "isbn")
MOST_COPIES = 99


class Wanted(models.Model):
    """What title is meant: a record of the catalogue where there is one, and always the facts as they were told.

    ``isbn`` is empty or a valid one of thirteen digits.
    """

    record = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("cantuman"))
    title = models.CharField(_("judul"), max_length=300)
    creator = models.CharField(_("pengarang"), max_length=200, blank=True)
    publisher = models.CharField(_("penerbit"), max_length=200, blank=True)
    year = models.CharField(_("tahun terbit"), max_length=10, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=13, blank=True)
    copies = models.PositiveSmallIntegerField(_("jumlah eksemplar"), default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def facts(self) -> dict[str, Any]:
        """Title, creator, publisher, year and ISBN, by name."""
        return {name: getattr(self, name) for name in FACTS}
