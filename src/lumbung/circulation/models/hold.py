from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.models.volume import LONGEST, same_volume, volume_label, with_volume
from lumbung.circulation.models.handover import Handover
from lumbung.circulation.models.handover_place import HandoverPlace
from lumbung.circulation.models.loan import Loan
from lumbung.members.models import Member
from lumbung.organization.models import Branch

QUEUE = ("-priority", "placed_at", "id")
"""Who was put first with a reason, then who asked first."""


class HoldQuerySet(models.QuerySet["Hold"]):
    def open(self) -> "HoldQuerySet":
        return self.filter(state__in=Hold.OPEN)

    def waiting(self) -> "HoldQuerySet":
        """Those that no copy is set aside for and that are not suspended, in the order in which they get one."""
        return self.filter(state=Hold.States.WAITING, is_suspended=False).order_by(*QUEUE)

    def set_aside(self) -> "HoldQuerySet":
        return self.filter(state__in=Hold.SET_ASIDE)

    def left_on_shelf(self) -> "HoldQuerySet":
        """Closed without being filled, their copy still on the pick-up shelf."""
        return self.filter(state__in=[Hold.States.CANCELLED, Hold.States.EXPIRED], item__isnull=False)


class Hold(models.Model):
    """A member waits for a title, for one ``volume`` of it, or for ``wanted_item`` and no other copy. First come, first served, unless
    staff put somebody first and say why; ``item`` is the copy set aside once there is one.

    One that is suspended keeps its place and gets nothing, until ``suspended_until`` or until it is resumed. After ``wanted_until`` it
    is of no use to the member any more.

    A hold that expired or was cancelled while its copy stood on the pick-up shelf keeps ``item`` until that copy is scanned again,
    so that staff know what to take off the shelf. ``loan`` is the loan that filled the hold. ``unfetched_fee`` is what the member was told,
    when the hold was placed, that it costs not to fetch it.

    With a ``place`` the copy waits at ``pickup_branch``, which serves that place, and is brought there from ``brought_on`` on.
    What is in a parcel that is sent home names it as ``handover``.
    """

    class States(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        IN_TRANSIT = "in_transit", _("Dalam perjalanan")
        READY = "ready", _("Siap diambil")
        FILLED = "filled", _("Sudah diambil")
        CANCELLED = "cancelled", _("Dibatalkan")
        EXPIRED = "expired", _("Tidak diambil")

    OPEN: ClassVar = ["waiting", "in_transit", "ready"]
    SET_ASIDE: ClassVar = ["in_transit", "ready"]

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="holds", verbose_name=_("judul"))
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="holds", verbose_name=_("anggota"))
    pickup_branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("diambil di"))
    place = models.ForeignKey(
        HandoverPlace, on_delete=models.PROTECT, null=True, related_name="holds", verbose_name=_("diserahkan di")
    )
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, null=True, related_name="holds", verbose_name=_("kiriman"))
    brought_on = models.DateField(_("dibawa pada"), null=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="holds", verbose_name=_("eksemplar"))
    state = models.CharField(_("status"), max_length=20, choices=States, default=States.WAITING)
    wanted_item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("hanya eksemplar ini")
    )
    volume = models.CharField(_("jilid"), max_length=LONGEST, blank=True, default="")
    is_suspended = models.BooleanField(_("ditangguhkan"), default=False)
    suspended_until = models.DateField(_("ditangguhkan sampai"), null=True)
    wanted_until = models.DateField(_("diperlukan sampai"), null=True)
    priority = models.PositiveSmallIntegerField(_("didahulukan"), default=0)
    priority_reason = models.CharField(_("alasan didahulukan"), max_length=200, blank=True, default="")
    placed_at = models.DateTimeField(_("dipesan"))
    ready_until = models.DateField(_("diambil paling lambat"), null=True)
    loan = models.ForeignKey(
        Loan, on_delete=models.SET_NULL, null=True, related_name="filled_holds", verbose_name=_("pinjaman")
    )
    closed_at = models.DateTimeField(_("ditutup"), null=True)
    unfetched_fee = models.PositiveIntegerField(_("biaya bila tidak diambil (Rp)"), default=0)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("pesanan")
        ordering: ClassVar = list(QUEUE)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record", "volume", "member"],
                condition=models.Q(state__in=["waiting", "in_transit", "ready"]),
                name="one_open_hold_per_volume_and_member",
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
            models.CheckConstraint(
                condition=models.Q(is_suspended=False) | ~models.Q(state__in=["in_transit", "ready"]),
                name="a_suspended_hold_has_no_copy",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(place=None) | models.Q(brought_on__isnull=False),
                name="a_ready_hold_at_a_place_has_its_visit",
            ),
            models.CheckConstraint(
                condition=models.Q(priority=0) | ~models.Q(priority_reason=""), name="who_is_put_first_has_a_reason"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["record", "placed_at"],
                condition=models.Q(state__in=["waiting", "in_transit", "ready"]),
                name="open_holds_of_record",
            ),
            models.Index(
                fields=["closed_at"],
                condition=models.Q(closed_at__isnull=False, member__isnull=False),
                name="closed_holds_with_a_member",
            ),
            models.Index(
                fields=["place", "brought_on"],
                condition=models.Q(state="ready", place__isnull=False),
                name="ready_holds_to_be_brought",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} for {self.member_id}: {self.state}"

    @property
    def holder(self) -> Member:
        """The member of a hold that is open. Raises ValueError once the member of a closed hold is forgotten."""
        if self.member is None:
            raise ValueError(f"the member of hold {self.pk} is forgotten")
        return self.member

    @property
    def where(self) -> str:
        """What the member is told of where it is handed over: the place, or the branch. Both are read."""
        return self.place.name if self.place is not None else self.pickup_branch.name

    @property
    def is_being_sent(self) -> bool:
        """Whether its copy is in a parcel, or is to be; the parcel is read."""
        return self.handover is not None and self.handover.is_open

    @property
    def is_open(self) -> bool:
        return self.state in Hold.OPEN

    @property
    def is_set_aside(self) -> bool:
        return self.state in Hold.SET_ASIDE

    def fits(self, item: Item) -> bool:
        """Whether this copy of the title would do. Which volume a copy is, it says of its own title."""
        is_wanted = self.wanted_item_id in {None, item.pk}
        return is_wanted and (not self.volume or same_volume(self.volume, item.volume_as(self.record_id)))

    @property
    def volume_told(self) -> str:
        """The volume that is waited for, or that of the copy that is set aside or is the only one that will do; "" for any."""
        if self.volume or (copy := self.item or self.wanted_item) is None:
            return self.volume
        return copy.volume_as(self.record_id)

    @property
    def volume_label(self) -> str:
        """The same as a reader is shown it."""
        return volume_label(self.volume_told)

    @property
    def title_told(self) -> str:
        """The title, and the volume where it is told, in one line."""
        return with_volume(self.record.title, self.volume_told)

    def awaits(self, item: Item) -> bool:
        """Whether it is in the queue for this copy now."""
        return self.state == Hold.States.WAITING and not self.is_suspended and self.fits(item)
