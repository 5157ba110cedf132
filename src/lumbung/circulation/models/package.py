from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.circulation.models.terms import Terms, in_days_or_hours


class TermPackage(Terms):
    """Terms under a name of their own, written once and named by as many rules as lend alike; what it leaves open is left to rules."""

    name = models.CharField(_("nama paket"), max_length=80)

    class Meta:
        verbose_name = _("paket ketentuan")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], name="one_package_of_a_name"),
            models.CheckConstraint(condition=~models.Q(name=""), name="a_package_has_a_name"),
            in_days_or_hours("a_package_counts_in_days_or_in_hours"),
        ]

    def __str__(self) -> str:
        return self.name
