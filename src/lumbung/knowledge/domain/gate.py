"""The door of the portal: who stands inside the house, and which networks are the house."""

import ipaddress
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from lumbung.accounts.domain.api_access import address_of
from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.events.access import IntranetChanged
from lumbung.knowledge.models import Intranet
from lumbung.knowledge.models.intranet import Address, networks_in
from lumbung.knowledge.queries.access import intranet
from lumbung.knowledge.refusals.access import INTRANET_NETWORK_WRONG, OPEN_TO_THE_WORLD, WOULD_LOCK_OUT

SAID_BY_PROXIES = ("X-Forwarded-For", "Forwarded", "X-Real-IP")
WIDEST = {4: 7, 6: 7}
"""A network of fewer fixed bits than so many is no house."""


def true_address(request: HttpRequest) -> Address | None:
    """Where the request came from, or None where that is not known for certain.

    It is known when no proxy is declared and none speaks, or when as many spoke as were declared (``LUMBUNG_PROXIES``). A header
    that no declared proxy answers for is somebody's invention, or a proxy nobody told of, behind which everybody looks alike.
    """
    seen = [each for each in request.headers.get("X-Forwarded-For", "").split(",") if each.strip()]
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if (proxies and len(seen) < proxies) or (not proxies and any(name in request.headers for name in SAID_BY_PROXIES)):
        return None
    try:
        address = ipaddress.ip_address(address_of(request).partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_inside(request: HttpRequest) -> bool:
    """Whether the request came from a network of the house."""
    address = true_address(request)
    return address is not None and intranet().has(address)


def is_at_partner(request: HttpRequest) -> bool:
    """Whether the request came from a network of a partner, where only invited guests are let in."""
    address = true_address(request)
    return address is not None and intranet().has_partner(address)


@transaction.atomic
def change_intranet(*, seen_from: Address | None, by: events.Actor | None, **changes: str) -> Intranet:
    """Set ``networks`` and ``partner_networks``. Refuses, with every reason, a line that is no network or is the whole world, and a
    list without ``seen_from``, from where it is being set: whoever sets it shall not lock themselves out. None says it is set on
    the machine itself.
    """
    row = Intranet.objects.select_for_update().first() or Intranet(pk=1)
    changed = set_changed(row, changes, allowed={"networks", "partner_networks"})
    reasons = [*_faults(row.networks), *_faults(row.partner_networks)]
    if not reasons and seen_from is not None and not row.has(seen_from):
        reasons.append(WOULD_LOCK_OUT(address=seen_from))
    if reasons:
        raise Refused(reasons)
    if changed:
        row.save()
        intranet.changed()
        events.record(IntranetChanged(fields=changed), by=by)
    return row


def _faults(lines: str) -> Iterator[Reason]:
    for line in filter(str.strip, lines.splitlines()):
        try:
            [network] = networks_in(line)
        except ValueError:
            yield INTRANET_NETWORK_WRONG(line=line.strip())
        else:
            if network.prefixlen < WIDEST[network.version]:
                yield OPEN_TO_THE_WORLD(line=line.strip())
