from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.members.models import Member

LONGEST_NEEDS = 300


class ReaderNeeds(models.Model):
    """What a member says they need, in a line of their own, and the likely interests (addresses of searches) they do not want."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="+")
    text = models.CharField(_("yang dibutuhkan"), max_length=LONGEST_NEEDS, blank=True)
    declined = models.JSONField(default=list)

    class Meta:
        verbose_name = _("kebutuhan pembaca")
        ordering: ClassVar = ["text", "member"]

    def __str__(self) -> str:
        return self.text
