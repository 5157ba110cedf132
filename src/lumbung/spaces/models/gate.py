import secrets
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.organization.models import Branch

LONGEST_REPEAT = LONGEST_STAY = 24 * 60


def new_address() -> str:
    """A secret that nobody guesses: 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


class VisitPurpose(models.Model):
    """What people come for (tujuan kunjungan), as the library wants to count it."""

    name = models.CharField(_("nama"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    is_active = models.BooleanField(_("ditawarkan"), default=True)

    class Meta:
        verbose_name = _("tujuan kunjungan")
        ordering: ClassVar = ["position", "name"]
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(name=""), name="purpose_has_a_name")]

    def __str__(self) -> str:
        return self.name


class Gate(models.Model):
    """A door at which people are counted: of a branch, or of a room in it.

    ``address`` opens the screen of this gate to whoever knows it, without a sign-in, so that no account stands open beside the door.
    The same person within ``repeat_minutes`` counts once. Behind a gate with a ``capacity`` there are never more people than that, as far
    as arrivals tell: whoever came counts as inside for ``stay_minutes``.
    """

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="gates", verbose_name=_("cabang"))
    name = models.CharField(_("nama"), max_length=80)
    address = models.CharField(max_length=64, unique=True, default=new_address, editable=False)
    repeat_minutes = models.PositiveSmallIntegerField(_("jeda kunjungan ulang (menit)"), default=30)
    capacity = models.PositiveSmallIntegerField(_("paling banyak orang di dalam"), null=True, blank=True)
    stay_minutes = models.PositiveSmallIntegerField(_("dihitung di dalam selama (menit)"), default=120)
    asks_purpose = models.BooleanField(_("menanyakan tujuan kunjungan"), default=False)
    greets_by_name = models.BooleanField(_("menyapa dengan nama depan"), default=True)
    is_active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        verbose_name = _("pintu")
        ordering: ClassVar = ["branch__name", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["branch", "name"], name="gate_name_is_unique_in_its_branch"),
            models.CheckConstraint(condition=~models.Q(name=""), name="gate_has_a_name"),
            models.CheckConstraint(condition=models.Q(repeat_minutes__lte=LONGEST_REPEAT), name="a_repeat_is_within_a_day"),
            models.CheckConstraint(condition=~models.Q(capacity=0), name="a_room_has_place_for_somebody"),
            models.CheckConstraint(
                condition=models.Q(stay_minutes__gte=1, stay_minutes__lte=LONGEST_STAY), name="a_stay_is_within_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name
