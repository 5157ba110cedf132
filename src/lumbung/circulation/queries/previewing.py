"""What other rules would decide for what is lent now: shown before a rule is saved. Loans already made keep their terms all the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, DateField, F, Value
from django.db.models.functions import Coalesce

from lumbung.catalogue.models import ItemType
from lumbung.circulation.models import VALUES, Loan, LoanRule, Policy, TermPackage
from lumbung.circulation.queries.rule_book import rule_book
from lumbung.circulation.queries.rules import Rules, age_on, loan_rules
from lumbung.circulation.queries.rulings import Case
from lumbung.circulation.queries.term_words import TERMS, covered, label_of, term_words
from lumbung.kernel import clock
from lumbung.members.queries import categories
from lumbung.organization.queries import branch_of, faculty_of


@dataclass(frozen=True)
class Change:
    """One term that would be said otherwise."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Effect:
    """Open loans of one category, type and branch that would be decided otherwise, and alike, if they were made now. ``is_lost``: nothing
    would be lent any more."""

    category: str
    item_type: str
    branch: str
    loans: int
    changes: Sequence[Change]
    is_lost: bool


@dataclass(frozen=True)
class Preview:
    """``effects``, most loans first; ``open_loans`` is how many there are in all."""

    open_loans: int
    effects: Sequence[Effect]

    @property
    def changed(self) -> int:
        return sum(effect.loans for effect in self.effects)


def rules_with(rule: LoanRule) -> Rules:
    """The rules as they would be with this one, new or changed."""
    others = [each for each in loan_rules() if each.pk != rule.pk]
    if rule.pk is None:
        rule.pk = max((each.pk for each in others), default=0) + 1
    return Rules([*others, rule], rule_book()[1])


def rules_without(rule: LoanRule) -> Rules:
    return Rules([each for each in loan_rules() if each.pk != rule.pk], rule_book()[1])


def rules_with_package(package: TermPackage) -> Rules:
    """The rules as they would be if the package they name said what this one says."""
    rules = loan_rules()
    for rule in rules:
        if rule.package_id == package.pk:
            rule.package = package
    return Rules(rules, rule_book()[1])


def preview(after: Rules) -> Preview:
    """What the open loans would be decided by ``after`` and are not by the rules as they stand, in a few statements.

    Newness of copies and waiting members are left out of account: they change by the day.
    """
    before = Rules(loan_rules(), rule_book()[1])
    effects: dict[tuple[Any, ...], Effect] = {}
    total = 0
    names = {each.pk: each.name for each in categories()}
    types = dict(ItemType.objects.values_list("pk", "name"))
    for category, unit, programme, item_type, material, location, branch, kind, home, owner, stands, born, loans in _cases(
        by_age=before.know_ages or after.know_ages
    ):
        total += loans
        day = clock.today(branch_of(branch).zone)
        facts = {"programme": programme, "faculty": faculty_of(programme), "age": age_on(born, day)}
        facts |= {"home": home, "owner": owner, "stands": stands}
        case = Case(category, branch, item_type, material, location, unit, kind, day=day, **facts)
        was, will = before.decide(case), after.decide(case)
        changes = _changes(was.policy if was else Policy(may_borrow=False), will.policy if will else Policy(may_borrow=False))
        if changes:
            is_lost = will is None or not will.policy.may_borrow or not will.policy.has_a_period
            told = (names[category], types[item_type], branch_of(branch).name)
            alike = effects.setdefault((*told, *changes), Effect(*told, 0, changes, is_lost))
            effects[*told, *changes] = replace(alike, loans=alike.loans + loans)
    return Preview(total, sorted(effects.values(), key=lambda effect: (-effect.is_lost, -effect.loans)))


def _cases(*, by_age: bool) -> Sequence[tuple]:  # type: ignore[type-arg]  # a row of the columns below
    columns = (
        "member__category", "member__unit", "member__programme", "item__item_type", "item__record__material", "item__location",
        "lent_from", "kind", "member__branch", "item__branch",
    )  # fmt: skip
    born = F("member__born_on") if by_age else Value(None, DateField())
    stands = Coalesce(F("item__returns_to"), F("item__branch"))
    return list(Loan.objects.open().order_by().values_list(*columns, stands, born).annotate(loans=Count("pk")))


def _changes(was: Policy, will: Policy) -> list[Change]:
    """What would be said otherwise: first what people ask about, then what their words do not tell."""
    told = [(name, term_words(name, was), term_words(name, will)) for name in TERMS]
    changes = {name: Change(label_of(name), before, after) for name, before, after in told if before != after}
    if not (was.may_borrow and will.may_borrow):
        return list(changes.values())
    silent = (name for name in VALUES if name not in covered(changes) and getattr(was, name) != getattr(will, name))
    return [*changes.values(), *(Change(label_of(name), term_words(name, was), term_words(name, will)) for name in silent)]
