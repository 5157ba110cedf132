"""Requests for a service, and complaints, from the public pages: each becomes a conversation."""

from django.db import transaction

from lumbung.desk.channels import FORM
from lumbung.desk.domain.duty import route
from lumbung.desk.domain.needs import follow_need
from lumbung.desk.domain.targets import promise
from lumbung.desk.domain.turns import add_turn, head_of
from lumbung.desk.events import ConversationBegun
from lumbung.desk.models import Conversation, Turn
from lumbung.desk.models.turn import LONGEST
from lumbung.desk.refusals import CONTACT_MISSING, QUESTION_EMPTY, SERVICE_CLOSED, TEXT_TOO_LONG
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.models import Member
from lumbung.organization.models import Offering
from lumbung.organization.queries import front_branch


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
    """Ask for a service, or complain. A complaint may be left without a name; it goes to the head alone.

    ``need``: a search found nothing, and this way on is wanted with what was sought; it is followed until the asker is told.

    Refuses an empty one, a service that is closed, and a request that leaves nobody to answer.
    """
    reasons = _faults(text, service, reachable=member is not None or bool(contact.strip()) or complaint)
    if reasons:
        raise Refused(reasons)
    now = clock.now()
    conversation = Conversation(
        channel=FORM,
        subject=head_of(text),
        service=service,
        is_complaint=complaint,
        member=member,
        asker_name="" if member else name.strip()[:120],
        asker_contact=contact.strip()[:120],
        branch=member.branch if member else front_branch(),
        opened_at=now,
        last_turn_at=now,
        waiting_since=now,
        changed_at=now,
    )
    promise(conversation, now)
    if not complaint:
        route(conversation, now)
    conversation.save(force_insert=True)
    add_turn(conversation, Turn.Kinds.QUESTION, text, by=None)
    if need is not None:
        follow_need(conversation, way=need[0], wanted=need[1], by=None)
    begun = ConversationBegun(conversation=conversation.pk, asked_by=FORM, assignee=conversation.assignee_id)
    events.record(begun, by=None)
    return conversation


def _faults(text: str, service: Offering | None, *, reachable: bool) -> list[Reason]:
    reasons = []
    if not text.strip():
        reasons.append(QUESTION_EMPTY())
    if len(text) > LONGEST:
        reasons.append(TEXT_TOO_LONG(most=LONGEST))
    if service is not None and service.state == Offering.States.CLOSED:
        reasons.append(SERVICE_CLOSED(name=service.name))
    if not reachable:
        reasons.append(CONTACT_MISSING())
    return reasons
