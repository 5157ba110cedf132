"""What may be said of lending, by a rule or by a package of terms that rules name."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.circulation.models.policy import ArticleScope, ClosedDays, DueBy, FinePer, GivesBack, LossReturns
from lumbung.circulation.models.terms_of_holds import TermsOfHolds


class Terms(TermsOfHolds):
    """Terms of lending, each of them said or left open (empty): the fields of ``Policy``, but for where a copy goes that came back."""

    may_borrow = models.BooleanField(_("boleh dipinjam"), null=True, blank=True)
    loan_days = models.PositiveSmallIntegerField(_("lama pinjam (hari)"), null=True, blank=True)
    loan_hours = models.PositiveSmallIntegerField(_("lama pinjam (jam)"), null=True, blank=True)
    closed_days = models.CharField(_("hari tutup"), max_length=8, choices=ClosedDays, blank=True)
    due_by = models.DateField(_("tanggal kembali"), null=True, blank=True)
    due_by_how = models.CharField(_("arti tanggal itu"), max_length=8, choices=DueBy, blank=True)
    beyond_expiry = models.BooleanField(_("boleh melewati akhir keanggotaan"), null=True, blank=True)
    loan_limit = models.PositiveSmallIntegerField(_("paling banyak dipinjam"), null=True, blank=True)
    loan_fee = models.PositiveIntegerField(_("biaya pinjam (Rp)"), null=True, blank=True)
    loan_fee_discount = models.PositiveSmallIntegerField(_("potongan biaya pinjam (persen)"), null=True, blank=True)
    note = models.CharField(_("catatan untuk petugas dan anggota"), max_length=200, blank=True)
    renewal_limit = models.PositiveSmallIntegerField(_("perpanjangan"), null=True, blank=True)
    renewal_days = models.PositiveSmallIntegerField(_("lama perpanjangan (hari)"), null=True, blank=True)
    renew_from_days = models.PositiveSmallIntegerField(_("diperpanjang paling awal (hari sebelumnya)"), null=True, blank=True)
    renew_from_due = models.BooleanField(_("dihitung dari jatuh tempo, bukan dari hari ini"), null=True, blank=True)
    renewal_gap_days = models.PositiveSmallIntegerField(_("jarak antarperpanjangan (hari)"), null=True, blank=True)
    unseen_limit = models.PositiveSmallIntegerField(_("perpanjangan tanpa memperlihatkan buku"), null=True, blank=True)
    renewal_fee = models.PositiveIntegerField(_("biaya perpanjangan (Rp)"), null=True, blank=True)
    renewal_forgives = models.BooleanField(_("denda dihapus bila diperpanjang"), null=True, blank=True)
    auto_renew = models.BooleanField(_("diperpanjang otomatis"), null=True, blank=True)
    auto_renew_from_days = models.PositiveSmallIntegerField(
        _("otomatis sejak (hari sebelum jatuh tempo)"), null=True, blank=True
    )
    auto_renew_for_days = models.PositiveSmallIntegerField(_("otomatis sampai dipinjam selama (hari)"), null=True, blank=True)
    auto_renew_until = models.DateField(_("otomatis sampai tanggal"), null=True, blank=True)
    renew_overdue = models.BooleanField(_("boleh diperpanjang walau terlambat"), null=True, blank=True)
    renewal_total_days = models.PositiveSmallIntegerField(
        _("lama seluruhnya dengan perpanjangan (hari)"), null=True, blank=True
    )
    article_scope = models.CharField(_("salinan artikel atau bab"), max_length=5, choices=ArticleScope, blank=True)
    article_limit = models.PositiveSmallIntegerField(
        _("permintaan salinan yang berjalan, paling banyak"), null=True, blank=True
    )
    article_fee = models.PositiveIntegerField(_("biaya salinan (Rp)"), null=True, blank=True)
    booking_limit = models.PositiveSmallIntegerField(_("paling banyak pesanan bertanggal sekaligus"), null=True, blank=True)
    booking_days = models.PositiveSmallIntegerField(_("pesanan bertanggal paling lama (hari)"), null=True, blank=True)
    booking_ahead_days = models.PositiveSmallIntegerField(_("paling jauh sebelum harinya (hari)"), null=True, blank=True)
    booking_lead_days = models.PositiveSmallIntegerField(_("disiapkan sebelumnya (hari buka)"), null=True, blank=True)
    booking_trail_days = models.PositiveSmallIntegerField(_("diperiksa sesudahnya (hari buka)"), null=True, blank=True)
    owed_limit = models.PositiveIntegerField(_("tunggakan paling banyak untuk meminjam (Rp)"), null=True, blank=True)
    overdue_limit = models.PositiveSmallIntegerField(_("pinjaman terlambat yang masih dibiarkan"), null=True, blank=True)
    fine = models.PositiveIntegerField(_("denda (Rp)"), null=True, blank=True)
    fine_per = models.CharField(_("denda dihitung"), max_length=5, choices=FinePer, blank=True)
    fine_every = models.PositiveSmallIntegerField(_("denda untuk setiap berapa hari, jam, atau minggu"), null=True, blank=True)
    fine_at_end = models.BooleanField(_("dikenakan sesudah masanya genap"), null=True, blank=True)
    fine_steps = models.JSONField(_("denda bertingkat"), null=True, blank=True)
    reminder_fees = models.JSONField(_("biaya pengingat"), null=True, blank=True)
    grace_days = models.PositiveSmallIntegerField(_("tenggang (hari)"), null=True, blank=True)
    grace_deducts = models.BooleanField(_("tenggang mengurangi hari denda"), null=True, blank=True)
    fine_cap = models.PositiveIntegerField(_("denda paling banyak (Rp)"), null=True, blank=True)
    cap_at_price = models.BooleanField(_("denda tidak melebihi harga"), null=True, blank=True)
    count_closed_days = models.BooleanField(_("hari tutup ikut didenda"), null=True, blank=True)
    suspension_days = models.PositiveSmallIntegerField(_("skors (hari)"), null=True, blank=True)
    suspension_every = models.PositiveSmallIntegerField(_("untuk setiap berapa hari terlambat"), null=True, blank=True)
    suspension_cap = models.PositiveSmallIntegerField(_("skors paling lama (hari)"), null=True, blank=True)
    lost_after_days = models.PositiveSmallIntegerField(_("dianggap hilang sesudah terlambat (hari)"), null=True, blank=True)
    lost_percent = models.PositiveSmallIntegerField(_("ganti hilang (persen harga)"), null=True, blank=True)
    lost_price = models.PositiveIntegerField(_("harga bila tidak tercatat (Rp)"), null=True, blank=True)
    lost_copies = models.PositiveSmallIntegerField(_("atau diganti eksemplar sebanyak"), null=True, blank=True)
    processing_fee = models.PositiveIntegerField(_("biaya pengolahan pengganti (Rp)"), null=True, blank=True)
    refund_days = models.PositiveSmallIntegerField(_("uang kembali bila ditemukan dalam (hari)"), null=True, blank=True)
    lost_return = models.CharField(_("harga yang hilang lalu kembali"), max_length=8, choices=LossReturns, blank=True)
    processing_return = models.CharField(
        _("biaya pengolahan yang kembali bila ditemukan"), max_length=8, choices=GivesBack, blank=True
    )

    class Meta(TermsOfHolds.Meta):
        abstract = True


def in_days_or_hours(name: str) -> models.CheckConstraint:
    """That nobody says a length both in days and in hours."""
    return models.CheckConstraint(condition=Q(loan_days=None) | Q(loan_hours=None), name=name)
