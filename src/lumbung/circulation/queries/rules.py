"""Which rules hold, and what they say together.

A rule speaks of a case (``LoanRule``) or leaves places of it open. Of the rules that fit, the weightiest goes first: its weight is the sum
of the weights of what it speaks of (``CRITERIA``, or what the library set instead), so that a rule for Ramadan goes before one for a
branch, that before one for an item type, and that before one for a category. Of rules of one weight the one whose category, then whose
branch, is nearest to the member's and the desk's own goes first, then the older one; a group of branches is farther than any branch.

Every term is said by the first rule that says it: a rule for reserve copies says how long, and leaves fines to the rule for students. A
rule that names a package of terms says what the package says, as far as it does not say it otherwise itself.

``loan_limit`` is counted twice. Where the rule that says it speaks of items (type, kind, place, owner, newness), it limits the member's
open loans of such items. What would be said of an item of no particular kind limits all the member's open loans together. A rule that names
a branch counts only loans made there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from lumbung.catalogue.models import Item
from lumbung.circulation.models import CRITERIA, VALUES, HoldOf, LoanKinds, LoanRule, Policy, WaitingCounted
from lumbung.circulation.models.personal_rule import SuchACopy
from lumbung.circulation.models.policy import QUALIFIERS, STEPS, TOGETHER, as_steps
from lumbung.circulation.models.rule import WHERE
from lumbung.circulation.models.terms import Terms
from lumbung.circulation.queries.personal_rules import personal_ruling
from lumbung.circulation.queries.rule_book import rule_book
from lumbung.circulation.queries.rulings import NO_DEMAND, NOWHERE, Case, Demand, GroupOf, Ruling, places_of
from lumbung.kernel import clock
from lumbung.kernel.remembered import remembered
from lumbung.members.models import Member
from lumbung.members.queries import lineage
from lumbung.organization import queries as organization
from lumbung.organization.models import Branch

_NAMED = {name: f"{name}_id" for name in ("category", "item_type", "location", "faculty", "programme")}
_OF_SINGLE_COPIES = frozenset({"new_for_days", "owner", "stands"})
"""Criteria in which copies of one type and place differ."""
_OF_SCOPE = frozenset({"hold_from", "pickup_at", "guarded_days"})
"""Terms that let a hold have some copies of its title and not others."""
_SPANS = {"dates": ("first_day", "last_day"), "age": ("age_from", "age_to")}
"""Criteria that are from one value to another; either may be left open."""


@dataclass(frozen=True)
class Decision:
    """What is decided in a case, and why: ``ranked`` are the rules that fit, weightiest first, ``said`` which of them said what."""

    case: Case
    policy: Policy
    ranked: Sequence[Ruling]
    said: Mapping[str, Ruling] = field(repr=False)

    @property
    def rule(self) -> Ruling | None:
        """The rule that says how long, or that nothing is lent."""
        return self.said.get("may_borrow") if not self.policy.may_borrow else self.said.get("loan_days")

    def title_of(self, value: str) -> str:
        """What the rule that says it is called; nothing where none does."""
        return self.said[value].title if value in self.said else ""

    def runner_up(self, value: str) -> Ruling | None:
        """The rule that would have said it, were the first not there."""
        name = TOGETHER.get(value, value)
        group = {name, *(each for each, head in TOGETHER.items() if head == name)}
        saying = [ruling for ruling in self.ranked if not group.isdisjoint(ruling.says_on(self.case.day))]
        return saying[1] if len(saying) > 1 else None

    @property
    def is_allowed_personally(self) -> bool:
        """Whether a rule of the member's own lets them have it."""
        said = self.said.get("may_borrow")
        return said is not None and said.is_personal and self.policy.may_borrow

    @cached_property
    def others(self) -> "Sequence[Ruling]":
        """The rules that fit beside the one that says how long."""
        return [ruling for ruling in self.ranked if ruling is not self.rule]


class Rules:
    """A set of rules with weights, made ready to decide in much less than a millisecond whatever their number."""

    def __init__(self, rules: Iterable[LoanRule], weights: Mapping[str, int] = {}, version: int = 0) -> None:
        self.version = version
        self.weights = {**CRITERIA, **weights}
        self.rulings = [_ruling(rule, self.weights) for rule in rules]
        self._by_case: dict[tuple[int | None, int | None, str | None], list[Ruling]] = defaultdict(list)
        for ruling in self.rulings:
            spoken = ruling.speaks_of.get
            self._by_case[spoken("category"), spoken("item_type"), spoken("unit")].append(ruling)
        self._said: dict[tuple[tuple[int, bool], ...], tuple[Policy, Mapping[str, Ruling]]] = {}
        self.know_renewals = any("is_renewal" in ruling.speaks_of for ruling in self.rulings)
        self.charge_for_lending = any(ruling.says.get("loan_fee") for ruling in self.rulings)
        self.know_bookings = any(ruling.says.get("booking_limit") for ruling in self.rulings)
        self.know_ages = any("age" in ruling.speaks_of for ruling in self.rulings)
        self.know_materials = any("material" in ruling.speaks_of for ruling in self.rulings)
        self.scope_holds = any(not _OF_SCOPE.isdisjoint(ruling.says) for ruling in self.rulings)
        self.look_at_copies = self.scope_holds or any(
            not _OF_SINGLE_COPIES.isdisjoint(ruling.speaks_of) for ruling in self.rulings
        )
        self.places = {name for ruling in self.rulings for _, name, _ in ruling.places}
        self.charge_unfetched = any(ruling.says.get("unfetched_fee") for ruling in self.rulings)
        self.choose_copies = any(ruling.says.get("hold_of", HoldOf.TITLE) != HoldOf.TITLE for ruling in self.rulings)
        self.keep_ready = any(ruling.says.get("cancel_ready") is False for ruling in self.rulings)
        self.ways_of_counting = {said[1] for ruling in self.rulings if (said := ruling.speaks_of.get("waiting"))}
        self.let_recall = any(ruling.says.get("recall_limit") for ruling in self.rulings)

    def decide(self, case: Case) -> Decision | None:
        """What holds in this case; None when no rule fits."""
        ranked = self._ranked(case)
        if not ranked:
            return None
        key = tuple((ruling.pk, ruling.is_over(case.day)) for ruling in ranked)
        if key not in self._said:
            self._said[key] = _said(ranked, case.day)
        policy, said = self._said[key]
        return Decision(case, policy, ranked, said)

    def _ranked(self, case: Case) -> list[Ruling]:
        above = lineage(case.category) if case.category is not None else ()
        near = {name: places_of(getattr(case, name)) for name in self.places}
        types = (case.item_type, None) if case.item_type is not None else (None,)
        units = (case.unit.casefold(), None) if case.unit else (None,)
        kinds = organization.period_kinds_on(organization.branch_of(case.branch), case.day)
        fitting = [
            (ruling.weight, -nearness, where, -ruling.pk, ruling)
            for nearness, category in enumerate((*above, None))
            for item_type in types
            for unit in units
            for ruling in self._by_case.get((category, item_type, unit), ())
            if (where := ruling.nearness(near) if ruling.places else NOWHERE) is not None and ruling.fits(case, kinds)
        ]
        return [row[-1] for row in sorted(fitting, key=lambda row: row[:-1], reverse=True)]


def _said(ranked: Sequence[Ruling], day: date) -> tuple[Policy, Mapping[str, Ruling]]:
    """The terms the rules say together that day, and who said which."""
    said: dict[str, Ruling] = {}
    heads: dict[str, Ruling] = {}
    for ruling in ranked:
        for name in ruling.says_on(day):
            if heads.setdefault(TOGETHER.get(name, name), ruling) is ruling:
                said[name] = ruling
    policy = Policy(**{name: ruling.says[name] for name, ruling in said.items()})
    return policy, {**said, **heads}


def _ruling(rule: LoanRule, weights: Mapping[str, int]) -> Ruling:
    speaks_of: dict[str, Any] = {}
    for name in CRITERIA:
        if name in _SPANS:
            first, last = (getattr(rule, end) for end in _SPANS[name])
            if first is not None or last is not None:
                speaks_of[name] = (first, last)
        elif name in WHERE:
            if group := getattr(rule, f"{name}_group_id"):
                speaks_of[name] = GroupOf(group)
            elif branch := getattr(rule, f"{name}_id"):
                speaks_of[name] = branch
        elif name == "waiting":
            if rule.waiting_from is not None:
                speaks_of[name] = (rule.waiting_from, rule.waiting_counted or WaitingCounted.TITLE)
        elif value := getattr(rule, _NAMED.get(name, name)):
            speaks_of[name] = value.casefold() if name == "unit" else value
    says, more = said_by(rule), said_by(rule.package) if rule.package else {}
    heads = {TOGETHER.get(name, name) for name in says}
    more = {name: value for name, value in more.items() if TOGETHER.get(name, name) not in heads}
    return Ruling(
        pk=rule.pk or 0,
        title=str(rule),
        speaks_of=speaks_of,
        says=says | more,
        weight=sum(weights[name] for name in speaks_of),
        package=str(rule.package or ""),
        of_package=frozenset({*more, *(TOGETHER.get(name, name) for name in more)}),
    )


def said_by(row: Terms) -> dict[str, Any]:
    """The terms a rule or a package says itself."""
    says = {name: value for name in VALUES if (value := getattr(row, name, None)) not in (None, "")}
    if "loan_days" in says or "loan_hours" in says:
        says.setdefault("may_borrow", True)  # who says how long says that it may be had
    for name, heads in QUALIFIERS.items():
        if says.keys().isdisjoint(heads):
            says.pop(name, None)
    return says | {name: as_steps(says[name]) for name in STEPS if name in says}


@remembered(seconds=60.0)
def _rules() -> Rules:
    version, weights, _personal = rule_book()
    return Rules(loan_rules(), weights, version)


def rules_now() -> Rules:
    """The rules as they stand: fresh as soon as the version is."""
    if _rules().version != rule_book()[0]:
        _rules.forget()
    return _rules()


def changed() -> None:
    """A rule was changed in the present transaction."""
    rule_book.changed()
    _rules.changed()


def loan_rules() -> list[LoanRule]:
    """Every rule, with what it names."""
    return list(
        LoanRule.objects.select_related(
            "category", "item_type", "location", "faculty", "programme", "package", *WHERE, *(f"{name}_group" for name in WHERE)
        ).order_by("id")
    )


def rule_titled(key: int | None) -> str:
    """What the rule of this key is called; nothing when it is gone. Those of members themselves have keys below nothing."""
    if key is not None and key < 0:
        return _("ketentuan khusus anggota")
    return next((ruling.title for ruling in rules_now().rulings if ruling.pk == key), "")


def decision(
    item: Item,
    member: Member,
    branch: Branch,
    *,
    kind: str = LoanKinds.NORMAL,
    is_renewal: bool = False,
    in_demand: bool = False,
    demand: Demand = NO_DEMAND,
    now: datetime | None = None,
) -> Decision | None:
    """What holds for lending this item to this member at this branch; None when no rule fits, and then nothing may be lent."""
    facts: dict[str, Any] = {"kind": kind, "is_renewal": is_renewal, "in_demand": in_demand, "demand": demand, "now": now}
    return decided_for(member, item, case_of(item, member, branch, **facts), by=rules_now(), now=now)


def decided_for(member: Member, item: SuchACopy, case: Case, *, by: Rules, now: datetime | None = None) -> Decision | None:
    """What these rules decide in this case, which is one of lending the item to the member, where a rule of the member's own does not."""
    found, own = by.decide(case), None if case.kind == LoanKinds.ON_SITE else personal_ruling(item, member, now)
    return found if own is None else _before_all(own, found, case)


def _before_all(own: Ruling, found: Decision | None, case: Case) -> Decision:
    """What is decided where the member has a rule of their own."""
    ranked = [own, *(found.ranked if found else ())]
    policy, said = _said(ranked, case.day)
    return Decision(case, policy, ranked, said)


def case_of(item: Item, member: Member, branch: Branch, *, now: datetime | None = None, **facts: Any) -> Case:
    """The case of lending this item to this member there and then. ``item`` comes with its title."""
    day = (now or clock.now()).astimezone(branch.zone).date()
    return Case(
        branch=branch.pk,
        material=item.record.material,
        day=day,
        added_on=item.added_at.astimezone(branch.zone).date(),
        **facts_of_copy(item),
        **facts_of(member, day),
        **facts,
    )


def facts_of_copy(item: Item) -> dict[str, Any]:
    """What rules may speak of in a copy, beside its title and its age: type, place, whose it is, and where it stands."""
    return {
        "item_type": item.item_type_id,
        "location": item.location_id,
        "owner": item.branch_id,
        "stands": item.returns_to_id or item.branch_id,
    }


def facts_of(member: Member, day: date) -> dict[str, Any]:
    """What rules may speak of in a member, as it is that day."""
    return {
        "category": member.category_id,
        "home": member.branch_id,
        "unit": member.unit,
        "faculty": organization.faculty_of(member.programme_id),
        "programme": member.programme_id,
        "age": age_on(member.born_on, day),
    }


def age_on(born: date | None, day: date) -> int | None:
    """How many years somebody has lived that day; None where the birthday is not known."""
    return None if born is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def total_decision(
    member: Member, branch: Branch, *, kind: str = LoanKinds.NORMAL, now: datetime | None = None
) -> Decision | None:
    """What holds for the member whatever the item: the limit of all loans together, what may be owed."""
    day = (now or clock.now()).astimezone(branch.zone).date()
    return rules_now().decide(Case(branch=branch.pk, kind=kind, day=day, **facts_of(member, day)))


def hold_decision(member: Member, item: Item, branch: Branch, *, material: str = "") -> Decision | None:
    """What holds today for the member's hold of this copy of a title of that ``material``, to be fetched at the branch; None when no rule
    fits. Of the copy, its type, its place, its branches and since when it is there are read."""
    day = clock.today(branch.zone)
    case = Case(
        branch=branch.pk,
        material=material,
        day=day,
        added_on=item.added_at.astimezone(branch.zone).date() if item.added_at else None,
        **facts_of_copy(item),
        **facts_of(member, day),
    )
    return decided_for(member, item, case, by=rules_now())


def best_rule(*, category: int, item_type: int | None, branch: int) -> Policy | None:
    """The terms for a category, a type of item and a branch today, where nothing more is known; None when no rule fits."""
    day = clock.today(organization.branch_of(branch).zone)
    found = rules_now().decide(Case(category=category, branch=branch, item_type=item_type, day=day))
    return found.policy if found else None
