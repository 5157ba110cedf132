"""Reading what is kept, having it put right, being forgotten."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction

from lumbung.accounts.domain.users import forget
from lumbung.accounts.models import User
from lumbung.kernel import clock, events, uploads
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.domain.merging.mergers import forget_mergers
from lumbung.members.domain.privacy.holdings import registered
from lumbung.members.events import DataTaken, MemberForgotten, PrivacyAsked, PrivacyRefused
from lumbung.members.models import Member, MemberMerger, PrivacyRequest
from lumbung.members.refusals import ALREADY_ASKED, ANSWER_EMPTY, CORRECTION_EMPTY, ERASURE_OF_STAFF, REQUEST_CLOSED
from lumbung.organization.domain import barcodes
from lumbung.organization.models import Barcode

DEADLINE = timedelta(days=3)
Kinds, States = PrivacyRequest.Kinds, PrivacyRequest.States


@transaction.atomic
def data_of(member: Member, *, by: events.Actor | None) -> dict[str, Mapping[str, Any]]:
    """Everything that every part keeps of the member, by holding; the journal keeps that it was taken."""
    events.record(DataTaken(member=member.pk), by=by)
    return {each.code: each.told(member) for each in registered()}


@refuse_when_broken(one_open_privacy_request_of_a_kind=ALREADY_ASKED)
@transaction.atomic
def ask(member: Member, *, kind: str, text: str, by: events.Actor | None) -> PrivacyRequest:
    """Ask for a correction or for erasure. Refuses a second open request of the kind, a correction that says nothing, and an erasure
    while something stands against it: every reason is told at once."""
    if reasons := _reasons_against_asking(member, kind, text.strip()):
        raise Refused(reasons)
    now = clock.now()
    asked = PrivacyRequest.objects.create(member=member, kind=kind, text=text.strip(), asked_at=now, due_at=now + DEADLINE)
    events.record(PrivacyAsked(privacy_request=asked.pk, member=member.pk, kind=kind), by=by)
    return asked


@transaction.atomic
def close(request: PrivacyRequest, *, done: bool, answer: str, by: User) -> PrivacyRequest:
    """Carry the request out or refuse it with an answer. An erasure that is carried out forgets the member; see ``erase``."""
    current = PrivacyRequest.objects.select_for_update(of=("self",)).select_related("member__user").get(pk=request.pk)
    reasons: list[Reason] = [] if current.state == States.OPEN else [REQUEST_CLOSED()]
    if not done and not answer.strip():
        reasons.append(ANSWER_EMPTY())
    if reasons:
        raise Refused(reasons)
    if done and current.kind == Kinds.ERASURE:
        erase(current.member, by=by)
        current.text = ""
    current.state, current.answer = States.DONE if done else States.REFUSED, answer.strip()[:300]
    current.closed_at, current.closed_by = clock.now(), by
    current.save()
    if not done:
        events.record(PrivacyRefused(privacy_request=current.pk, member=current.member_id), by=by)
    return current


def reasons_against_erasing(member: Member) -> list[Reason]:
    """Why the member cannot be forgotten yet: what every part says, and an account of staff."""
    reasons = [reason for each in registered() for reason in each.against(member)]
    if member.user is not None and member.user.roles - {"member"}:
        reasons.append(ERASURE_OF_STAFF())
    return reasons


@transaction.atomic
def erase(member: Member, *, by: events.Actor | None) -> Member:
    """Forget who this was, everywhere: every part makes its rows nobody's, the sign-in ends, name, numbers and contacts go.

    The row stays for what must be kept (receipts, letters, counts) and says nothing of a person. Refuses with all reasons together
    while something is open.
    """
    current = Member.objects.select_for_update(of=("self",)).select_related("user").standing(member.pk)
    if reasons := reasons_against_erasing(current):
        raise Refused(reasons)
    for each in registered():
        each.erase(current)
    cards, user = [current.barcode, *current.former_cards.values_list("barcode", flat=True)], current.user
    current.identifiers.all().delete()
    current.former_cards.all().delete()
    forget_mergers(MemberMerger.objects.filter(into=current.pk).values_list("pk", flat=True))
    barcodes.release(cards)
    current.name, current.user = f"#{current.pk}", None
    current.barcode = barcodes.claim(f"X-{secrets.token_hex(6).upper()}", Barcode.Names.MEMBER)
    current.email = current.phone = current.unit = current.note = current.blocked_because = current.search_text = ""
    transaction.on_commit(partial(uploads.forget, current.photo))
    current.guarantor = current.guarantor_contact = current.photo = ""
    current.blocked_until = current.born_on = None
    current.programme, current.intake, current.keeps_history, current.gathers_notices = None, None, False, False
    current.save()
    events.record(MemberForgotten(member=current.pk), by=by)
    if user is not None:
        forget(user, by=by)
    return current


def _reasons_against_asking(member: Member, kind: str, text: str) -> list[Reason]:
    reasons = [CORRECTION_EMPTY()] if kind == Kinds.CORRECTION and not text else []
    if PrivacyRequest.objects.filter(member=member, kind=kind, state=States.OPEN).exists():
        reasons.append(ALREADY_ASKED())
    if kind == Kinds.ERASURE:
        reasons += reasons_against_erasing(member)
    return reasons
