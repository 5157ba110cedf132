"""Whose loans the night renewed, or counted as lost, hears of it in the morning: one letter a member, each loan once."""

from datetime import UTC, datetime, timedelta

import pytest

from lumbung.circulation.domain.fines import declare_lost, report_lost, withdraw_loss
from lumbung.circulation.domain.loans import check_in, check_out, renew, renew_of_itself
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.members.domain.members import choose_gathering
from lumbung.messaging.models import Delivery
from lumbung.reactions.changed_overnight import tell_of_losses, tell_of_renewals
from lumbung.reactions.table import NIGHTLY

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 2, tzinfo=UTC)
NIGHT = datetime(2026, 3, 8, 17, 12, tzinfo=UTC)  # 9 March, 0.12 in Jakarta: what was lent on Monday is due today
LATE = NIGHT + timedelta(days=30)


@pytest.fixture
def rule(ani):
    terms = {"auto_renew": True, "lost_after_days": 30, "lost_price": 80_000, "processing_fee": 5_000}
    return LoanRuleFactory(category=ani.category, renewal_limit=1, **terms)


def lend(sari, *lent):
    with clock.stopped_at(MONDAY):
        for member, title in lent:
            item = ItemFactory(record=RecordFactory(title=title), branch=member.branch, price=None)
            yield check_out(item, to=member, at=member.branch, by=sari)


def morning(tell, after: datetime) -> int:
    with clock.stopped_at(after + timedelta(hours=5)):
        return tell()


def test_what_was_renewed_of_itself_is_told_in_one_letter_to_each_member_and_once(sari, ani, budi, rule):
    list(lend(sari, (ani, "Bumi manusia"), (budi, "Laut bercerita"), (ani, "Anak semua bangsa")))
    with clock.stopped_at(NIGHT):
        assert renew_of_itself() == 3
    assert (morning(tell_of_renewals, NIGHT), morning(tell_of_renewals, NIGHT)) == (2, 0)
    letter = Delivery.objects.get(address="ani@kampus.example")
    assert (letter.code, letter.subject) == ("renewed_of_itself", "2 pinjaman Anda diperpanjang otomatis")
    assert [line.strip() for line in letter.body.splitlines() if "jatuh tempo kini" in line] == [
        "jatuh tempo kini Senin, 16 Maret 2026 (semula 9 Maret 2026), ke Perpustakaan Pusat"
    ] * 2
    assert letter.body.count("Ini perpanjangannya yang terakhir.") == 2
    assert ("- Bumi manusia\n" in letter.body, "Laut bercerita" in letter.body) == (True, False)
    assert Delivery.objects.get(address=budi.email).subject == "Pinjaman Anda diperpanjang otomatis"


def test_a_renewal_somebody_asked_for_or_that_holds_no_more_is_not_told(sari, ani, rule):
    rule.renewal_limit = 3
    rule.save()
    asked, back, again = lend(sari, (ani, "Diminta"), (ani, "Kembali"), (ani, "Lagi"))
    with clock.stopped_at(NIGHT):
        renew(asked, by=ani.user)
        assert renew_of_itself() == 2
    with clock.stopped_at(NIGHT + timedelta(hours=1)):
        check_in(back.item, at=ani.branch, by=sari)
    with clock.stopped_at(NIGHT + timedelta(days=1)):
        renew(again, by=ani.user)
    assert (morning(tell_of_renewals, NIGHT + timedelta(days=1)), Delivery.objects.count()) == (0, 0)


def test_a_morning_that_was_missed_is_caught_up_with_for_three_days(sari, ani, rule):
    list(lend(sari, (ani, "Bumi manusia")))
    with clock.stopped_at(NIGHT):
        renew_of_itself()
    assert morning(tell_of_renewals, NIGHT + timedelta(days=3)) == 0
    assert morning(tell_of_renewals, NIGHT + timedelta(days=2)) == 1


def test_what_counts_as_lost_is_told_with_what_it_costs_and_until_when_that_is_taken_back(sari, ani, rule):
    rule.auto_renew = False
    rule.save()
    list(lend(sari, (ani, "Bumi manusia")))
    with clock.stopped_at(LATE):
        assert declare_lost() == 1
    assert (morning(tell_of_losses, LATE), morning(tell_of_losses, LATE)) == (1, 0)
    letter = Delivery.objects.get()
    assert (letter.code, letter.subject) == ("counted_lost", "Pinjaman Anda dianggap hilang")
    assert "- Bumi manusia\n  jatuh tempo 9 Maret 2026; penggantiannya Rp85.000\n" in letter.body
    told = "Kembalikan ke Perpustakaan Pusat paling lambat Jumat, 8 Mei 2026, maka penggantiannya ditarik kembali."
    assert told in letter.body
    assert "Dapat diganti dengan 1 eksemplar judul yang sama." in letter.body


@pytest.mark.parametrize("meanwhile", ["said", "found", "back"])
def test_a_loss_the_member_told_of_or_that_is_over_is_not_told(sari, ani, rule, meanwhile):
    rule.auto_renew = False
    rule.save()
    [loan] = lend(sari, (ani, "Bumi manusia"))
    with clock.stopped_at(LATE):
        if meanwhile == "said":
            report_lost(loan, by=sari)
        assert declare_lost() == (0 if meanwhile == "said" else 1)
        if meanwhile == "found":
            withdraw_loss(loan, by=sari)
        if meanwhile == "back":
            check_in(loan.item, at=ani.branch, by=sari)
    assert (morning(tell_of_losses, LATE), Delivery.objects.count()) == (0, 0)


def test_both_come_in_the_language_of_the_member_and_wait_for_the_letter_of_the_day(sari, ani, rule):
    ani.user.language = "en"
    ani.user.save()
    choose_gathering(ani, True, by=ani.user)
    list(lend(sari, (ani, "Bumi manusia")))
    with clock.stopped_at(NIGHT):
        renew_of_itself()
    assert morning(tell_of_renewals, NIGHT) == 1
    letter = Delivery.objects.get()
    assert letter.subject == "Your loan was renewed by itself"
    assert "due now Monday, 16 March 2026 (before: 9 March 2026), to Perpustakaan Pusat" in letter.body
    assert letter.not_before == datetime(2026, 3, 9, 0, tzinfo=UTC)  # seven in the morning in Jakarta


@pytest.mark.parametrize("count", [1, 3])
def test_a_morning_without_news_asks_twice_however_much_the_night_renewed(sari, ani, rule, count, django_assert_num_queries):
    list(lend(sari, *[(ani, f"Judul {number}") for number in range(count)]))
    with clock.stopped_at(NIGHT):
        renew_of_itself()
    assert morning(tell_of_renewals, NIGHT) == 1
    with django_assert_num_queries(2):
        assert morning(tell_of_renewals, NIGHT) == 0


def test_letters_are_written_after_the_night_did_its_work():
    at = {each.name: each.at for each in NIGHTLY}
    assert at["renew_of_itself"] < at["tell_of_renewals"]
    assert at["declare_lost"] < at["tell_of_losses"]
