"""Files lent as books are: places, waiting list, estimate, renewal, return, and an end that comes by itself."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lumbung.digital.domain.files import replace_file
from lumbung.digital.domain.lending import (
    borrow,
    end_e_loan,
    end_e_loans,
    renew_e_loan,
    return_early,
    set_lending,
    stop_waiting,
    wait_for,
)
from lumbung.digital.domain.terms import change_terms
from lumbung.digital.models import EHold, ELoan, Lending, Levels
from lumbung.digital.queries import Asker, access_to
from lumbung.digital.queries.files import titled
from lumbung.digital.queries.lending import lending_state, open_e_holds, open_e_loans
from lumbung.digital.tests.factories import a_content, a_file, a_pdf
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.kernel.tests.race import race
from lumbung.members.domain.members import block
from lumbung.members.tests.factories import MemberFactory
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 29, 5, 0, tzinfo=UTC)  # noon in Jakarta


@pytest.fixture
def book(db, sari):
    """An e-book of one owned copy, lent for seven days."""
    LibraryFactory()
    file = a_file(level=Levels.MEMBERS)
    set_lending(file, by=sari)
    return file


def citra():
    return MemberFactory(name="Citra")


def refused(call) -> list[str]:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.codes


def test_a_loan_begins_at_once_at_any_hour_and_lets_the_member_read_until_the_end_of_the_last_day(book, ani, budi):
    night = datetime(2026, 11, 28, 19, 30, tzinfo=UTC)  # half past two in the morning in Jakarta
    with clock.stopped_at(night):
        loan = borrow(book, to=ani, by=ani.user)
        assert loan.until == datetime(2026, 12, 6, 16, 59, 59, tzinfo=UTC)
        assert access_to(titled().get(pk=book.pk), Asker(ani.user)).may_read
        assert not access_to(titled().get(pk=book.pk), Asker(ani.user)).may_download
        others = access_to(titled().get(pk=book.pk), Asker(budi.user))
    assert [reason.code for reason in others.refusals] == ["needs_loan"]
    entry = JournalEntry.objects.get(name="ELent")
    assert (entry.data["e_loan"], entry.data["file"], entry.data["member"]) == (loan.pk, book.pk, ani.pk)


def test_strangers_are_led_to_sign_in_and_keepers_read_without_a_loan(book, sari):
    stranger = access_to(titled().get(pk=book.pk), Asker())
    assert ([reason.code for reason in stranger.refusals], stranger.way_on.signs_in) == (["for_members"], True)
    assert access_to(titled().get(pk=book.pk), Asker(sari)).may_read


def test_reading_ends_by_itself_before_anything_has_run(book, ani):
    with clock.stopped_at(NOW):
        loan = borrow(book, to=ani, by=ani.user)
    with clock.stopped_at(loan.until + timedelta(seconds=1)):
        assert not access_to(titled().get(pk=book.pk), Asker(ani.user)).may_read
        assert list(open_e_loans(ani)) == []


def test_the_second_reader_is_refused_and_may_wait_with_an_honest_estimate(book, ani, budi):
    with clock.stopped_at(NOW):
        borrow(book, to=ani, by=ani.user)
        assert refused(lambda: borrow(book, to=budi, by=budi.user)) == ["all_lent"]
        wait_for(book, member=budi, by=budi.user)
        third = citra()
        wait_for(book, member=third, by=None)
        first, second = (lending_state(book, each).estimate for each in (budi, third))
    assert (first.position, first.likely, first.latest, first.is_judged) == (1, date(2026, 12, 6), date(2026, 12, 6), False)
    assert (second.position, second.likely, second.latest) == (2, date(2026, 12, 13), date(2026, 12, 15))


def test_the_estimate_follows_how_long_readers_of_this_book_usually_take(book, ani, budi):
    for day in range(3):
        with clock.stopped_at(NOW - timedelta(days=30 - 3 * day)):
            borrow(book, to=ani, by=None)
        with clock.stopped_at(NOW - timedelta(days=28 - 3 * day)):
            return_early(book, of=ani, by=None)
    with clock.stopped_at(NOW):
        borrow(book, to=ani, by=None)
        wait_for(book, member=budi, by=None)
        estimate = lending_state(book, budi).estimate
    assert (estimate.likely, estimate.latest, estimate.is_judged) == (date(2026, 12, 1), date(2026, 12, 6), True)


def test_a_return_gives_the_place_to_the_first_who_waits_and_to_nobody_else(book, ani, budi):
    with clock.stopped_at(NOW):
        borrow(book, to=ani, by=ani.user)
        wait_for(book, member=budi, by=budi.user)
        return_early(book, of=ani, by=ani.user)
        third = citra()
        assert refused(lambda: borrow(book, to=third, by=None)) == ["all_lent"]
        offer = lending_state(book, budi).loan
        assert (offer.is_offer, offer.until) == (True, datetime(2026, 12, 1, 16, 59, 59, tzinfo=UTC))
        assert not access_to(titled().get(pk=book.pk), Asker(budi.user)).may_read
        taken = borrow(book, to=budi, by=budi.user)
    assert (taken.pk, taken.is_offer) == (offer.pk, False)
    assert EHold.objects.waiting().count() == 0
    assert JournalEntry.objects.get(name="EOfferMade").data["member"] == budi.pk


def test_a_turn_that_nobody_takes_goes_to_the_next(book, ani, budi):
    with clock.stopped_at(NOW):
        borrow(book, to=ani, by=None)
        wait_for(book, member=budi, by=None)
        third = citra()
        wait_for(book, member=third, by=None)
        return_early(book, of=ani, by=None)
    with clock.stopped_at(NOW + timedelta(days=3)):
        assert end_e_loans() == 1
        assert lending_state(book, budi).loan is None
        assert lending_state(book, third).loan.is_offer


def test_loans_that_are_over_are_ended_at_night_and_their_places_offered(book, ani, budi):
    with clock.stopped_at(NOW):
        loan = borrow(book, to=ani, by=None)
        wait_for(book, member=budi, by=None)
    with clock.stopped_at(loan.until + timedelta(minutes=6)):
        assert end_e_loans() == 1
        assert end_e_loans() == 0
    loan.refresh_from_db()
    assert loan.end == ELoan.Ends.EXPIRED
    assert ELoan.objects.open().get().member == budi


def test_a_loan_that_is_over_stands_in_nobodys_way_though_no_job_has_run(book, ani, budi):
    with clock.stopped_at(NOW):
        loan = borrow(book, to=ani, by=None)
    with clock.stopped_at(loan.until + timedelta(minutes=1)):
        assert borrow(book, to=budi, by=budi.user).place == 1


def test_a_loan_is_renewed_as_often_as_allowed_and_not_while_somebody_waits(book, ani, budi):
    with clock.stopped_at(NOW):
        borrow(book, to=ani, by=None)
    with clock.stopped_at(NOW + timedelta(days=3)):
        assert renew_e_loan(book, of=ani, by=ani.user).until == datetime(2026, 12, 9, 16, 59, 59, tzinfo=UTC)
        wait_for(book, member=budi, by=None)
        assert refused(lambda: renew_e_loan(book, of=ani, by=ani.user)) == ["renewed_often_enough", "others_wait"]
        stop_waiting(book, member=budi, by=budi.user)
        assert refused(lambda: stop_waiting(book, member=budi, by=budi.user)) == ["not_waiting"]
        assert refused(lambda: renew_e_loan(book, of=ani, by=ani.user)) == ["renewed_often_enough"]
        assert refused(lambda: renew_e_loan(book, of=budi, by=budi.user)) == ["not_borrowed"]


def test_every_reason_against_a_loan_is_told_at_once(book, ani, budi, sari):
    change_terms(e_loans_at_once=1, by=sari)
    other = a_file(content=a_pdf("lain"), level=Levels.MEMBERS)
    set_lending(other, by=sari)
    with clock.stopped_at(NOW):
        borrow(other, to=ani, by=None)
        borrow(book, to=budi, by=None)
        set_lending(book, is_open=False, by=sari)
        assert refused(lambda: borrow(book, to=ani, by=ani.user)) == ["lending_closed", "e_loan_limit_reached", "all_lent"]
        assert refused(lambda: borrow(book, to=budi, by=None)) == ["already_borrowed", "lending_closed"]
        block(ani, reason="Buku hilang", by=sari)
        assert refused(lambda: wait_for(book, member=ani, by=None)) == ["lending_closed", "membership_blocked"]


def test_nobody_waits_for_what_is_free(book, ani):
    assert refused(lambda: wait_for(book, member=ani, by=ani.user)) == ["free_now"]


def test_as_many_read_at_once_as_copies_are_owned_times_the_ratio(book, sari):
    set_lending(book, owned=2, per_owned=2, by=sari)
    loans = [borrow(book, to=MemberFactory(), by=None) for _ in range(4)]
    assert [loan.place for loan in loans] == [1, 2, 3, 4]
    assert refused(lambda: borrow(book, to=MemberFactory(), by=None)) == ["all_lent"]
    assert refused(lambda: set_lending(book, per_owned=1, by=sari)) == ["places_taken"]
    end_e_loan(loans[0], by=sari)
    assert (ELoan.objects.get(pk=loans[0].pk).end, borrow(book, to=MemberFactory(), by=None).place) == ("ended", 1)


def test_more_copies_are_offered_to_those_who_wait(book, ani, budi, sari):
    borrow(book, to=ani, by=None)
    wait_for(book, member=budi, by=None)
    set_lending(book, owned=2, by=sari)
    assert lending_state(book, budi).loan.is_offer


@pytest.mark.parametrize(
    "wrong", [{"owned": 0}, {"per_owned": 0}, {"days": 0}, {"days": 400}, {"offer_days": 0}, {"owned": None}]
)
def test_numbers_out_of_range_are_refused(book, sari, wrong):
    assert refused(lambda: set_lending(book, by=sari, **wrong)) == ["number_out_of_range"]


def test_who_waits_sees_their_place_and_their_estimate(book, ani, budi):
    with clock.stopped_at(NOW):
        borrow(book, to=ani, by=None)
        wait_for(book, member=budi, by=None)
        [(hold, estimate)] = open_e_holds(budi)
    assert (hold.lending.file, estimate.position) == (book, 1)


def test_a_newer_version_is_lent_in_place_of_the_older(book, ani):
    borrow(book, to=ani, by=None)
    new = replace_file(book, a_content(a_pdf("versi dua")), name="dua.pdf", by=None)
    assert Lending.objects.get().file == new
    assert access_to(titled().get(pk=new.pk), Asker(ani.user)).may_read


@pytest.mark.django_db(transaction=True)
def test_of_many_who_borrow_the_last_place_in_the_same_moment_one_gets_it(sari):
    LibraryFactory()
    file = a_file(level=Levels.MEMBERS)
    set_lending(file, owned=2, by=sari)
    members = [MemberFactory() for _ in range(6)]
    results, refusals = race(*(lambda member=member: borrow(file, to=member, by=None) for member in members))
    assert sorted(loan.place for loan in results) == [1, 2]
    assert refusals == [["all_lent"]] * 4


@pytest.mark.django_db(transaction=True)
def test_one_member_with_two_telephones_borrows_once(sari, ani):
    LibraryFactory()
    file = a_file(level=Levels.MEMBERS)
    set_lending(file, owned=5, by=sari)
    results, refusals = race(*[lambda: borrow(file, to=ani, by=ani.user)] * 3)
    assert (len(results), refusals) == (1, [["already_borrowed"]] * 2)


def test_why_a_file_is_closed_is_said_though_the_one_before_it_tells_how_it_is_lent_instead(client, book):
    for name in ("lampiran.pdf", "galat.pdf"):
        a_file(book.record, a_pdf(name), name, level=Levels.MEMBERS)
    page = client.get(f"/records/{book.record_id}").content.decode()
    _lent, first, second = (
        page[page.index('id="berkas"') :].partition("</ul></section>")[0].split('<li class="stack tight">')[1:]
    )
    assert ['class="say note"' in each for each in (first, second)] == [True, False]
