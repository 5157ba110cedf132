"""Lists with names that leave the house; the journal keeps who took how many away."""

from collections.abc import Iterator

from django.db.models import QuerySet

from lumbung.circulation.events import BookingsExported, CashBookTaken, OverdueExported
from lumbung.circulation.models import Booking, Loan, Payment
from lumbung.circulation.models.booking import BookingQuerySet
from lumbung.circulation.queries.fees import CashBook
from lumbung.kernel import events


def export_cash_book(book: CashBook, *, by: events.Actor) -> list[Payment]:
    """The payments of a day at a branch, in order."""
    events.record(CashBookTaken(branch=book.branch.pk, day=book.day, count=len(book.payments)), by=by)
    return book.payments


def export_overdue(loans: "QuerySet[Loan]", *, by: events.Actor) -> Iterator[Loan]:
    """These loans, one after another."""
    events.record(OverdueExported(count=loans.count()), by=by)
    return loans.iterator(chunk_size=500)


def export_bookings(bookings: BookingQuerySet, *, by: events.Actor) -> Iterator[Booking]:
    """These bookings, one after another."""
    events.record(BookingsExported(count=bookings.count()), by=by)
    return bookings.iterator(chunk_size=500)
