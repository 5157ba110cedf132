"""The library's own order: places, types of copies, categories, rules, closed days. Few rows, by the parts' own verbs.

What is there already by the same name is recognised, not made twice; what was set here is not changed.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from lumbung.catalogue.domain.item_types import add_item_type
from lumbung.catalogue.models import ItemType
from lumbung.circulation.domain.rules import add_rule, change_rule
from lumbung.circulation.models import VALUES, FinePer, Loan, LoanRule
from lumbung.kernel.days import iso_day
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.categories import add_category
from lumbung.members.models import Category as MemberCategory
from lumbung.moving.domain.options import Places
from lumbung.moving.domain.plain import Category, ClosedDay, CopyType, Place, Room, Rule
from lumbung.moving.domain.stages.stage import Stage
from lumbung.moving.domain.values import written
from lumbung.moving.refusals import (
    CLOSED_DAY_PAST,
    CLOSED_WEEKDAY,
    PLACE_UNKNOWN,
    RULE_INCOMPLETE,
    RULE_KEPT,
    RULE_OF_OURS,
)
from lumbung.organization.domain.branches import add_branch, add_location
from lumbung.organization.domain.calendar import announce_closure, set_opening_hours
from lumbung.organization.domain.codes import code_for
from lumbung.organization.models import Branch, Closure, Location, OpeningHours

CODE, NAME, SHORT_NAME = 20, 120, 80
NO_MORE: dict[str, Any] = {
    "location": None, "unit": "", "new_for_days": None, "in_demand": False, "faculty": None, "programme": None,
    "age_from": None, "age_to": None, "is_renewal": False, "period": "", "branch_group": None, "home": None, "home_group": None,
    "owner": None, "owner_group": None, "stands": None, "stands_group": None,
}  # fmt: skip
"""Of what only our rules speak."""
ANY_TIME: dict[str, Any] = {
    "material": "", "weekdays": "", "first_day": None, "last_day": None, "waiting_from": None, "waiting_counted": "",
}  # fmt: skip
PLAIN_CASE: dict[str, Any] = {**NO_MORE, **ANY_TIME}
"""The rules of a case that every other system knows too: branch, category, type and how it is lent alone."""
CASE = ("branch", "category", "item_type", "loan_kind", *ANY_TIME)
NOTHING_SAID: dict[str, Any] = {
    each.name: None if each.null else "" for each in LoanRule._meta.concrete_fields if each.name in VALUES
}
"""Every term left open: what another system leaves open falls to its next rule there, and so it does here."""
Case = tuple[Any, ...]
"""What ``CASE`` names: our keys of branch, category and type, None for any, then the rest, empty for any."""
IN_HOUSE = "/in-house"
"""What is added to the source id of a type for its copies that are not lent: here the type says what may be lent."""


class PlaceStage(Stage[Place]):
    kind = Place

    def bring_in(self, fresh: Sequence[Place]) -> None:
        as_branches = self.work.options.places is Places.BRANCHES
        there = _by_names(Branch.objects.all() if as_branches else Location.objects.filter(branch=self.work.branch))
        for row in fresh:
            known = there.get(row.name.casefold()) or there.get(row.source_id.casefold())
            key = known or (None if self.work.pretend else self._make(row, as_branches=as_branches))
            there.setdefault(row.name.casefold(), key or 0)
            self.came(row, key, made=known is None)

    def _make(self, row: Place, *, as_branches: bool) -> int:
        code, name = code_for(row.source_id), (row.name or row.source_id)[:NAME]
        if as_branches:
            return add_branch(code=code, name=name, time_zone=self.work.branch.time_zone, by=self.work.by).pk
        return add_location(self.work.branch, code=code, name=name, by=self.work.by).pk

    def ours(self) -> QuerySet[Any]:
        return (Branch if self.work.options.places is Places.BRANCHES else Location).objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        return {each.pk: {"name": each.name} for each in self.ours().filter(pk__in=keys)}


class RoomStage(Stage[Room]):
    """Rooms of branches; where places are rooms themselves, a room in a room has the names of both."""

    kind = Room

    def bring_in(self, fresh: Sequence[Room]) -> None:
        there = {(each.branch_id, each.code.casefold()): each.pk for each in Location.objects.all()}
        for row in fresh:
            place = self.work.origins.key("place", row.place)
            if place is None:
                self.work.reject(row, PLACE_UNKNOWN(place=row.place))
                continue
            branch, code, name = self._told(row, place)
            known = there.get((branch, code.casefold()))
            key = known or (None if self.work.pretend else self._make(branch, code, name))
            there[branch, code.casefold()] = key or 0
            self.came(row, key, made=known is None)

    def _told(self, row: Room, place: int) -> tuple[int, str, str]:
        if self.work.options.places is Places.BRANCHES:
            return place, code_for(row.code), row.name[:NAME]
        return self.work.branch.pk, code_for(f"{row.place}-{row.code}"), f"{row.place} {row.name}"[:NAME]

    def _make(self, branch: int, code: str, name: str) -> int:
        return add_location(Branch.objects.get(pk=branch), code=code, name=name, by=self.work.by).pk

    def ours(self) -> QuerySet[Any]:
        return Location.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        return {each.pk: {"name": each.name} for each in Location.objects.filter(pk__in=keys)}


class CopyTypeStage(Stage[CopyType]):
    kind = CopyType

    def bring_in(self, fresh: Sequence[CopyType]) -> None:
        there = _by_names(ItemType.objects.all())
        for row in fresh:
            known = there.get(row.name.casefold())
            key = known or (None if self.work.pretend else make_type(row.name, lendable=True, by=self.work.by))
            self.came(row, key, made=known is None)

    def ours(self) -> QuerySet[Any]:
        return ItemType.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        return {each.pk: {"name": each.name} for each in ItemType.objects.filter(pk__in=keys)}


def make_type(name: str, *, lendable: bool, by: Any) -> int:
    code = _free_code(name, ItemType.objects.values_list("code", flat=True))
    return add_item_type(code=code, name=name[:SHORT_NAME], lendable=lendable, by=by).pk


class CategoryStage(Stage[Category]):
    kind = Category

    def bring_in(self, fresh: Sequence[Category]) -> None:
        there = _by_names(MemberCategory.objects.all())
        for row in fresh:
            known = there.get(row.name.casefold())
            key = known or (None if self.work.pretend else self._make(row))
            self.came(row, key, made=known is None)

    def _make(self, row: Category) -> int:
        code = _free_code(row.name, MemberCategory.objects.values_list("code", flat=True))
        months = max(1, min(row.membership_months, 240))
        return add_category(code=code, name=row.name[:SHORT_NAME], membership_months=months, by=self.work.by).pk

    def ours(self) -> QuerySet[Any]:
        return MemberCategory.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        return {each.pk: {"name": each.name} for each in MemberCategory.objects.filter(pk__in=keys)}


class RuleStage(Stage[Rule]):
    """A rule for the same case that is there already: while nothing was ever lent here it is only what a new library begins with, and takes
    over the terms of the other system; later it stays, and that is told."""

    kind = Rule

    def take(self, some: Sequence[Rule]) -> None:
        super().take(some)
        if some[-1].terms and some[-1].at == self.work.source.count(Rule):
            self._tell_of_others()

    def _tell_of_others(self) -> None:
        """The rules here that the other system has not, and that speak of what came from it: they go before its general ones."""
        coming = {self._case(row) for row in self.work.source.rows(Rule) if isinstance(row, Rule)}
        of = self.work.origins.of
        categories, types = ({None, *(each.key for each in of(entity).values())} for entity in ("category", "copy_type"))
        for rule in LoanRule.objects.filter(**PLAIN_CASE, loan_kind="").select_related("category", "item_type", "branch"):
            case = (rule.branch_id, rule.category_id, rule.item_type_id, "", *ANY_TIME.values())
            if case not in coming and rule.category_id in categories and rule.item_type_id in types:
                self.work.tell(self.kind.entity, RULE_OF_OURS(rule=rule))

    def bring_in(self, fresh: Sequence[Rule]) -> None:
        rules = LoanRule.objects.filter(**NO_MORE)
        there: dict[Case, int] = {tuple(case): key for key, *case in rules.values_list("pk", *CASE)}
        for row in fresh:
            case = self._case(row)
            wanted = (row.branch, row.category, row.copy_type)
            if any(name and key is None for name, key in zip(wanted, case[:3], strict=True)):
                self.work.reject(row, RULE_INCOMPLETE())
            elif (known := there.get(case)) is not None:
                self.came(row, known, made=False)
                self._settle(row, known)
            else:
                there[case] = 0
                self._add(row, case)

    def _settle(self, row: Rule, known: int) -> None:
        if not self._is_new_library():
            self.work.warn(row, RULE_KEPT())
        elif known and not self.work.pretend and (before := self.change(row, known)):
            self.work.origins.change(row.entity, row.source_id, row.digest, before)

    def _is_new_library(self) -> bool:
        return not Loan.objects.exists()

    def change(self, row: Rule, key: int) -> dict[str, Any] | None:
        """Only in a library that has not lent yet."""
        rule = LoanRule.objects.filter(pk=key).first()
        if rule is None or not self._is_new_library():
            return None
        told = {**(NOTHING_SAID if row.terms else {}), **_terms(row)}
        before = {name: getattr(rule, name) for name in told}
        change_rule(rule, by=self.work.by, **told)
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in before.items()}

    def restore(self, key: int, before: dict[str, Any]) -> None:
        if rule := LoanRule.objects.filter(pk=key).first():
            day = {"due_by": iso_day(before["due_by"])} if "due_by" in before else {}
            change_rule(rule, by=self.work.by, **{**before, **day})

    def _case(self, row: Rule) -> Case:
        keys = self.work.origins.key
        branch = keys("place", row.branch) if self.work.options.places is Places.BRANCHES else None
        told = (getattr(row, name) for name in ("loan_kind", *ANY_TIME))
        return branch, keys("category", row.category), keys("copy_type", row.copy_type), *told

    def _add(self, row: Rule, case: Case) -> None:
        branch, category, copy_type, *more = case
        if self.work.pretend:
            self.came(row, None)
            return
        try:
            made = add_rule(
                branch=Branch.objects.get(pk=branch) if branch else None,
                category=MemberCategory.objects.get(pk=category) if category else None,
                item_type=ItemType.objects.get(pk=copy_type) if copy_type else None,
                **dict(zip(CASE[3:], more, strict=True)),
                by=self.work.by,
                **_terms(row),
            )
        except Refused as refused:
            self.work.reject(row, *refused.reasons)
            return
        self.came(row, made.pk)

    def ours(self) -> QuerySet[Any]:
        return LoanRule.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        rules = LoanRule.objects.filter(pk__in=keys)
        return {each.pk: {name: written(getattr(each, name)) for name in VALUES} for each in rules}


class ClosedDayStage(Stage[ClosedDay]):
    """Days to come are announced, everywhere or at their branch; days gone by decide nothing any more, and are kept with the tables."""

    kind = ClosedDay

    def bring_in(self, fresh: Sequence[ClosedDay]) -> None:
        for row in fresh:
            branch = self.work.origins.key("place", row.place)
            if row.place is not None and branch is None:
                self.work.reject(row, PLACE_UNKNOWN(place=row.place))
            elif row.weekday is not None:
                self._close_weekday(row, row.weekday, branch)
            elif row.day is None or row.day < self.work.today:
                self.work.warn(row, CLOSED_DAY_PAST(day=f"{row.day:%d/%m/%Y}" if row.day else "–"))
                self.work.count(row.entity, "kept")
            else:
                there = Closure.objects.filter(Q(branch=None) | Q(branch=branch), first_day__lte=row.day, last_day__gte=row.day)
                known = there.order_by("branch").first()
                self.came(row, known.pk if known else self._announce(row, branch), made=known is None)

    def _announce(self, row: ClosedDay, branch: int | None) -> int | None:
        if self.work.pretend or row.day is None:
            return None
        closed = Branch.objects.get(pk=branch) if branch is not None else None
        reason = row.reason[:NAME] or "Libur"
        return announce_closure(first_day=row.day, last_day=row.day, reason=reason, branch=closed, by=self.work.by).pk

    def _close_weekday(self, row: ClosedDay, weekday: int, only: int | None) -> None:
        """Take the day out of the opening hours of the branch, or of all that there are here of the other system; where nobody knows the
        hours, that is told."""
        unknown = False
        for branch in Branch.objects.filter(pk__in=[only] if only is not None else self._branches()):
            hours = list(OpeningHours.objects.filter(branch=branch, period=None, until=None))
            unknown = unknown or not hours
            if any(each.weekday == weekday for each in hours) and not self.work.pretend:
                week = [(each.weekday, each.opens, each.closes) for each in hours if each.weekday != weekday]
                set_opening_hours(branch, week, by=self.work.by)
        if unknown or (only is not None and only < 0):  # a rehearsal has not made the branch yet
            self.work.warn(row, CLOSED_WEEKDAY(day=f"{row.reason} ({row.place})" if row.place else row.reason))
        self.work.count(row.entity, "kept")

    def _branches(self) -> set[int]:
        as_branches = self.work.options.places is Places.BRANCHES
        return {self.work.branch.pk, *(each.key for each in self.work.origins.of("place").values() if as_branches)}

    def ours(self) -> QuerySet[Any]:
        return Closure.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        closures = Closure.objects.filter(pk__in=keys)
        return {each.pk: {"day": each.first_day.isoformat(), "reason": each.reason} for each in closures}


def _terms(row: Rule) -> dict[str, Any]:
    """What the row says, in our words. In the days of grace nothing is due; after them the fine counts from the due date."""
    if row.terms:
        return dict(row.terms)
    fine = {"fine": row.fee_per_day, "fine_per": FinePer.DAY.value, "grace_days": row.grace_days, "grace_deducts": False}
    return {
        "loan_days": row.loan_days,
        "loan_limit": row.loan_limit,
        "renewal_limit": row.renewal_limit,
        "hold_limit": row.hold_limit,
        **({"renewal_days": row.renewal_days} if row.renewal_days else {}),
        **(fine if row.fee_per_day else {}),
        **dict(row.lateness),
    }


def _by_names(rows: Iterable[Any]) -> dict[str, int]:
    """Keys by code and by name, case aside."""
    found: dict[str, int] = {}
    for each in rows:
        found.setdefault(each.code.casefold(), each.pk)
        found.setdefault(each.name.casefold(), each.pk)
    return found


def _free_code(name: str, taken: Iterable[str]) -> str:
    """A code made of the name that is not in use."""
    used = {each.casefold() for each in taken}
    stem = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:CODE] or "jenis"
    code, number = stem, 1
    while code in used:
        number += 1
        code = f"{stem[: CODE - len(str(number)) - 1]}-{number}"
    return code
