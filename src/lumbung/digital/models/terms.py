import ipaddress
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

LARGEST_MB = 20_000


class ScanPolicies(models.TextChoices):
    """What becomes of a file that comes while the virus scanner does not answer."""

    HOLD = "hold", _("Disimpan, dan dapat dibaca sesudah dipindai")
    LET_IN = "let_in", _("Langsung dapat dibaca, dan dipindai kemudian")


class Terms(models.Model):
    """What holds for all digital files of this library; one row. ``networks`` are those of the campus, one on each line."""

    networks = models.TextField(_("jaringan kampus"), blank=True)
    largest_mb = models.PositiveIntegerField(_("ukuran berkas paling besar (MB)"), default=2_048)
    e_loans_at_once = models.PositiveSmallIntegerField(_("pinjaman elektronik tiap anggota"), default=5)
    shares_print_limit = models.BooleanField(_("batas pinjaman dihitung bersama buku cetak"), default=False)

    marks_downloads = models.BooleanField(_("beri tanda pada PDF yang diunduh"), default=False)

    fixity_days = models.PositiveSmallIntegerField(_("tiap berkas diperiksa keutuhannya setiap (hari)"), default=90)

    scan_policy = models.CharField(
        _("bila pemindai virus tidak menjawab, berkas baru"), max_length=6, choices=ScanPolicies, default=ScanPolicies.HOLD
    )

    class Meta:
        verbose_name = _("ketentuan perpustakaan digital")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_row_of_terms"),
            models.CheckConstraint(
                condition=models.Q(largest_mb__gte=1, largest_mb__lte=LARGEST_MB), name="largest_file_is_in_range"
            ),
            models.CheckConstraint(condition=models.Q(fixity_days__gte=1), name="fixity_comes_round"),
            models.CheckConstraint(condition=models.Q(scan_policy__in=ScanPolicies.values), name="policy_of_scans_is_known"),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def largest(self) -> int:
        """In bytes."""
        return self.largest_mb << 20

    def is_on_campus(self, address: str) -> bool:
        """Whether this network address is one of the campus."""
        try:
            there = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(there in ipaddress.ip_network(line, strict=False) for line in self.networks.split())
