"""What members of the demonstration booked for a day, and what they wait for and may ask back."""

from collections.abc import Iterator
from datetime import timedelta

from lumbung.accounts.models import User
from lumbung.catalogue.models import Item, Material, Record
from lumbung.circulation.domain.bookings import book_item
from lumbung.circulation.domain.holds import place_hold
from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.domain.recalls import recall_for
from lumbung.circulation.domain.rules import change_rule
from lumbung.circulation.models import Hold, LoanRule
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import open_day_after

ASKS_BACK = ("student", "final-year", "postgraduate", "lecturer")
ANI, SLAMET = "Ni Made Ani Saraswati", "Slamet Riyadi, M.Pd."
LENT_FOR = timedelta(days=9)  # as long as the library promises a borrower, and more
# who, in how many open days, what for
BOOKED = ((ANI, 4, ""), (SLAMET, 7, "Pemutaran film di kelas, ruang 204"))


def set_terms_of_asking_ahead(*, by: User) -> None:
    """Films and recordings may be booked for some days; who studies for long or teaches may ask back what others have."""
    for rule in LoanRule.objects.filter(item_type__code="audiovisual"):
        change_rule(rule, booking_limit=2, booking_days=3, booking_ahead_days=60, by=by)
    for rule in LoanRule.objects.filter(category__code__in=ASKS_BACK):
        change_rule(rule, recall_limit=2, recall_days=3, recall_kept_days=7, by=by)


def ask_ahead(*, by: User) -> None:
    """Two films are booked; Slamet asked back what a colleague has, and Ani waits for what she may ask back."""
    desk, named = (
        Branch.objects.get(code="PUSAT"),
        {member.name: member for member in Member.objects.select_related("category", "user")},
    )
    for who, away, note in BOOKED:
        _book_a_film(named[who], desk, away, note)
    lecturers = [each for each in named.values() if each.category.code == "lecturer" and each.name != SLAMET]
    lent = _lent_to_one_of(lecturers, desk, by)
    recall_for(_wait_for(next(lent), named[SLAMET], desk), by=named[SLAMET].user)
    _wait_for(next(lent), named[ANI], desk)


def _book_a_film(member: Member, desk: Branch, away: int, note: str) -> None:
    day = open_day_after(desk, clock.today(desk.zone), count=away)
    for film in Record.objects.filter(material=Material.VIDEO).order_by("pk"):
        try:
            book_item(film, member=member, at=desk, first_day=day, last_day=day, by=member.user, note=note)
        except Refused:
            continue  # somebody has it then
        return


def _lent_to_one_of(members: list[Member], desk: Branch, by: User) -> Iterator[Item]:
    """Copies that are the only ones of their titles, and nobody had before, lent days ago for long."""
    others = Item.objects.values("record").exclude(branch=desk)
    never = Item.objects.filter(branch=desk, item_type__code="reading", loans=None, copy="k.1").exclude(record__in=others)
    for item in never.select_related("record").order_by("pk"):
        if item.record.items.count() > 1 or item.record.holds.exists():
            continue
        for member in members:
            try:
                with clock.stopped_at(clock.now() - LENT_FOR):
                    check_out(item, to=member, at=desk, by=by)
            except Refused:
                continue  # has enough books, or some too long
            yield item
            break


def _wait_for(item: Item, member: Member, desk: Branch) -> Hold:
    return place_hold(item.record, member=member, pickup_branch=desk, by=member.user)
