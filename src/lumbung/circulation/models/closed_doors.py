from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.circulation.models.loan import DueDateMove
from lumbung.organization.models import Branch, Closure, Period


class ClosedDoors(models.Model):
    """A time in which a branch (or, without one, every branch) serves with its doors closed, and all that was changed for it.

    ``pickups`` has what the last days of holds ready to be collected were, by the key of the hold, and ``services`` what state and note
    each service had, by its key: what ending it early gives back. ``note`` tells the public what is still to be had. While ``is_moving``,
    ``loans_moved`` of ``loans_to_move`` due dates have followed, and the others follow in the background.
    """

    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, null=True, blank=True, related_name="closed_doors", verbose_name=_("cabang")
    )
    first_day = models.DateField(_("hari pertama"))
    last_day = models.DateField(_("hari terakhir"))
    reason = models.CharField(_("alasan"), max_length=120)
    note = models.CharField(_("yang tetap dapat dilakukan"), max_length=200)
    closure = models.ForeignKey(Closure, on_delete=models.SET_NULL, null=True, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.SET_NULL, null=True, related_name="+")
    due_dates = models.ForeignKey(DueDateMove, on_delete=models.PROTECT, null=True, related_name="+")
    pickups = models.JSONField(default=dict)
    services = models.JSONField(default=dict)
    tells = models.BooleanField(_("kirim surat kepada yang terkena"), default=True)
    slot_days = models.CharField(_("hari pengambilan"), max_length=7, default="12345")
    slot_from = models.TimeField(_("pengambilan dari"), null=True, blank=True)
    slot_until = models.TimeField(_("pengambilan sampai"), null=True, blank=True)
    slot_minutes = models.PositiveSmallIntegerField(_("menit tiap giliran"), default=30)
    slot_limit = models.PositiveSmallIntegerField(_("orang tiap giliran"), default=0)
    delivers = models.BooleanField(_("mengirim buku dengan kurir"), default=False)
    delivery_fee = models.PositiveIntegerField(_("ongkos kirim"), default=0)
    quarantine_days = models.PositiveSmallIntegerField(_("hari istirahat buku yang kembali"), default=0)
    loans_moved = models.PositiveIntegerField(_("jatuh tempo dipindahkan"), default=0)
    loans_to_move = models.PositiveIntegerField(default=0)
    is_moving = models.BooleanField(default=False)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField()
    opened_at = models.DateTimeField(_("dibuka kembali"), null=True)

    class Meta:
        verbose_name = _("layanan pintu tertutup")
        ordering: ClassVar = ["-first_day", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(last_day__gte=models.F("first_day")), name="doors_open_after_they_close"),
            models.CheckConstraint(
                condition=~models.Q(reason="") & ~models.Q(note=""), name="closed_doors_say_why_and_what_remains"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.first_day}–{self.last_day}"

    @property
    def was_called_off(self) -> bool:
        """Whether they opened before they had closed: nothing is left of it in the calendar."""
        return self.opened_at is not None and self.closure_id is None and self.period_id is None
