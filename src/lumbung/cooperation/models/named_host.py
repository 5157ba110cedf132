from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LONGEST_NUMBER = 120


class NamedHost(models.Model):
    """A number by which a part that is shared names its book or journal (773 $w), and the record that the public finds by it, if any.

    ``part`` and ``host`` are keys of records, kept whatever becomes of those until the part is shared anew.
    """

    part = models.BigIntegerField()
    number = models.CharField(max_length=LONGEST_NUMBER)
    host = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("induk yang disebut")
        indexes: ClassVar = [
            models.Index(fields=["number"], name="named_host_by_number"),
            models.Index(fields=["host"], condition=Q(host__isnull=False), name="named_host_by_record"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["part", "number"], name="a_part_names_a_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.number}"
