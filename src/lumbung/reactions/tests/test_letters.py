from datetime import UTC, date, datetime, timedelta

import pytest

from lumbung.accounts.models import User
from lumbung.circulation.domain import holds, loans
from lumbung.circulation.models import Fee, Hold, Loan
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory, LoanRuleFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.domain.accounts import built_in
from lumbung.messaging.models import Delivery, Occasion
from lumbung.organization.tests.factories import BranchFactory
from lumbung.reactions.hold_ready_letter import hold_ready_letter
from lumbung.reactions.reminders import remind

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 23, 22, tzinfo=UTC)  # 24 November, 5.00 in Jakarta


def _lent(member, *, due: datetime, title="Bumi manusia", **facts) -> Loan:
    item = ItemFactory(record=RecordFactory(title=title), branch=facts.pop("branch", member.branch))
    return LoanFactory(member=member, item=item, lent_at=due - timedelta(days=7), due_at=due, **facts)


def _due(days: int) -> datetime:
    """The end of the day in Jakarta, so many days from the day of NIGHT."""
    return datetime(2026, 11, 24, 16, 59, 59, tzinfo=UTC) + timedelta(days=days)


def _remind(night: datetime = NIGHT) -> list[Delivery]:
    known = set(Delivery.objects.values_list("pk", flat=True))
    with clock.stopped_at(night):
        remind()
    return list(Delivery.objects.exclude(pk__in=known).order_by("pk"))


def test_a_member_is_told_two_days_ahead_and_once(ani):
    _lent(ani, due=_due(2))
    [letter] = _remind()
    assert (letter.code, letter.address) == ("due_soon", "ani@kampus.example")
    assert letter.subject == "Pinjaman Anda segera jatuh tempo"
    assert "- Bumi manusia\n  Kamis, 26 November 2026, ke Perpustakaan Pusat" in letter.body
    assert _remind() == []
    assert _remind(NIGHT + timedelta(days=1)) == []


def test_three_days_ahead_is_too_early(ani):
    _lent(ani, due=_due(3))
    assert _remind() == []


def test_each_reminder_is_counted_and_goes_once(ani):
    _lent(ani, due=_due(-1))
    told = [(day, letter.subject) for day in range(31) for letter in _remind(NIGHT + timedelta(days=day))]
    assert told == [
        (0, "Pengingat ke-1: pinjaman Anda terlambat"),
        (6, "Pengingat ke-2: pinjaman Anda terlambat"),
        (13, "Pengingat ke-3: pinjaman Anda terlambat"),
        (29, "Pengingat ke-4: pinjaman Anda terlambat"),
    ]


def test_what_a_reminder_costs_is_told_in_it_and_charged_once_with_it(ani):
    loan = _lent(ani, due=_due(-1), policy={"loan_days": 7, "reminder_fees": [[2, 2000]]})
    [first] = _remind()
    assert ("biaya pengingat" in first.body, Fee.objects.count()) == (False, 0)
    [second] = _remind(NIGHT + timedelta(days=6))
    assert _remind(NIGHT + timedelta(days=6)) == []
    assert "biaya pengingat ini Rp2.000" in second.body
    assert [(fee.kind, fee.amount, fee.loan_id) for fee in Fee.objects.all()] == [("reminder", 2000, loan.pk)]


def test_nights_without_a_worker_are_not_caught_up_with(ani):
    _lent(ani, due=_due(-8))
    [letter] = _remind()
    assert letter.subject == "Pengingat ke-2: pinjaman Anda terlambat"
    assert Occasion.objects.count() == 1


def test_one_letter_names_every_loan_and_the_branch_each_goes_back_to(ani):
    other = BranchFactory(name="Perpustakaan Fakultas Sastra", code="SASTRA")
    _lent(ani, due=_due(-1), title="Bumi manusia")
    _lent(ani, due=_due(-7), title="Anak semua bangsa", branch=other)
    [letter] = _remind()
    assert letter.subject == "Pengingat ke-2: pinjaman Anda terlambat"
    assert "terlambat 1 hari; kembalikan ke Perpustakaan Pusat (pengingat ke-1)" in letter.body
    assert "terlambat 7 hari; kembalikan ke Perpustakaan Fakultas Sastra (pengingat ke-2)" in letter.body


def test_a_renewed_loan_begins_anew(ani):
    loan = _lent(ani, due=_due(1))
    assert len(_remind()) == 1
    loan.due_at = _due(8)
    loan.save()
    assert _remind(NIGHT + timedelta(days=2)) == []
    assert [letter.code for letter in _remind(NIGHT + timedelta(days=7))] == ["due_soon"]


def test_a_day_is_counted_where_the_loan_was_made(ani):
    jayapura = BranchFactory(code="JPR", time_zone="Asia/Jayapura")
    end_of_day = datetime(2026, 11, 23, 14, 59, 59, tzinfo=UTC)
    _lent(ani, due=end_of_day, branch=jayapura)
    assert [letter.code for letter in _remind(datetime(2026, 11, 23, 14, tzinfo=UTC))] == ["due_soon"]
    assert [letter.code for letter in _remind(datetime(2026, 11, 23, 15, 30, tzinfo=UTC))] == ["overdue"]


def test_who_has_no_address_or_brought_it_back_hears_nothing(ani, budi):
    _lent(ani, due=_due(-1), returned_at=_due(-1))
    budi.email = ""
    budi.save()
    _lent(budi, due=_due(-1))
    assert _remind() == []


def test_ani_is_written_to_in_her_language_and_budi_in_the_librarys(ani, budi):
    User.objects.filter(pk=ani.user.pk).update(language="en")
    _lent(ani, due=_due(0))
    _lent(budi, due=_due(0))
    dates = {letter.address: "November 24, 2026" in letter.body or "Tuesday" in letter.body for letter in _remind()}
    assert dates == {"ani@kampus.example": True, "budi@kampus.example": False}


def test_the_night_reads_twice_and_asks_ten_statements_a_letter(ani, budi, django_assert_num_queries):
    for member in (ani, budi):
        for _ in range(3):
            _lent(member, due=_due(-1))
    built_in("email")
    with django_assert_num_queries(
        2 + 2 + 2 * 10
    ):  # the loans, their keys first; the rules of notices and the library's words; the letters
        assert len(_remind()) == 2


@pytest.fixture
def ready(ani, budi) -> Hold:
    """Ani waits for what Budi brings back."""
    LoanRuleFactory(category=ani.category)
    item = ItemFactory(record=RecordFactory(title="Bumi manusia"), branch=ani.branch)
    loans.check_out(item, to=budi, at=ani.branch, by=None)
    hold = holds.place_hold(item.record, member=ani, pickup_branch=ani.branch, by=None)
    loans.check_in(item, at=ani.branch, by=None)
    hold.refresh_from_db()
    return hold


def test_who_waits_is_told_once_where_and_until_when(ready, settings):
    settings.SITE_URL = "https://perpus.kampus.example"
    Hold.objects.update(ready_until=date(2026, 11, 27))
    entry = JournalEntry.objects.get(name="HoldReady")
    hold_ready_letter(entry)
    hold_ready_letter(entry)
    letter = Delivery.objects.get()
    assert (letter.address, letter.subject) == ("ani@kampus.example", "Pesanan Anda siap diambil di Perpustakaan Pusat")
    assert "  Bumi manusia\n" in letter.body
    assert "paling lambat Jumat, 27 November 2026" in letter.body
    assert "https://perpus.kampus.example/my" in letter.body


def test_a_hold_cancelled_before_the_letter_is_written_is_not_told_of(ready):
    holds.cancel_hold(ready, by=None)
    hold_ready_letter(JournalEntry.objects.get(name="HoldReady"))
    assert Delivery.objects.count() == 0
