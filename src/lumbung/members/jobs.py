"""Background work with members."""

from django_tasks import task

from lumbung.members.domain import runs
from lumbung.members.domain.clearance import periods
from lumbung.members.domain.merging.doubles import look_for_doubles
from lumbung.members.domain.rosters import course
from lumbung.members.models import ClearanceRun, MemberRun, Roster


@task()
def carry_out_clearance_run(run: int) -> None:
    """Carry out the run with this key, or go on with it."""
    periods.carry_out(ClearanceRun.objects.get(pk=run))


@task()
def try_roster(roster: int) -> None:
    """Say of every row of the list what would become of it."""
    course.try_out(Roster.objects.get(pk=roster))


@task()
def carry_out_roster(roster: int) -> None:
    """Bring the list in, or go on with it."""
    course.carry_out(Roster.objects.select_related("branch", "category", "created_by").get(pk=roster))


@task()
def carry_out_member_run(run: int) -> None:
    """Carry out what is to be done with many members, or go on with it."""
    rows = MemberRun.objects.select_related("category", "programme", "started_by")
    runs.carry_out(rows.get(pk=run))


@task()
def look_for_double_members() -> None:
    """Compare all members now."""
    look_for_doubles()
