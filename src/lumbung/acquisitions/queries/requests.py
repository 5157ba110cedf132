"""Requests: who sees which, those of a member, and others for the same title."""

from collections.abc import Collection

from django.db.models import F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from lumbung.accounts.domain.permissions import may
from lumbung.acquisitions.models import Order, OrderLine, PurchaseRequest, Receipt
from lumbung.acquisitions.permissions import SEE
from lumbung.catalogue.models import Item
from lumbung.members.models import Member

MOST_SHOWN = 5
COMING = (Order.States.DRAFT, Order.States.ORDERED, Order.States.PARTLY_RECEIVED)
States = PurchaseRequest.States


def requests_visible_to(viewer: object) -> QuerySet[PurchaseRequest]:
    """All requests for staff who may see them; for anybody else, those of the member they are."""
    if may(viewer, SEE):
        return PurchaseRequest.objects.all()
    key = getattr(viewer, "pk", None)
    return PurchaseRequest.objects.filter(member__user=key) if key else PurchaseRequest.objects.none()


def with_course(requests: QuerySet[PurchaseRequest]) -> QuerySet[PurchaseRequest]:
    """The requests with what became of them, in a fixed number of statements."""
    copies = Receipt.objects.filter(undone_at=None).prefetch_related("new_copies")
    lines = OrderLine.objects.select_related("order").prefetch_related(Prefetch("receipts", queryset=copies))
    people = ("member", "noted_by", "decided_by", "fund", "pickup_branch")
    return requests.select_related(*people).prefetch_related(Prefetch("lines", queryset=lines))


def requests_like(
    title: str, isbn: str, record: int | None, *, besides: int | None = None, of: int | None = None
) -> list[PurchaseRequest]:
    """Others, neither declined nor withdrawn, for the same title; ``of``: only those of this member (primary key)."""
    found = PurchaseRequest.objects.filter(_same(title, isbn, record)).exclude(state__in=[States.DECLINED, States.WITHDRAWN])
    if besides is not None:
        found = found.exclude(pk=besides)
    if of is not None:
        found = found.filter(member=of)
    return list(found.order_by("-asked_at", "-pk")[:MOST_SHOWN])


def lines_like(title: str, isbn: str, record: int | None) -> list[OrderLine]:
    """Lines of orders that are being made or awaited, for the same title."""
    found = OrderLine.objects.filter(_same(title, isbn, record), order__state__in=COMING).select_related("order__vendor")
    return list(found.order_by("-pk")[:MOST_SHOWN])


def line_with_isbn(isbn: str, *, besides: PurchaseRequest | None) -> OrderLine | None:
    """The latest line with this ISBN of which copies are to be ordered or awaited, other than those of the request ``besides``."""
    coming = OrderLine.objects.filter(order__state__in=COMING, copies__gt=F("received") + F("dropped"))
    found = coming.filter(isbn=isbn).select_related("order")
    return found.exclude(request=besides).order_by("-pk").first() if besides else found.order_by("-pk").first()


def requests_of(member: Member) -> QuerySet[PurchaseRequest]:
    """What the member asked for, newest first, with what became of it."""
    return with_course(PurchaseRequest.objects.filter(member=member))


def to_order() -> QuerySet[PurchaseRequest]:
    """Accepted requests that are on no order, or of which an order was cut short, the most urgent first; each with ``rest``, how many
    copies of it are still to be ordered."""
    ordered = OrderLine.objects.filter(dropped=0, request__isnull=False).values("request")
    of_it = OrderLine.objects.filter(request=OuterRef("pk")).order_by().values("request")
    kept = Subquery(of_it.annotate(standing=Sum(F("copies") - F("dropped"))).values("standing"), output_field=IntegerField())
    rest = F("copies") - Coalesce(kept, 0)
    accepted = PurchaseRequest.objects.filter(state=States.ACCEPTED).exclude(pk__in=ordered)
    accepted = accepted.annotate(rest=rest).filter(rest__gt=0)
    return accepted.select_related("member", "fund").order_by("priority", "asked_at", "pk")


def requests_served_by(items: Collection[int]) -> QuerySet[PurchaseRequest]:
    """The requests for which any of these copies (primary keys) came."""
    lines = Item.objects.filter(pk__in=items).values("new_copy__receipt__line")
    return (
        PurchaseRequest.objects.filter(lines__in=lines)
        .select_related("member__user", "pickup_branch", "record")
        .defer("record__marc", "record__findable")
        .distinct()
    )


def _same(title: str, isbn: str, record: int | None) -> Q:
    """Of the same record, the same ISBN, or with the same words in the title."""
    same = Q(title__iexact=title) if title else Q(pk=None)
    same |= Q(isbn=isbn) if isbn else Q(pk=None)
    return same | (Q(record=record) if record else Q(pk=None))
