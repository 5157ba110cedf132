from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.circulation.models.policy import HoldFrom, HoldOf, PickupAt


class TermsOfHolds(models.Model):
    """What may be said of waiting for titles and of asking back what is lent; part of ``Terms``."""

    hold_limit = models.PositiveSmallIntegerField(_("paling banyak dipesan"), null=True, blank=True)
    holds_per_day = models.PositiveSmallIntegerField(_("paling banyak dipesan sehari"), null=True, blank=True)
    holds_per_record = models.PositiveSmallIntegerField(_("paling banyak dipesan dari satu judul"), null=True, blank=True)
    hold_days = models.PositiveSmallIntegerField(_("lama pesanan menunggu diambil (hari)"), null=True, blank=True)
    hold_on_shelf = models.BooleanField(_("boleh dipesan walau ada di rak"), null=True, blank=True)
    hold_from = models.CharField(_("siapa yang boleh memesan"), max_length=5, choices=HoldFrom, blank=True)
    pickup_at = models.CharField(_("pesanan diambil"), max_length=7, choices=PickupAt, blank=True)
    hold_of = models.CharField(_("yang dipesan anggota"), max_length=6, choices=HoldOf, blank=True)
    guarded_days = models.PositiveSmallIntegerField(
        _("eksemplar baru hanya untuk cabang pemiliknya (hari)"), null=True, blank=True
    )
    unfetched_fee = models.PositiveIntegerField(_("biaya pesanan yang tidak diambil (Rp)"), null=True, blank=True)
    cancel_ready = models.BooleanField(_("anggota boleh membatalkan yang sudah siap"), null=True, blank=True)
    recall_limit = models.PositiveSmallIntegerField(_("paling banyak diminta kembali oleh anggota"), null=True, blank=True)
    recalls_per_record = models.PositiveSmallIntegerField(
        _("paling banyak diminta kembali dari satu judul"), null=True, blank=True
    )
    recall_on_shelf = models.BooleanField(_("boleh diminta kembali walau ada di rak"), null=True, blank=True)
    recall_days = models.PositiveSmallIntegerField(_("sisa waktu sesudah diminta kembali (hari buka)"), null=True, blank=True)
    recall_kept_days = models.PositiveSmallIntegerField(
        _("paling sedikit boleh disimpan (hari sejak dipinjam)"), null=True, blank=True
    )
    recall_fine = models.PositiveIntegerField(_("denda bila yang diminta kembali terlambat (Rp)"), null=True, blank=True)
    recall_shelf_days = models.PositiveSmallIntegerField(
        _("lama yang diminta kembali menunggu diambil (hari)"), null=True, blank=True
    )

    class Meta:
        abstract = True
