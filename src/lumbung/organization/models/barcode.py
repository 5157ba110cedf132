from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Barcode(models.Model):
    """Every barcode in use, so that one barcode never names two things: the desk has one scan box.

    ``value`` is the barcode in upper case; an item or a member holds its barcode as printed, and claims it here in the same
    transaction.
    """

    class Names(models.TextChoices):
        ITEM = "item", _("eksemplar")
        MEMBER = "member", _("anggota")

    value = models.CharField(max_length=60, primary_key=True)
    names = models.CharField(max_length=10, choices=Names)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(value=""), name="barcode_is_not_empty"),
            models.CheckConstraint(condition=models.Q(names__in=["item", "member"]), name="barcode_names_an_item_or_member"),
        ]

    FORMS = ("printed", "upper", "lower")
    """How a barcode may stand where it is looked up; ``forms`` says each of one that was scanned or typed."""

    def __str__(self) -> str:
        return self.value

    @staticmethod
    def forms(code: str) -> dict[str, str]:
        printed = code.strip()
        return dict(zip(Barcode.FORMS, (printed, printed.upper(), printed.lower()), strict=True))
