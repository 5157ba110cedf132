"""An undoing whose process was killed is told, and goes on; one that is under way is left alone."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.module_loading import import_string

from lumbung.catalogue.checks import no_import_was_left
from lumbung.catalogue.domain import imports
from lumbung.catalogue.domain.imports import custody, undoing
from lumbung.catalogue.models import ImportRun, Record
from lumbung.catalogue.tests.factories import an_import, marc_of
from lumbung.kernel import clock
from lumbung.kernel.failures import count_failures
from lumbung.kernel.jobs import leases
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import Lease
from lumbung.kernel.refusals import Refused
from lumbung.kernel.tests.race import ended_holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, sari, signed_in):
    return signed_in(client, sari)


@pytest.fixture
def left(monkeypatch) -> ImportRun:
    """An import of which one record was taken back, by a process of this machine that is no more."""
    monkeypatch.setattr(undoing, "STRETCH", 1)
    run = an_import([marc_of(title) for title in "ABC"])
    run.records.first().delete()
    ImportRun.objects.update(state="undoing")
    leases.take(f"import:{run.pk}", ended_holder())
    return run


def test_its_page_says_so_and_lets_it_go_on(desk, left):
    address = reverse("catalogue:import", args=[left.pk])
    page = desk.get(address).text
    assert "Pembatalan terhenti di tengah jalan" in page
    assert "hx-trigger" not in page
    desk.post(reverse("catalogue:import_undo", args=[left.pk]))
    assert "Pembatalan terhenti" not in desk.get(address).text
    work_off()
    assert (ImportRun.objects.get().state, Record.objects.count()) == ("undone", 0)


def test_the_command_goes_on_with_it(left):
    call_command("undo-import", left.pk)
    assert (ImportRun.objects.get().state, Record.objects.count()) == ("undone", 0)


def test_the_doctor_names_it(left):
    (trouble,) = no_import_was_left()
    assert trouble.what == f"Pembatalan impor nomor {left.pk} (koleksi.mrc) terhenti di tengah jalan."
    assert trouble.mend == f"Lanjutkan dengan lumbung undo-import {left.pk}."
    imports.undo_import(left, by=None)
    assert list(no_import_was_left()) == []


def test_one_that_is_under_way_is_left_to_its_process(left):
    Lease.objects.all().delete()
    assert leases.take(f"import:{left.pk}", leases.new_holder())
    assert list(no_import_was_left()) == []
    with pytest.raises(Refused, match="runs_elsewhere"):
        imports.undo_import(left, by=None)
    assert (ImportRun.objects.get().state, Record.objects.count()) == ("undoing", 2)


def test_work_that_finds_it_in_other_hands_waits_however_long_that_takes_and_goes_on_then(left):
    Lease.objects.all().delete()
    other = leases.new_holder()
    import_string(custody.UNDOING_TASK).enqueue(run=left.pk, by=None)
    begun = clock.now()
    for hour in range(0, 20, 2):  # more often than what fails is tried
        with clock.stopped_at(begun + timedelta(hours=hour)):
            assert leases.take(f"import:{left.pk}", other)
            work_off()
    assert count_failures() == 0
    assert (ImportRun.objects.get().state, Record.objects.count()) == ("undoing", 2)
    leases.give_up(other)
    with clock.stopped_at(begun + timedelta(hours=20)):
        work_off()
    assert (ImportRun.objects.get().state, Record.objects.count()) == ("undone", 0)


def test_who_stops_the_command_is_told_how_to_go_on(left, monkeypatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(undoing, "_undo_stretch", interrupted)
    with pytest.raises(CommandError, match=f"lumbung undo-import {left.pk}$") as told:
        call_command("undo-import", left.pk)
    assert told.value.returncode == 130
    assert not Lease.objects.exists()


def test_one_that_is_taken_up_in_the_same_moment_is_not_noted_as_abandoned(left, monkeypatch):
    """Another process goes on with it just after it was looked at."""
    ImportRun.objects.update(state="running")
    look = custody.abandoned
    other = leases.new_holder()

    def taken_up_after() -> object:
        found = look()
        assert leases.take(f"import:{left.pk}", other)
        return found

    monkeypatch.setattr(custody, "abandoned", taken_up_after)
    imports.note_abandoned()
    assert (ImportRun.objects.get().state, Lease.objects.get().holder) == ("running", other)
