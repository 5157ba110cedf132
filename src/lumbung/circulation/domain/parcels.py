"""Parcels sent home while the library is open: asked for, packed, sent as a loan of its own kind, arrived or come back."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from lumbung.circulation.domain.fees import charge
from lumbung.circulation.domain.holds import hold_days
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.events import (
    AddressForgotten,
    AddressKept,
    DeliveryTermsChanged,
    HandoverAsked,
    HandoverCancelled,
    HandoverDone,
    HandoverPacked,
    HandoverReturned,
    HandoverSent,
)
from lumbung.circulation.models import DeliveryTerms, Fee, Handover, Hold, KeptAddress, Loan, LoanKinds
from lumbung.circulation.queries.parcels import holds_to_send_home, known_terms, open_handovers, terms_for
from lumbung.circulation.refusals import (
    COURIER_MISSING,
    DELIVERY_ADDRESS_MISSING,
    DELIVERY_NOT_OFFERED,
    HANDOVER_CLOSED,
    HANDOVER_THERE,
    NOTHING_TO_FETCH,
    PARCEL_EMPTY,
)
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.models import Category, Member
from lumbung.organization.models import Branch, StudyProgramme
from lumbung.organization.queries import open_day_after

States = Handover.States
LONGEST_ADDRESS = 300


@transaction.atomic
def set_delivery(
    branch: Branch,
    *,
    categories: Collection[Category],
    programmes: Collection[StudyProgramme],
    by: events.Actor | None,
    **facts: Any,
) -> DeliveryTerms:
    """Say whether the branch sends books home, to which categories and programmes (none named: to all), for how much."""
    terms, _made = DeliveryTerms.objects.select_for_update().get_or_create(branch=branch)
    changed = set_changed(terms, facts, allowed={"is_on", "fee", "way_back"})
    for name, chosen in (("categories", categories), ("programmes", programmes)):
        kept = getattr(terms, name)
        if {each.pk for each in kept.all()} != {each.pk for each in chosen}:
            kept.set(chosen)
            changed.append(name)
    if changed:
        terms.save()
        events.record(DeliveryTermsChanged(branch=branch.pk, fields=sorted(changed)), by=by)
        known_terms.changed()
    return terms


@refuse_when_broken(one_open_parcel_of_a_member_at_a_branch=HANDOVER_THERE)
@transaction.atomic
def ask_parcel(member: Member, *, branch: Branch, address: str, keeps: bool, by: events.Actor | None) -> Handover:
    """Ask that all that is ready at the branch be sent home; ``keeps``: the address may be kept for the next time.

    Refuses where the branch does not send to this member, without an address, and when nothing is ready or is to reach them otherwise.
    """
    member = Member.objects.select_for_update(of=("self",), no_key=True).select_related("category").standing(member.pk)
    ready = list(holds_to_send_home(member).select_for_update(of=("self",), no_key=True).filter(pickup_branch=branch))
    terms = terms_for(member, branch.pk)
    reasons: list[Reason] = [] if terms else [DELIVERY_NOT_OFFERED(branch=branch.name)]
    reasons += [] if address.strip() else [DELIVERY_ADDRESS_MISSING()]
    if open_handovers(member, branch).exists():
        reasons.append(HANDOVER_THERE())
    elif not ready:
        reasons.append(NOTHING_TO_FETCH(branch=branch.name))
    if reasons:
        raise Refused(reasons)
    facts = {"branch": branch, "kind": Handover.Kinds.DELIVERY, "address": address.strip()[:LONGEST_ADDRESS]}
    parcel = Handover.objects.create(member=member, asked_at=clock.now(), fee=terms.fee if terms else 0, **facts)
    Hold.objects.filter(pk__in=[hold.pk for hold in ready]).update(handover=parcel)
    events.record(HandoverAsked(handover=parcel.pk, member=member.pk, kind=parcel.kind), by=by)
    if keeps:
        keep_address(member, address, by=by)
    return parcel


@transaction.atomic
def pack(parcel: Handover, *, by: events.Actor | None) -> Handover:
    """It is packed, with whatever became ready since it was asked for. Refuses one that does not wait, and an empty one."""
    current = _in(parcel, {States.ASKED})
    assert current.member is not None, "an open parcel has a member"  # noqa: S101 -- for the type checker
    # While the doors are closed, one that is asked for at such a time may be for the same copies.
    if not open_handovers(current.member, current.branch).exclude(pk=current.pk).exists():
        more = list(holds_to_send_home(current.member).filter(pickup_branch=current.branch).values_list("pk", flat=True))
        Hold.objects.filter(pk__in=more).update(handover=current)
    _content(current)
    current.state = States.PACKED
    current.save(update_fields=["state"])
    events.record(HandoverPacked(handover=current.pk, member=current.member_id), by=by)
    return current


@transaction.atomic
def send_parcel(parcel: Handover, *, courier: str, tracking: str, by: events.Actor | None) -> list[Loan]:
    """It went: what is in it is lent from now on under the rules for what is sent, and the fee is charged once.

    Refuses one that is not packed, without the name of the courier, and for every reason for which the desk would not lend.
    """
    current = _in(parcel, {States.PACKED})
    if not courier.strip():
        raise Refused(COURIER_MISSING())
    member, branch = current.member, current.branch
    assert member is not None, "an open parcel has a member"  # noqa: S101 -- for the type checker
    items = [hold.item for hold in _content(current) if hold.item is not None]
    loans = [check_out(item, to=member, at=branch, by=by, kind=LoanKinds.DELIVERY) for item in items]
    current.state, current.courier, current.tracking = States.SENT, courier.strip()[:60], tracking.strip()[:60]
    current.save(update_fields=["state", "courier", "tracking"])
    if current.fee:
        once = f"delivery:{current.pk}"
        charge(member, Fee.Kinds.OTHER, current.fee, by=by, branch=branch, note=current.courier, once=once)
    events.record(HandoverSent(handover=current.pk, member=current.member_id), by=by)
    return loans


@transaction.atomic
def arrive(parcel: Handover, *, by: events.Actor | None) -> Handover:
    """It is with the member. The address is not needed any more."""
    current = _close(_in(parcel, {States.SENT}), States.DONE)
    events.record(HandoverDone(handover=current.pk, member=current.member_id), by=by)
    return current


def finish_parcels(*, by: events.Actor | None = None) -> int:
    """Close the parcels on their way that nobody said had arrived, though nothing that was lent with them is open any more. Nightly."""
    still_lent = Loan.objects.open().filter(kind=LoanKinds.DELIVERY, filled_holds__handover=OuterRef("pk"))
    over = Handover.objects.filter(~Exists(still_lent), closed_doors=None, state=States.SENT).order_by("pk")
    return sum(_finished(parcel, by=by) for parcel in list(over))


def _finished(parcel: Handover, *, by: events.Actor | None) -> bool:
    try:
        arrive(parcel, by=by)
    except Refused:  # somebody closed it in this moment
        return False
    return True


@transaction.atomic
def come_back(parcel: Handover, *, by: events.Actor | None) -> Handover:
    """The courier brought it back: what was lent with it is taken back, as at the desk; what the member fetched there before is not."""
    current = _in(parcel, {States.SENT})
    lent = Loan.objects.open().filter(kind=LoanKinds.DELIVERY, filled_holds__handover=current).select_related("item")
    for loan in list(lent.order_by("item", "pk").distinct()):
        check_in(loan.item, at=current.branch, by=by)
    current = _close(current, States.RETURNED)
    events.record(HandoverReturned(handover=current.pk, member=current.member_id), by=by)
    return current


@transaction.atomic
def call_off_parcel(parcel: Handover, *, by: events.Actor | None) -> Handover:
    """It is not to be sent: what was in it waits on the pick-up shelf, as long as if it had become ready today."""
    current = _in(parcel, {States.ASKED, States.PACKED})
    for hold in _ready(current):
        assert hold.item is not None and hold.ready_until is not None, "a constraint says so"  # noqa: S101, PT018 -- for the type checker
        count = hold_days(hold, hold.item, current.branch)
        hold.ready_until = max(hold.ready_until, open_day_after(current.branch, clock.today(current.branch.zone), count=count))
        hold.save(update_fields=["ready_until"])
    current = _close(current, States.CANCELLED)
    events.record(HandoverCancelled(handover=current.pk, member=current.member_id), by=by)
    return current


@transaction.atomic
def keep_address(member: Member, address: str, *, by: events.Actor | None) -> KeptAddress:
    """Keep where the member has parcels sent: they said that it may be kept."""
    facts = {"address": address.strip()[:LONGEST_ADDRESS], "agreed_at": clock.now()}
    kept, _made = KeptAddress.objects.update_or_create(member=member, defaults=facts)
    events.record(AddressKept(member=member.pk), by=by)
    return kept


@transaction.atomic
def forget_address(member: Member, *, by: events.Actor | None) -> None:
    """The member does not want it kept any longer."""
    gone, _rows = KeptAddress.objects.filter(member=member).delete()
    if gone:
        events.record(AddressForgotten(member=member.pk), by=by)


def _in(parcel: Handover, states: Collection[str]) -> Handover:
    rows = Handover.objects.select_for_update(of=("self",)).select_related("member", "branch")
    current = rows.get(pk=parcel.pk, closed_doors=None)
    if current.state not in states:
        raise Refused(HANDOVER_CLOSED())
    return current


def _ready(parcel: Handover) -> list[Hold]:
    rows = Hold.objects.filter(handover=parcel, state=Hold.States.READY).select_related("item__item_type", "member")
    return list(rows.order_by("item", "pk"))


def _content(parcel: Handover) -> list[Hold]:
    if found := _ready(parcel):
        return found
    raise Refused(PARCEL_EMPTY())


def _close(parcel: Handover, state: str) -> Handover:
    parcel.state, parcel.closed_at, parcel.address = state, clock.now(), ""
    parcel.save(update_fields=["state", "closed_at", "address"])
    return parcel
