from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.circulation.models.loan import Loan
from lumbung.organization.models import Branch


class OfflineEntry(models.Model):
    """What a desk did while the line was cut: a loan or a return, under the number by which the device kept it.

    ``happened_at`` is when, by the device's clock; ``clerk`` who did it, ``sent_by`` who was signed in when the device sent it.
    ``card`` is forgotten as soon as it is done or dismissed. ``reasons`` are the codes and sentences of why it could not be done, of one
    dismissed the codes alone; ``loan`` is what came of it. ``is_taken_back``: the clerk took it back on the device when it had been done
    here already.
    """

    class Kinds(models.TextChoices):
        LOAN = "loan", _("Peminjaman")
        RETURN = "return", _("Pengembalian")

    class States(models.TextChoices):
        DONE = "done", _("Tercatat")
        CONFLICT = "conflict", _("Perlu diselesaikan")
        DISMISSED = "dismissed", _("Dikesampingkan")

    device = models.CharField(_("perangkat"), max_length=40)
    sequence = models.PositiveIntegerField(_("nomor"))
    kind = models.CharField(_("jenis"), max_length=10, choices=Kinds)
    card = models.CharField(_("kartu"), max_length=60, blank=True)
    code = models.CharField(_("barcode"), max_length=60)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("cabang"))
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    happened_at = models.DateTimeField(_("terjadi"))
    received_at = models.DateTimeField(_("diterima"))
    state = models.CharField(_("keadaan"), max_length=10, choices=States)
    reasons = models.JSONField(default=list)
    is_taken_back = models.BooleanField(default=False)
    note = models.CharField(_("alasan dikesampingkan"), max_length=200, blank=True, default="")
    loan = models.ForeignKey(Loan, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("pinjaman"))

    class Meta:
        verbose_name = _("catatan luring")
        ordering: ClassVar = ["happened_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["device", "branch", "sequence"], name="a_device_tells_of_a_number_once_at_a_branch"
            ),
            models.CheckConstraint(
                condition=models.Q(state="conflict") | models.Q(card=""), name="a_card_is_kept_while_there_is_a_conflict"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["happened_at"], condition=models.Q(state="conflict"), name="offline_conflicts"),
        ]

    def __str__(self) -> str:
        return f"{self.device} {self.sequence}: {self.state}"
