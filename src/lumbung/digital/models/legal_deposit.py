from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Record


class LegalDepositKinds(models.TextChoices):
    """What of a work the law tells apart: printed works, and recorded ones, digital works among them."""

    PRINTED = "printed", _("Karya cetak")
    RECORDED = "recorded", _("Karya rekam atau digital")


class LegalDepositStates(models.TextChoices):
    OPEN = "open", _("Belum diserahkan")
    SENT = "sent", _("Dikirim")
    DONE = "done", _("Diterima")
    EXCUSED = "excused", _("Tidak wajib")


class LegalDeposit(models.Model):
    """A work of the campus that must be handed to the national and the provincial library (UU 13/2018, PP 55/2021), until ``due_on``."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+", verbose_name=_("judul"))
    kind = models.CharField(_("jenis karya"), max_length=8, choices=LegalDepositKinds, default=LegalDepositKinds.PRINTED)
    published_on = models.DateField(_("tanggal terbit"))
    due_on = models.DateField(_("jatuh tempo"))
    state = models.CharField(_("status"), max_length=7, choices=LegalDepositStates, default=LegalDepositStates.OPEN)
    excused_because = models.CharField(_("alasan"), max_length=300, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("serah simpan")
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=LegalDepositStates.values), name="state_of_a_legal_deposit_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=LegalDepositKinds.values), name="kind_of_a_legal_deposit_is_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="legal_deposit_by_state")]

    def __str__(self) -> str:
        return self.record.title


class LegalDepositCopy(models.Model):
    """What one of the two libraries gets: how many copies, when it was sent and how, and the receipt with its number and proof."""

    class Recipients(models.TextChoices):
        NATIONAL = "national", _("Perpustakaan Nasional RI")
        PROVINCE = "province", _("Perpustakaan provinsi")

    legal_deposit = models.ForeignKey(LegalDeposit, on_delete=models.CASCADE, related_name="copies")
    recipient = models.CharField(_("perpustakaan penerima"), max_length=8, choices=Recipients)
    count = models.PositiveSmallIntegerField(_("jumlah salinan"))
    sent_on = models.DateField(_("dikirim pada"), null=True)
    sent_how = models.CharField(_("dikirim dengan"), max_length=200, blank=True)
    received_on = models.DateField(_("diterima pada"), null=True)
    receipt_number = models.CharField(_("nomor tanda terima"), max_length=100, blank=True)
    proof_file = models.CharField(max_length=200, blank=True)
    proof_kind = models.CharField(max_length=8, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("eksemplar serah simpan")
        ordering: ClassVar = ["legal_deposit", "recipient"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["legal_deposit", "recipient"], name="a_library_is_served_once_for_a_work"),
            models.CheckConstraint(condition=models.Q(count__gte=1), name="a_legal_deposit_has_copies"),
            models.CheckConstraint(
                condition=models.Q(received_on=None) | (models.Q(sent_on__isnull=False) & ~models.Q(receipt_number="")),
                name="a_receipt_has_its_number_and_was_sent",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_recipient_display())
