"""Opening hours to print: one source with the site, the chat and the calendar file."""

from datetime import UTC, datetime, time, timedelta

import pypdfium2
import pytest
from django.test import Client

from lumbung.kernel import clock
from lumbung.organization.domain.calendar import announce_closure, set_opening_hours
from lumbung.organization.domain.periods import add_period
from lumbung.organization.domain.poster import told
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
TODAY, DAY = NOW.date(), timedelta(days=1)


@pytest.fixture
def pusat():
    """Open on weekdays, on Fridays with a pause for prayer; closed for two days in December."""
    branch = BranchFactory(code="PUSAT", name="Perpustakaan Pusat")
    week = [(day, time(8), time(16)) for day in range(4)] + [(4, time(8), time(11)), (4, time(13, 30), time(16))]
    with clock.stopped_at(NOW):
        set_opening_hours(branch, week, by=None)
        announce_closure(first_day=TODAY + 31 * DAY, last_day=TODAY + 32 * DAY, reason="Natal dan cuti bersama", by=None)
    return branch


def test_it_says_the_week_the_weeks_of_their_own_and_what_is_closed(pusat):
    with clock.stopped_at(NOW):
        exams = add_period(kind="exams", name="Ujian", first_day=TODAY + 7 * DAY, last_day=TODAY + 20 * DAY, by=None)
        set_opening_hours(pusat, [(day, time(7), time(21)) for day in range(6)], by=None, period=exams)
        announce_closure(first_day=TODAY + 300 * DAY, last_day=TODAY + 300 * DAY, reason="Jauh", by=None)
        said = told(pusat)
    assert [(each["day"], each["hours"]) for each in said["week"]][3:6] == [
        ("Kamis", "08.00–16.00"),
        ("Jumat", "08.00–11.00, 13.30–16.00"),
        ("Sabtu", ""),
    ]
    (period,) = said["special"]
    assert (period["name"], period["week"][5]["hours"]) == ("Ujian", "07.00–21.00")
    assert said["closures"] == [{"days": "Kam 24 Des 2026 – Jum 25 Des 2026", "reason": "Natal dan cuti bersama"}]


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("a3", (842, 1191))])
def test_anybody_prints_it_on_one_page(client: Client, pusat, paper, size):
    with clock.stopped_at(NOW):
        answer = client.get(f"/branches/{pusat.pk}/poster.pdf", {"paper": paper})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    document = pypdfium2.PdfDocument(answer.content)
    assert (len(document), tuple(round(each) for each in document[0].get_size())) == (1, size)
    text = document[0].get_textpage().get_text_range()
    assert [word in text for word in ("Perpustakaan Pusat", "13.30–16.00", "Natal dan cuti bersama", "Tutup")] == [True] * 4


def test_a_branch_without_hours_says_so_and_an_unknown_paper_is_not_there(client: Client):
    branch = BranchFactory(code="BARU")
    assert told(branch)["week"] == []
    assert client.get(f"/branches/{branch.pk}/poster.pdf").status_code == 200
    assert client.get(f"/branches/{branch.pk}/poster.pdf", {"paper": "a9"}).status_code == 404
    assert client.get("/branches/9999/poster.pdf").status_code == 404
