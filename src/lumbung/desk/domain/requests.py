"""Requests for a service, and complaints, from the public pages: each becomes a conversation."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from lumbung.desk.channels import FORM
from lumbung.desk.domain.askers import can_be_reached
from lumbung.desk.domain.duty import route
from lumbung.desk.domain.needs import follow_need
from lumbung.desk.domain.targets import promise
from lumbung.desk.domain.turns import add_turn, as_kept, head_of
from lumbung.desk.events import ConversationBegun
from lumbung.desk.models import Conversation, Turn
from lumbung.desk.models.turn import LONGEST
from lumbung.desk.refusals import CONTACT_MISSING, CONTACT_UNREADABLE, QUESTION_EMPTY, SERVICE_CLOSED, TEXT_TOO_LONG
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.turns import wait_for_turn
from lumbung.members.models import Member
from lumbung.organization.models import Offering
from lumbung.organization.queries import front_branch

PRESSED_AGAIN = timedelta(minutes=10)


@transaction.atomic
def request_service(
    text: str,
    *,
    service: Offering | None,
    member: Member | None,
    name: str = "",
    contact: str = "",
    complaint: bool = False,
    need: tuple[str, str] | None = None,
) -> Conversation:
    """Ask for a service, or complain. A complaint may be left without a name and a way to answer; it goes to the head alone.

    ``need``: a search found nothing, and this way on is wanted with what was sought; it is followed until the asker is told.

    The same words of the same asker within ten minutes are one request, however often they are sent.

    Refuses an empty one, a service that is closed, a request that leaves nobody to answer, and a way to answer that leads to nobody.
    """
    contact = contact.strip()[:120]
    if reasons := _faults(text, service, contact, member=member, complaint=complaint):
        raise Refused(reasons)
    asker = {"channel": FORM, "member": member, "asker_contact": contact, "service": service, "is_complaint": complaint}
    if sent_already := _sent_already(text, asker, need):
        return sent_already
    conversation = _begun(text, "" if member else name.strip()[:120], asker)
    if need is not None:
        follow_need(conversation, way=need[0], wanted=need[1], by=None)
    begun = ConversationBegun(conversation=conversation.pk, asked_by=FORM, assignee=conversation.assignee_id)
    events.record(begun, by=None)
    return conversation


def _begun(text: str, name: str, asker: dict[str, Any]) -> Conversation:
    now, member = clock.now(), asker["member"]
    conversation = Conversation(
        **asker,
        subject=head_of(text),
        asker_name=name,
        branch=member.branch if member else front_branch(),
        opened_at=now,
        last_turn_at=now,
        waiting_since=now,
        changed_at=now,
    )
    promise(conversation, now)
    if not conversation.is_complaint:
        route(conversation, now)
    conversation.save(force_insert=True)
    add_turn(conversation, Turn.Kinds.QUESTION, text, by=None)
    return conversation


def _sent_already(text: str, asker: dict[str, Any], need: tuple[str, str] | None) -> Conversation | None:
    """The same, sent by one press. Where nothing is known of who wrote, the same words may be another's."""
    member, contact = asker["member"], asker["asker_contact"]
    if member is None and not can_be_reached(contact):
        return None
    wait_for_turn(f"desk:form:{member.pk if member else contact}")
    recent = Turn.objects.filter(kind=Turn.Kinds.QUESTION, at__gt=clock.now() - PRESSED_AGAIN, text=as_kept(text))
    found = Conversation.objects.filter(**asker, state=Conversation.States.OPEN, turns__in=recent)
    return (found.filter(needs__way=need[0], needs__wanted=need[1]) if need else found).first()


def _faults(text: str, service: Offering | None, contact: str, *, member: Member | None, complaint: bool) -> list[Reason]:
    reasons = []
    if not text.strip():
        reasons.append(QUESTION_EMPTY())
    if len(text) > LONGEST:
        reasons.append(TEXT_TOO_LONG(most=LONGEST))
    if service is not None and service.state == Offering.States.CLOSED:
        reasons.append(SERVICE_CLOSED(name=service.name))
    if not complaint and not contact and member is None:
        reasons.append(CONTACT_MISSING())
    if not complaint and contact and not can_be_reached(contact):
        reasons.append(CONTACT_UNREADABLE(contact=contact))
    return reasons
