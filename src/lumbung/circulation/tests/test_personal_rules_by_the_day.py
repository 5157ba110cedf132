"""Until when a member's own rule holds where branches have different clocks: the day at home decides, for holds and at every desk."""

from datetime import UTC, date, datetime

import pytest

from lumbung.circulation.domain.holds import place_hold, set_aside
from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.domain.personal_rules import add_personal_rule
from lumbung.circulation.domain.rules import add_rule
from lumbung.circulation.queries import blocks_to_check_out, may_book, personal_lines
from lumbung.circulation.queries.booking_blocks import Answer, Wish
from lumbung.circulation.queries.hold_blocks import blocks_to_place_hold
from lumbung.circulation.tests.factories import ItemFactory
from lumbung.kernel import clock
from lumbung.members.models import Member
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 3, 2)
BETWEEN = datetime(2026, 3, 2, 16, tzinfo=UTC)  # eleven at night of that day in Jakarta, one of the next in Jayapura


@pytest.fixture
def timur():
    return BranchFactory(code="TIMUR", time_zone="Asia/Jayapura")


def answers(book, member, at) -> dict[str, bool]:
    """Whether the member gets the copy, by all who are asked."""
    member = Member.objects.select_related("category").get(pk=member.pk)
    wish = Wish(book.record, member, at, date(2026, 3, 9), date(2026, 3, 9))
    return {
        "desk": not blocks_to_check_out(book, member, at=at),
        "hold": "nothing_to_hold" not in {each.code for each in blocks_to_place_hold(book.record, member, at)},
        "booking": bool(may_book(book.record, member)) and Answer(wish).kindest is not None,
        "my page": bool(personal_lines(member)),
    }


def test_what_may_be_borrowed_until_a_day_may_be_until_that_day_is_over_at_home(ani, pusat, timur, rujukan):
    add_rule(loan_days=7, loan_limit=5, hold_limit=5, booking_limit=5, booking_days=3, booking_ahead_days=30, by=None)
    book = ItemFactory(item_type=rujukan, branch=timur)
    with clock.stopped_at(BETWEEN.replace(hour=1)):
        add_personal_rule(ani, item_types=[rujukan], kind="allowed", loan_days=3, until=LAST_DAY, reason="x", by=None)
    with clock.stopped_at(BETWEEN):
        assert answers(book, ani, timur) == dict.fromkeys(("desk", "hold", "booking", "my page"), True)
    ani.branch = timur
    ani.save()
    at_home_in_the_west = ItemFactory(item_type=rujukan, branch=pusat)
    with clock.stopped_at(BETWEEN):
        assert answers(at_home_in_the_west, ani, pusat) == dict.fromkeys(("desk", "hold", "booking", "my page"), False)


def test_a_copy_held_on_the_last_day_is_set_aside_and_lent_at_a_desk_where_the_next_has_begun(ani, sari, timur, rujukan):
    add_rule(loan_days=7, loan_limit=5, hold_limit=5, by=None)
    book = ItemFactory(item_type=rujukan, branch=timur)
    with clock.stopped_at(BETWEEN):
        add_personal_rule(ani, item_types=[rujukan], kind="allowed", loan_days=3, until=LAST_DAY, reason="x", by=None)
        hold = place_hold(book.record, member=ani, pickup_branch=timur, by=ani.user)
        set_aside(hold, book, at=timur, by=sari)
        assert check_out(book, to=ani, at=timur, by=sari).item == book
