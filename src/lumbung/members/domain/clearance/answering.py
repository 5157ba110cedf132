"""Verifiers say yes or no to a condition, with a reason the applicant reads."""

from django.db import transaction

from lumbung.accounts.models import Role, User
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.domain.clearance.applying import note_standing, open_application
from lumbung.members.domain.clearance.standing import Standing, standings_of
from lumbung.members.events import ClearanceAnswered
from lumbung.members.models import ClearanceAnswer, ClearanceApplication, ClearanceCondition
from lumbung.members.refusals import (
    CONDITION_NOT_ASKED,
    FILE_CHANGED,
    FILE_NOT_GIVEN,
    NOT_YOURS_TO_VERIFY,
    REFUSAL_REASON_EMPTY,
)

Kinds = ClearanceCondition.Kinds
Answers = ClearanceAnswer.States


@transaction.atomic
def decide(
    application: ClearanceApplication,
    condition: ClearanceCondition,
    *,
    accepted: bool,
    by: User,
    reason: str = "",
    seen: str | None = None,
) -> ClearanceAnswer:
    """Accept or refuse what a condition asks; a later word takes the place of an earlier one until the letter is issued.

    Refuses somebody who is no verifier of the condition, a condition that nobody decides or that does not bind this member, a
    refusal without a reason, and accepting a file that was not sent. ``seen`` is the SHA-256 of the file that was looked at, in hex
    (empty: none was there): when another was sent meanwhile, nothing is judged.
    """
    current = open_application(application)
    standing = {each.condition.pk: each for each in standings_of(current)}.get(condition.pk)
    if reasons := _reasons_against(standing, condition, accepted=accepted, reason=reason.strip(), by=by, seen=seen):
        raise Refused(reasons)
    state = Answers.ACCEPTED if accepted else Answers.REFUSED
    told = {"state": state, "reason": reason.strip()[:300], "decided_by": by, "decided_at": clock.now()}
    answer, _made = ClearanceAnswer.objects.update_or_create(application=current, condition=condition, defaults=told)
    note_standing(current)
    told_of = {"application": current.pk, "member": current.member_id, "condition": condition.pk}
    events.record(ClearanceAnswered(**told_of, accepted=accepted), by=by)
    return answer


def may_verify(user: User, condition: ClearanceCondition) -> bool:
    """Whether the user decides this condition: by role, by name, or as administrator."""
    return Role.ADMIN in user.roles or condition.may_be_verified_by(user)


def _reasons_against(
    standing: Standing | None, condition: ClearanceCondition, *, accepted: bool, reason: str, by: User, seen: str | None
) -> list[Reason]:
    if standing is None or condition.kind == Kinds.AUTOMATIC:
        return [CONDITION_NOT_ASKED(condition=condition.name)]
    reasons = [] if may_verify(by, standing.condition) else [NOT_YOURS_TO_VERIFY(condition=condition.name)]
    if not accepted and not reason:
        reasons.append(REFUSAL_REASON_EMPTY())
    if accepted and condition.kind == Kinds.UPLOAD and not (standing.answer and standing.answer.stored_file):
        reasons.append(FILE_NOT_GIVEN(condition=condition.name))
    if seen is not None and condition.kind == Kinds.UPLOAD and seen != (standing.answer.file_hash if standing.answer else ""):
        reasons.append(FILE_CHANGED(condition=condition.name))
    return reasons
