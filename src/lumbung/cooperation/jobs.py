"""Work that need not be waited for."""

from django_tasks import task

from lumbung.cooperation.domain import sharing
from lumbung.cooperation.domain.sources import course


@task()
def share_all_anew() -> int:
    """Compare all that is handed on with the catalogue."""
    return sharing.share_all()


@task()
def harvest_source(source: int) -> None:
    """Harvest one source, as far as it goes."""
    course.harvest(source)
