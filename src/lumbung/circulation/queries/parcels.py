"""Parcels sent home while the library is open: which branches send them and to whom, and what is in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from lumbung.circulation.models import DeliveryTerms, Handover, Hold, KeptAddress
from lumbung.circulation.models.hold import HoldQuerySet
from lumbung.kernel.remembered import remembered
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of


def delivery_terms(branch: Branch) -> DeliveryTerms:
    """What the branch has said about it; where nothing was said, it sends nothing."""
    return DeliveryTerms.objects.filter(branch=branch).first() or DeliveryTerms(branch=branch)


@remembered()
def known_terms() -> dict[int, DeliveryTerms]:
    """By the key of the branch, the terms of those that send books home or did so once, with categories and programmes."""
    rows = DeliveryTerms.objects.prefetch_related("categories", "programmes")
    return {terms.branch_id: terms for terms in rows}


def deliveries() -> dict[int, DeliveryTerms]:
    """The terms of those that send books home now."""
    return {branch: terms for branch, terms in known_terms().items() if terms.is_on}


def terms_for(member: Member, branch: int) -> DeliveryTerms | None:
    """The terms under which the branch sends books to this member; None where it does not."""
    terms = deliveries().get(branch)
    if terms is None:
        return None
    categories = {each.pk for each in terms.categories.all()}
    programmes: set[int | None] = {each.pk for each in terms.programmes.all()}
    fits = member.category_id in (categories or {member.category_id})
    return terms if fits and member.programme_id in (programmes or {member.programme_id}) else None


def holds_to_send_home(member: Member) -> HoldQuerySet:
    """What is ready for the member at a branch and in no parcel yet."""
    ready = Hold.objects.filter(state=Hold.States.READY, member=member, place=None)
    return ready.exclude(handover__state__in=Handover.OPEN).order_by("pickup_branch", "placed_at", "id")


@dataclass(frozen=True)
class Offer:
    """The branch would send this many copies home, under these terms."""

    branch: Branch
    terms: DeliveryTerms
    count: int


def offers_for(member: Member) -> list[Offer]:
    """What could be sent to the member now, branch by branch; nothing is asked where no branch sends to them."""
    sending = {key: terms for key in deliveries() if (terms := terms_for(member, key)) is not None}
    if not sending:
        return []
    at = list(holds_to_send_home(member).filter(pickup_branch__in=sending).values_list("pickup_branch", flat=True))
    return [Offer(branch_of(key), sending[key], at.count(key)) for key in dict.fromkeys(at)]


def parcels() -> QuerySet[Handover]:
    """Those of the standing service, with branch, member and what is in them, in the order in which they were asked for."""
    content = (
        Hold.objects.select_related("record", "item", "loan")
        .defer("record__marc", "record__findable")
        .order_by("placed_at", "id")
    )
    rows = Handover.objects.filter(closed_doors=None).select_related("member", "branch")
    return rows.prefetch_related(Prefetch("holds", queryset=content)).order_by("asked_at", "id")


def open_handovers(member: Member, branch: Branch) -> QuerySet[Handover]:
    """What may still claim copies that are ready for the member there: not what doors that are open again left unticked."""
    mine = Handover.objects.filter(member=member, branch=branch, state__in=Handover.OPEN)
    return mine.exclude(closed_doors__opened_at__isnull=False)


def own_parcels(member: Member) -> Sequence[Handover]:
    """What is being made ready for the member or on its way, also where no more is sent; nothing is asked where nothing ever was."""
    return list(parcels().filter(member=member, state__in=Handover.OPEN)) if known_terms() else []


def kept_address(member: Member) -> str:
    """The address the member agreed to have kept; empty without one."""
    return KeptAddress.objects.filter(member=member).values_list("address", flat=True).first() or ""
