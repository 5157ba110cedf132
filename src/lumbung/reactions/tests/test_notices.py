"""Recalls and memberships that end are told of once; a day's notices come together for whoever wants them so."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from lumbung.circulation.domain.claims import claim_return
from lumbung.circulation.domain.fines import report_lost
from lumbung.circulation.models import Loan
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.members.domain.members import choose_gathering
from lumbung.members.models import Member
from lumbung.messaging.models import Delivery
from lumbung.reactions.membership_ending import tell_of_ending
from lumbung.reactions.recall_letter import recall_letter
from lumbung.reactions.reminders import remind
from lumbung.reactions.table import NIGHTLY, TABLE

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 23, 22, tzinfo=UTC)  # 24 November, 5.00 in Jakarta
NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)


def recalled(member, *, due: datetime) -> JournalEntry:
    loan = LoanFactory(
        member=member,
        item=ItemFactory(record=RecordFactory(title="Bumi manusia"), branch=member.branch),
        lent_at=due - timedelta(days=20),
        due_at=due,
    )
    data = {"loan": loan.pk, "member": member.pk, "due_at": due.isoformat()}
    data["was_due_at"] = (due + timedelta(days=10)).isoformat()
    return JournalEntry.objects.create(name="LoanRecalled", at=NOON, data=data, channel="desk")


def test_a_recall_is_told_of_once_with_the_old_day_and_the_new(ani):
    entry = recalled(ani, due=datetime(2026, 11, 27, 16, 59, 59, tzinfo=UTC))
    for _ in range(2):
        recall_letter(entry)
    letter = Delivery.objects.get()
    assert (letter.code, letter.subject) == ("recall", "Mohon kembalikan lebih awal: ada yang menunggu")
    assert "Jatuh temponya kini Jumat, 27 November 2026 (semula 7 Desember 2026)" in letter.body
    assert "ke Perpustakaan Pusat paling lambat" in letter.body
    assert any(each.name == "recall_letter" and each.to == ("LoanRecalled",) for each in TABLE)


def test_a_recall_tells_of_another_fine_where_the_terms_of_the_loan_have_one(ani):
    told = "Bila kembali sesudah hari itu, dendanya Rp2.000 sebagai ganti denda biasa."
    entry = recalled(ani, due=datetime(2026, 11, 27, 16, 59, 59, tzinfo=UTC))
    recall_letter(entry)
    Loan.objects.update(policy={"loan_days": 7, "recall_fine": 2000})
    recall_letter(JournalEntry.objects.create(name="LoanRecalled", at=NOON, data=entry.data, channel="desk"))
    assert [told in letter.body for letter in Delivery.objects.order_by("pk")] == [False, True]


@pytest.mark.parametrize("meanwhile", ["returned", "moved", "lost"])
def test_a_recall_of_what_is_back_moved_or_lost_is_not_told_of(sari, ani, meanwhile):
    entry = recalled(ani, due=datetime(2026, 11, 27, 16, 59, 59, tzinfo=UTC))
    loan = Loan.objects.get()
    if meanwhile == "lost":
        report_lost(loan, by=sari)
    else:
        Loan.objects.update(**{"returned_at": NOON} if meanwhile == "returned" else {"due_at": NOON + timedelta(days=30)})
    recall_letter(entry)
    assert not Delivery.objects.exists()


def test_what_is_lost_or_searched_for_is_not_reminded_of(sari, ani):
    due = datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC)
    lost, claimed = (LoanFactory(member=ani, lent_at=due - timedelta(days=7), due_at=due) for _ in range(2))
    with clock.stopped_at(NIGHT - timedelta(days=1)):
        report_lost(lost, by=sari)
        claim_return(claimed, by=sari)
    with clock.stopped_at(NIGHT):
        assert (remind(), Delivery.objects.count()) == (0, 0)


def ends(member, on: date) -> None:
    Member.objects.filter(pk=member.pk).update(expires_on=on)


def test_a_membership_that_ends_within_a_fortnight_is_told_of_once_and_anew_after_it_was_renewed(ani, budi):
    ends(ani, date(2026, 12, 8))
    ends(budi, date(2026, 12, 9))
    with clock.stopped_at(NIGHT):
        assert (tell_of_ending(), tell_of_ending()) == (1, 0)
    letter = Delivery.objects.get()
    assert (letter.address, letter.subject) == ("ani@kampus.example", "Keanggotaan Anda berakhir 8 Desember 2026")
    ends(ani, date(2026, 12, 10))
    with clock.stopped_at(NIGHT + timedelta(days=3)):
        assert tell_of_ending() == 2
    assert "tell_of_ending_memberships" in {each.name for each in NIGHTLY}


def test_a_membership_that_is_over_or_of_nobody_who_can_be_reached_is_not_told_of(ani, budi):
    ends(ani, date(2026, 11, 23))
    ends(budi, date(2026, 11, 30))
    budi.email = ""
    budi.save()
    with clock.stopped_at(NIGHT):
        assert tell_of_ending() == 0


@pytest.mark.parametrize("members", [1, 3])
def test_a_night_without_news_asks_three_times_however_many_memberships_end(ani, budi, members, django_assert_num_queries):
    from lumbung.members.tests.factories import MemberFactory  # noqa: PLC0415 -- beside the people of every test

    for each in (ani, budi, MemberFactory(email="c@kampus.example"))[:members]:
        ends(each, date(2026, 11, 30))
    with clock.stopped_at(NIGHT):
        tell_of_ending()
        with django_assert_num_queries(3):
            tell_of_ending()


def test_a_day_of_notices_is_one_letter_in_the_morning_for_whoever_wants_it_so(sari, ani, budi):
    choose_gathering(ani, True, by=ani.user)
    with clock.stopped_at(NOON):
        for member in (ani, budi):
            recall_letter(recalled(member, due=datetime(2026, 11, 27, 16, 59, 59, tzinfo=UTC)))
        ends(ani, date(2026, 12, 1))
        tell_of_ending()
    ours, his = Delivery.objects.get(address="ani@kampus.example"), Delivery.objects.get(address=budi.email)
    assert (his.not_before, his.code, ours.code) == (None, "recall", "gathered")
    assert ours.not_before == datetime(2026, 11, 25, 0, 0, tzinfo=UTC)  # seven in the morning in Jakarta
    assert ours.subject == "Pemberitahuan hari ini dari perpustakaan"
    assert [line for line in ours.body.splitlines() if line.startswith(("Mohon kembalikan lebih", "Keanggotaan Anda"))] == [
        "Mohon kembalikan lebih awal: ada yang menunggu",
        "Keanggotaan Anda berakhir 1 Desember 2026",
    ]
    assert ours.body.count("———") == 1


def test_what_comes_after_the_morning_waits_for_the_next_and_before_it_for_that_one(ani):
    choose_gathering(ani, True, by=ani.user)
    for moment in (NIGHT, NOON, NOON + timedelta(hours=24)):
        with clock.stopped_at(moment):
            recall_letter(recalled(ani, due=datetime(2026, 11, 27, 16, 59, 59, tzinfo=UTC)))
            Delivery.objects.filter(not_before__lte=clock.now()).update(state="sent")
    waits = [each.not_before.day for each in Delivery.objects.order_by("pk")]
    assert waits == [24, 25, 26]


def test_a_member_switches_it_in_the_settings_and_the_journal_knows(client, ani):
    client.force_login(ani.user)
    page = reverse("discovery:settings")
    assert "Satukan pemberitahuan sehari" in client.get(page).content.decode()
    for given in ({"gathers_notices": "on"}, {"gathers_notices": "on"}, {}):
        client.post(page, given)
    told = JournalEntry.objects.filter(name="GatheringChosen").order_by("pk")
    assert [entry.data["gathers"] for entry in told] == [True, False]
