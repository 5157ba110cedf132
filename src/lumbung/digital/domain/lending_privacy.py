"""Forgetting who borrowed and waited for e-books, as of printed books: some days after the end, unless the member keeps a history."""

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.digital.lending_events import (
    EBorrowersForgotten,
    EHoldCancelled,
    EHoldPlaced,
    ELent,
    ELoanEnded,
    EOfferMade,
    ERenewed,
    LicenceIssued,
    ReadingDeviceRegistered,
)
from lumbung.digital.models import EHold, ELoan, Licence
from lumbung.kernel import clock, events, retention
from lumbung.kernel.models import JournalEntry

TERM = retention.declare(
    retention.Term(
        "e_loans", _("Siapa yang meminjam buku digital"), _("tinggal angka, kecuali anggota menyimpan riwayatnya"), 30
    )
)
BATCH = 200
_OF_LOANS = [each.__name__ for each in (ELent, ERenewed, ELoanEnded, EOfferMade, LicenceIssued, ReadingDeviceRegistered)]
_OF_HOLDS = [each.__name__ for each in (EHoldPlaced, EHoldCancelled)]


def forget_e_borrowers(*, by: events.Actor | None = None) -> int:
    """Forget the members of e-loans and e-holds that ended longer ago than they are kept; how many. Nightly, in batches."""
    forgotten = 0
    while batch := _forget_batch(by):
        forgotten += batch
    return forgotten


@transaction.atomic
def _forget_batch(by: events.Actor | None) -> int:
    before = clock.now() - retention.kept_for(TERM)
    old = {"member__isnull": False, "member__keeps_history": False}
    loans = _users(ELoan.objects.filter(ended_at__lt=before, **old))
    holds = _users(EHold.objects.filter(closed_at__lt=before, **old))
    if not loans and not holds:
        return 0
    _forget_in_journal("e_loan", _OF_LOANS, loans)
    _forget_in_journal("e_hold", _OF_HOLDS, holds)
    Licence.objects.filter(loan__in=loans).delete()
    ELoan.objects.filter(pk__in=loans).update(member=None)
    EHold.objects.filter(pk__in=holds).update(member=None)
    events.record(EBorrowersForgotten(loans=len(loans), holds=len(holds)), by=by)
    return len(loans) + len(holds)


def _users(rows: QuerySet[Model]) -> dict[int, int | None]:
    return dict(rows.order_by("pk").values_list("pk", "member__user")[:BATCH])


def _forget_in_journal(name: str, of: list[str], users: dict[int, int | None]) -> None:
    entries = JournalEntry.objects.filter(name__in=of, **{f"data__{name}__in": list(users)})
    events.forget(((entry, users[entry.data[name]]) for entry in entries), "member")
