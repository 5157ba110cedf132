from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.acquisitions.models.fund import Fund
from lumbung.acquisitions.models.wanted import MOST_COPIES, Wanted
from lumbung.members.models import Member
from lumbung.organization.models import Branch


class PurchaseRequest(Wanted):
    """Somebody asks the library to get a title (usulan): a ``member``, or a colleague (``noted_by`` without a member).

    ``pickup_branch``: a hold is placed there for the member once a copy came. ``origin`` names what it came from in another part, so
    that the same is not asked for twice. ``asked_copies`` is what was asked for, ``copies`` what was accepted. One that was withdrawn
    was so at ``decided_at``.
    """

    class States(models.TextChoices):
        ASKED = "asked", _("Menunggu keputusan")
        ACCEPTED = "accepted", _("Disetujui")
        DECLINED = "declined", pgettext_lazy("acquisitions", "Tidak disetujui")
        WITHDRAWN = "withdrawn", _("Ditarik pengusul")

    class Priorities(models.IntegerChoices):
        HIGH = 1, _("Segera")
        NORMAL = 2, _("Biasa")
        LOW = 3, _("Bila ada dana")

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, related_name="purchase_requests", verbose_name=_("pengusul")
    )
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_copies = models.PositiveSmallIntegerField()
    why = models.CharField(_("untuk apa"), max_length=500, blank=True)
    price_guess = models.PositiveBigIntegerField(_("perkiraan harga (rupiah)"), null=True, blank=True)
    pickup_branch = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(_("diusulkan"))
    origin = models.CharField(max_length=60, blank=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=States, default=States.ASKED)
    decided_at = models.DateTimeField(_("diputuskan"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("alasan keputusan"), max_length=300, blank=True)
    priority = models.PositiveSmallIntegerField(_("prioritas"), choices=Priorities, null=True)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("dana"))

    class Meta:
        verbose_name = _("usulan pengadaan")
        ordering: ClassVar = ["-asked_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="a_request_names_a_title"),
            models.CheckConstraint(
                condition=Q(copies__gte=1, copies__lte=MOST_COPIES), name="a_request_is_for_one_to_99_copies"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "accepted", "declined", "withdrawn"]), name="state_of_a_request_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at=None) | (~Q(state="asked") & Q(decided_at__isnull=False)),
                name="a_decision_on_a_request_has_a_date",
            ),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(reason=""), name="a_request_is_declined_with_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(priority__in=[1, 2, 3]), name="an_accepted_request_has_a_priority"
            ),
            models.UniqueConstraint(fields=["origin"], condition=~Q(origin=""), name="one_request_of_one_origin"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "asked_at"], name="requests_in_a_state"),
            models.Index(fields=["isbn"], condition=~Q(isbn=""), name="requests_for_an_isbn"),
        ]

    @property
    def latest_line(self) -> Any:
        """The line of an order on which it was put last; None for one that is on none."""
        lines = list(self.lines.all())
        return lines[-1] if lines else None

    @property
    def is_shelved(self) -> bool:
        """Whether a copy that came for it stands on its shelf."""
        receipts = (receipt for line in self.lines.all() for receipt in line.receipts.all())
        return any(copy.shelved_at for receipt in receipts for copy in receipt.new_copies.all())
