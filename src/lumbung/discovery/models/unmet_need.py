from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST = 120


class UnmetNeed(models.Model):
    """What was looked for on a day and not found, and how often; never by whom.

    ``key`` is the same however the words were written: folded, in the order of the alphabet. A need set aside is not shown until it
    is asked for again.
    """

    key = models.CharField(max_length=LONGEST)
    words = models.CharField(_("pencarian"), max_length=LONGEST)
    day = models.DateField(_("hari"))
    count = models.PositiveIntegerField(_("berapa kali"), default=1)
    last_at = models.DateTimeField(_("terakhir"))
    dismissed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("pencarian tanpa hasil")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "key"], name="a_day_counts_a_need_once"),
            models.CheckConstraint(condition=~models.Q(key=""), name="a_need_has_words"),
        ]

    def __str__(self) -> str:
        return self.words
