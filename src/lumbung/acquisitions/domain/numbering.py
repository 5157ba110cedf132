"""Numbers of order letters: by the library's pattern, from one again every year, without gaps however many send at once."""

from datetime import date

from django.db import transaction

from lumbung.acquisitions.events import OrderNumberingSet
from lumbung.acquisitions.models import Order, OrderCounter, OrderNumbering
from lumbung.kernel import events
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.clearance.numbering import YEAR, faults_of_pattern, filled


@transaction.atomic
def set_numbering(pattern: str, *, by: events.Actor | None) -> OrderNumbering:
    """Say how orders are numbered from now on. Refuses a pattern that would give one number twice."""
    pattern = pattern.strip()
    if reasons := faults_of_pattern(pattern):
        raise Refused(reasons)
    numbering, _made = OrderNumbering.objects.update_or_create(pk=1, defaults={"pattern": pattern})
    events.record(OrderNumberingSet(pattern=pattern), by=by)
    return numbering


def next_number(dated: date) -> str:
    """The next number of the year of ``dated``. To be called in the transaction that keeps it: until its end the series is locked, and a
    number that is not kept is given again."""
    pattern = (OrderNumbering.objects.filter(pk=1).first() or OrderNumbering()).pattern
    series = pattern.replace(YEAR, str(dated.year))
    OrderCounter.objects.get_or_create(series=series)
    counter = OrderCounter.objects.select_for_update().get(series=series)
    while True:
        counter.last += 1
        number = filled(pattern, counter.last, dated)
        if not Order.objects.filter(number=number).exists():
            break
    counter.save(update_fields=["last"])
    return number
