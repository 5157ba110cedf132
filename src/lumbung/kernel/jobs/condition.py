"""How the background work stands: what waits, and whether a worker is alive."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lumbung.kernel.jobs import leases, tasks
from lumbung.kernel.jobs.reactions import giving_way
from lumbung.kernel.models import Lease, PendingReaction


@dataclass(frozen=True)
class Condition:
    """Tasks and reactions that wait to be done, tasks under way, and how many workers are alive.

    ``urgent`` are the reactions among them that somebody waits for, such as the index: all but those that give way to others.
    """

    tasks: int
    reactions: int
    urgent: int
    running: int
    workers: int

    @property
    def is_waiting_in_vain(self) -> bool:
        return not self.workers and bool(self.tasks or self.reactions)


def condition() -> Condition:
    """How things stand at this moment."""
    workers = Lease.objects.filter(name__startswith=tasks.WORKER)
    waiting = PendingReaction.objects.aggregate(all=Count("pk"), urgent=Count("pk", filter=~Q(reaction__in=giving_way())))
    return Condition(
        tasks=DBTaskResult.objects.filter(status=TaskResultStatus.READY).count(),
        reactions=waiting["all"],
        urgent=waiting["urgent"],
        running=DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).count(),
        workers=sum(leases.is_current(lease) for lease in workers),
    )
