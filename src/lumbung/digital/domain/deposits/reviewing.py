"""Looking at a deposit: taken up, sent back with reasons, approved."""

from collections.abc import Sequence

from django.db import transaction

from lumbung.digital.domain.deposits.drafts import touch
from lumbung.digital.domain.deposits.locking import locked
from lumbung.digital.domain.deposits.submitting import remark
from lumbung.digital.events import DepositApproved, DepositReturned, DepositTaken
from lumbung.digital.models import Deposit, DepositStates
from lumbung.digital.queries.deposits import rubric
from lumbung.digital.refusals import RETURN_WITHOUT_REASON, RUBRIC_NOT_MET
from lumbung.kernel import events
from lumbung.kernel.refusals import Refused

States = DepositStates


@transaction.atomic
def take_up(deposit: Deposit, *, by: events.Actor) -> Deposit:
    """Look at a deposit now: others see whose it is. Refuses one that is not waiting; a colleague may take over what is being looked at."""
    current = locked(deposit, states=(States.SUBMITTED, States.IN_REVIEW))
    current.state, current.reviewer_id = States.IN_REVIEW, by.pk
    touch(current, ["state", "reviewer"])
    events.record(DepositTaken(deposit=current.pk), by=by)
    return current


@transaction.atomic
def send_back(deposit: Deposit, *, reasons: Sequence[str], text: str, ticked: Sequence[str], by: events.Actor) -> Deposit:
    """Ask the author for a revision. The reasons, canned and in one's own words, are told at once by letter. Refuses without any."""
    current = locked(deposit, states=(States.SUBMITTED, States.IN_REVIEW, States.APPROVED))
    if not reasons and not text.strip():
        raise Refused(RETURN_WITHOUT_REASON())
    current.state, current.reviewer_id, current.due_on = States.NEEDS_REVISION, by.pk, None
    touch(current, ["state", "reviewer", "due_on"])
    said = remark(current, by=by, text=text, reasons=list(reasons), ticked=list(ticked))
    events.record(DepositReturned(deposit=current.pk, remark=said.pk), by=by)
    return current


@transaction.atomic
def approve(deposit: Deposit, *, ticked: Sequence[str], text: str = "", by: events.Actor) -> Deposit:
    """Find the deposit good. Refuses while a line of the rubric is not ticked."""
    current = locked(deposit, states=(States.SUBMITTED, States.IN_REVIEW))
    if missing := [each.text for each in rubric() if each.text not in ticked]:
        raise Refused([RUBRIC_NOT_MET(line=line) for line in missing])
    current.state, current.reviewer_id = States.APPROVED, by.pk
    touch(current, ["state", "reviewer"])
    remark(current, by=by, text=text, ticked=list(ticked))
    events.record(DepositApproved(deposit=current.pk), by=by)
    return current
