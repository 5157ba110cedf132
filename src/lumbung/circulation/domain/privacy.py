"""Forgetting who borrowed and who waited, once nobody needs to know: a person's reading is personal data (UU 27/2022).

The last borrower is kept for a while after the return, because damage is often found only when the book is next opened. After that
loan and hold stay for statistics, with the category of the member and without the member, unless the member keeps a history. A loan
of which a fee is still open waits until it is settled: the member must be able to see what it is for.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.circulation.events import (
    ArticleCancelled,
    ArticleExpired,
    ArticleFetched,
    ArticleFulfilled,
    ArticleRefused,
    ArticleReopened,
    ArticleRequested,
    ArticleVisitMoved,
    BookingCancelled,
    BookingChanged,
    BookingExpired,
    BookingFilled,
    BookingMoved,
    BorrowersForgotten,
    CheckedIn,
    CheckedOut,
    CheckOutUndone,
    HandoverAsked,
    HandoverCancelled,
    HandoverDone,
    HandoverPacked,
    HandoverReturned,
    HandoverSent,
    HoldCancelled,
    HoldExpired,
    HoldFilled,
    HoldLapsed,
    HoldPickupChanged,
    HoldPlaced,
    HoldPutBack,
    HoldPutFirst,
    HoldReady,
    HoldResumed,
    HoldSentOn,
    HoldSuspended,
    HoldVisitMoved,
    ItemBooked,
    LoanRecalled,
    LoanReportedLost,
    LossReplaced,
    LossSettled,
    LossWithdrawn,
    PersonalRuleAdded,
    PersonalRuleChanged,
    PersonalRuleRemoved,
    Renewed,
    ReturnClaimed,
    ReturnClaimWithdrawn,
)
from lumbung.circulation.models import (
    ArticleRequest,
    Booking,
    Fee,
    FeeEntry,
    Handover,
    Hold,
    Loan,
    Payment,
    PersonalRule,
    Renewal,
)
from lumbung.kernel import clock, events, retention, uploads
from lumbung.kernel.models import JournalEntry
from lumbung.members.models import Member

TERM = retention.declare(
    retention.Term("loans", _("Siapa yang meminjam dan memesan"), _("tinggal angka, kecuali anggota menyimpan riwayatnya"), 30)
)
BATCH = 200

_OF_LOANS = [
    event.__name__
    for event in (
        CheckedOut,
        CheckOutUndone,
        Renewed,
        LoanRecalled,
        LoanReportedLost,
        LossReplaced,
        LossSettled,
        LossWithdrawn,
        ReturnClaimed,
        ReturnClaimWithdrawn,
        CheckedIn,
    )
]
_OF_HOLDS = [
    event.__name__
    for event in (
        HoldPlaced,
        HoldReady,
        HoldSentOn,
        HoldCancelled,
        HoldExpired,
        HoldFilled,
        HoldSuspended,
        HoldResumed,
        HoldPutFirst,
        HoldPutBack,
        HoldPickupChanged,
        HoldLapsed,
        HoldVisitMoved,
    )
]

_OF_BOOKINGS = [
    event.__name__ for event in (ItemBooked, BookingChanged, BookingMoved, BookingCancelled, BookingFilled, BookingExpired)
]
_OF_HANDOVERS = [
    event.__name__ for event in (HandoverAsked, HandoverPacked, HandoverSent, HandoverDone, HandoverReturned, HandoverCancelled)
]
_OF_ARTICLES = [
    event.__name__
    for event in (
        ArticleRequested,
        ArticleFulfilled,
        ArticleVisitMoved,
        ArticleFetched,
        ArticleRefused,
        ArticleReopened,
        ArticleCancelled,
        ArticleExpired,
    )
]
Told = tuple[int, int, int | None]
"""A loan, hold or request by its key, with its copy or title and the user of its member."""


def forget_borrowers(*, by: events.Actor | None = None) -> int:
    """Forget the members of loans returned, and of what else is closed, more than 30 days ago; how many. Nightly.

    The journal forgets with them. It goes in batches, each a transaction of its own, and can be stopped at any point.
    """
    before, forgotten = clock.now() - retention.kept_for(TERM), 0
    while batch := _forget_batch(before, by=by):
        forgotten += batch
    return forgotten


@transaction.atomic
def _forget_batch(before: datetime, *, by: events.Actor | None) -> int:
    returned = Loan.objects.filter(returned_at__lt=before, member__isnull=False, member__keeps_history=False)
    owing = Fee.objects.open().filter(loan=OuterRef("pk"))
    oldest = returned.filter(~Exists(owing)).order_by("returned_at", "id").values_list("pk", "item", "member__user")[:BATCH]
    loans: list[tuple[int, int, int | None]] = [*oldest, *_undone(before)]
    closed = Hold.objects.filter(closed_at__lt=before, member__isnull=False, member__keeps_history=False)
    holds = list(closed.order_by("closed_at", "id").values_list("pk", "record", "member__user")[:BATCH])
    ended = Handover.objects.filter(closed_at__lt=before, member__isnull=False, member__keeps_history=False)
    handovers = list(ended.order_by("closed_at", "id").values_list("pk", "member", "member__user")[:BATCH])
    articles = _articles_closed(before)
    over = Booking.objects.filter(closed_at__lt=before, member__isnull=False, member__keeps_history=False)
    bookings = list(over.order_by("closed_at", "id").values_list("pk", "record", "member__user")[:BATCH])
    counts = {"loans": len(loans), "holds": len(holds), "handovers": len(handovers), "articles": len(articles)}
    counts["bookings"] = len(bookings)
    if not any(counts.values()):
        return 0
    _forget(loans, holds)
    _forget_handovers(handovers)
    _forget_articles(articles)
    _forget_bookings(bookings)
    events.record(BorrowersForgotten(**counts), by=by)
    return sum(counts.values())


@transaction.atomic
def forget_member(member: Member) -> None:
    """Forget this member in every loan returned, and every hold, booking, hand-over and article request closed, now: they asked for it."""
    loans = Loan.objects.filter(member=member, returned_at__isnull=False)
    holds = Hold.objects.filter(member=member, closed_at__isnull=False)
    _forget(list(loans.values_list("pk", "item", "member__user")), list(holds.values_list("pk", "record", "member__user")))
    handovers = Handover.objects.filter(member=member, closed_at__isnull=False)
    _forget_handovers(list(handovers.values_list("pk", "member", "member__user")))
    articles = ArticleRequest.objects.filter(member=member, closed_at__isnull=False)
    _forget_articles(list(articles.values_list("pk", "record", "member__user")))
    bookings = Booking.objects.filter(member=member, closed_at__isnull=False)
    _forget_bookings(list(bookings.values_list("pk", "record", "member__user")))


@transaction.atomic
def forget_personal_rules(member: Member) -> None:
    """What the member alone might borrow goes, and the journal forgets whom it was for."""
    names = [each.__name__ for each in (PersonalRuleAdded, PersonalRuleChanged, PersonalRuleRemoved)]
    entries = JournalEntry.objects.filter(name__in=names, member=member.pk)
    events.forget(((entry, member.user_id) for entry in entries), "member")
    PersonalRule.objects.filter(member=member).delete()


@transaction.atomic
def forget_words_about_money(member: Member) -> None:
    """Of the member's account the amounts, days and receipt numbers stay; whatever was written or sent about a person goes."""
    payments = Payment.objects.filter(member=member)
    for proof in payments.exclude(proof="").values_list("proof", flat=True):
        transaction.on_commit(partial(uploads.forget, proof))
    payments.update(reference="", reason="", proof="")
    FeeEntry.objects.filter(account__member=member).exclude(reason="").update(reason="")
    Fee.objects.filter(account__member=member).exclude(note="").update(note="")


def _forget(loans: Sequence[tuple[int, int, int | None]], holds: Sequence[tuple[int, int, int | None]]) -> None:
    """Loans as (key, item, user), holds as (key, title, user): the rows and the journal forget whose they were."""
    of_loans = JournalEntry.objects.filter(name__in=_OF_LOANS, item__in={item for _, item, _ in loans})
    of_holds = JournalEntry.objects.filter(name__in=_OF_HOLDS, record__in={record for _, record, _ in holds})
    _forget_in_journal(of_loans, "loan", {pk: user for pk, _, user in loans})
    _forget_in_journal(of_holds, "hold", {pk: user for pk, _, user in holds})
    _forget_in_loans([pk for pk, *_ in loans])
    Hold.objects.filter(pk__in=[pk for pk, *_ in holds]).update(member=None, priority=0, priority_reason="")


def _forget_handovers(handovers: Sequence[tuple[int, int | None, int | None]]) -> None:
    """Hand-overs as (key, member, user): where to, with whom and under which number goes too; what was asked for it stays."""
    entries = JournalEntry.objects.filter(name__in=_OF_HANDOVERS, member__in={member for _, member, _ in handovers})
    _forget_in_journal(entries, "handover", {pk: user for pk, _, user in handovers})
    gone = {"member": None, "address": "", "courier": "", "tracking": ""}
    Handover.objects.filter(pk__in=[pk for pk, *_ in handovers]).update(**gone)


def _articles_closed(before: datetime) -> list[Told]:
    """Article requests closed long ago, oldest first; one of which a fee is still open waits, as a loan does."""
    closed = ArticleRequest.objects.filter(closed_at__lt=before, member__isnull=False, member__keeps_history=False)
    owing = Fee.objects.open().filter(pk=OuterRef("charged"))
    settled = closed.filter(~Exists(owing)).order_by("closed_at", "id")
    return list(settled.values_list("pk", "record", "member__user")[:BATCH])


def _forget_articles(articles: Sequence[Told]) -> None:
    """Article requests as (key, title, user): for what, and what was written about it, goes too; which part was copied stays."""
    keys = [pk for pk, *_ in articles]
    entries = JournalEntry.objects.filter(name__in=_OF_ARTICLES, record__in={record for _, record, _ in articles})
    _forget_in_journal(entries, "article_request", {pk: user for pk, _, user in articles})
    rows = ArticleRequest.objects.filter(pk__in=keys)
    Fee.objects.filter(pk__in=rows.values("charged")).update(item=None, note="")
    rows.update(member=None, charged=None, note="", purpose="", courier="", tracking="")


def _forget_bookings(bookings: Sequence[tuple[int, int, int | None]]) -> None:
    """Bookings as (key, title, user): the rows and the journal forget whose they were, and what they were for."""
    entries = JournalEntry.objects.filter(name__in=_OF_BOOKINGS, record__in={record for _, record, _ in bookings})
    _forget_in_journal(entries, "booking", {pk: user for pk, _, user in bookings})
    Booking.objects.filter(pk__in=[pk for pk, *_ in bookings]).update(member=None, note="")


def _undone(before: datetime) -> list[tuple[int, int, None]]:
    """Check-outs undone long ago, of which the journal alone still knows the member: loan, item, and no user."""
    entries = JournalEntry.objects.filter(name=CheckOutUndone.__name__, at__lt=before).exclude(member=None)
    return [(entry.data["loan"], entry.data["item"], None) for entry in entries.order_by("pk")[:BATCH]]


def _forget_in_loans(keys: list[int]) -> None:
    """A member who renewed, or lent to themselves, is forgotten as the one who did so too, and what was written about the case.

    Their fees stay on the member's account, without what they were for.
    """
    Fee.objects.filter(loan__in=keys).update(loan=None, item=None, note="")
    Renewal.objects.filter(loan__in=keys, renewed_by=F("loan__member__user")).update(renewed_by=None)
    Renewal.objects.filter(loan__in=keys).exclude(waive_reason="").update(waive_reason="")
    Loan.objects.filter(pk__in=keys, lent_by=F("member__user")).update(lent_by=None)
    Loan.objects.filter(pk__in=keys).update(member=None, waive_reason="", backdate_reason="")


def _forget_in_journal(entries: QuerySet[JournalEntry], field: str, users: Mapping[int, int | None]) -> None:
    """Of these entries, those about these rows forget the member; ``users`` has each one's user."""
    events.forget(((entry, users[entry.data[field]]) for entry in entries if entry.data[field] in users), "member")
