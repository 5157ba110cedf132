import ipaddress
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.organization.models import Branch


class PhoneLending(models.Model):
    """Whether members borrow with their own telephone at a branch, and how it is known that they are there: by the network their
    telephone is in (``networks``, one on each line), or by a code that hangs in the branch and is another every day."""

    branch = models.OneToOneField(Branch, on_delete=models.CASCADE, related_name="+", verbose_name=_("cabang"))
    is_on = models.BooleanField(_("anggota boleh meminjam dengan ponselnya"), default=False)
    networks = models.TextField(_("jaringan cabang ini"), blank=True)
    takes_code = models.BooleanField(_("terima juga kode hari ini"), default=True)

    class Meta:
        verbose_name = _("pinjam dengan ponsel")
        ordering: ClassVar = ["branch"]

    def __str__(self) -> str:
        return str(self.branch_id)

    def has(self, address: str) -> bool:
        """Whether this network address is one of the branch."""
        try:
            there = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(there in ipaddress.ip_network(line, strict=False) for line in self.networks.split())
