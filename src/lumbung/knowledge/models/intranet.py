import ipaddress
from collections.abc import Iterator
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

PRIVATE = "127.0.0.0/8 ::1/128 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7"
"""Where the house is while nobody said: this machine and the private networks, which no stranger's address is in."""


class Intranet(models.Model):
    """From which networks the portal opens: those of the house for the staff, those of partners for their invited guests only.

    Each line is a network, and after a blank what it is called.
    """

    networks = models.TextField(_("jaringan perpustakaan"), blank=True)
    partner_networks = models.TextField(_("jaringan mitra, hanya untuk tamu undangan"), blank=True)

    class Meta:
        verbose_name = _("jaringan portal pengetahuan")
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_intranet")]

    def __str__(self) -> str:
        return self.networks

    def has(self, address: Address) -> bool:
        """Whether the address is in a network of the house."""
        lines = self.networks if self.networks.strip() else PRIVATE.replace(" ", "\n")
        return _within(address, lines)

    def has_partner(self, address: Address) -> bool:
        """Whether the address is in a network of a partner."""
        return _within(address, self.partner_networks)


def networks_in(lines: str) -> Iterator[Network]:
    """The networks the lines name. Raises ValueError at a line that names none."""
    for line in lines.splitlines():
        if words := line.split():
            yield ipaddress.ip_network(words[0], strict=False)


def _within(address: Address, lines: str) -> bool:
    return any(address.version == each.version and address in each for each in networks_in(lines))
