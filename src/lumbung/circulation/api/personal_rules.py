"""What one member may borrow beside, or instead of, what the rules say: ``/api/v1/personal-rules``, and ``/api/v1/me/personal-rules``."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.responses import Status

from lumbung.accounts.domain.api_access import ApiRequest, Scoped
from lumbung.catalogue.models import ItemType
from lumbung.circulation.api.shapes import branch_coded, member_coded
from lumbung.circulation.domain import personal_rules
from lumbung.circulation.models import PersonalRule
from lumbung.circulation.permissions import LOANS_READ, LOANS_WRITE, PERSONAL_RULES, SEE
from lumbung.circulation.queries.personal_rules import day_at_home, every_personal_rule, personal_words
from lumbung.kernel.api.problems import UnknownName
from lumbung.kernel.api.shapes import Body, Day, Listing, Name, PageNumber, PageSize, Prose, listing
from lumbung.members.permissions import ME
from lumbung.members.queries import member_of
from lumbung.organization.models import Location

router = Router()
mine = Router()
T = TypeVar("T")
MOST_NAMED = 200
MAY_BE_NOTHING = frozenset({"loan_days", "until"})


class PersonalRuleTerms(Body):
    """``item_types`` and ``branches`` are codes, ``locations`` codes with that of their branch before them (``PUSAT/R3``); ``loan_days``
    for what is allowed too."""

    item_types: list[Name] = Field(default_factory=list, max_length=MOST_NAMED)
    locations: list[Name] = Field(default_factory=list, max_length=MOST_NAMED)
    branches: list[Name] = Field(default_factory=list, max_length=MOST_NAMED)
    loan_days: int | None = None
    until: Day | None = None


class PersonalRuleIn(PersonalRuleTerms):
    """``member`` is a card number or identifier."""

    member: Name
    kind: PersonalRule.Kinds
    reason: Prose


class PersonalRuleChange(PersonalRuleTerms):
    """What is left out stays. Lists are said whole; ``loan_days`` and ``until`` may be null, for none."""

    kind: PersonalRule.Kinds | None = None
    reason: Prose | None = None


class PersonalRuleOut(Schema):
    """``says`` is the rule in words; ``locations`` are codes with that of their branch before them; ``holds``: whether it does today."""

    id: int
    member: str
    kind: PersonalRule.Kinds
    says: str
    item_types: list[str]
    locations: list[str]
    branches: list[str]
    loan_days: int | None
    reason: str
    until: date | None
    holds: bool


@router.get("", auth=Scoped(LOANS_READ, SEE), response=Listing[PersonalRuleOut])
def find(request: ApiRequest, member: Query[Name | None] = None, page: PageNumber = 1, size: PageSize = 50) -> dict[str, Any]:
    """The rules of members' own, those of one ``member`` (a card number or identifier) if one is given."""
    rows = every_personal_rule()
    if member is not None:
        rows = rows.filter(member=member_coded(member))
    return listing(rows, page, size, told)


@router.post("", auth=Scoped(LOANS_WRITE, PERSONAL_RULES), response={201: PersonalRuleOut})
def add(request: ApiRequest, given: PersonalRuleIn) -> Status[dict[str, Any]]:
    """Let a member borrow some types, or what stands at some places or some branches own, too; or these alone."""
    said = given.model_dump(exclude={"member"})
    added = personal_rules.add_personal_rule(member_coded(given.member), **_resolved(said), by=request.auth.actor)
    return Status(201, told(_rule(added.pk)))


@router.get("/{int:key}", auth=Scoped(LOANS_READ, SEE), response=PersonalRuleOut)
def show(request: ApiRequest, key: int) -> dict[str, Any]:
    """One rule of a member's own."""
    return told(_rule(key))


@router.patch("/{int:key}", auth=Scoped(LOANS_WRITE, PERSONAL_RULES), response=PersonalRuleOut)
def change(request: ApiRequest, key: int, given: PersonalRuleChange) -> dict[str, Any]:
    """Change what is named. Loans already made stay."""
    said = given.model_dump(exclude_unset=True)
    changes = {name: value for name, value in said.items() if value is not None or name in MAY_BE_NOTHING}
    personal_rules.change_personal_rule(_rule(key), **_resolved(changes), by=request.auth.actor)
    return told(_rule(key))


@router.delete("/{int:key}", auth=Scoped(LOANS_WRITE, PERSONAL_RULES), response={204: None})
def remove(request: ApiRequest, key: int) -> Status[None]:
    """The rules for everybody hold for the member again."""
    personal_rules.remove_personal_rule(get_object_or_404(PersonalRule, pk=key), by=request.auth.actor)
    return Status(204, None)


@mine.get("", auth=Scoped(ME), response=list[PersonalRuleOut])
def own(request: ApiRequest) -> list[dict[str, Any]]:
    """What you may borrow beside, or instead of, what the rules say for members like you."""
    member = member_of(request.auth.actor)
    if member is None:
        raise Http404
    return [told(each) for each in every_personal_rule().filter(member=member)]


def told(rule: PersonalRule) -> dict[str, Any]:
    return {
        "id": rule.pk,
        "member": rule.member.barcode,
        "kind": rule.kind,
        "says": personal_words(rule),
        "item_types": [each.code for each in rule.item_types.all()],
        "locations": [_code_of(each) for each in rule.locations.all()],
        "branches": [each.code for each in rule.branches.all()],
        "loan_days": rule.loan_days,
        "reason": rule.reason,
        "until": rule.until,
        "holds": rule.holds_on(day_at_home(rule.member)),
    }


def _rule(key: int) -> PersonalRule:
    return get_object_or_404(every_personal_rule(), pk=key)


def _resolved(said: dict[str, Any]) -> dict[str, Any]:
    """What the verbs take: rows for codes."""
    if "item_types" in said:
        said["item_types"] = _types_coded(said["item_types"])
    if "locations" in said:
        said["locations"] = _locations_coded(said["locations"])
    if "branches" in said:
        said["branches"] = [branch_coded(code, field="branches") for code in said["branches"]]
    return said


def _types_coded(codes: Sequence[str]) -> list[ItemType]:
    found = {each.code: each for each in ItemType.objects.filter(code__in=codes)}
    return [_coded("item_types", found, code) for code in codes]


def _locations_coded(codes: Sequence[str]) -> list[Location]:
    rooms = Location.objects.filter(code__in=[code[at + 1 :] for code in codes for at, each in enumerate(code) if each == "/"])
    found = {_code_of(each): each for each in rooms.select_related("branch")}
    return [_coded("locations", found, code) for code in codes]


def _code_of(location: Location) -> str:
    return f"{location.branch.code}/{location.code}"


def _coded(field: str, rows: Mapping[str, T], code: str) -> T:
    if code in rows:
        return rows[code]
    raise UnknownName(field, code)
