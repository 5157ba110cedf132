"""Embargoes: the day itself opens the file, and the night tells of it."""

from datetime import UTC, date, datetime

import pytest

from lumbung.digital.domain.embargoes import end_embargoes
from lumbung.digital.models import File, Levels
from lumbung.digital.queries import access_to
from lumbung.digital.queries.access import NOBODY
from lumbung.digital.queries.files import titled
from lumbung.digital.tests.factories import a_file, a_pdf
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
BEFORE = datetime(2026, 11, 30, 16, 59, 59, tzinfo=UTC)  # the last second of November in Jakarta
AFTER = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
EMBARGO = {"embargo_until": date(2026, 12, 1), "embargo_reason": "Menunggu paten"}


@pytest.fixture
def file(db) -> File:
    LibraryFactory()
    with clock.stopped_at(BEFORE):
        return a_file(**EMBARGO)


def may_read(file: File) -> bool:
    return access_to(titled().get(pk=file.pk), NOBODY).may_read


def test_an_embargo_ends_with_its_day_by_the_clock_of_the_library_before_any_job_has_run(file):
    with clock.stopped_at(BEFORE):
        refused = access_to(titled().get(pk=file.pk), NOBODY)
        assert [str(each) for each in refused.refusals] == [
            "Berkas ini diembargo: terbuka pada 1 Desember 2026. Alasan: Menunggu paten"
        ]
    with clock.stopped_at(AFTER):
        assert may_read(file)


def test_the_night_tells_of_embargoes_that_ended_once_and_leaves_the_others(file):
    with clock.stopped_at(BEFORE):
        other = a_file(content=a_pdf("lain"), embargo_until=date(2026, 12, 2), embargo_reason="Menunggu terbit")
        assert end_embargoes() == 0
        assert not may_read(file)
    with clock.stopped_at(AFTER):
        assert (end_embargoes(), end_embargoes()) == (1, 0)
        assert (may_read(file), may_read(other)) == (True, False)
    file.refresh_from_db()
    other.refresh_from_db()
    assert (file.embargo_until, file.embargo_reason, other.embargo_until) == (None, "", date(2026, 12, 2))
    assert [entry.data["file"] for entry in JournalEntry.objects.filter(name="EmbargoEnded")] == [file.pk]


def test_what_was_closed_beside_its_embargo_stays_closed(file):
    File.objects.filter(pk=file.pk).update(level=Levels.STAFF)
    with clock.stopped_at(AFTER):
        end_embargoes()
        assert [each.code for each in access_to(titled().get(pk=file.pk), NOBODY).refusals] == ["for_staff"]
