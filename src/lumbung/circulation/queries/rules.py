"""Which rule holds, and when a loan made under it is due.

A rule names a category, an item type and a branch, or leaves some of them open. Of the rules that fit, the most specific holds: one
that names the branch goes before one that does not; then one that names the item type; then the one whose category is nearest to the
member's own, going up the tree; last one for any category. The item type goes before the category because an item type is the
exception (reserve copies go out overnight, whoever borrows), while a category's rule says what is usual.

``loan_limit`` is counted twice. The rule that holds for the item, when it names an item type, limits the member's open loans of that
type. The rule that would hold for an item of no particular type limits all the member's open loans together. A rule that names a
branch counts only loans made there.
"""

from datetime import date, datetime, time, timedelta

from lumbung.catalogue.models import Item
from lumbung.circulation.models import LoanRule
from lumbung.kernel.remembered import remembered
from lumbung.members.models import Member
from lumbung.members.queries import lineage
from lumbung.organization.models import Branch
from lumbung.organization.queries import next_open_day

END_OF_DAY = time(23, 59, 59)


@remembered()
def loan_rules() -> tuple[LoanRule, ...]:
    """Every rule, with its category, item type and branch."""
    return tuple(LoanRule.objects.select_related("category", "item_type", "branch").order_by("id"))


def loan_rule(item: Item, member: Member, branch: Branch) -> LoanRule | None:
    """The rule for lending this item to this member at this branch; None when no rule fits, and then nothing may be lent."""
    return best_rule(category=member.category_id, item_type=item.item_type_id, branch=branch.pk)


def total_rule(member: Member, branch: Branch) -> LoanRule | None:
    """The rule that limits all loans of the member together, if there is one."""
    return best_rule(category=member.category_id, item_type=None, branch=branch.pk)


def best_rule(*, category: int, item_type: int | None, branch: int) -> LoanRule | None:
    """The most specific rule; without ``item_type``, of the rules that name none."""
    line = lineage(category)
    fitting = [
        rule
        for rule in loan_rules()
        if rule.branch_id in {None, branch}
        and rule.item_type_id in {None, item_type}
        and (rule.category_id is None or rule.category_id in line)
    ]
    return max(fitting, key=lambda rule: _specificity(rule, line), default=None)


def due_at(loan_days: int, *, now: datetime, at: Branch, expires_on: date) -> datetime:
    """The end (23:59:59 in the branch's time) of the due day of a loan made, or renewed, ``now``.

    The day is moved on to the next on which the branch is open; then it is brought back to the last day of membership where it passes
    that, open or not. It is never before today.
    """
    today = now.astimezone(at.zone).date()
    day = next_open_day(at, today + timedelta(days=loan_days))
    return datetime.combine(max(today, min(day, expires_on)), END_OF_DAY, at.zone)


def _specificity(rule: LoanRule, line: tuple[int, ...]) -> tuple[bool, bool, int]:
    nearness = len(line) - line.index(rule.category_id) if rule.category_id is not None else 0
    return rule.branch_id is not None, rule.item_type_id is not None, nearness
