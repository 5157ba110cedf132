from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.members.models import Member


class Pin(models.Model):
    """The few digits with which a member confirms a card at a machine. ``hashed`` is slow to check, and cannot be read back.

    ``wrong`` counts the tries since the last right one; after too many the PIN rests until ``locked_until``.
    """

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="+")
    hashed = models.CharField(max_length=128)
    set_at = models.DateTimeField(_("dibuat"))
    wrong = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("PIN")
        ordering: ClassVar = ["member"]

    def __str__(self) -> str:
        return str(self.member_id)
