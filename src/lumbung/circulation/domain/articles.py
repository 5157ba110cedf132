"""Copies of articles and chapters: asked for, taken up, handed on, refused, called off, handed over. How they are made is in
``article_copies``."""

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from typing import Any

from django.db import transaction

from lumbung.accounts.domain.permissions import may
from lumbung.accounts.models import User
from lumbung.catalogue.models.titles_of_copies import titles_in
from lumbung.circulation.domain.fees import take_back
from lumbung.circulation.domain.holds import standing_record
from lumbung.circulation.events import (
    ArticleCancelled,
    ArticleExpired,
    ArticleFetched,
    ArticleHandedOn,
    ArticleRefused,
    ArticleReopened,
    ArticleRequested,
    ArticleTakenUp,
    ArticleTermsChanged,
)
from lumbung.circulation.models import ArticleRequest, ArticleTerms
from lumbung.circulation.models.article import LONGEST_ADDRESS
from lumbung.circulation.permissions import LEND
from lumbung.circulation.queries.article_blocks import (
    Receipt,
    Wish,
    blocks_to_request,
    branch_to_work,
    fetched_at,
    issue_of,
    postage_of,
)
from lumbung.circulation.queries.articles import article_decision
from lumbung.circulation.refusals import (
    ANOTHER_TITLE,
    ARTICLE_CLOSED,
    ARTICLE_NOT_READY,
    ARTICLE_NOT_REOPENED,
    ARTICLE_READ_ALREADY,
    ARTICLE_REASON_MISSING,
    ARTICLE_TAKEN_UP,
    ARTICLE_TERMS_WRONG,
    ARTICLE_WORKER_WRONG,
)
from lumbung.kernel import clock, events, uploads
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Refusal, Refused
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import branches

Ways, States = ArticleRequest.Ways, ArticleRequest.States
BOUNDS = {
    "file_days": (1, 365),
    "paper_days": (1, 60),
    "most_pages": (1, 1000),
    "most_percent": (1, 100),
    "apart_days": (0, 365),
}
_LABELS = {field.name: field.verbose_name for field in ArticleTerms._meta.concrete_fields}


@transaction.atomic
def set_article_terms(*, by: events.Actor | None, **facts: Any) -> ArticleTerms:
    """Say how long copies are kept and how much may be copied. Refuses every number out of bounds."""
    terms, _made = ArticleTerms.objects.select_for_update().get_or_create(pk=1)
    changed = set_changed(terms, facts, allowed={"by_file", *BOUNDS})
    told = [(name, getattr(terms, name), *BOUNDS[name]) for name in BOUNDS]
    wrong = [row for row in told if row[1] is not None and not row[2] <= row[1] <= row[3]]
    if wrong:
        raise Refused([ARTICLE_TERMS_WRONG(field=_LABELS[name], least=least, most=most) for name, _, least, most in wrong])
    if changed:
        terms.save()
        events.record(ArticleTermsChanged(fields=sorted(changed)), by=by)
    return terms


@transaction.atomic
def request_article(wish: Wish, *, member: Member, by: events.Actor | None) -> ArticleRequest:
    """Ask that one article or one chapter be copied for the member. Refuses with every standing block, with the rule it follows.

    What it will cost is kept with the request and charged once, when the copy is made.
    """
    record = standing_record(wish.record)
    wish = replace(wish, record=record)
    member = Member.objects.select_for_update(of=("self",), no_key=True).select_related("category").standing(member.pk)
    at = branch_to_work(wish, member)
    elsewhere = [] if wish.item is None or record.pk in titles_in(wish.item) else [ANOTHER_TITLE()]
    if reasons := [*blocks_to_request(wish, member, at), *elsewhere]:
        raise Refused(reasons)
    found = article_decision(record, member, at, wish.item)
    asked = ArticleRequest.objects.create(
        record=record,
        item=wish.item,
        member=member,
        branch=at,
        purpose=wish.purpose,
        asked_at=clock.now(),
        agreed_at=clock.now(),
        fee=found.policy.article_fee if found else 0,
        **_said(wish),
        **_where(wish.receipt, member),
    )
    events.record(ArticleRequested(article_request=asked.pk, record=record.pk, member=member.pk, branch=at.pk), by=by)
    return asked


@transaction.atomic
def take_up(asked: ArticleRequest, *, by: User, instead_of: int | None = None) -> ArticleRequest:
    """Whoever acts makes the copy from now on, knowingly ``instead_of`` a colleague who had begun.

    Refuses what is closed or made, and what somebody else took up meanwhile.
    """
    current = locked(asked)
    if current.worker is not None and current.worker_id not in {by.pk, instead_of}:
        raise Refused(ARTICLE_TAKEN_UP(name=current.worker.name))
    current.state, current.worker = States.IN_WORK, by
    current.taken_up_at = current.taken_up_at or clock.now()
    current.save(update_fields=["state", "worker", "taken_up_at"])
    events.record(ArticleTakenUp(article_request=current.pk, record=current.record_id, worker=by.pk), by=by)
    return current


@transaction.atomic
def hand_on(asked: ArticleRequest, *, branch: Branch, worker: User | None, by: events.Actor | None) -> ArticleRequest:
    """Another branch makes the copy, or another of the staff; without ``worker`` it waits for whoever takes it up.

    Refuses what is closed or made, and somebody who may not work on it.
    """
    current = locked(asked)
    if worker is not None and not may(worker, LEND):
        raise Refused(ARTICLE_WORKER_WRONG(name=worker.name))
    current.branch, current.worker = branch, worker
    current.state = States.IN_WORK if worker is not None else States.ASKED
    current.taken_up_at = (current.taken_up_at or clock.now()) if worker is not None else None
    current.save(update_fields=["branch", "worker", "state", "taken_up_at"])
    facts = {"article_request": current.pk, "record": current.record_id, "branch": branch.pk}
    events.record(ArticleHandedOn(**facts, worker=worker.pk if worker else None), by=by)
    return current


@transaction.atomic
def refuse_request(asked: ArticleRequest, *, reason: str, by: events.Actor | None) -> ArticleRequest:
    """It cannot be copied; the member reads why. Nothing is charged. Refuses without a reason."""
    current = locked(asked)
    if not reason.strip():
        raise Refused(ARTICLE_REASON_MISSING())
    current.reason = reason.strip()[:300]
    _close(current, States.REFUSED)
    events.record(ArticleRefused(**concerned(current)), by=by)
    return current


@transaction.atomic
def cancel_request(asked: ArticleRequest, *, reason: str, by: events.Actor | None) -> ArticleRequest:
    """It is not wanted any more: what was charged for it is taken back, with this reason, and a file is removed.

    Refuses what is closed, and a file that the member has opened.
    """
    current = locked(asked, {*ArticleRequest.OPEN, States.READY})
    if current.downloads:
        raise Refused(ARTICLE_READ_ALREADY())
    if current.charged is not None:
        take_back(current.charged, reason=reason, by=by)
    _close(current, States.CANCELLED)
    events.record(ArticleCancelled(**concerned(current)), by=by)
    return current


@transaction.atomic
def hand_over(asked: ArticleRequest, *, by: events.Actor | None) -> ArticleRequest:
    """The paper that waited is with the member. Refuses what does not wait on paper."""
    current = locked(asked, {States.READY}, otherwise=ARTICLE_NOT_READY)
    if current.way != Ways.PICKUP:
        raise Refused(ARTICLE_NOT_READY())
    _close(current, States.DONE)
    events.record(ArticleFetched(**concerned(current)), by=by)
    return current


@transaction.atomic
def reopen_request(asked: ArticleRequest, *, by: events.Actor | None) -> ArticleRequest:
    """It was refused or handed over by mistake: it is to be made after all, or waits on paper as it did.

    Refuses what ended otherwise, what was to be sent, as its address is removed, and one whose member is forgotten.
    """
    current = locked(asked, {States.REFUSED, States.DONE}, otherwise=ARTICLE_NOT_REOPENED)
    if not current.may_be_reopened:
        raise Refused(ARTICLE_NOT_REOPENED())
    if current.state == States.REFUSED:
        current.state, current.worker, current.taken_up_at = States.ASKED, None, None
    else:
        current.state = States.READY
    current.reason, current.closed_at = "", None
    current.save(update_fields=["state", "worker", "taken_up_at", "reason", "closed_at"])
    events.record(ArticleReopened(**concerned(current), state=current.state), by=by)
    return current


def expire_articles(*, by: events.Actor | None = None) -> int:
    """Remove the files whose last day is over, and close the paper that nobody fetched; each in a transaction of its own. Nightly."""
    expired = 0
    for branch in branches():
        over = ArticleRequest.objects.filter(state=States.READY, branch=branch, until__lt=clock.today(branch.zone))
        for key in over.order_by("pk").values_list("pk", flat=True):
            expired += _expire(key, branch, by=by)
    return expired


@transaction.atomic
def _expire(key: int, branch: Branch, *, by: events.Actor | None) -> bool:
    current = ArticleRequest.objects.select_for_update(of=("self",), no_key=True).get(pk=key)
    if current.state != States.READY or current.until is None or current.until >= clock.today(branch.zone):
        return False
    _close(current, States.EXPIRED)
    events.record(ArticleExpired(**concerned(current)), by=by)
    return True


def locked(
    asked: ArticleRequest, states: Collection[str] = ArticleRequest.OPEN, *, otherwise: Refusal = ARTICLE_CLOSED
) -> ArticleRequest:
    """The request as it stands, locked, with what it names. Refuses one in another state. Part of a verb."""
    rows = ArticleRequest.objects.select_for_update(of=("self",), no_key=True)
    current = rows.select_related("member", "record", "branch", "pickup_branch", "place__branch", "charged").get(pk=asked.pk)
    if current.state not in states:
        raise Refused(otherwise())
    return current


def concerned(asked: ArticleRequest) -> dict[str, int]:
    """Which request, of which title, of whom: what its events tell."""
    return {"article_request": asked.pk, "record": asked.record_id, "member": asked.holder.pk}


def remove_file(asked: ArticleRequest) -> None:
    """The file goes when this is true in the database. Part of a verb."""
    if asked.stored_file:
        transaction.on_commit(partial(uploads.forget, asked.stored_file))
        asked.stored_file = ""


def _close(asked: ArticleRequest, state: str) -> None:
    remove_file(asked)
    asked.state, asked.closed_at, asked.address = state, clock.now(), ""
    asked.save(update_fields=["state", "closed_at", "address", "stored_file", "reason"])


def _said(wish: Wish) -> dict[str, str]:
    part = wish.part
    return {
        "kind": part.kind,
        "title": part.title.strip()[:300],
        "author": part.author.strip()[:200],
        "issue": issue_of(wish)[:80],
        "pages": part.pages.strip()[:60],
        "note": part.note.strip()[:300],
    }


def _where(receipt: Receipt, member: Member) -> dict[str, Any]:
    """How it reaches the member, and what sending it costs."""
    if receipt.way == Ways.POST:
        return {
            "way": receipt.way,
            "address": receipt.address.strip()[:LONGEST_ADDRESS],
            "postage": postage_of(receipt, member),
        }
    if receipt.way == Ways.PICKUP:
        return {"way": receipt.way, "pickup_branch": fetched_at(receipt) or member.branch, "place": receipt.place}
    return {"way": receipt.way}
