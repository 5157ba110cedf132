"""Rules of one member's own: what they may borrow beside, or instead of, what the rules say to everybody like them."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from lumbung.catalogue.models import ItemType
from lumbung.circulation.domain.rules import turn_the_page
from lumbung.circulation.domain.terms import BOUNDS
from lumbung.circulation.events import PersonalRuleAdded, PersonalRuleChanged, PersonalRuleRemoved
from lumbung.circulation.models import PersonalRule
from lumbung.circulation.queries.personal_rules import day_at_home
from lumbung.circulation.refusals import (
    NAMED_GONE,
    PERSONAL_DAYS_WRONG,
    PERSONAL_REASON_EMPTY,
    PERSONAL_RULE_GONE,
    PERSONAL_RULE_OF_NOTHING,
    PERSONAL_RULE_OVER,
)
from lumbung.kernel import clock, events
from lumbung.kernel.changes import locked, reasons_of_those_gone, set_changed
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.models import Member
from lumbung.organization.models import Branch, Location

FIELDS = frozenset({"kind", "loan_days", "reason", "until"})
NAMED = ("item_types", "locations", "branches")


@transaction.atomic
def add_personal_rule(
    member: Member,
    *,
    item_types: Collection[ItemType] = (),
    locations: Collection[Location] = (),
    branches: Collection[Branch] = (),
    by: events.Actor | None,
    **said: Any,
) -> PersonalRule:
    """Let the member borrow some types and places too, for so many days, or these alone. Refuses one without a reason or over nothing, one
    that is over already, what is allowed without a time, and what somebody removed meanwhile, all at once."""
    actor = by.pk if by is not None else None
    rule = PersonalRule(member=member, added_at=clock.now(), added_by_id=actor)
    set_changed(rule, said, allowed=FIELDS)
    _tidy(rule)
    named = dict(zip(NAMED, (item_types, locations, branches), strict=True))
    _refuse(rule, named)
    _note(rule, named)
    rule.save(force_insert=True)
    _name(rule, named)
    events.record(PersonalRuleAdded(personal_rule=rule.pk, member=member.pk), by=by)
    return rule


@transaction.atomic
def change_personal_rule(rule: PersonalRule, *, by: events.Actor | None, **changes: Any) -> PersonalRule:
    """Change what a member may borrow by a rule of their own; what is left out stays. Loans already made stay. Refuses as
    ``add_personal_rule`` does, and when the rule is gone."""
    rule = locked(rule, gone=PERSONAL_RULE_GONE)
    there: dict[str, Collection[Any]] = {name: set(getattr(rule, name).all()) for name in NAMED}
    named: dict[str, Collection[Any]] = {name: set(changes.pop(name, there[name])) for name in NAMED}
    changed = set_changed(rule, changes, allowed=FIELDS)
    _tidy(rule)
    renamed = [name for name in NAMED if named[name] != there[name]]
    if changed or renamed:
        _refuse(rule, named)
        _note(rule, named)
        rule.save()
        _name(rule, named)
        events.record(
            PersonalRuleChanged(personal_rule=rule.pk, member=rule.member_id, fields=sorted([*changed, *renamed])), by=by
        )
    return rule


@transaction.atomic
def remove_personal_rule(rule: PersonalRule, *, by: events.Actor | None) -> None:
    """The rules for everybody hold for the member again. Loans already made stay."""
    key, member = rule.pk, rule.member_id
    locked(rule, gone=PERSONAL_RULE_GONE).delete()
    turn_the_page()
    events.record(PersonalRuleRemoved(personal_rule=key, member=member), by=by)


def _tidy(rule: PersonalRule) -> None:
    """What is lent alone is lent for as long as the rules say."""
    if rule.kind == PersonalRule.Kinds.ONLY:
        rule.loan_days = None


def _note(rule: PersonalRule, named: dict[str, Collection[Any]]) -> None:
    """Keep what kind of things it names, for when those are gone."""
    rule.names_types = bool(named["item_types"])
    rule.names_places = bool(named["locations"] or named["branches"])


def _name(rule: PersonalRule, named: dict[str, Collection[Any]]) -> None:
    for name, rows in named.items():
        getattr(rule, name).set(rows)
    turn_the_page()


def _refuse(rule: PersonalRule, named: dict[str, Collection[Any]]) -> None:
    reasons: list[Reason] = [] if rule.reason else [PERSONAL_REASON_EMPTY()]
    if not any(named.values()):
        reasons.append(PERSONAL_RULE_OF_NOTHING())
    most = BOUNDS["loan_days"][1]
    if rule.kind == PersonalRule.Kinds.ALLOWED and not (rule.loan_days and 1 <= rule.loan_days <= most):
        reasons.append(PERSONAL_DAYS_WRONG(most=most))
    if rule.until is not None and rule.until < day_at_home(rule.member):
        reasons.append(PERSONAL_RULE_OVER())
    reasons += reasons_of_those_gone([each for rows in named.values() for each in rows], gone=NAMED_GONE)
    if reasons:
        raise Refused(reasons)
