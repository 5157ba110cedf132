"""Find, register and change members. What is personal is told only to tokens with the scope for it."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.responses import Status

from lumbung.accounts.domain.api_access import ApiRequest, Caller, Scoped
from lumbung.kernel import clock
from lumbung.kernel.api.problems import UnknownName
from lumbung.kernel.api.shapes import Body, Name, PageSize, Prose, Word
from lumbung.members import queries
from lumbung.members.domain import members
from lumbung.members.domain.privacy.looks import note_look, note_looks
from lumbung.members.models import Category, Member, MemberIdentifier
from lumbung.members.permissions import CHANGE, MEMBERS_PERSONAL, MEMBERS_READ, MEMBERS_WRITE, SEE
from lumbung.organization.models import Branch

router = Router()

Number = Annotated[Word, Field(max_length=60)]
Email = Annotated[Word, Field(max_length=254)]
Unit = Annotated[Word, Field(max_length=120)]


class IdentifierShape(Body):
    kind: MemberIdentifier.Kinds
    value: Number


class PersonalOut(Schema):
    email: str
    phone: str
    unit: str
    identifiers: list[IdentifierShape]
    blocked_because: str
    note: str


class MemberOut(Schema):
    """``personal`` is null unless the token has the scope ``members:personal``."""

    id: int
    name: str
    card: str
    category: str
    branch: str
    joined_on: date
    expires_on: date
    is_current: bool
    is_blocked: bool
    personal: PersonalOut | None = None


class MemberIn(Body):
    """``category`` and ``branch`` are codes. Without a card number one is made up; without dates the category's term counts."""

    name: Name
    category: Word
    branch: Word
    card: Number = ""
    identifiers: list[IdentifierShape] = Field(default_factory=list)
    email: Email = ""
    phone: Word = ""
    unit: Unit = ""
    note: Prose = ""


class MemberChange(Body):
    """Only what is named changes. ``identifiers`` replaces them all."""

    name: Name | None = None
    category: Word | None = None
    branch: Word | None = None
    card: Number | None = None
    identifiers: list[IdentifierShape] | None = None
    email: Email | None = None
    phone: Word | None = None
    unit: Unit | None = None
    note: Prose | None = None


class MemberSearch(Schema):
    """``q``: beginnings of name, card number or identifier. ``number``: exactly one card number or identifier."""

    q: Word = ""
    number: Word = ""
    size: PageSize = 20


@router.get("", auth=Scoped(MEMBERS_READ, SEE), response=list[MemberOut])
def find_members(request: ApiRequest, search: Query[MemberSearch]) -> list[dict[str, Any]]:
    """Members by a number or by the beginnings of words; at most ``size``, by name."""
    if search.number:
        found = [member for member in [queries.member_by_barcode(search.number)] if member]
    else:
        fitting = queries.find_members(search.q, limit=search.size)
        found = list(fitting.prefetch_related("identifiers") if request.auth.may(MEMBERS_PERSONAL) else fitting)
    note_looks(found, by=request.auth.actor)
    return [_told(member, request.auth) for member in found]


@router.get("/{int:key}", auth=Scoped(MEMBERS_READ, SEE), response=MemberOut)
def member(request: ApiRequest, key: int) -> dict[str, Any]:
    """One member."""
    found = _member(key)
    note_look(found, by=request.auth.actor)
    return _told(found, request.auth)


@router.post("", auth=Scoped(MEMBERS_WRITE, CHANGE), response={201: MemberOut})
def register_member(request: ApiRequest, given: MemberIn) -> Status[dict[str, Any]]:
    """Register a member."""
    facts = _resolved(given.model_dump())
    registered = members.register(**facts, by=request.auth.user)
    return Status(201, _told(_member(registered.pk), request.auth))


@router.patch("/{int:key}", auth=Scoped(MEMBERS_WRITE, CHANGE), response=MemberOut)
def change_member(request: ApiRequest, key: int, given: MemberChange) -> dict[str, Any]:
    """Change what is named."""
    changes = {name: value for name, value in given.model_dump(exclude_unset=True).items() if value is not None}
    members.change(_member(key), by=request.auth.user, **_resolved(changes))
    return _told(_member(key), request.auth)


def _member(key: int) -> Member:
    members_with_all = Member.objects.select_related("category", "branch").prefetch_related("identifiers")
    return get_object_or_404(members_with_all, pk=key)


def _resolved(facts: dict[str, Any]) -> dict[str, Any]:
    """What the verbs take: rows for codes, ``barcode`` for ``card``, pairs for identifiers."""
    if "category" in facts:
        facts["category"] = _coded(Category, facts["category"])
    if "branch" in facts:
        facts["branch"] = _coded(Branch, facts["branch"])
    if "card" in facts:
        facts["barcode"] = facts.pop("card")
    if "identifiers" in facts:
        facts["identifiers"] = [(each["kind"], each["value"]) for each in facts["identifiers"]]
    return facts


def _coded(model: type[Category | Branch], code: str) -> Category | Branch:
    if row := model.objects.filter(code=code).first():
        return row
    raise UnknownName(model.__name__.lower(), code)


def _told(member: Member, caller: Caller) -> dict[str, Any]:
    branch_day = clock.today(member.branch.zone)
    told: dict[str, Any] = {
        "id": member.pk,
        "name": member.name,
        "card": member.barcode,
        "category": member.category.code,
        "branch": member.branch.code,
        "joined_on": member.joined_on,
        "expires_on": member.expires_on,
        "is_current": member.is_current(branch_day),
        "is_blocked": bool(member.block_on(branch_day)),
    }
    if caller.may(MEMBERS_PERSONAL):
        told["personal"] = {
            "email": member.email,
            "phone": member.phone,
            "unit": member.unit,
            "identifiers": [{"kind": each.kind, "value": each.value} for each in member.identifiers.all()],
            "blocked_because": member.blocked_because,
            "note": member.note,
        }
    return told
