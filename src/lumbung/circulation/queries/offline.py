"""What a desk takes along for the time without a line, and what came of what it did meanwhile."""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from lumbung.circulation.models import FeeAccount, Loan, OfflineEntry, Policy
from lumbung.circulation.queries.blocks import all_open_loans
from lumbung.circulation.queries.counted_loans import counted
from lumbung.circulation.queries.rules import Decision, facts_of, total_decision
from lumbung.kernel import clock
from lumbung.members.domain.on_loan import all_lent_elsewhere
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
    return OfflineEntry.objects.select_related("branch", "clerk", "sent_by", "loan").order_by("-happened_at", "-id")


def offline_conflicts() -> QuerySet[OfflineEntry]:
    """What a person has to settle, the oldest first."""
    return offline_entries().filter(state=OfflineEntry.States.CONFLICT).order_by("happened_at", "id")


def _standing(branch: Branch, now: datetime) -> dict[int, str]:
    """How those stand who may not simply borrow, by the first thing in the way."""
    lent: dict[int | None, list[Loan]] = defaultdict(list)
    for loan in all_open_loans().iterator():
        lent[loan.member_id].append(loan)
    elsewhere = all_lent_elsewhere(but="circulation")
    today, found = now.astimezone(branch.zone).date(), dict[int, str]()
    told_of = FeeAccount.objects.filter(Q(owed__gt=0) | Q(suspended_until__gte=today))
    accounts = {account.member_id: account for account in told_of}
    rulings: dict[tuple[Any, ...], Decision | None] = {}
    for member in Member.objects.only(
        "pk",
        "category",
        "branch",
        "unit",
        "programme",
        "born_on",
        "joined_on",
        "expires_on",
        "blocked_because",
        "blocked_until",
    ).order_by():
        group = tuple(facts_of(member, today).values())
        if group not in rulings:
            rulings[group] = total_decision(member, branch, now=now)
        total = rulings[group]
        of_loans = _in_the_way_of_loans(total, lent.get(member.pk, ()), elsewhere.get(member.pk, 0), now)
        if told := _in_the_way(member, today, total, accounts.get(member.pk), of_loans):
            found[member.pk] = told
    return found


def _in_the_way(
    member: Member, today: date, total: Decision | None, account: FeeAccount | None, of_loans: Mapping[str, bool]
) -> str:
    """``of_loans``: whether too many are overdue, and whether there are as many as may be."""
    most = total.policy.owed_limit if total else None
    owed, suspended_until = (account.owed, account.suspended_until) if account else (0, None)
    stands = {
        "expired": not member.is_current(today),
        "blocked": bool(member.block_on(today)),
        "suspended": suspended_until is not None and suspended_until >= today,
        "overdue": of_loans["overdue"],
        "owes": most is not None and owed > most,
        "full": of_loans["full"],
    }
    return next((name for name, there in stands.items() if there), "")


def _in_the_way_of_loans(total: Decision | None, lent: Collection[Loan], elsewhere: int, now: datetime) -> Mapping[str, bool]:
    """As the desk counts them: of the loans those that the rule speaks of, and with them what other parts lent."""
    policy = total.policy if total else Policy()
    is_full = total is None
    if total is not None and policy.loan_limit is not None:
        is_full = counted(total.said["loan_limit"], lent, now) + elsewhere >= policy.loan_limit
    return {"overdue": sum(loan.is_overdue(now) for loan in lent) > policy.overdue_limit, "full": is_full}


def _initials(name: str) -> str:
    return " ".join(f"{word[0]}." for word in name.split()[:3])


def _digest(salt: str, number: str) -> str:
    return hashlib.sha256(f"{salt}{number.strip().upper()}".encode()).hexdigest()[:DIGEST_LENGTH]
