"""What this part itself keeps of a member."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from lumbung.kernel import uploads
from lumbung.members.domain.privacy.holdings import Holding
from lumbung.members.models import ClearanceAnswer, ClearanceApplication, Consent, Look, Member, PrivacyRequest, RosterRow


def _told(member: Member) -> Mapping[str, Any]:
    applications = member.clearances.select_related("purpose").prefetch_related("letters")
    return {
        "name": member.name,
        "card": member.barcode,
        "numbers": [{"kind": each.kind, "value": each.value} for each in member.identifiers.all()],
        "category": str(member.category),
        "branch": str(member.branch),
        "programme": str(member.programme or member.unit),
        "intake": member.intake,
        "email": member.email,
        "phone": member.phone,
        "member_since": member.joined_on,
        "member_until": member.expires_on,
        "blocked_because": member.blocked_because,
        "note": member.note,
        "keeps_history": member.keeps_history,
        "consents": list(member.consents.values("purpose__code", "version", "text", "given_at", "withdrawn_at")),
        "clearances": [
            {
                "purpose": str(each.purpose),
                "applied": each.applied_at,
                "state": each.state,
                "letters": [{"number": letter.number, "revoked": letter.revoked_at} for letter in each.letters.all()],
            }
            for each in applications
        ],
        "requests": list(member.privacy_requests.values("kind", "text", "state", "answer", "asked_at", "closed_at")),
        "looked_at_by": [
            {"day": each.day, "by": str(each.by), "times": each.times} for each in member.looks.select_related("by")
        ],
    }


def _erase(member: Member) -> None:
    """Consents, looks, corrections asked for and files sent go.

    A letter keeps its number and code, so that whoever holds it can still check it.
    """
    answers = ClearanceAnswer.objects.filter(application__member=member)
    for each in answers.exclude(stored_file=""):
        uploads.forget(each.stored_file)
    answers.update(stored_file="", file_name="", reason="-")
    RosterRow.objects.filter(member=member).update(name="", number="", told=[], before=None, member=None)
    Consent.objects.filter(member=member).delete()
    Look.objects.filter(member=member).delete()
    PrivacyRequest.objects.filter(member=member, kind=PrivacyRequest.Kinds.CORRECTION).delete()
    PrivacyRequest.objects.filter(member=member, state=PrivacyRequest.States.REFUSED).update(text="", answer="-")
    ClearanceApplication.objects.filter(member=member, state=ClearanceApplication.States.OPEN).delete()


HOLDING = Holding(
    code="membership",
    name=gettext_lazy("Keanggotaan, persetujuan, dan bebas pustaka"),
    told=_told,
    erase=_erase,
    models=(
        "members.MemberIdentifier", "members.ClearanceApplication", "members.Consent", "members.Look", "members.PrivacyRequest",
        "members.Member", "members.RosterRow", "members.ClearanceCondition", "accounts.ApiToken", "accounts.RoleGrant",
        "account.EmailAddress",
    ),
)  # fmt: skip
