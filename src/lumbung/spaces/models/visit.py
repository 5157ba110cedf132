from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.members.models import Category, Member
from lumbung.organization.models import Branch
from lumbung.spaces.models.gate import Gate, VisitPurpose


class Visit(models.Model):
    """Somebody, or a group, came in. Who it was is forgotten after a while; ``category``, ``unit`` and ``institution`` stay for figures.

    ``day`` and ``hour`` are those of the branch. ``device`` and ``sequence`` name a visit that a gate kept while the line was cut, so that
    it counts once however often it is sent.
    """

    class Kinds(models.TextChoices):
        MEMBER = "member", _("Anggota")
        GUEST = "guest", _("Tamu")
        GROUP = "group", _("Rombongan")

    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="visits", verbose_name=_("pintu"))
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="visits", verbose_name=_("cabang"))
    kind = models.CharField(_("jenis"), max_length=10, choices=Kinds)
    came_at = models.DateTimeField(_("datang"))
    day = models.DateField(_("hari"))
    hour = models.PositiveSmallIntegerField(_("jam"))
    people = models.PositiveSmallIntegerField(_("orang"), default=1)
    purpose = models.ForeignKey(
        VisitPurpose, on_delete=models.PROTECT, null=True, related_name="visits", verbose_name=_("tujuan")
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="visits", verbose_name=_("anggota"))
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("kategori"))
    unit = models.CharField(_("fakultas atau program studi"), max_length=120, blank=True)
    name = models.CharField(_("nama"), max_length=120, blank=True)
    institution = models.CharField(_("lembaga"), max_length=120, blank=True)
    channel = models.CharField(_("saluran"), max_length=20)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    device = models.CharField(max_length=40, blank=True)
    sequence = models.PositiveBigIntegerField(null=True)

    class Meta:
        verbose_name = _("kunjungan")
        ordering: ClassVar = ["-came_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gate", "device", "sequence"], name="a_kept_visit_counts_once"),
            models.CheckConstraint(condition=models.Q(people__gte=1), name="a_visit_is_of_somebody"),
            models.CheckConstraint(condition=models.Q(hour__lte=23), name="a_day_has_24_hours"),
            models.CheckConstraint(
                condition=models.Q(kind="member") | models.Q(member__isnull=True), name="only_a_member_comes_as_a_member"
            ),
            models.CheckConstraint(condition=models.Q(kind="group") | models.Q(people=1), name="only_a_group_is_many"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["branch", "day"], name="visits_of_a_day"),
            models.Index(fields=["gate", "came_at"], name="visits_of_a_gate"),
            models.Index(fields=["member", "came_at"], condition=models.Q(member__isnull=False), name="visits_of_a_member"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day}"
