"""What others may ask of circulation."""

from lumbung.circulation.queries.availability import (
    Availability,
    BranchAvailability,
    ItemState,
    ItemStates,
    availability_of,
    item_states,
)
from lumbung.circulation.queries.blocks import blocks_to_check_out, blocks_to_place_hold, blocks_to_renew, blocks_to_renew_each
from lumbung.circulation.queries.holds import (
    Pull,
    Reader,
    expired_holds,
    holds_on_shelf,
    holds_to_send,
    holds_visible_to,
    open_holds,
    open_holds_on,
    pull_list,
    reader_of,
)
from lumbung.circulation.queries.loans import (
    last_loan_of,
    loan_history,
    loan_of,
    loans_counted,
    loans_visible_to,
    of_category,
    open_loans,
    overdue_loans,
)
from lumbung.circulation.queries.rules import due_at, loan_rule, loan_rules, total_rule

__all__ = [
    "Availability",
    "BranchAvailability",
    "ItemState",
    "ItemStates",
    "Pull",
    "Reader",
    "availability_of",
    "blocks_to_check_out",
    "blocks_to_place_hold",
    "blocks_to_renew",
    "blocks_to_renew_each",
    "due_at",
    "expired_holds",
    "holds_on_shelf",
    "holds_to_send",
    "holds_visible_to",
    "item_states",
    "last_loan_of",
    "loan_history",
    "loan_of",
    "loan_rule",
    "loan_rules",
    "loans_counted",
    "loans_visible_to",
    "of_category",
    "open_holds",
    "open_holds_on",
    "open_loans",
    "overdue_loans",
    "pull_list",
    "reader_of",
    "total_rule",
]
