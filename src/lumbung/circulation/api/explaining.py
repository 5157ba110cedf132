"""Why: which rule decides a loan, for what reason it goes before the next, and what stands against it: ``/api/v1/loans/explanation``."""

from datetime import UTC, datetime
from typing import Any

from ninja import Query, Router, Schema

from lumbung.accounts.domain.api_access import ApiRequest, Scoped
from lumbung.catalogue.queries import titled_item_by_barcode
from lumbung.circulation import queries
from lumbung.circulation.api.shapes import branch_coded, member_coded
from lumbung.circulation.models import LoanKinds
from lumbung.circulation.permissions import LOANS_READ, SEE
from lumbung.kernel import clock
from lumbung.kernel.api.problems import UnknownName
from lumbung.kernel.api.shapes import Name

router = Router()


class CaseIn(Schema):
    """``item`` is a barcode, ``member`` a card number or identifier, ``branch`` a code."""

    item: Name
    member: Name
    branch: Name
    kind: LoanKinds = LoanKinds.NORMAL


class RuleOut(Schema):
    """``case`` says what the rule speaks of; of two that fit, the one of more ``weight`` goes before."""

    id: int
    title: str
    case: str
    weight: int


class TermOut(Schema):
    """One term: what holds, which rule says so (null: none does, it is as usual), why that one, and what the runner-up would say.

    ``package`` is the package of terms through which the rule says it; empty where it says it itself.
    """

    term: str
    says: str
    rule: RuleOut | None
    package: str
    because: str
    runner_up: RuleOut | None
    runner_up_says: str


class BlockOut(Schema):
    code: str
    detail: str
    waivable: bool


class LimitSetOut(Schema):
    """A limit over a group the item belongs to: at most so many at once, and how many of it the member has."""

    id: int
    name: str
    says: str
    most: int
    lent: int


class ExplanationOut(Schema):
    """``rule`` is the one that says how long; ``due_at`` is null where it could not be lent at all."""

    may_be_lent: bool
    rule: RuleOut | None
    due_at: datetime | None
    terms: list[TermOut]
    limit_sets: list[LimitSetOut]
    blocks: list[BlockOut]


@router.get("/explanation", auth=Scoped(LOANS_READ, SEE), response=ExplanationOut)
def explain(request: ApiRequest, case: Query[CaseIn]) -> dict[str, Any]:
    """What would hold if this item were lent to this member now, and all that stands against it. Nothing is lent."""
    item = titled_item_by_barcode(case.item)
    if item is None:
        raise UnknownName("item", case.item)
    member, branch, now = member_coded(case.member), branch_coded(case.branch), clock.now()
    waiting: dict[str, Any] = {"in_demand": queries.is_waited_for(item, member), "demand": queries.demand_for(item, member)}
    found = queries.decision(item, member, branch, kind=case.kind, now=now, **waiting)
    blocks, due = queries.blocks_to_check_out(item, member, at=branch, kind=case.kind), None
    if found is not None and found.policy.may_borrow and found.policy.has_a_period:
        due = queries.due_at(found.policy, now=now, at=branch, expires_on=member.expires_on, kind=case.kind).astimezone(UTC)
    limits = queries.limit_standings(member, queries.open_loans(member), at=branch, item=item, kind=case.kind)
    told = [*(queries.explanation(found) if found else []), *queries.explanation_of_copy(queries.decision_of_copy(item))]
    return {
        "may_be_lent": not blocks,
        "rule": _rule(found.rule) if found else None,
        "due_at": due,
        "terms": [_term(each) for each in told],
        "limit_sets": [_limit_set(each) for each in limits],
        "blocks": [{"code": each.code, "detail": str(each), "waivable": each.waivable} for each in blocks],
    }


def _term(told: queries.Told) -> dict[str, Any]:
    return {
        "term": told.name,
        "says": told.words,
        "rule": _rule(told.ruling),
        "package": told.package,
        "because": told.because,
        "runner_up": _rule(told.runner_up),
        "runner_up_says": told.runner_up_words,
    }


def _limit_set(standing: queries.LimitStanding) -> dict[str, Any]:
    limit = standing.limit
    return {"id": limit.pk, "name": limit.name, "says": limit.words, "most": limit.most, "lent": len(standing.loans)}


def _rule(ruling: queries.Ruling | None) -> dict[str, Any] | None:
    if ruling is None:
        return None
    return {"id": ruling.pk, "title": ruling.title, "case": queries.case_words(ruling), "weight": ruling.weight}
