"""Other catalogues that may be asked: add, change, try, remove."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from lumbung.catalogue.domain.copying.asking import ask_once
from lumbung.catalogue.domain.copying.known_targets import KNOWN
from lumbung.catalogue.domain.copying.questions import Question, index_faults
from lumbung.catalogue.events.copying import TargetAdded, TargetChanged, TargetRemoved
from lumbung.catalogue.models import Target
from lumbung.catalogue.models.copying import LONGEST_TIMEOUT, MOST_HITS
from lumbung.catalogue.refusals import (
    TARGET_ADDRESS_SRU,
    TARGET_ADDRESS_Z3950,
    TARGET_INDEX_UNREADABLE,
    TARGET_LIMITS,
    TARGET_NAME_EMPTY,
    TARGET_NAME_TAKEN,
)
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused

FIELDS = frozenset(
    {
        "name",
        "protocol",
        "address",
        "database",
        "syntax",
        "encoding",
        "version",
        "schema",
        "indexes",
        "timeout",
        "most",
        "profile",
        "switched_on",
        "place",
        "note",
    }
)
TRIED_WITH = Question(title="indonesia")
HIGHEST_PORT = 65535


@transaction.atomic
def add_target(*, by: events.Actor | None, **given: Any) -> Target:
    """Add a catalogue to ask. Refuses a name that is empty or taken, an address its protocol cannot have, limits out of bounds, and
    index names that cannot be read."""
    target = Target()
    set_changed(target, given, allowed=FIELDS)
    _refuse(target)
    target.save(force_insert=True)
    events.record(TargetAdded(target=target.pk), by=by)
    return target


@transaction.atomic
def change_target(target: Target, *, by: events.Actor | None, **changes: Any) -> Target:
    """Change the named fields; refuses as ``add_target`` does."""
    current = Target.objects.select_for_update().get(pk=target.pk)
    if changed := set_changed(current, changes, allowed=FIELDS):
        _refuse(current)
        current.save(update_fields=changed)
        events.record(TargetChanged(target=current.pk, fields=changed), by=by)
    return current


@transaction.atomic
def remove_target(target: Target, *, by: events.Actor | None) -> None:
    """Forget the target, and what it answered."""
    key = target.pk
    target.delete()
    events.record(TargetRemoved(target=key), by=by)


@transaction.atomic
def add_known_targets(*, by: events.Actor | None) -> list[Target]:
    """Add the catalogues we know of, switched off, but for those whose name is there already."""
    taken = set(Target.objects.values_list("name", flat=True))
    return [add_target(by=by, **each) for each in KNOWN if each["name"] not in taken]


def try_target(target: Target) -> Target:
    """Ask the target something harmless, and keep what came of it. The network is asked outside any transaction."""
    heard = ask_once(target, TRIED_WITH)
    failure, detail = "", ""
    if heard.failed is not None:
        failure, detail = heard.failed.failure.value, heard.failed.detail
    elif heard.reply is not None:
        found = f"{heard.reply.total} · {len(heard.reply.records)} MARC · {heard.took} ms"
        detail = " · ".join(filter(None, [heard.reply.server, found, heard.reply.trouble]))
    Target.objects.filter(pk=target.pk).update(checked_at=clock.now(), checked_failure=failure, checked_detail=detail)
    target.refresh_from_db()
    return target


def _refuse(target: Target) -> None:
    reasons: list[Reason] = []
    if not target.name:
        reasons.append(TARGET_NAME_EMPTY())
    if Target.objects.filter(name=target.name).exclude(pk=target.pk).exists():
        reasons.append(TARGET_NAME_TAKEN(name=target.name))
    if not _is_address(target):
        reasons.append(TARGET_ADDRESS_SRU() if target.protocol == Target.Protocols.SRU else TARGET_ADDRESS_Z3950())
    if not (1 <= target.timeout <= LONGEST_TIMEOUT and 1 <= target.most <= MOST_HITS):
        reasons.append(TARGET_LIMITS(longest=LONGEST_TIMEOUT, most=MOST_HITS))
    reasons += [
        TARGET_INDEX_UNREADABLE(number=fault.number, text=fault.text) for fault in index_faults(target.protocol, target.indexes)
    ]
    if reasons:
        raise Refused(reasons)


def _is_address(target: Target) -> bool:
    """A web address without a user for SRU; a host and a port for Z39.50."""
    if target.protocol == Target.Protocols.SRU:
        try:
            parts = urlsplit(target.address)
            port = parts.port
        except ValueError:
            return False
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and port != 0 and "@" not in parts.netloc
    host, _, port_text = target.address.rpartition(":")
    is_port = port_text.isascii() and port_text.isdigit() and 0 < int(port_text[:6]) <= HIGHEST_PORT
    return is_port and (_is_ipv6(host) if host.startswith("[") else bool(host) and not set(host) & set("/@: "))


def _is_ipv6(host: str) -> bool:
    try:
        ipaddress.IPv6Address(host.strip("[]"))
    except ValueError:
        return False
    return host.endswith("]")
