"""What a desk takes along for the time without a line, and what came of what it did meanwhile."""

import hashlib
import secrets
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from lumbung.circulation.models import Loan, OfflineEntry
from lumbung.circulation.queries.rules import facts_of, total_decision
from lumbung.kernel import clock
from lumbung.members.models import Member, MemberIdentifier
from lumbung.organization.models import Branch

LASTS = timedelta(hours=72)
DIGEST_LENGTH = 20


def provisions(branch: Branch) -> dict[str, Any]:
    """What the desk needs to know of members while the line is cut, and no more: for each number of theirs, by a salted hash, the
    initials and how they stand. No name, no number, nothing of what they read; of no use after ``until``."""
    salt, now = secrets.token_hex(8), clock.now()
    standing = _standing(branch, now)
    found: dict[str, list[str]] = {}
    for key, name, barcode in Member.objects.order_by().values_list("pk", "name", "barcode"):
        found[_digest(salt, barcode)] = [_initials(name), standing.get(key, "ok")]
    initials = {key: _initials(name) for key, name in Member.objects.order_by().values_list("pk", "name")}
    for key, value in MemberIdentifier.objects.order_by().values_list("member", "value"):
        found.setdefault(_digest(salt, value), [initials[key], standing.get(key, "ok")])
    return {"branch": branch.code, "made": now.isoformat(), "until": (now + LASTS).isoformat(), "salt": salt, "members": found}


def offline_entries() -> QuerySet[OfflineEntry]:
    """Everything desks did without a line, latest first."""
    return OfflineEntry.objects.select_related("branch", "clerk", "loan").order_by("-happened_at", "-id")


def offline_conflicts() -> QuerySet[OfflineEntry]:
    """What a person has to settle, the oldest first."""
    return offline_entries().filter(state=OfflineEntry.States.CONFLICT).order_by("happened_at", "id")


def _standing(branch: Branch, now: datetime) -> dict[int, str]:
    """How those stand who may not simply borrow: expired, blocked, overdue, full."""
    loans = Loan.objects.open().order_by().values_list("member", "due_at")
    counts, late = Counter[int](), set[int]()
    for key, due_at in loans:
        if key is not None:
            counts[key] += 1
            late |= {key} if due_at < now else set()
    today, found = now.astimezone(branch.zone).date(), dict[int, str]()
    limits: dict[tuple[Any, ...], int | None] = {}
    for member in Member.objects.only(
        "pk", "category", "unit", "programme", "born_on", "joined_on", "expires_on", "blocked_because", "blocked_until"
    ).order_by():
        group = tuple(facts_of(member, today).values())
        if group not in limits:
            total = total_decision(member, branch, now=now)
            limits[group] = total.policy.loan_limit if total is not None else 0
        limit = limits[group]
        if not member.is_current(today):
            found[member.pk] = "expired"
        elif member.block_on(today):
            found[member.pk] = "blocked"
        elif member.pk in late:
            found[member.pk] = "overdue"
        elif limit is not None and counts[member.pk] >= limit:
            found[member.pk] = "full"
    return found


def _initials(name: str) -> str:
    return " ".join(f"{word[0]}." for word in name.split()[:3])


def _digest(salt: str, number: str) -> str:
    return hashlib.sha256(f"{salt}{number.strip().upper()}".encode()).hexdigest()[:DIGEST_LENGTH]
