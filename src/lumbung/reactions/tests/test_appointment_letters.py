"""A librarian hears of the meetings that are booked and cancelled with them, and not of what they did themselves."""

from datetime import UTC, datetime, time

import pytest

from lumbung.accounts.domain.notices import choose_notices
from lumbung.accounts.domain.users import change
from lumbung.desk.domain.appointments import add_hour, book, call_off, cancel, conclude, free_slots
from lumbung.desk.domain.forgetting import forget_appointments
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.messaging.models import Delivery
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
MONDAY_NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _hours(sari, ani):
    LibraryFactory()
    facts = {"kind": "guidance", "weekday": 1, "opens": time(9), "closes": time(12), "minutes": 30, "place": "R. 2"}
    add_hour(user=sari, by=sari, **facts)
    ani.email = "ani@kampus.example"
    ani.save()
    with clock.stopped_at(MONDAY_NINE):
        yield


def booked(ani):
    return book(free_slots("guidance")[0].key, kind="guidance", member=ani, topic="Skripsi rahasia", people=3)


def told(sari) -> list[tuple[str, str]]:
    work_off()
    letters = Delivery.objects.filter(address=sari.email).order_by("pk")
    return list(letters.values_list("code", "subject"))


def test_she_is_told_once_when_and_where_and_neither_with_whom_nor_about_what(ani, sari):
    booked(ani)
    work_off()
    letter = Delivery.objects.get(address=sari.email)
    assert letter.subject == "Janji temu baru: Sel 24 Nov 2026 pukul 09.00"
    assert told(sari) == [("appointment_taken", letter.subject)]
    body = " ".join(letter.body.split()) or letter.subject
    assert ("Skripsi" in body, ani.name in body) == (False, False)


def test_a_reader_of_english_is_told_the_day_and_the_time_the_english_way(ani, sari):
    change(sari, language="en", by=sari)
    booked(ani)
    assert told(sari) == [("appointment_taken", "New appointment: Tue 24 Nov 2026 at 09:00")]


def test_she_hears_that_it_was_cancelled_by_the_member_a_colleague_or_because_the_member_is_forgotten(ani, sari, with_role):
    rina = with_role("librarian")
    for ends in (
        lambda made: cancel(made, by=None),
        lambda made: call_off(made, "Listrik padam", by=rina),
        lambda _made: forget_appointments(ani),
    ):
        made = booked(ani)
        assert told(sari)[-1][0] == "appointment_taken"
        ends(made)
        assert told(sari)[-1] == ("appointment_dropped", "Janji temu tidak jadi: Sel 24 Nov 2026 pukul 09.00")
    assert len(told(sari)) == 6


def test_what_she_called_off_herself_or_what_was_held_is_no_news(ani, sari):
    call_off(booked(ani), "Sakit", by=sari)
    conclude(booked(ani), held=True, by=sari)
    assert [code for code, _subject in told(sari)] == []


def test_who_wants_no_such_notices_gets_none(ani, sari):
    choose_notices(sari, [], by=sari)
    cancel(booked(ani), by=None)
    assert told(sari) == []
    choose_notices(sari, ["appointments"], by=sari)
    booked(ani)
    assert [code for code, _subject in told(sari)] == ["appointment_taken"]
