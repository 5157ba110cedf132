"""Who of the staff looked at a member's data: the member may know (UU 27/2022, article 7)."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import QuerySet

from lumbung.accounts.models import User
from lumbung.kernel import clock, rows
from lumbung.members.models import Look, Member
from lumbung.organization.queries import library

COLUMNS = ("member_id", "by_id", "day", "times", "last_at")


def note_look(member: Member, *, by: User) -> None:
    """Count that this user looked at the member today; whoever looks at themselves is not counted."""
    note_looks([member], by=by)


def note_looks(members: Iterable[Member], *, by: User) -> None:
    """The same for all on a list that was shown, in one statement."""
    if not (keys := sorted({member.pk for member in members if member.user_id != by.pk})):
        return
    now = clock.now()
    day = connection.ops.adapt_datefield_value(now.astimezone(library().zone).date())
    moment = connection.ops.adapt_datetimefield_value(now)
    looked = [(key, by.pk, day, 1, moment) for key in keys]
    with transaction.atomic(savepoint=False):
        rows.put(Look, COLUMNS, looked, key=COLUMNS[:3], adding=["times"], taking=["last_at"])


def looks_at(member: Member) -> QuerySet[Look]:
    """Who looked at the member, by day, latest first."""
    return Look.objects.filter(member=member).select_related("by")
