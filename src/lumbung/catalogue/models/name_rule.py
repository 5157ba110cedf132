from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class NameRule(models.Model):
    """Under which part of a person's name this library enters it: one row at most; without it names stay as they came.

    ``families`` are the family names (marga) under which a name goes even where the first part is the rule, one a line.
    """

    class Orders(models.TextChoices):
        GIVEN = "given", _("Seperti yang tertulis di sumbernya")
        FIRST = "first", _("Bagian pertama, kecuali bermarga (Perpusnas 20/2005)")
        LAST = "last", _("Bagian terakhir (cara lama)")

    order = models.CharField(_("kata utama nama orang"), max_length=10, choices=Orders, default=Orders.GIVEN)
    families = models.TextField(_("nama keluarga dan marga"), blank=True, max_length=20_000)

    class Meta:
        verbose_name = _("aturan nama orang")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_name_rule"),
            models.CheckConstraint(condition=models.Q(order__in=["given", "first", "last"]), name="name_order_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.get_order_display())
