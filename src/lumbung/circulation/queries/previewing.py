"""What other rules would decide for what is lent now: shown before a rule is saved. Loans already made keep their terms all the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db.models import Case as OneOf
from django.db.models import Count, DateField, Exists, F, IntegerField, OuterRef, Value, When
from django.db.models.functions import Coalesce

from lumbung.catalogue.models import ItemType
from lumbung.circulation.models import VALUES, Loan, LoanRule, PersonalRule, Policy, TermPackage
from lumbung.circulation.queries.personal_rules import know_personal_rules
from lumbung.circulation.queries.rule_book import rule_book
from lumbung.circulation.queries.rules import Rules, age_on, decided_for, loan_rules
from lumbung.circulation.queries.rulings import Case
from lumbung.circulation.queries.term_words import TERMS, covered, label_of, words_beside
from lumbung.kernel import clock
from lumbung.members.models import Member
from lumbung.members.queries import categories
from lumbung.organization.queries import branch_of, faculty_of

Row = Mapping[str, Any]
"""Loans alike, as ``_cases`` gives them."""


class Copy(NamedTuple):
    """What members' own rules speak of in a copy."""

    item_type_id: int
    location_id: int | None
    branch_id: int


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
    """What the open loans would be decided by ``after`` and are not by the rules as they stand, in a few statements. What members'
    own rules say goes before both.

    Newness of copies and waiting members are left out of account: they change by the day.
    """
    before = Rules(loan_rules(), rule_book()[1])
    effects: dict[tuple[Any, ...], Effect] = {}
    total = 0
    names = {each.pk: each.name for each in categories()}
    types = dict(ItemType.objects.values_list("pk", "name"))
    rows = _cases(by_age=before.know_ages or after.know_ages)
    own = _members_with_own_rules(rows)
    for row in rows:
        total += row["loans"]
        case, member = _case(row), own.get(row["with_own"])
        copy = Copy(row["item__item_type"], row["item__location"], row["item__branch"])
        was, will = (_decide(rules, case, copy, member) for rules in (before, after))
        changes = _changes(was, will)
        if changes:
            is_lost = _is_lent(was) and not _is_lent(will)
            told = (names[row["member__category"]], types[row["item__item_type"]], branch_of(case.branch).name)
            alike = effects.setdefault((*told, *changes), Effect(*told, 0, changes, is_lost))
            effects[*told, *changes] = replace(alike, loans=alike.loans + row["loans"])
    return Preview(total, sorted(effects.values(), key=lambda effect: (-effect.is_lost, -effect.loans)))


def _decide(rules: Rules, case: Case, copy: Copy, member: Member | None) -> Policy:
    """The terms of such a loan by these rules, and by those of the ``member``, where they have any of their own."""
    found = rules.decide(case) if member is None else decided_for(member, copy, case, by=rules)
    return found.policy if found else Policy(may_borrow=False)


def _is_lent(policy: Policy) -> bool:
    return policy.may_borrow and policy.has_a_period


def _cases(*, by_age: bool) -> Sequence[Row]:
    """The open loans, those alike counted: ``with_own`` is the member where they have rules of their own."""
    columns = (
        "member__category", "member__unit", "member__programme", "member__branch", "item__item_type", "item__record__material",
        "item__location", "item__branch", "lent_from", "kind",
    )  # fmt: skip
    born = F("member__born_on") if by_age else Value(None, DateField())
    stands = Coalesce(F("item__returns_to"), F("item__branch"))
    own = When(Exists(PersonalRule.objects.filter(member=OuterRef("member"))), then=F("member"))
    with_own = OneOf(own, default=None) if rule_book().are_personal else Value(None, IntegerField())
    rows = Loan.objects.open().order_by().values(*columns, stands=stands, born=born, with_own=with_own)
    return list(rows.annotate(loans=Count("pk")))


def _members_with_own_rules(rows: Sequence[Row]) -> Mapping[int, Member]:
    keys = {row["with_own"] for row in rows} - {None}
    members = Member.objects.in_bulk(keys) if keys else {}
    know_personal_rules(members.values())
    return members


def _case(row: Row) -> Case:
    day, programme = clock.today(branch_of(row["lent_from"]).zone), row["member__programme"]
    return Case(
        category=row["member__category"],
        branch=row["lent_from"],
        item_type=row["item__item_type"],
        material=row["item__record__material"],
        location=row["item__location"],
        unit=row["member__unit"],
        kind=row["kind"],
        day=day,
        faculty=faculty_of(programme),
        programme=programme,
        age=age_on(row["born"], day),
        home=row["member__branch"],
        owner=row["item__branch"],
        stands=row["stands"],
    )


def _changes(was: Policy, will: Policy) -> list[Change]:
    """What would be said otherwise: first what people ask about, then what their words do not tell."""
    told = [(name, words_beside(name, was), words_beside(name, will)) for name in TERMS]
    changes = {name: Change(label_of(name), before, after) for name, before, after in told if before != after}
    if not (was.may_borrow and will.may_borrow):
        return list(changes.values())
    silent = (name for name in VALUES if name not in covered(changes) and getattr(was, name) != getattr(will, name))
    return [*changes.values(), *(Change(label_of(name), words_beside(name, was), words_beside(name, will)) for name in silent)]
