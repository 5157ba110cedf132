"""Background work of moving in and out."""

from django_tasks import task

from lumbung.accounts.models import User
from lumbung.kernel.refusals import Refused
from lumbung.moving.domain import course, departures, undoing
from lumbung.moving.models import Departure, Move


@task()
def carry_on(move: int) -> None:
    """Bring the move with this key as far as it may go. A failure of storage or database is raised, so that it is tried again."""
    try:
        course.carry_on(Move.objects.get(pk=move))
    except Refused:  # done, undone, or in the hands of another process: nothing is left to do here
        return


@task()
def undo(move: int, by: int | None) -> None:
    """Undo the move with this key, or go on undoing it, for the user ``by``."""
    undoing.undo(Move.objects.get(pk=move), by=User.objects.filter(pk=by).first() if by is not None else None)


@task()
def pack(departure: int) -> None:
    """Make the package of the departure with this key."""
    departures.make_package(Departure.objects.get(pk=departure))
