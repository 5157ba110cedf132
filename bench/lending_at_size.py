"""Lending with a thousand rules and a million loans gone by: how long a rule takes to be found, and what the history costs the desk.

The floor of a decision is the same decision under the rules a new library has; that of a loan and a return at the desk is the same
before there was any history, each pair measured in the same run on the same database.
"""

import time
from collections.abc import Callable, Sequence

from django.db import connection

from bench.check_out import fill
from bench.shape import Row, Scale
from lumbung.accounts.models import User
from lumbung.catalogue.models import Item
from lumbung.circulation import queries
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.models import Loan, LoanRule
from lumbung.circulation.queries.rules import changed, decision
from lumbung.members.models import Member
from lumbung.organization.models import Branch

RULES, HISTORY, MEMBERS, ITEMS, FACULTIES = 1000, 1_000_000, 200, 400, 40
RULE_MS, SLOWER = 1.0, 1.5
PAST = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)"
    " INSERT INTO circulation_loan ({columns}) SELECT {values} FROM n CROSS JOIN circulation_loan WHERE circulation_loan.id = %s"
)


def run(scale: Scale) -> list[Row]:
    fill(MEMBERS, ITEMS)
    at, by = Branch.objects.get(), User.objects.get(username="petugas")
    members, items = list(Member.objects.all()), list(Item.objects.select_related("item_type", "record"))
    cases = list(zip(items, members * 2, strict=True))
    few = _p95([lambda item=item, member=member: decision(item, member, at) for item, member in cases])  # type: ignore[misc]
    rules = _more_rules(scale.of(RULES, quick=50))
    many = _p95([lambda item=item, member=member: decision(item, member, at) for item, member in cases])  # type: ignore[misc]
    desk = [lambda item=item, member=member: _lent_and_back(item, member, at, by) for item, member in cases[:100]]  # type: ignore[misc]
    before = _p95(desk)
    loans = _history(scale.of(HISTORY, quick=1000))
    after = _p95(desk)
    shown = _p95([lambda member=member: list(queries.open_loans(member)) for member in members])  # type: ignore[misc]
    slower = after / before
    return [
        Row(f"aturan di antara {rules:,}, p95", many, "ms", few, many / few, f"≤ {RULE_MS:.0f} ms", many <= RULE_MS),
        Row(f"pinjam dan kembali sesudah {loans:,} pinjaman", after, "ms", before, slower, f"≤ {SLOWER} ×", slower <= SLOWER),
        Row("pinjaman seorang anggota di meja, p95", shown, "ms"),
    ]


def _p95(asked: Sequence[Callable[[], object]]) -> float:
    """Milliseconds, the first round being for warming up."""
    for ask in asked[:20]:
        ask()
    taken = []
    for ask in asked:
        began = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - began)
    return sorted(taken)[int(len(taken) * 0.95)] * 1000


def _more_rules(count: int) -> int:
    """Rules of units, weekdays and branches, as a campus with many faculties would have; none of them fits the cases asked."""
    others = Branch.objects.bulk_create(Branch(code=f"F{n}", name=f"Fakultas {n}") for n in range(FACULTIES))
    LoanRule.objects.bulk_create(
        LoanRule(
            unit=f"Program studi {n}" if n % 3 else "",
            owner=None if n % 3 else others[n % FACULTIES],
            weekdays=str(n % 7),
            loan_days=n % 28 + 1,
            case_key=f"bench {n}",
        )
        for n in range(count)
    )
    changed()
    return LoanRule.objects.count()


def _lent_and_back(item: Item, member: Member, at: Branch, by: User) -> None:
    check_out(item, to=member, at=at, by=by)
    check_in(item, at=at, by=by)


def _history(count: int) -> int:
    """Loans that came back long ago, over all copies and members; the last one lent is the pattern."""
    pattern = Loan.objects.latest("pk")
    first_item, first_member = Item.objects.order_by("pk")[0].pk, Member.objects.order_by("pk")[0].pk
    columns = [field.column for field in Loan._meta.concrete_fields if not field.primary_key]
    said = {"item_id": f"{first_item} + n.i % {ITEMS}", "member_id": f"{first_member} + n.i % {MEMBERS}"}
    values = ", ".join(said.get(each, f"circulation_loan.{each}") for each in columns)
    with connection.cursor() as cursor:
        cursor.execute(PAST.format(columns=", ".join(columns), values=values), [count, pattern.pk])
    return Loan.objects.count()
