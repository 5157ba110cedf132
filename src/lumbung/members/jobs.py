"""Background work with members."""

from django_tasks import task

from lumbung.members.domain.clearance import periods
from lumbung.members.models import ClearanceRun


@task()
def carry_out_clearance_run(run: int) -> None:
    """Carry out the run with this key, or go on with it."""
    periods.carry_out(ClearanceRun.objects.get(pk=run))
