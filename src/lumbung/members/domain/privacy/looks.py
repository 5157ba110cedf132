"""Who of the staff looked at a member's data: the member may know (UU 27/2022, article 7)."""

from django.db import transaction
from django.db.models import F, QuerySet

from lumbung.accounts.models import User
from lumbung.kernel import clock
from lumbung.members.models import Look, Member
from lumbung.organization.queries import library


@transaction.atomic
def note_look(member: Member, *, by: User) -> None:
    """Count that this user looked at the member today; whoever looks at themselves is not counted."""
    if member.user_id == by.pk:
        return
    now = clock.now()
    kept, _made = Look.objects.get_or_create(
        member=member, by=by, day=now.astimezone(library().zone).date(), defaults={"last_at": now}
    )
    Look.objects.filter(pk=kept.pk).update(times=F("times") + 1, last_at=now)


def looks_at(member: Member) -> QuerySet[Look]:
    """Who looked at the member, by day, latest first."""
    return Look.objects.filter(member=member).select_related("by")
