"""Every night: remind members of what is due soon, and of what is overdue. One letter a member a night, each step once."""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db import IntegrityError, transaction
from django.db.models import Q

from lumbung.circulation.domain.fines import charge_reminder
from lumbung.circulation.models import Loan
from lumbung.circulation.queries.fines import is_amnesty
from lumbung.kernel import clock
from lumbung.kernel.rooms import belongs_to
from lumbung.members.models import ChannelLink, Member
from lumbung.messaging.queries import unspoken
from lumbung.organization.queries import branch_of
from lumbung.reactions.letters import write_to

SOON = 2
STRETCH = 500
"""How many days ahead a member is told that something is due."""
OVERDUE = (1, 7, 14, 30)
"""How many days late a loan is at its first reminder, its second …"""


@dataclass(frozen=True)
class Line:
    """One loan in a letter. ``reminder`` is 0 before it is due, else the how-manieth reminder this is, and ``price`` what that costs."""

    loan: int
    title: str
    branch: str
    due_on: date
    days_late: int
    reminder: int
    price: int

    @property
    def occasion(self) -> str:
        return f"loan:{self.loan}:due:{self.due_on.isoformat()}:reminder:{self.reminder}"


@belongs_to("circulation")
def remind() -> int:
    """Write the letters of this night; returns how many. Asked again the same night it writes none twice."""
    written = 0
    for member, loans in groupby(_loans(), key=lambda loan: loan.borrower):
        lines = [line for loan in loans if (line := _line(loan))]
        for code, chosen in (
            ("overdue", [each for each in lines if each.reminder]),
            ("due_soon", [each for each in lines if not each.reminder]),
        ):
            written += _write(member, code, chosen)
    return written


def _loans() -> Iterator[Loan]:
    """Open loans near their due date or past it, each member's together; not those reported lost or searched for on the shelf."""
    horizon = clock.now() + timedelta(days=SOON + 1)
    in_chat = ChannelLink.objects.filter(notices_since__isnull=False, ended_at=None)
    reached = ~Q(member__email="") | Q(member__in=in_chat.values("member"))
    loans = Loan.objects.running().filter(reached, due_at__lt=horizon).order_by("member", "due_at", "id")
    keys = list(loans.values_list("pk", flat=True))  # letters are written between: nothing stays open for reading
    told = loans.select_related("item__record", "member__user").defer("item__record__marc", "item__record__findable")
    for first in range(0, len(keys), STRETCH):
        yield from told.filter(pk__in=keys[first : first + STRETCH])


def _line(loan: Loan) -> Line | None:
    """What to say of the loan today, as its branch counts days; None when it is no day to say anything yet."""
    branch = branch_of(loan.lent_from_id)
    due_on = loan.due_at.astimezone(branch.zone).date()
    late = (clock.today(branch.zone) - due_on).days
    reminder = sum(late >= days for days in OVERDUE)
    if not reminder and not -SOON <= late <= 0:
        return None
    price = loan.terms.price_of_reminder(reminder) if reminder else 0
    if price and is_amnesty(loan, clock.now()):
        price = 0
    return Line(loan.pk, loan.item.title_told, branch.name, due_on, max(late, 0), reminder, price)


def _write(member: Member, code: str, lines: list[Line]) -> int:
    fresh = unspoken([line.occasion for line in lines])
    lines = [line for line in lines if line.occasion in fresh]
    if not lines:
        return 0
    facts = {"lines": lines, "reminder": max(line.reminder for line in lines)}
    costly = [line for line in lines if line.price]
    try:
        with transaction.atomic() if costly else nullcontext():  # what is charged is charged with its letter
            written = write_to(member, code, facts, occasions=sorted(fresh)) is not None
            for line in costly if written else ():
                charge_reminder(Loan.objects.get(pk=line.loan), line.reminder, by=None)
            return int(written)
    except IntegrityError:
        return 0  # another worker wrote it between our question and our letter
