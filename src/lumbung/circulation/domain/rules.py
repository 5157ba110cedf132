"""The table of loan rules, and the one a new library begins with."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F

from lumbung.catalogue.domain.item_types import create_default_item_types
from lumbung.circulation.domain.terms import faults_of_terms, out_of_bounds, says_nothing
from lumbung.circulation.events import LoanRuleAdded, LoanRuleChanged, LoanRuleRemoved, RuleWeightsSet
from lumbung.circulation.models import CRITERIA, VALUES, LoanRule, RuleBook
from lumbung.circulation.models.rule import OF_LENDING, case_key
from lumbung.circulation.queries import rules
from lumbung.circulation.refusals import (
    NAMED_GONE,
    RULE_AGES_BACKWARDS,
    RULE_BACKWARDS,
    RULE_EXISTS,
    RULE_GONE,
    RULE_LOCATION_ELSEWHERE,
    RULE_RETURNS_OF_MEMBERS,
    RULE_SAYS_NOTHING,
    WEIGHT_WRONG,
)
from lumbung.kernel import events
from lumbung.kernel.changes import locked, named_by, reasons_of_those_gone, set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.domain.categories import create_default_categories

CASE_BOUNDS = {
    "new_for_days": (1, 3650),
    "age_from": (0, 120),
    "age_to": (0, 120),
    "waiting_from": (1, 1000),
}
CASE = (
    "category", "item_type", "branch", "location", "material", "unit", "new_for_days", "in_demand", "loan_kind",
    "is_renewal", "weekdays", "first_day", "last_day", "period", "faculty", "programme", "age_from", "age_to",
    "waiting_from", "waiting_counted", "branch_group", "home", "home_group", "owner", "owner_group", "stands", "stands_group",
)  # fmt: skip
FIELDS = frozenset({"name", "package", *CASE, *VALUES})
HEAVIEST = 1_000_000


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
def add_rule(*, by: events.Actor | None, **said: Any) -> LoanRule:
    """Add a rule: what case it speaks of and what it says of it, by the names of its fields; what is left out means any, or left
    to its ``package`` and then to other rules.

    Refuses a second rule for the same case, a rule that says nothing, one that names what somebody removed meanwhile, and values out of
    bounds, all at once.
    """
    if unknown := said.keys() - FIELDS:
        raise TypeError(f"a loan rule has no {', '.join(sorted(unknown))}")
    rule = LoanRule(**{name: value.strip() if isinstance(value, str) else value for name, value in said.items()})
    _refuse(rule)
    rule.save(force_insert=True)
    turn_the_page()
    events.record(LoanRuleAdded(rule=rule.pk), by=by)
    return rule


@refuse_when_broken(one_rule_for_one_case=RULE_EXISTS)
@transaction.atomic
def change_rule(rule: LoanRule, *, by: events.Actor | None, **changes: Any) -> LoanRule:
    """Change terms or case of a rule; loans already made keep the terms they were made under. Refuses as ``add_rule`` does, and
    when the rule is gone."""
    rule = locked(rule, gone=RULE_GONE)
    if changed := set_changed(rule, changes, allowed=FIELDS):
        _refuse(rule)
        rule.save(update_fields=changed)
        turn_the_page()
        events.record(LoanRuleChanged(rule=rule.pk, fields=changed), by=by)
    return rule


@transaction.atomic
def remove_rule(rule: LoanRule, *, by: events.Actor | None) -> None:
    """Remove a rule; loans already made keep the terms they were made under."""
    key = rule.pk
    locked(rule, gone=RULE_GONE).delete()
    turn_the_page()
    events.record(LoanRuleRemoved(rule=key), by=by)


@transaction.atomic
def weigh(weights: Mapping[str, int], *, by: events.Actor | None) -> None:
    """Set how much each criterion weighs; those left out weigh what they weigh from the start. Refuses weights out of bounds."""
    reasons = [WEIGHT_WRONG(field=name) for name, weight in weights.items() if not 0 <= weight <= HEAVIEST]
    if reasons:
        raise Refused(reasons)
    if unknown := weights.keys() - CRITERIA.keys():
        raise TypeError(f"there is no criterion {', '.join(sorted(unknown))}")
    own = {name: weight for name, weight in weights.items() if weight != CRITERIA[name]}
    turn_the_page(weights=own)
    events.record(RuleWeightsSet(fields=sorted(own)), by=by)


def turn_the_page(**more: Any) -> None:
    """The rules changed: every process reads them anew before long."""
    RuleBook.objects.get_or_create(pk=1)
    RuleBook.objects.filter(pk=1).update(version=F("version") + 1, **more)
    rules.changed()


def _refuse(rule: LoanRule) -> None:
    reasons: list[Reason] = [*out_of_bounds(rule, CASE_BOUNDS), *faults_of_terms(rule)]
    reasons += reasons_of_those_gone(named_by(rule), gone=NAMED_GONE)
    if says_nothing(rule) and rule.package is None:
        reasons.append(RULE_SAYS_NOTHING())
    spans = ((rule.first_day, rule.last_day, RULE_BACKWARDS), (rule.age_from, rule.age_to, RULE_AGES_BACKWARDS))
    reasons += [backwards() for first, last, backwards in spans if _run_backwards(first, last)]
    if rule.location and rule.branch_id and rule.location.branch_id != rule.branch_id:
        reasons.append(RULE_LOCATION_ELSEWHERE(location=rule.location))
    if rule.return_to and any(getattr(rule, name) not in (None, "", False) for name in OF_LENDING):
        reasons.append(RULE_RETURNS_OF_MEMBERS())
    if LoanRule.objects.filter(case_key=case_key(rule)).exclude(pk=rule.pk).exists():
        reasons.append(RULE_EXISTS())
    if reasons:
        raise Refused(reasons)


def _run_backwards(first: Any, last: Any) -> bool:
    """Whether what goes from one value to another ends before it begins."""
    return first is not None and last is not None and last < first
