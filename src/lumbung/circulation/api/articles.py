"""Copies of articles and chapters: ``/api/v1/article-requests`` for staff programs, ``/api/v1/me/article-requests`` for members' own."""

from datetime import UTC, date, datetime
from typing import Any, Literal

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from ninja.responses import Status
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lumbung.accounts.domain.api_access import ApiRequest, Scoped
from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.queries import item_by_barcode
from lumbung.circulation.api.shapes import Borrower, Pickup, member_coded, pickup_at, record_keyed, told_borrower
from lumbung.circulation.domain.article_copies import count_reading, fulfil_on_paper
from lumbung.circulation.domain.articles import cancel_request, refuse_request, reopen_request, request_article, take_up
from lumbung.circulation.models import ArticleRequest
from lumbung.circulation.permissions import ARTICLES_READ, ARTICLES_WRITE, LEND, SEE
from lumbung.circulation.queries.article_blocks import Part, Receipt, Wish
from lumbung.circulation.queries.articles import articles_visible_to, own_articles, readable_article
from lumbung.kernel import uploads
from lumbung.kernel.api.problems import UnknownName
from lumbung.kernel.api.shapes import Body, Key, Listing, Name, PageNumber, PageSize, listing
from lumbung.members.models import Member
from lumbung.members.permissions import ME
from lumbung.members.queries import member_of
from lumbung.organization.queries import branch_of

router = Router()
mine = Router()
Ways = ArticleRequest.Ways


class ArticleIn(Body):
    """``branch`` or ``place`` is where paper is fetched, or the branch that sends it to ``address``; a file needs neither. ``item`` is the
    barcode of one copy. ``agreed`` is true once whoever asks agreed to what the law asks."""

    record: Key
    branch: Name | None = None
    place: Name | None = None
    kind: ArticleRequest.Kinds
    title: str = Field("", max_length=300)
    author: str = Field("", max_length=200)
    issue: str = Field("", max_length=80)
    pages: str = Field("", max_length=60)
    note: str = Field("", max_length=300)
    item: Name | None = None
    way: ArticleRequest.Ways = Ways.FILE
    address: str = Field("", max_length=300)
    purpose: ArticleRequest.Purposes
    agreed: bool

    @model_validator(mode="after")
    def _is_somewhere(self) -> "ArticleIn":
        if self.way != Ways.FILE and self.branch is None and self.place is None:
            raise PydanticCustomError("paper_without_place", "paper needs a branch or a place")
        return self


class ArticleForIn(ArticleIn):
    """``member`` is a card number or identifier."""

    member: Name


class ArticleSearch(Schema):
    """``state`` may be ``open``: what is still to be made."""

    state: ArticleRequest.States | Literal["open"] = "open"
    page: PageNumber = 1
    size: PageSize = 20


class PaperIn(Body):
    pages: int | None = Field(None, ge=1, le=1000)
    courier: str = Field("", max_length=60)
    tracking: str = Field("", max_length=60)


class WorkIn(Body):
    """``instead_of`` is the ``worker`` from whom the copying is taken knowingly."""

    instead_of: Key | None = None


class ReasonIn(Body):
    reason: str = Field(max_length=300)


class ArticleOut(Schema):
    """``until`` is the last day on which a file is read or paper fetched; ``cost`` is charged once, when the copy is made."""

    id: int
    record: int
    of: str
    kind: ArticleRequest.Kinds
    title: str
    author: str
    issue: str
    pages: str
    way: ArticleRequest.Ways
    state: ArticleRequest.States
    reason: str
    branch: str
    pickup: str
    cost: int
    asked_at: datetime
    fulfilled_at: datetime | None
    until: date | None
    member: Borrower | None


class ArticleInWorkOut(ArticleOut):
    """``worker`` is whoever of the staff makes the copy."""

    worker: int | None


@router.get("", auth=Scoped(ARTICLES_READ, SEE), response=Listing[ArticleInWorkOut])
def list_articles(request: ApiRequest, search: Query[ArticleSearch]) -> dict[str, Any]:
    """Requests for copies, oldest first."""
    rows = articles_visible_to(request.auth.actor)
    rows = rows.open() if search.state == "open" else rows.filter(state=search.state)
    return listing(rows, search.page, search.size, told_article)


@router.post("", auth=Scoped(ARTICLES_WRITE, LEND), response={201: ArticleInWorkOut})
def ask_article(request: ApiRequest, given: ArticleForIn) -> Status[dict[str, Any]]:
    """Ask for a copy for a member."""
    wish = _wish(given, record_keyed(Record.objects.listed(), given.record))
    asked = request_article(wish, member=member_coded(given.member), by=request.auth.actor)
    return Status(201, _told(request, asked.pk))


@router.post("/{int:key}/work", auth=Scoped(ARTICLES_WRITE, LEND), response=ArticleInWorkOut)
def take_up_article(request: ApiRequest, key: int, given: WorkIn | None = None) -> dict[str, Any]:
    """Say that whoever the token speaks for makes the copy; refused where a colleague began, unless taken ``instead_of`` them."""
    asked = get_object_or_404(ArticleRequest, pk=key)
    take_up(asked, by=request.auth.actor, instead_of=given.instead_of if given else None)
    return _told(request, key)


@router.post("/{int:key}/paper", auth=Scoped(ARTICLES_WRITE, LEND), response=ArticleInWorkOut)
def make_paper(request: ApiRequest, key: int, given: PaperIn) -> dict[str, Any]:
    """The copy is made on paper: it waits, or went with the courier."""
    fulfil_on_paper(get_object_or_404(ArticleRequest, pk=key), by=request.auth.actor, **given.dict())
    return _told(request, key)


@router.post("/{int:key}/refusal", auth=Scoped(ARTICLES_WRITE, LEND), response=ArticleInWorkOut)
def refuse_article(request: ApiRequest, key: int, given: ReasonIn) -> dict[str, Any]:
    """It cannot be copied; the member reads why."""
    refuse_request(get_object_or_404(ArticleRequest, pk=key), reason=given.reason, by=request.auth.actor)
    return _told(request, key)


@router.delete("/{int:key}/refusal", auth=Scoped(ARTICLES_WRITE, LEND), response=ArticleInWorkOut)
def reopen_article(request: ApiRequest, key: int) -> dict[str, Any]:
    """It was refused, or handed over, by mistake: it is to be made after all, or waits as it did."""
    reopen_request(get_object_or_404(ArticleRequest, pk=key), by=request.auth.actor)
    return _told(request, key)


@router.delete("/{int:key}", auth=Scoped(ARTICLES_WRITE, LEND), response={204: None})
def cancel_article(request: ApiRequest, key: int) -> Status[None]:
    """Call a request off; what was charged is taken back."""
    cancel_request(get_object_or_404(ArticleRequest, pk=key), reason="API", by=request.auth.actor)
    return Status(204, None)


@mine.get("", auth=Scoped(ME), response=list[ArticleOut])
def my_articles(request: ApiRequest) -> list[dict[str, Any]]:
    """What I asked for and have not got, may read, or was refused lately."""
    return [told_article(each) for each in own_articles(_member(request)).select_related("member")]


@mine.post("", auth=Scoped(ME), response={201: ArticleOut})
def ask_for_me(request: ApiRequest, given: ArticleIn) -> Status[dict[str, Any]]:
    """Ask for a copy."""
    wish = _wish(given, record_keyed(Record.objects.listed().shown_to_public(), given.record))
    asked = request_article(wish, member=_member(request), by=request.auth.actor)
    return Status(201, _told(request, asked.pk))


@mine.get("/{int:key}/file", auth=Scoped(ME))
def my_file(request: ApiRequest, key: int) -> HttpResponseBase:
    """The scan, as PDF, while it may be read; each time is counted."""
    asked = get_object_or_404(own_articles(_member(request)), pk=key)
    if readable_article(request.auth.actor, key) is None:
        raise Http404
    count_reading(asked)
    return uploads.shown(asked.stored_file, kind="pdf", name=f"salinan-{asked.pk}.pdf")


@mine.delete("/{int:key}", auth=Scoped(ME), response={204: None})
def cancel_my_article(request: ApiRequest, key: int) -> Status[None]:
    """Call my own request off."""
    cancel_request(get_object_or_404(own_articles(_member(request)), pk=key), reason="API", by=request.auth.actor)
    return Status(204, None)


def told_article(asked: ArticleRequest) -> dict[str, Any]:
    plain = ("kind", "title", "author", "issue", "pages", "way", "state", "reason", "cost", "until")
    return {
        "id": asked.pk,
        "record": asked.record_id,
        "of": asked.record.title,
        "branch": branch_of(asked.branch_id).code,
        "pickup": asked.where,
        "asked_at": asked.asked_at.astimezone(UTC),
        "fulfilled_at": asked.fulfilled_at and asked.fulfilled_at.astimezone(UTC),
        "member": told_borrower(asked.member),
        "worker": asked.worker_id,
        **{name: getattr(asked, name) for name in plain},
    }


def _wish(given: ArticleIn, record: Record) -> Wish:
    """All that was said. Raises an error of the request (422) for a branch, a place or a copy that is not there."""
    part = {name: getattr(given, name) for name in ("kind", "title", "author", "issue", "pages", "note")}
    at = {} if given.way == Ways.FILE else pickup_at(Pickup(branch=given.branch, place=given.place))
    receipt = Receipt(way=given.way, branch=at.get("pickup_branch"), place=at.get("place"), address=given.address)
    return Wish(
        record=record,
        part=Part(**part),
        receipt=receipt,
        item=_item(given.item),
        purpose=given.purpose,
        agreed=given.agreed,
    )


def _item(barcode: str | None) -> Item | None:
    if barcode is None:
        return None
    if (found := item_by_barcode(barcode)) is None:
        raise UnknownName("item", barcode)
    return found


def _told(request: ApiRequest, key: int) -> dict[str, Any]:
    return told_article(articles_visible_to(request.auth.actor).get(pk=key))


def _member(request: ApiRequest) -> Member:
    if member := member_of(request.auth.actor):
        return member
    raise Http404
