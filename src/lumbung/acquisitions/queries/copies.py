"""New copies on their way to the shelf: what waits for which step."""

from django.db.models import Count, Q, QuerySet

from lumbung.acquisitions.models import NewCopy, Steps

_WAITING = {
    Steps.CATALOGUED: Q(catalogued_at=None),
    Steps.LABELLED: Q(catalogued_at__isnull=False, labelled_at=None),
    Steps.SHELVED: Q(labelled_at__isnull=False, shelved_at=None),
}


def copies_waiting_for(step: Steps) -> QuerySet[NewCopy]:
    """The new copies for which this is to be done next, the longest waiting first."""
    copies = NewCopy.objects.filter(_WAITING[step], shelved_at=None).order_by("receipt__received_at", "pk")
    wanted = ("item__record", "item__branch", "item__location", "receipt__line__order", "receipt__line__request")
    return copies.select_related(*wanted).defer("item__record__marc", "item__record__findable")


def waiting_counts() -> dict[Steps, int]:
    """How many copies wait for each step, in one statement."""
    counted = {step.value: Count("pk", filter=condition) for step, condition in _WAITING.items()}
    found = NewCopy.objects.filter(shelved_at=None).aggregate(**counted)
    return {step: found[step.value] for step in Steps}
