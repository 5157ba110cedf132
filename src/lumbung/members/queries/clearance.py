"""What others may ask about clearance letters. Who may see an application is told by ``applications_visible_to``."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lumbung.accounts.domain.permissions import may
from lumbung.accounts.models import Role
from lumbung.members.models import (
    ClearanceAnswer,
    ClearanceApplication,
    ClearanceCondition,
    ClearanceLetter,
    ClearancePeriod,
    ClearancePurpose,
    Member,
)
from lumbung.members.permissions import CLEARANCE_SEE

States, Answers, Kinds = ClearanceApplication.States, ClearanceAnswer.States, ClearanceCondition.Kinds


def applications_visible_to(viewer: object) -> QuerySet[ClearanceApplication]:
    """Every application for staff who issue letters; for a verifier those with a condition of theirs; for a member their own."""
    rows = ClearanceApplication.objects.select_related("purpose", "period", "member__programme__faculty", "member__category")
    if may(viewer, CLEARANCE_SEE):
        return rows
    key = getattr(viewer, "pk", None)
    if key is None:
        return rows.none()
    own = conditions_of_verifier(viewer)
    return rows.filter(Q(member__user=key) | Q(purpose__conditions__in=own)).distinct()


def conditions_of_verifier(viewer: object) -> QuerySet[ClearanceCondition]:
    """The conditions this user decides, by role or by name; all that somebody decides for an administrator."""
    rows = ClearanceCondition.objects.exclude(kind=Kinds.AUTOMATIC)
    roles: frozenset[str] = getattr(viewer, "roles", frozenset())
    if Role.ADMIN in roles:
        return rows
    named = ClearanceCondition.verifiers.through.objects.filter(
        clearancecondition=OuterRef("pk"), user=getattr(viewer, "pk", None)
    )
    return rows.filter(Q(verifier_role__in=roles) | Exists(named))


def open_for_members() -> QuerySet[ClearancePurpose]:
    """The purposes a member may apply for now."""
    return ClearancePurpose.objects.filter(is_open=True)


def open_periods(purpose: ClearancePurpose, on: date) -> QuerySet[ClearancePeriod]:
    """The periods of the purpose that take applications on that day, the one that ends first first."""
    return purpose.periods.filter(first_day__lte=on, last_day__gte=on).order_by("last_day", "pk")


def clearances_of(member: Member) -> QuerySet[ClearanceApplication]:
    """The member's applications, newest first, with their letters."""
    rows = ClearanceApplication.objects.filter(member=member).select_related("purpose", "period")
    return rows.prefetch_related("letters").order_by("-applied_at", "-pk")


def ready(rows: QuerySet[ClearanceApplication]) -> QuerySet[ClearanceApplication]:
    """Open applications of which every condition held when they were last looked at."""
    return rows.filter(state=States.OPEN, asked__gt=0, met=F("asked"))


def to_verify(rows: QuerySet[ClearanceApplication], viewer: object) -> QuerySet[ClearanceApplication]:
    """Open applications in which something waits for this verifier: a file sent, or a condition nobody has spoken on."""
    mine = conditions_of_verifier(viewer)
    answered = ClearanceAnswer.objects.filter(application=OuterRef("pk"), condition__in=mine)
    sent = answered.filter(state=Answers.WAITING)
    verified = mine.filter(kind=Kinds.VERIFIER, purpose=OuterRef("purpose"))
    spoken = ClearanceAnswer.objects.filter(application=OuterRef(OuterRef("pk")), condition=OuterRef("pk"))
    unspoken = verified.filter(~Exists(spoken))
    return rows.filter(Q(Exists(sent)) | Q(Exists(unspoken)), state=States.OPEN)


def valid_letters() -> QuerySet[ClearanceLetter]:
    """Letters issued and not revoked."""
    return ClearanceLetter.objects.filter(revoked_at__isnull=True)
