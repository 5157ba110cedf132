"""Where a copy goes once it is back. The branch it belongs to says so, by rules that speak of no member."""

from lumbung.catalogue.models import Item
from lumbung.circulation.models import Loan, ReturnTo
from lumbung.circulation.queries.rules import Decision, facts_of_copy, rules_now
from lumbung.circulation.queries.rulings import Case
from lumbung.kernel import clock
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of


def decision_of_copy(item: Item) -> Decision | None:
    """What the branch it belongs to says of the copy, whoever has it. ``item`` comes with its title."""
    home = branch_of(item.branch_id)
    return rules_now().decide(
        Case(
            category=None,
            branch=home.pk,
            material=item.record.material,
            day=clock.today(home.zone),
            added_on=item.added_at.astimezone(home.zone).date(),
            **facts_of_copy(item),
        )
    )


def returns_to(item: Item, at: Branch, loan: Loan | None) -> int | None:
    """The branch (a primary key) at which the copy, back ``at`` a branch, stands from now on; None: the one it belongs to."""
    found = decision_of_copy(item)
    policy = found.policy.return_to if found else ReturnTo.HOME
    if policy == ReturnTo.HOME:
        return None
    if policy == ReturnTo.STAYS:
        return at.pk
    return loan.lent_from_id if loan is not None else item.returns_to_id
