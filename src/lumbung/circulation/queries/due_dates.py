"""When a loan is due, and when it would be if it were renewed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Max, Min, Q, QuerySet

from lumbung.circulation.models import ClosedDays, DueBy, DueDateMove, DueDateShift, Loan, LoanKinds, Policy
from lumbung.circulation.models.loan import LoanQuerySet
from lumbung.circulation.queries.handover_places import comes_on, place_of, visit_day_from
from lumbung.kernel import clock
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of, branches, calendar_of, next_open_day, open_day_after, previous_open_day

END_OF_DAY = time(23, 59, 59)


def due_at(
    policy: Policy,
    *,
    now: datetime,
    at: Branch,
    expires_on: date,
    kind: str = LoanKinds.NORMAL,
    place: int | None = None,
    before: date | None = None,
) -> datetime:
    """When a loan made ``now`` is due. In days: the end (23:59:59 in the branch's time) of the due day, moved off closed days.

    In hours: to the minute, moved to the next opening (or back to the last closing) where nobody is there to take it back. What is read
    in the library is due when it closes. The last day of membership, and the day the rule names, bound it (``DueBy``); it is never before
    ``now``.
    What was handed over at a ``place`` (its key) is due on the first visit to it from then on, within these bounds. ``before`` is the
    last day on which a copy that is booked may come back.
    """
    if kind == LoanKinds.ON_SITE:
        return _closing_today(at, now)
    last = [day for day in (policy.last_day, None if policy.beyond_expiry else expires_on, before) if day is not None]
    if policy.loan_hours is not None and policy.due_by_how != DueBy.EXACTLY:
        due = _in_hours(policy, now, at)
        if policy.due_by is not None and policy.due_by_how == DueBy.EARLIEST:
            due = max(due, datetime.combine(policy.due_by, END_OF_DAY, at.zone))
        bounds = [datetime.combine(day, END_OF_DAY, at.zone) for day in last]
        return max(now, min([due, *bounds]))
    today = now.astimezone(at.zone).date()
    day = _in_days(policy.loan_days or 0, policy.closed_days, today, at)
    if policy.due_by is not None and policy.due_by_how != DueBy.LATEST:
        day = policy.due_by if policy.due_by_how == DueBy.EXACTLY else max(day, policy.due_by)
    day = max(today, min([day, *last]))
    visit = day if place is None else visit_day_from(place, day)
    return datetime.combine(day if any(visit > each for each in last) else visit, END_OF_DAY, at.zone)


def renewed_until(loan: Loan, now: datetime, *, before: date | None = None) -> datetime:
    """When the loan would be due if it were renewed ``now``, under the policy it was made under: counted from now, or from the day it is
    due where the policy says so and that is to come. ``before`` as for ``due_at``."""
    policy, at = loan.terms, branch_of(loan.lent_from_id)
    if policy.renewal_days is not None:
        policy = policy.lasting(policy.renewal_days)
    since = max(now, loan.due_at) if policy.renew_from_due and loan.kind != LoanKinds.ON_SITE else now
    due = due_at(
        policy, now=since, at=at, expires_on=loan.borrower.expires_on, kind=loan.kind, place=loan.place_id, before=before
    )
    if policy.renewal_total_days is None:
        return due
    last = loan.lent_at.astimezone(at.zone).date() + timedelta(days=policy.renewal_total_days)
    return min(due, datetime.combine(last, END_OF_DAY, at.zone))


def last_day_of(loan: Loan) -> tuple[date | None, str]:
    """The day beyond which its terms let nobody renew the loan, where they say one, and the name of the term that says it."""
    policy, days = loan.terms, []
    if loan.kind != LoanKinds.ON_SITE and policy.last_day is not None:
        days.append((policy.last_day, "due_by"))
    if policy.renewal_total_days is not None:
        lent = loan.lent_at.astimezone(branch_of(loan.lent_from_id).zone).date()
        days.append((lent + timedelta(days=policy.renewal_total_days), "renewal_total_days"))
    return min(days) if days else (None, "")


def _in_days(days: int, closed: str, today: date, at: Branch) -> date:
    if closed == ClosedDays.SKIP:
        return open_day_after(at, today, count=days)
    day = today + timedelta(days=days)
    if closed == ClosedDays.FORWARD:
        return next_open_day(at, day)
    if closed == ClosedDays.BACK:
        return max(today, previous_open_day(at, day))
    return day


def _in_hours(policy: Policy, now: datetime, at: Branch) -> datetime:
    due = (now + timedelta(hours=policy.loan_hours or 0)).astimezone(at.zone)
    calendar = calendar_of(at)
    if not calendar.has_hours or policy.closed_days == ClosedDays.IGNORE:
        return due
    spells = [
        (datetime.combine(day, hours.opens, at.zone), datetime.combine(day, hours.closes, at.zone))
        for day in (due.date() + timedelta(days=each) for each in range(-2, 15))
        for hours in calendar.hours_on(day)
    ]
    if any(opens <= due <= closes for opens, closes in spells):
        return due
    if policy.closed_days == ClosedDays.BACK:
        return max([closes for _, closes in spells if now < closes <= due], default=due)
    return min([opens for opens, _ in spells if opens > due], default=due)


def _closing_today(at: Branch, now: datetime) -> datetime:
    here = now.astimezone(at.zone)
    closings = [datetime.combine(here.date(), hours.closes, at.zone) for hours in calendar_of(at).hours_on(here.date())]
    return max([closing for closing in closings if closing > here], default=datetime.combine(here.date(), END_OF_DAY, at.zone))


def due_on(day: date, loan: Loan) -> datetime:
    """The end of that day, or of the next on which the branch that lent it is open.

    Of what was handed over at a place: of the first visit to it from then on, where that is within the bounds of ``due_at``.
    """
    at = branch_of(loan.lent_from_id)
    day = next_open_day(at, day)
    return datetime.combine(_visit_for(loan, day) or day, END_OF_DAY, at.zone)


def due_at_next_visit(loan: Loan, *, since: date) -> datetime | None:
    """Of what was handed over at a place and is due on a day without a visit, ``since`` or later, when it is due at the next one to come.

    None where there is a visit, or none to come within the bounds of ``due_at``; and of what is lent by the hour or was recalled.
    """
    at = branch_of(loan.lent_from_id)
    day = loan.due_at.astimezone(at.zone).date()
    if loan.place_id is None or day < since or comes_on(place_of(loan.place_id), day):
        return None
    visit = _visit_for(loan, max(day, clock.today(at.zone)))
    return datetime.combine(visit, END_OF_DAY, at.zone) if visit is not None and visit > day else None


def _visit_for(loan: Loan, day: date) -> date | None:
    """The first visit from that day on to the place where it was handed over, if the loan may last until then."""
    at, policy = branch_of(loan.lent_from_id), loan.terms
    if loan.place_id is None or loan.kind in _BY_THE_CLOCK or policy.loan_hours is not None or hasattr(loan, "recall"):
        return None
    visit = visit_day_from(loan.place_id, day)
    bounds = [policy.last_day, None if policy.beyond_expiry else loan.borrower.expires_on]
    if policy.renewal_total_days is not None and loan.renewal_count:
        bounds.append(loan.lent_at.astimezone(at.zone).date() + timedelta(days=policy.renewal_total_days))
    return visit if all(bound is None or visit <= bound for bound in bounds) else None


@dataclass(frozen=True)
class Proposal:
    """A loan that falls due on a day its branch is closed, why (empty where it is no special day), and when it would be due."""

    loan: Loan
    day: date
    reason: str
    due_at: datetime


def due_on_closed_days(branch: Branch | None = None) -> list[Proposal]:
    """Open loans, counted in days, that fall due on a closed day to come, at ``branch`` or anywhere; by branch and day.

    Where the rule under which it was lent takes no notice of closed days, nothing is proposed.
    """
    found: list[Proposal] = []
    for at in branches() if branch is None else (branch,):
        calendar, start = calendar_of(at), datetime.combine(clock.today(at.zone), time(), at.zone)
        loans = Loan.objects.running().filter(lent_from=at, due_at__gte=start).exclude(kind__in=_BY_THE_CLOCK)
        moments = loans.order_by().values_list("due_at", flat=True).distinct()
        closed = [each for each in moments if not calendar.is_open_on(each.astimezone(at.zone).date())]
        rows = (
            loans.filter(due_at__in=closed)
            .select_related("item__record", "member")
            .defer("item__record__marc", "item__record__findable")
        )
        for loan in rows.order_by("due_at", "pk"):
            day = loan.due_at.astimezone(at.zone).date()
            closure = calendar.closure_on(day)
            if loan.terms.closed_days != ClosedDays.IGNORE and loan.terms.loan_hours is None:
                found.append(Proposal(loan, day, closure.reason if closure else "", due_on(day, loan)))
    return found


_BY_THE_CLOCK = (LoanKinds.ON_SITE, LoanKinds.HOURLY)


def due_between(first_day: date, last_day: date, branch: Branch | None = None) -> LoanQuerySet:
    """Open loans due from the first to the last of these days, as each branch counts days, lent at ``branch`` or anywhere."""
    found = Q()
    for each in branches() if branch is None else (branch,):
        start = datetime.combine(first_day, time(), each.zone)
        end = datetime.combine(last_day + timedelta(days=1), time(), each.zone)
        found |= Q(lent_from=each, due_at__gte=start, due_at__lt=end)
    return Loan.objects.open().filter(found).select_related("recall")


def still_moved(first_day: date, last_day: date, branch: Branch | None = None) -> int:
    """How many open loans of ``branch``, or of any, were due on these days and are due as a move left them, which nobody has taken back.

    Days on which their branch is closed all the same do not count: what was due then is rightly moved.
    """
    moved = DueDateShift.objects.filter(move__undone_at=None, loan__returned_at=None, loan__due_at=F("due_at"))
    count = 0
    for at in branches() if branch is None else (branch,):
        was = Q()
        for first, last in _open_spells(at, first_day, last_day):
            start = datetime.combine(first, time(), at.zone)
            was |= Q(was_due_at__gte=start, was_due_at__lt=datetime.combine(last + timedelta(days=1), time(), at.zone))
        count += moved.filter(was, loan__lent_from=at).count() if was else 0
    return count


def moves_found(words: str = "") -> QuerySet[DueDateMove]:
    """Every move of due dates, the latest first, with how many loans it moved (``count``) and between which days they were due (``first``,
    ``last``); with ``words`` those whose reason or mover has them, or that moved the copy of this barcode."""
    moves = DueDateMove.objects.select_related("moved_by")
    if words:
        moved = DueDateShift.objects.filter(loan__item__barcode__iexact=words).values("move")
        moves = moves.filter(Q(reason__icontains=words) | Q(moved_by__name__icontains=words) | Q(pk__in=moved))
    told = {"count": Count("shifts"), "first": Min("shifts__was_due_at"), "last": Max("shifts__was_due_at")}
    return moves.annotate(**told).order_by("-moved_at", "-pk")


def _open_spells(at: Branch, first_day: date, last_day: date) -> list[tuple[date, date]]:
    """The first and last day of each stretch of days from the first to the last on which the branch opens."""
    calendar, spells = calendar_of(at), list[tuple[date, date]]()
    for day in (first_day + timedelta(days=n) for n in range((last_day - first_day).days + 1)):
        if calendar.is_open_on(day):
            follows = bool(spells) and spells[-1][1] == day - timedelta(days=1)
            spells[-1:] = [(spells[-1][0], day)] if follows else [*spells[-1:], (day, day)]
    return spells
