"""A term of lending at the demonstration library: what stands on the shelves, in bags, and on the hold shelf today."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from lumbung.accounts.models import User
from lumbung.catalogue.models import Item
from lumbung.circulation.domain.holds import place_hold
from lumbung.circulation.domain.loans import check_in, check_out, renew
from lumbung.circulation.models import Loan
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import is_open_on
from lumbung.project.demonstration.fees import pay_at_the_desk, settle_the_term

TERM = 120
LOANS_A_DAY = (3, 9)
RENEWED_INSTEAD = 0.15
FORGETFUL = 9  # one loan in nine comes back only weeks late
WEEKS_LATE = timedelta(days=25)
HOLDS = 14
READ_FOR = timedelta(days=5)
ANI_READS = ("Bumi manusia", "Statistika untuk penelitian")  # the member everybody tries first has something to renew
ANI_WAS_LATE_WITH = "Ronggeng Dukuh Paruk"  # and something to pay
LATE_FOR = timedelta(days=9)
KEEPERS = 3  # so many students have a book for too long, whatever day it is and whatever chance brought
KEPT_FOR = timedelta(days=20)
PAYS_AT_ONCE = 0.7


def live_through_a_term(
    chance: random.Random, items: list[Item], members: list[Member], today: date, *, by: User, say: Callable[[str], None]
) -> None:
    """Lend, renew, take back, fine and reserve through the last 120 days, by the library's own rules and calendar."""
    desk, now = Branch.objects.get(code="PUSAT"), clock.now()
    shelf = [item for item in items if item.branch_id == desk.pk]
    for_ani = [next(item for item in shelf if item.record.title.startswith(title)) for title in ANI_READS]
    late = next(item for item in shelf if item.record.title.startswith(ANI_WAS_LATE_WITH))
    lendable = [item for item in shelf if item not in (*for_ani, late)]
    popularity = [1 / (rank + 3) for rank in range(len(lendable))]
    chance.shuffle(popularity)
    for age in range(TERM, -1, -1):
        day = today - timedelta(days=age)
        if not is_open_on(desk, day):
            continue
        for moment in _moments(day, chance):
            with clock.stopped_at(min(moment, now)):
                _take_back(chance, desk, by)
                _lend(chance.choices(lendable, popularity)[0], chance.choice(members[1:]), desk, by)
        if age % 30 == 0:
            say(f"{TERM - age} hari")
    _reserve(chance, members, desk, by)
    _read_too_long(late, members[0], desk, by)
    with clock.stopped_at(now - READ_FOR):
        for item in for_ani:
            _lend(item, members[0], desk, by)
    _keep_too_long(lendable, members, desk, by)
    settle_the_term(members, desk, by=by)


def _moments(day: date, chance: random.Random) -> Iterator[datetime]:
    """The minutes of ``day`` at which somebody comes to the desk, in order (08.00 to 15.59 in western Indonesia)."""
    minutes = sorted(chance.sample(range(480), chance.randint(*LOANS_A_DAY)))
    for minute in minutes:
        yield datetime.combine(day, time(1, 0), UTC) + timedelta(minutes=minute)


def _read_too_long(item: Item, member: Member, desk: Branch, by: User) -> None:
    """The item comes back days late, shortly before the loans the member has now; what that costs is not paid yet."""
    back = clock.now() - READ_FOR
    with clock.stopped_at(back - LATE_FOR - timedelta(days=7)):
        _lend(item, member, desk, by)
    with clock.stopped_at(back):
        check_in(item, at=desk, by=by)


def _keep_too_long(shelf: list[Item], members: list[Member], desk: Branch, by: User) -> None:
    """Students who have nothing else on loan still have a book that nobody had before, so that one can be lost, one forgiven
    and one paid for by transfer."""
    borrowers = set(Loan.objects.open().values_list("member", flat=True))
    lent = set(Loan.objects.values_list("item", flat=True))
    students = (member for member in members[1:] if member.category.code == "student" and member.pk not in borrowers)
    fresh = (item for item in shelf if item.pk not in lent)
    kept = 0
    with clock.stopped_at(clock.now() - KEPT_FOR):
        for item, member in zip(fresh, students, strict=False):
            kept += _lend(item, member, desk, by)
            if kept == KEEPERS:
                return


def _lend(item: Item, member: Member, desk: Branch, by: User) -> bool:
    """Whether it was lent."""
    try:
        check_out(item, to=member, at=desk, by=by)
    except Refused:
        return False  # on loan already, a reference work, a member with enough books: as on any day
    return True


def _take_back(chance: random.Random, desk: Branch, by: User) -> None:
    """Two members a visit bring back what is due within three days, or renew it; the forgetful come weeks late, and most pay."""
    now = clock.now()
    first = Loan.objects.order_by("pk").values_list("pk", flat=True).first() or 1  # not 1 where a sequence has counted before
    due = Loan.objects.open().filter(due_at__lt=now + timedelta(days=3)).select_related("item", "member")
    expected = [loan for loan in due if (loan.pk - first + 1) % FORGETFUL or loan.due_at < now - WEEKS_LATE]
    for loan in expected[:2]:
        if chance.random() < RENEWED_INSTEAD:
            try:
                renew(loan, by=by)
                continue
            except Refused:
                pass  # waited for by somebody, or renewed often enough: it comes back
        was_late = check_in(loan.item, at=desk, by=by).overdue_days
        if was_late and loan.member and chance.random() < PAYS_AT_ONCE:
            pay_at_the_desk(loan.member, desk, by=by)


def _reserve(chance: random.Random, members: list[Member], desk: Branch, by: User) -> None:
    """Some of what is on loan is waited for; two of the waited-for titles come back, and stand ready."""
    lent = list(Loan.objects.open().select_related("item__record").order_by("pk"))
    for loan in chance.sample(lent, min(HOLDS, len(lent))):
        try:
            place_hold(loan.item.record, member=chance.choice(members), pickup_branch=desk, by=by)
        except Refused:
            continue
    waited_for = Loan.objects.open().filter(item__record__holds__isnull=False).select_related("item").order_by("-pk")
    oldest_of_titles = {loan.item.record_id: loan for loan in waited_for}
    for loan in sorted(oldest_of_titles.values(), key=lambda loan: loan.pk)[:2]:
        check_in(loan.item, at=desk, by=by)
