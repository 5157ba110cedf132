"""Renewals as rules have them: counted from the due date, at intervals, how often unseen, of themselves from when until when."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lumbung.circulation.domain.fines import accrue_fines
from lumbung.circulation.domain.loans import check_out, renew, renew_of_itself
from lumbung.circulation.domain.rules import add_rule
from lumbung.circulation.models import Fee, Loan
from lumbung.circulation.queries import blocks_to_renew, policy_words, standing
from lumbung.circulation.tests.factories import ItemFactory
from lumbung.kernel import channel, clock
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Jakarta"))


def day(number: int) -> datetime:
    return MONDAY + timedelta(days=number)


def lent(member, at, by, **terms) -> Loan:
    add_rule(name="Semua", **{"loan_days": 7, "renewal_limit": 9, **terms}, by=by)
    with clock.stopped_at(MONDAY):
        return check_out(ItemFactory(branch=at), to=member, at=at, by=by)


def renewed(loan: Loan, when: datetime, by, door: str = "web") -> date:
    with clock.stopped_at(when), channel.through(door):
        return renew(Loan.objects.get(pk=loan.pk), by=by).due_at.astimezone(MONDAY.tzinfo).date()


def why_not(loan: Loan, when: datetime, door: str = "web") -> list[str]:
    with clock.stopped_at(when), channel.through(door):
        return [str(reason) for reason in blocks_to_renew(Loan.objects.get(pk=loan.pk))]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [({}, date(2026, 3, 11)), ({"renew_from_due": True}, date(2026, 3, 16))],
    ids=["from today", "from the due date"],
)
def test_a_renewal_is_counted_from_today_or_from_the_due_date(sari, ani, pusat, terms, expected):
    assert renewed(lent(ani, pusat, sari, **terms), day(2), sari) == expected


def test_what_is_late_is_counted_from_today_whatever_the_terms_say(sari, ani, pusat):
    loan = lent(ani, pusat, sari, renew_from_due=True, renew_overdue=True)
    assert renewed(loan, day(10), sari) == date(2026, 3, 19)


@pytest.mark.parametrize(
    "terms",
    [
        {"due_by": date(2026, 3, 6)},
        {"due_by": date(2026, 3, 6), "due_by_how": "exactly"},
        {"renewal_total_days": 4, "loan_days": 3},
    ],
    ids=["latest", "exactly", "in all"],
)
def test_what_is_late_is_not_renewed_beyond_the_last_day_its_terms_name(sari, ani, pusat, terms):
    loan = lent(ani, pusat, sari, renew_overdue=True, **terms)
    assert why_not(loan, day(6)) == [
        "Tidak dapat diperpanjang lagi: paling lama dipinjam sampai 6 Maret 2026 (aturan “Semua”)."
    ]
    with pytest.raises(Refused), clock.stopped_at(day(6)):
        renew(loan, by=sari)
    loan.refresh_from_db()
    assert loan.renewal_count == 0


def test_what_is_read_on_site_gains_nothing_by_counting_from_when_it_is_due(sari, ani, pusat):
    add_rule(name="Semua", loan_days=7, renewal_limit=9, renew_from_due=True, by=sari)
    with clock.stopped_at(MONDAY):
        loan = check_out(ItemFactory(branch=pusat), to=ani, at=pusat, by=sari, kind="on_site")
    assert why_not(loan, MONDAY) == ["Belum perlu diperpanjang: jatuh temponya sudah 2 Maret 2026 (dibaca di tempat)."]


def test_a_loan_is_renewed_at_intervals_and_the_refusal_names_the_day_and_the_rule(sari, ani, pusat):
    loan = lent(ani, pusat, sari, renewal_gap_days=3)
    assert why_not(loan, day(2)) == ["Baru dapat diperpanjang lagi mulai 5 Maret 2026 (aturan “Semua”)."]
    renewed(loan, day(3), sari)
    assert why_not(loan, day(5)) == ["Baru dapat diperpanjang lagi mulai 8 Maret 2026 (aturan “Semua”)."]
    assert why_not(loan, day(6)) == []


def test_unseen_renewals_are_counted_in_a_row_and_the_desk_or_a_machine_begins_anew(sari, ani, pusat):
    loan = lent(ani, pusat, sari, unseen_limit=2)
    renewed(loan, day(1), ani.user, "web")
    renewed(loan, day(2), ani.user, "chat")
    told = (
        "Sudah diperpanjang 2 kali tanpa bukunya diperlihatkan, batasnya 2 (aturan “Semua”). Bawa bukunya ke meja atau mesin."
    )
    assert [why_not(loan, day(3), door) for door in ("web", "chat", "api", "phone")] == [[told]] * 4
    assert [why_not(loan, day(3), door) for door in ("desk", "kiosk", "sip2")] == [[]] * 3
    renewed(loan, day(3), sari, "sip2")
    assert why_not(loan, day(4)) == []


def test_it_is_renewed_of_itself_from_so_many_days_before_it_is_due(sari, ani, pusat):
    loan = lent(ani, pusat, sari, auto_renew=True, auto_renew_from_days=2, renew_from_due=True)
    for number, expected in ((4, 0), (5, 1), (6, 0)):
        with clock.stopped_at(day(number)):
            assert renew_of_itself() == expected
    loan.refresh_from_db()
    assert (loan.due_at.astimezone(MONDAY.tzinfo).date(), loan.unseen_renewals) == (date(2026, 3, 16), 1)


@pytest.mark.parametrize(
    ("early", "terms", "renewed"),
    [
        (7, {}, [4, 8, 12]),
        (365, {}, [4, 8, 12]),
        (6, {}, [4, 8, 12]),
        (2, {}, [5, 10, 15]),
        (7, {"renew_from_due": True}, [4, 9, 15]),
        (30, {"loan_days": 1}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
    ],
)
def test_it_is_renewed_of_itself_at_most_once_in_half_its_time_however_early_the_terms_let_it(
    sari, ani, pusat, early, terms, renewed
):
    lent(ani, pusat, sari, auto_renew=True, auto_renew_from_days=early, **{"renewal_limit": 99, **terms})
    nights = []
    for number in range(16):
        with clock.stopped_at(day(number)):
            nights += [number] * renew_of_itself()
    assert nights == renewed


@pytest.mark.parametrize(
    ("terms", "renewals"),
    [
        ({"auto_renew_for_days": 14}, 2),
        ({"auto_renew_for_days": 13}, 1),
        ({"auto_renew_until": date(2026, 3, 9)}, 1),
        ({"auto_renew_until": date(2026, 3, 8)}, 0),
    ],
    ids=["fourteen days lent", "thirteen days lent", "until the day it is due", "until the day before"],
)
def test_it_is_renewed_of_itself_no_more_after_so_long_or_after_a_date_while_members_may_still_renew(
    sari, ani, pusat, terms, renewals
):
    loan = lent(ani, pusat, sari, auto_renew=True, **terms)
    done = 0
    for number in (7, 14):
        with clock.stopped_at(day(number)):
            done += renew_of_itself()
    assert done == renewals
    if renewals == 0:
        assert why_not(loan, day(7)) == []


def test_a_renewal_forgives_the_fine_where_the_terms_say_so(sari, ani, pusat):
    loan = lent(ani, pusat, sari, fine=500, renew_overdue=True, renewal_forgives=True)
    other = lent_again(ani, pusat, sari)
    with clock.stopped_at(day(9)):
        assert accrue_fines() == 2
        renew(Loan.objects.get(pk=loan.pk), by=sari)
    assert standing(Member.objects.get(pk=ani.pk)).owed == 1000
    [waived] = Fee.objects.settled().filter(loan=loan)
    assert [entry.reason for entry in waived.entries.filter(kind="waiver")] == ["Denda dihapus karena diperpanjang."]
    assert list(Fee.objects.open().values_list("loan", flat=True)) == [other.pk]


def lent_again(member, at, by) -> Loan:
    with clock.stopped_at(MONDAY):
        return check_out(ItemFactory(branch=at), to=member, at=at, by=by)


def test_the_terms_of_a_renewal_are_told_in_one_line(sari, ani, pusat):
    loan = lent(
        ani, pusat, sari, renew_from_due=True, renewal_gap_days=3, unseen_limit=2, auto_renew=True, auto_renew_from_days=1,
        auto_renew_for_days=60, auto_renew_until=date(2026, 6, 30),
    )  # fmt: skip
    assert policy_words(Loan.objects.get(pk=loan.pk).terms)[1] == (
        "9 kali diperpanjang, dihitung dari jatuh tempo, berjarak 3 hari, tanpa memperlihatkan buku paling banyak 2 kali, otomatis"
        " sejak 1 hari sebelum jatuh tempo selama dipinjam paling lama 60 hari sampai 30 Juni 2026"
    )
