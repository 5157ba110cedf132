from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.kernel.models.made_file import MadeFile, state_is_known


class Departure(MadeFile):
    """A package of the whole library, made in the background: how far it is, and where it lies until it is forgotten.

    ``done`` and ``total`` count rows; ``stored_file`` is a ZIP. It stays in this house: a package holds no departure.
    """

    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    files = models.PositiveIntegerField(_("berkas"), default=0)

    class Meta:
        verbose_name = _("paket perpustakaan")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [state_is_known("state_of_departure_is_known")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
