"""The calendar of a branch for other calendar programs."""

from datetime import UTC, date, datetime, time

import pytest

from lumbung.kernel import clock
from lumbung.organization.domain.calendar import announce_closure, set_opening_hours
from lumbung.organization.tests.factories import FRIDAY, BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday


def unfolded(answer):
    return answer.content.decode().replace("\r\n ", "").split("\r\n")


def test_anybody_reads_when_a_branch_opens_and_why_it_does_not(client, django_assert_num_queries):
    LibraryFactory()
    pusat, teknik = (BranchFactory(code=code, name=name) for code, name in (("P/1", "Pusat"), ("T", "Teknik")))
    with clock.stopped_at(NOW):
        set_opening_hours(pusat, [(FRIDAY, time(8), time(11, 30)), (FRIDAY, time(13), time(16))], by=None)
        closed = announce_closure(
            first_day=date(2026, 12, 24), last_day=date(2026, 12, 25), reason="Natal; cuti, libur", by=None
        )
        announce_closure(first_day=date(2026, 12, 1), last_day=date(2026, 12, 1), reason="Listrik", branch=teknik, by=None)
        client.get(f"/branches/{pusat.pk}/calendar.ics")
        with django_assert_num_queries(1):
            answer = client.get(f"/branches/{pusat.pk}/calendar.ics")
        assert client.get("/branches/9999/calendar.ics").status_code == 404
        assert client.post(f"/branches/{pusat.pk}/calendar.ics").status_code == 405
    lines = unfolded(answer)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert [each for each in lines if each.startswith("DTSTART:20261127")] == [
        "DTSTART:20261127T010000Z",
        "DTSTART:20261127T060000Z",
    ]
    assert not [each for each in lines if each.startswith("DTSTART:20261225")]
    at = lines.index(f"UID:closed-{pusat.pk}-{closed.pk}@testserver")
    assert lines[at + 1 : at + 5] == [
        "DTSTAMP:20261123T020000Z",
        "DTSTART;VALUE=DATE:20261224",
        "DTEND;VALUE=DATE:20261226",
        "SUMMARY:Pusat tutup: Natal\\; cuti\\, libur",
    ]
    assert "Listrik" not in answer.content.decode()
    uids = [each for each in lines if each.startswith("UID:")]
    assert len(uids) == len(set(uids)) == 53  # twice on 26 Fridays (not on Christmas), and the closure


def test_a_branch_whose_hours_nobody_entered_has_a_calendar_without_events(client):
    LibraryFactory()
    lines = unfolded(client.get(f"/branches/{BranchFactory().pk}/calendar.ics"))
    assert (lines[0], "BEGIN:VEVENT" in lines, lines[-2]) == ("BEGIN:VCALENDAR", False, "END:VCALENDAR")
