"""Leases: what only one process may do at a time. Held by time, so that one killed in the middle holds nothing for long."""

import os
import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from django.db import DatabaseError, IntegrityError, transaction

from lumbung.kernel import clock
from lumbung.kernel.models import Lease

LENGTH = timedelta(seconds=60)
OVERDUE = timedelta(minutes=10)
"""A process that is busy, or a laptop that slept, may come so late to lengthen what it holds."""


def new_holder() -> str:
    """A name for this process as a holder of leases; it tells the machine and the process, so that its end can be seen."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def take(name: str, holder: str, *, unless: Callable[[Lease], bool] | None = None) -> bool:
    """Take or lengthen the lease for LENGTH. False when another has it who is alive, which ``unless`` tells (else ``is_current``)."""
    lease = Lease.objects.filter(name=name).first()
    until = clock.now() + LENGTH
    if lease is None:
        return _begin(name, holder, until=until)
    if lease.holder != holder and (unless or is_current)(lease):
        return False
    return bool(Lease.objects.filter(name=name, holder=lease.holder, until=lease.until).update(holder=holder, until=until))


def _begin(name: str, holder: str, **fields: object) -> bool:
    try:
        with transaction.atomic():
            Lease.objects.create(name=name, holder=holder, **fields)
    except IntegrityError:
        return False
    return True


def lengthen_all(holder: str) -> None:
    """Lengthen every lease of the holder; called well within LENGTH by whoever wants to keep them."""
    Lease.objects.filter(holder=holder).update(until=clock.now() + LENGTH)


def give_up(holder: str, name: str | None = None) -> None:
    """Give back one lease of the holder, or all. Where the database is away or its disk is full, they end by their time."""
    leases = Lease.objects.filter(holder=holder)
    with suppress(DatabaseError):
        (leases.filter(name=name) if name else leases).delete()


def is_current(lease: Lease) -> bool:
    """Whether the lease still holds: its time is not over and its holder, if on this machine, is still running."""
    return lease.until > clock.now() and not _has_ended(lease.holder)


def may_be_at_work(lease: Lease) -> bool:
    """Whether its holder may still be at what it took the lease for: not where its process has ended on this machine, nor OVERDUE."""
    return lease.until + OVERDUE > clock.now() and not _has_ended(lease.holder)


def _has_ended(holder: str) -> bool:
    host, pid, _ = holder.rsplit(":", 2)
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
