"""What the kernel itself does at night."""

from datetime import timedelta

from lumbung.kernel import clock
from lumbung.kernel.jobs import tasks

KEPT = timedelta(days=14)


def forget_finished_tasks() -> int:
    """Forget tasks that ended well more than KEPT ago; returns how many. Failures stay until someone deals with them."""
    return tasks.prune_finished(before=clock.now() - KEPT)
