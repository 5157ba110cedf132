"""The table of loan rules, and the one a new library begins with."""

from typing import Any, NamedTuple

from django.db import transaction

from lumbung.catalogue.domain.item_types import create_default_item_types
from lumbung.catalogue.models import ItemType
from lumbung.circulation import queries
from lumbung.circulation.events import LoanRuleAdded, LoanRuleChanged, LoanRuleRemoved
from lumbung.circulation.models import LoanRule
from lumbung.circulation.refusals import RULE_EXISTS, RULE_NUMBER_WRONG
from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.domain.categories import create_default_categories
from lumbung.members.models import Category
from lumbung.organization.models import Branch

BOUNDS = {
    "loan_days": (0, 3650),
    "loan_limit": (0, 1000),
    "renewal_limit": (0, 100),
    "hold_limit": (0, 100),
    "hold_days": (1, 60),
}
_LABELS = {field.name: field.verbose_name for field in LoanRule._meta.concrete_fields}
SCOPE = ("category", "item_type", "branch")


class Terms(NamedTuple):
    loan_days: int
    loan_limit: int
    renewal_limit: int
    hold_limit: int


DEFAULT_RULES: tuple[tuple[str | None, str | None, Terms], ...] = (
    # category, item type: what is usual at Indonesian schools and campuses
    ("pupil", None, Terms(loan_days=7, loan_limit=2, renewal_limit=1, hold_limit=2)),
    ("student", None, Terms(loan_days=7, loan_limit=3, renewal_limit=2, hold_limit=3)),
    ("final-year", None, Terms(loan_days=14, loan_limit=5, renewal_limit=2, hold_limit=5)),
    ("postgraduate", None, Terms(loan_days=14, loan_limit=5, renewal_limit=2, hold_limit=5)),
    ("teacher", None, Terms(loan_days=14, loan_limit=5, renewal_limit=2, hold_limit=5)),
    ("lecturer", None, Terms(loan_days=30, loan_limit=5, renewal_limit=2, hold_limit=5)),
    ("staff", None, Terms(loan_days=14, loan_limit=3, renewal_limit=1, hold_limit=3)),
    ("alumni", None, Terms(loan_days=7, loan_limit=2, renewal_limit=0, hold_limit=1)),
    ("public", None, Terms(loan_days=7, loan_limit=2, renewal_limit=1, hold_limit=1)),
    (None, "reserve", Terms(loan_days=1, loan_limit=1, renewal_limit=0, hold_limit=1)),
    (None, "audiovisual", Terms(loan_days=3, loan_limit=2, renewal_limit=1, hold_limit=2)),
)


@transaction.atomic
def create_default_rules(*, by: events.Actor | None) -> list[LoanRule]:
    """Give a new library its categories, item types and loan rules, as far as they are not there yet; returns the rules added."""
    categories = {category.code: category for category in create_default_categories(by=by)}
    item_types = {item_type.code: item_type for item_type in create_default_item_types(by=by)}
    present = {(rule.category_id, rule.item_type_id) for rule in LoanRule.objects.filter(branch=None)}
    added = []
    for category_code, type_code, terms in DEFAULT_RULES:
        category = categories[category_code] if category_code else None
        item_type = item_types[type_code] if type_code else None
        if (category and category.pk, item_type and item_type.pk) not in present:
            added.append(add_rule(category=category, item_type=item_type, by=by, **terms._asdict()))
    return added


@refuse_when_broken(one_rule_for_one_case=RULE_EXISTS)
@transaction.atomic
def add_rule(
    *,
    loan_days: int,
    loan_limit: int,
    renewal_limit: int,
    by: events.Actor | None,
    hold_limit: int = 3,
    hold_days: int = 3,
    category: Category | None = None,
    item_type: ItemType | None = None,
    branch: Branch | None = None,
) -> LoanRule:
    """Add a rule for a category, an item type and a branch; each left out means any. Refuses a second rule for the same case."""
    rule = LoanRule(
        category=category,
        item_type=item_type,
        branch=branch,
        loan_days=loan_days,
        loan_limit=loan_limit,
        renewal_limit=renewal_limit,
        hold_limit=hold_limit,
        hold_days=hold_days,
    )
    _refuse(rule)
    rule.save(force_insert=True)
    queries.loan_rules.changed()
    events.record(LoanRuleAdded(rule=rule.pk), by=by)
    return rule


@refuse_when_broken(one_rule_for_one_case=RULE_EXISTS)
@transaction.atomic
def change_rule(rule: LoanRule, *, by: events.Actor | None, **changes: Any) -> LoanRule:
    """Change terms or case of a rule; loans already made keep the terms they were made under. Refuses as ``add_rule`` does."""
    rule = LoanRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if changed := set_changed(rule, changes, allowed={*BOUNDS, *SCOPE}):
        _refuse(rule)
        rule.save(update_fields=changed)
        queries.loan_rules.changed()
        events.record(LoanRuleChanged(rule=rule.pk, fields=changed), by=by)
    return rule


@transaction.atomic
def remove_rule(rule: LoanRule, *, by: events.Actor | None) -> None:
    """Remove a rule; loans already made keep the terms they were made under."""
    key = rule.pk
    LoanRule.objects.get(pk=key).delete()
    queries.loan_rules.changed()
    events.record(LoanRuleRemoved(rule=key), by=by)


def _refuse(rule: LoanRule) -> None:
    reasons: list[Reason] = []
    for name, (least, most) in BOUNDS.items():
        if not least <= getattr(rule, name) <= most:
            label = str(_LABELS[name]).capitalize()
            reasons.append(RULE_NUMBER_WRONG(field=label, least=least, most=most))
    same = LoanRule.objects.filter(category=rule.category_id, item_type=rule.item_type_id, branch=rule.branch_id)
    if same.exclude(pk=rule.pk).exists():
        reasons.append(RULE_EXISTS())
    if reasons:
        raise Refused(reasons)
