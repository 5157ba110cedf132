from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Item, Record
from lumbung.members.models import Member
from lumbung.organization.models import Branch


class HoldQuerySet(models.QuerySet["Hold"]):
    def open(self) -> "HoldQuerySet":
        return self.filter(state__in=Hold.OPEN)


class Hold(models.Model):
    """A member waits for a title. First come, first served; ``item`` is the copy set aside once there is one."""

    class States(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        IN_TRANSIT = "in_transit", _("Dalam perjalanan")
        READY = "ready", _("Siap diambil")
        FILLED = "filled", _("Sudah diambil")
        CANCELLED = "cancelled", _("Dibatalkan")
        EXPIRED = "expired", _("Tidak diambil")

    OPEN: ClassVar = ["waiting", "in_transit", "ready"]

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="holds", verbose_name=_("judul"))
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="holds", verbose_name=_("anggota"))
    pickup_branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("diambil di"))
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="holds", verbose_name=_("eksemplar"))
    state = models.CharField(_("keadaan"), max_length=20, choices=States, default=States.WAITING)
    placed_at = models.DateTimeField(_("dipesan"))
    ready_until = models.DateField(_("diambil paling lambat"), null=True)
    closed_at = models.DateTimeField(_("ditutup"), null=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("pesanan")
        ordering: ClassVar = ["placed_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record", "member"],
                condition=models.Q(state__in=["waiting", "in_transit", "ready"]),
                name="one_open_hold_per_title_and_member",
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=models.Q(state__in=["in_transit", "ready"]),
                name="an_item_is_set_aside_for_one_hold",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["in_transit", "ready"]) | models.Q(item__isnull=False),
                name="a_hold_set_aside_has_its_item",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(ready_until__isnull=False),
                name="a_ready_hold_has_its_last_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["waiting", "in_transit", "ready"]) | models.Q(member__isnull=False),
                name="an_open_hold_has_a_member",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["record", "placed_at"],
                condition=models.Q(state__in=["waiting", "in_transit", "ready"]),
                name="open_holds_of_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} for {self.member_id}: {self.state}"
