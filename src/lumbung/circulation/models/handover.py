from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Item
from lumbung.circulation.models.closed_doors import ClosedDoors
from lumbung.members.models import Member
from lumbung.organization.models import Branch


class Handover(models.Model):
    """How books that wait for a member reach them: while the doors are closed fetched at a booked time or sent by courier; and, without
    ``closed_doors``, in a parcel of the standing service, whose content are the holds that name it. The address of a parcel goes when it
    is closed; its ``fee`` is what was told when it was asked for.
    """

    class Kinds(models.TextChoices):
        PICKUP = "pickup", _("Diambil pada jam yang dipesan")
        DELIVERY = "delivery", _("Dikirim kurir")

    class States(models.TextChoices):
        ASKED = "asked", _("Menunggu")
        PACKED = "packed", _("Dikemas")
        SENT = "sent", _("Dikirim")
        DONE = "done", _("Selesai")
        RETURNED = "returned", _("Kembali dari kurir")
        CANCELLED = "cancelled", _("Dibatalkan")

    OPEN = (States.ASKED, States.PACKED, States.SENT)

    closed_doors = models.ForeignKey(ClosedDoors, on_delete=models.PROTECT, null=True, related_name="handovers")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="handovers", verbose_name=_("anggota"))
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("cabang"))
    kind = models.CharField(_("cara"), max_length=10, choices=Kinds)
    state = models.CharField(_("status"), max_length=10, choices=States, default=States.ASKED)
    starts_at = models.DateTimeField(_("jam"), null=True)
    address = models.CharField(_("alamat kirim"), max_length=300, blank=True)
    courier = models.CharField(_("kurir"), max_length=60, blank=True)
    tracking = models.CharField(_("nomor resi"), max_length=60, blank=True)
    fee = models.PositiveIntegerField(_("ongkos kirim"), default=0)
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("penyerahan")
        ordering: ClassVar = ["starts_at", "asked_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["closed_doors", "member"],
                condition=models.Q(state__in=["asked", "sent"]),
                name="one_open_handover_of_a_member",
            ),
            models.UniqueConstraint(
                fields=["branch", "member"],
                condition=models.Q(closed_doors=None, state__in=["asked", "packed", "sent"]),
                name="one_open_parcel_of_a_member_at_a_branch",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_doors__isnull=False) | models.Q(kind="delivery"),
                name="only_parcels_stand_without_closed_doors",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="pickup") | models.Q(starts_at__isnull=False), name="a_pickup_has_its_time"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "packed", "sent"]) ^ models.Q(closed_at__isnull=False),
                name="a_closed_handover_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_at or self.address}"

    @property
    def is_open(self) -> bool:
        return self.state in Handover.OPEN


class Rest(models.Model):
    """A copy that came back through the book drop rests until the end of this day."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="+")
    closed_doors = models.ForeignKey(ClosedDoors, on_delete=models.CASCADE, related_name="rests")
    until = models.DateField(_("istirahat sampai"))

    class Meta:
        ordering: ClassVar = ["until", "id"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.until}"


class DutyDay(models.Model):
    """Where somebody of the staff works on a day of closed doors."""

    class Places(models.TextChoices):
        OFFICE = "office", _("Di kantor")
        HOME = "home", _("Dari rumah")

    closed_doors = models.ForeignKey(ClosedDoors, on_delete=models.CASCADE, related_name="duty")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    place = models.CharField(max_length=10, choices=Places)

    class Meta:
        ordering: ClassVar = ["day", "user"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["closed_doors", "user", "day"], name="one_place_of_work_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.user_id} {self.place}"
