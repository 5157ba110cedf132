from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.catalogue.models.item import Item


class Withdrawal(models.Model):
    """Copies to be weeded (penyiangan): proposed by criteria, looked through, approved with minutes, and taken back if need be.

    Of many copies each step is taken in the background: ``asked`` says what to look for, ``done`` of ``expected`` how far it is,
    ``reached`` the line up to which it has come. ``signers`` is a list of ``{"name", "role", "number"}``; ``hidden`` are the keys of
    titles hidden because no copy was left; ``annexes`` the files with the list of copies, ``{"stored_file", "digest", "lines"}``, where
    it is not in the minutes.
    """

    class States(models.TextChoices):
        PREPARING = "preparing", _("Sedang disusun")
        PROPOSED = "proposed", _("Diusulkan")
        RUNNING = "running", _("Berjalan")
        APPROVED = "approved", _("Disetujui")
        DROPPED = "dropped", _("Tidak jadi")
        UNDOING = "undoing", _("Sedang dibatalkan")
        UNDONE = "undone", pgettext_lazy("import", "Dibatalkan")

    name = models.CharField(_("nama"), max_length=120)
    reason = models.CharField(_("alasan"), max_length=200)
    state = models.CharField(_("status"), max_length=10, choices=States, default=States.PREPARING)
    number = models.CharField(_("nomor"), max_length=80, blank=True)
    place = models.CharField(_("tempat"), max_length=80, blank=True)
    dated = models.DateField(_("tanggal"), null=True)
    signers = models.JSONField(default=list)
    stored_file = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    hidden = models.JSONField(default=list)
    asked = models.JSONField(default=dict)
    expected = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    reached = models.BigIntegerField(default=0)
    stopped_because = models.TextField(blank=True)
    hides_titles = models.BooleanField(default=False)
    token = models.CharField(max_length=32, blank=True)
    check_address = models.CharField(max_length=300, blank=True)
    annexes = models.JSONField(default=list)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("penyiangan")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("number"), condition=~models.Q(number=""), name="minutes_of_weeding_have_a_number_of_their_own"
            ),
            models.UniqueConstraint(
                fields=["token"], condition=~models.Q(token=""), name="a_token_leads_to_the_minutes_of_one_weeding"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["preparing", "proposed", "running", "approved", "dropped", "undoing", "undone"]),
                name="withdrawal_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.States.PREPARING, self.States.RUNNING, self.States.UNDOING} and not self.stopped_because


class WithdrawalLine(models.Model):
    """A copy proposed for weeding. ``kept``: somebody wants it to stay. ``was`` is its status before it went; empty while it stays."""

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.CASCADE, related_name="lines")
    item = models.ForeignKey(Item, on_delete=models.SET_NULL, null=True, related_name="+")
    barcode = models.CharField(_("barcode"), max_length=60)
    title = models.TextField(_("judul"))
    call_number = models.CharField(_("nomor panggil"), max_length=120, blank=True)
    accession_number = models.CharField(_("nomor induk"), max_length=60, blank=True)
    shelf_key = models.CharField(max_length=120, blank=True)
    kept = models.BooleanField(default=False)
    was = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering: ClassVar = ["shelf_key", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["withdrawal", "item"], name="a_copy_is_proposed_once"),
        ]

    def __str__(self) -> str:
        return self.barcode
