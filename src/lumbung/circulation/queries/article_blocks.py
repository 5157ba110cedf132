"""Why a part of a title may not be copied for a member: every reason that stands.

What the law asks of a library that copies for a reader (UU 28/2014, Pasal 44 and 47) is asked here of whoever asks: for study or research,
one part that is not the substance of the work, and not one part after the other until the whole is there.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format

from lumbung.catalogue.domain.bibliographic import describe
from lumbung.catalogue.models import Item, Material, Record
from lumbung.circulation.models import ArticleRequest, ArticleScope, ArticleTerms, HandoverPlace
from lumbung.circulation.queries.articles import article_decision, article_terms, copies_of_title
from lumbung.circulation.queries.blocks import blocks_of_member
from lumbung.circulation.queries.deciding_rules import by_decision
from lumbung.circulation.queries.handover_places import offered_place
from lumbung.circulation.queries.parcels import terms_for
from lumbung.circulation.queries.rules import Decision
from lumbung.circulation.refusals import (
    ARTICLE_ISSUE_MISSING,
    ARTICLE_LIMIT_REACHED,
    ARTICLE_NEEDS_ITEM,
    ARTICLE_NO_FILES,
    ARTICLE_NOT_AGREED,
    ARTICLE_OF_TITLE_ALONE,
    ARTICLE_PURPOSE_MISSING,
    ARTICLE_TOO_LONG,
    ARTICLE_TOO_MUCH,
    ARTICLE_TOO_SOON,
    ARTICLE_UNNAMED,
    ARTICLES_BY_NO_RULE,
    DELIVERY_ADDRESS_MISSING,
    DELIVERY_NOT_OFFERED,
    NOTHING_TO_COPY,
    PLACE_NOT_OFFERED,
)
from lumbung.kernel import clock
from lumbung.kernel.refusals import Reason
from lumbung.members.models import Member
from lumbung.organization.models import Branch

_SPAN = re.compile(r"(\d{1,5})(?:\s*(?:[-‐-―]|s\.?\s?d\.?|sampai|to)\s*(\d{1,5}))?")
_EXTENT = re.compile(r"(\d{1,5})\s*(?:hlm|hal|halaman|h|p|pp|pages?)\b", re.IGNORECASE)
Ways, States = ArticleRequest.Ways, ArticleRequest.States


@dataclass(frozen=True, kw_only=True)
class Part:
    """What is to be copied, as the member says it. ``issue`` is volume, number or year; ``pages`` as they are written ("45–61")."""

    kind: str
    title: str = ""
    author: str = ""
    issue: str = ""
    pages: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """How the copy reaches the member: as a file; fetched at ``branch`` or ``place``; or sent by ``branch`` to ``address``."""

    way: str
    branch: Branch | None = None
    place: HandoverPlace | None = None
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """All that is said when a copy is asked for."""

    record: Record
    part: Part
    receipt: Receipt
    item: Item | None = None
    purpose: str = ""
    agreed: bool = False


def blocks_to_request(wish: Wish, member: Member, at: Branch) -> list[Reason]:
    """Every reason not to copy this for the member at the branch ``at``, which would make the copy."""
    now, terms = clock.now(), article_terms()
    found = article_decision(wish.record, member, at, wish.item)
    return [
        *blocks_of_member(member, at, now),
        *_blocks_of_rule(wish, found),
        *_blocks_of_limit(member, found),
        *_blocks_of_part(wish, terms),
        *_blocks_of_repetition(wish, member, terms, at, now),
        *_blocks_of_receipt(wish.receipt, member, terms),
        *([] if wish.purpose in ArticleRequest.Purposes else [ARTICLE_PURPOSE_MISSING()]),
        *([] if wish.agreed else [ARTICLE_NOT_AGREED()]),
    ]


def branch_to_work(wish: Wish, member: Member) -> Branch:
    """The branch that makes the copy: where the copy named stands, else where one of the title does, rather where it is to be fetched or
    the member belongs."""
    near = [each for each in (fetched_at(wish.receipt), member.branch) if each is not None]
    if wish.item is not None:
        return wish.item.held_at
    holding = {each.held_at_id: each.held_at for each in copies_of_title(wish.record)}
    return next((each for each in near if each.pk in holding), next(iter(holding.values()), near[0]))


def article_cost(wish: Wish, member: Member) -> int:
    """What the member would be charged in all, once the copy is made."""
    found = article_decision(wish.record, member, branch_to_work(wish, member), wish.item)
    return (found.policy.article_fee if found else 0) + postage_of(wish.receipt, member)


def postage_of(receipt: Receipt, member: Member) -> int:
    """What it costs to send it; nothing for what is not sent."""
    terms = terms_for(member, receipt.branch.pk) if receipt.way == Ways.POST and receipt.branch else None
    return terms.fee if terms else 0


def fetched_at(receipt: Receipt) -> Branch | None:
    """The branch at which it is fetched, which serves its place, or which sends it; None for a file."""
    return receipt.place.branch if receipt.place is not None else receipt.branch


def pages_said(text: str) -> int | None:
    """How many pages "45–61, 70" are; None where no number is told. "123–45" ends at 145."""
    found = [(int(first), last) for first, last in _SPAN.findall(text)]
    return sum(_end(first, last) - first + 1 for first, last in found) if found else None


def _end(first: int, last: str) -> int:
    if not last:
        return first
    whole = int(last) if int(last) >= first else int(str(first)[: -len(last)] + last)
    return max(first, whole)


def pages_of_work(record: Record) -> int | None:
    """How many pages the work has, as its description tells ("xii, 245 hlm."); None where it does not."""
    told = [int(each) for each in _EXTENT.findall(describe(record.marc_record).physical)]
    return max(told, default=None)


def issue_of(wish: Wish) -> str:
    """Which volume or issue it is in: as it was said, else as the copy tells."""
    return " ".join(wish.part.issue.split()) or (wish.item.volume_told if wish.item else "")


def _blocks_of_rule(wish: Wish, found: Decision | None) -> list[Reason]:
    scope, rule = (found.policy.article_scope if found else ArticleScope.NO), by_decision(found, "article_scope")
    if scope == ArticleScope.NO:
        return [ARTICLES_BY_NO_RULE(rule=rule)]
    has_copies = wish.item is not None or wish.record.material == Material.SERIAL or bool(copies_of_title(wish.record))
    reasons = [] if has_copies else [NOTHING_TO_COPY()]
    if scope == ArticleScope.ITEM and wish.item is None:
        reasons.append(ARTICLE_NEEDS_ITEM(rule=rule))
    if scope == ArticleScope.TITLE and wish.item is not None:
        reasons.append(ARTICLE_OF_TITLE_ALONE(rule=rule))
    return reasons


def _blocks_of_limit(member: Member, found: Decision | None) -> list[Reason]:
    limit = found.policy.article_limit if found else None
    if limit is None or ArticleRequest.objects.open().filter(member=member).count() < limit:
        return []
    return [ARTICLE_LIMIT_REACHED(limit=limit, rule=by_decision(found, "article_limit"))]


def _blocks_of_part(wish: Wish, terms: ArticleTerms) -> list[Reason]:
    """What is against the part itself: nobody knows which, or it is too much of the work."""
    part, pages = wish.part, pages_said(wish.part.pages)
    reasons: list[Reason] = []
    if not part.title.strip() and not part.pages.strip():
        reasons.append(ARTICLE_UNNAMED())
    if wish.record.material == Material.SERIAL and not issue_of(wish):
        reasons.append(ARTICLE_ISSUE_MISSING())
    if pages is not None and terms.most_pages is not None and pages > terms.most_pages:
        reasons.append(ARTICLE_TOO_LONG(pages=pages, most=terms.most_pages))
    if pages is not None and terms.most_percent is not None and part.kind == ArticleRequest.Kinds.CHAPTER:
        whole = pages_of_work(wish.record)
        if whole and pages * 100 > terms.most_percent * whole:
            reasons.append(ARTICLE_TOO_MUCH(pages=pages, all=whole, most=terms.most_percent))
    return reasons


def _blocks_of_repetition(wish: Wish, member: Member, terms: ArticleTerms, at: Branch, now: datetime) -> list[Reason]:
    """Another part of the same volume, not long ago: piece by piece it would be the whole."""
    apart = timedelta(days=terms.apart_days)
    rows = ArticleRequest.objects.filter(member=member, record=wish.record, asked_at__gt=now - apart)
    rows = rows.exclude(state__in=[States.REFUSED, States.CANCELLED]).order_by("-asked_at")
    issue = issue_of(wish).casefold()
    last = next((asked for asked, said in rows.values_list("asked_at", "issue") if said.casefold() == issue), None)
    return [] if last is None else [ARTICLE_TOO_SOON(day=date_format((last + apart).astimezone(at.zone), "j F Y"))]


def _blocks_of_receipt(receipt: Receipt, member: Member, terms: ArticleTerms) -> list[Reason]:
    if receipt.way == Ways.FILE:
        return [] if terms.by_file else [ARTICLE_NO_FILES()]
    if receipt.way == Ways.PICKUP:
        place = receipt.place
        return [] if place is None or offered_place(place.pk) else [PLACE_NOT_OFFERED(place=place.name)]
    reasons: list[Reason] = []
    if receipt.branch is None or terms_for(member, receipt.branch.pk) is None:
        reasons.append(DELIVERY_NOT_OFFERED(branch=receipt.branch.name if receipt.branch else ""))
    return reasons if receipt.address.strip() else [*reasons, DELIVERY_ADDRESS_MISSING()]
