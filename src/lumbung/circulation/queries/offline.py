"""What a desk takes along for the time without a line, and what came of what it did meanwhile."""

import hashlib
import secrets
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from lumbung.circulation.models import FeeAccount, Loan, OfflineEntry, Policy
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
    """How those stand who may not simply borrow, by the first thing in the way."""
    counts = Counter(Loan.objects.running().order_by().values_list("member", flat=True))
    late = Counter(Loan.objects.overdue(now).order_by().values_list("member", flat=True))
    today, found = now.astimezone(branch.zone).date(), dict[int, str]()
    told_of = FeeAccount.objects.filter(Q(owed__gt=0) | Q(suspended_until__gte=today))
    accounts = {account.member_id: account for account in told_of}
    policies: dict[tuple[Any, ...], Policy | None] = {}
    for member in Member.objects.only(
        "pk", "category", "unit", "programme", "born_on", "joined_on", "expires_on", "blocked_because", "blocked_until"
    ).order_by():
        group = tuple(facts_of(member, today).values())
        if group not in policies:
            policies[group] = total.policy if (total := total_decision(member, branch, now=now)) else None
        of_loans = (counts[member.pk], late[member.pk])
        if told := _in_the_way(member, today, policies[group], accounts.get(member.pk), of_loans):
            found[member.pk] = told
    return found


def _in_the_way(
    member: Member, today: date, policy: Policy | None, account: FeeAccount | None, of_loans: tuple[int, int]
) -> str:
    """``of_loans``: how many loans whose clock runs, and how many of them are overdue."""
    count, late = of_loans
    owed, suspended_until = (account.owed, account.suspended_until) if account else (0, None)
    stands = {
        "expired": not member.is_current(today),
        "blocked": bool(member.block_on(today)),
        "suspended": suspended_until is not None and suspended_until >= today,
        "overdue": late > (policy.overdue_limit if policy else 0),
        "owes": policy is not None and policy.owed_limit is not None and owed > policy.owed_limit,
        "full": policy is None or (policy.loan_limit is not None and count >= policy.loan_limit),
    }
    return next((name for name, there in stands.items() if there), "")


def _initials(name: str) -> str:
    return " ".join(f"{word[0]}." for word in name.split()[:3])


def _digest(salt: str, number: str) -> str:
    return hashlib.sha256(f"{salt}{number.strip().upper()}".encode()).hexdigest()[:DIGEST_LENGTH]
