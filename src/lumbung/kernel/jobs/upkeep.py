"""What the kernel itself does at night."""

from datetime import timedelta

from lumbung.kernel import clock
from lumbung.kernel.jobs import tasks
from lumbung.kernel.models import SentForm

KEPT = timedelta(days=14)
FORMS_KEPT = timedelta(days=2)


def forget_finished_tasks() -> int:
    """Forget tasks that ended well more than KEPT ago; returns how many. Failures stay until someone deals with them."""
    return tasks.prune_finished(before=clock.now() - KEPT)


def forget_sent_forms() -> int:
    """Forget which forms were sent more than FORMS_KEPT ago; returns how many."""
    return SentForm.objects.filter(sent_at__lt=clock.now() - FORMS_KEPT).delete()[0]
