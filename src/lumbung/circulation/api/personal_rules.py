"""What one member may borrow beside, or instead of, what the rules say: ``/api/v1/personal-rules``, and ``/api/v1/me/personal-rules``."""

from datetime import date
from typing import Any

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
from lumbung.circulation.queries.personal_rules import every_personal_rule, personal_words
from lumbung.kernel import clock
from lumbung.kernel.api.problems import UnknownName
from lumbung.kernel.api.shapes import Body, Listing, Name, PageNumber, PageSize, Prose, listing
from lumbung.members.permissions import ME
from lumbung.members.queries import member_of

router = Router()
mine = Router()


class PersonalRuleIn(Body):
    """``member`` is a card number or identifier, ``item_types`` and ``branches`` are codes; ``loan_days`` for what is allowed too."""

    member: Name
    kind: PersonalRule.Kinds
    item_types: list[Name] = Field(default_factory=list)
    branches: list[Name] = Field(default_factory=list)
    loan_days: int | None = None
    reason: Prose
    until: date | None = None


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
    """Let a member borrow some types, or what some branches own, too; or these alone."""
    said = given.dict(include={"kind", "loan_days", "reason", "until"})
    types, branches = [_type_coded(code) for code in given.item_types], [branch_coded(code) for code in given.branches]
    member = member_coded(given.member)
    added = personal_rules.add_personal_rule(member, **said, item_types=types, branches=branches, by=request.auth.actor)
    return Status(201, told(every_personal_rule().get(pk=added.pk)))


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
        "locations": [f"{each.branch.code}/{each.code}" for each in rule.locations.all()],
        "branches": [each.code for each in rule.branches.all()],
        "loan_days": rule.loan_days,
        "reason": rule.reason,
        "until": rule.until,
        "holds": rule.holds_on(clock.today(rule.member.branch.zone)),
    }


def _type_coded(code: str) -> ItemType:
    if found := ItemType.objects.filter(code=code).first():
        return found
    raise UnknownName("item_type", code)
