"""An import whose process is gone says so, wherever it is looked for, and goes on or is undone."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.urls import reverse
from django.utils.module_loading import import_string

from lumbung.catalogue.checks import no_import_was_left
from lumbung.catalogue.domain import imports
from lumbung.catalogue.domain.imports import custody, runs
from lumbung.catalogue.models import ImportRun, Record
from lumbung.catalogue.refusals import BARCODE_EMPTY
from lumbung.catalogue.tests.factories import an_import, file_of, marc_of
from lumbung.kernel import clock
from lumbung.kernel.jobs import leases
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import Lease
from lumbung.kernel.refusals import Refused
from lumbung.kernel.tests.race import ended_holder

pytestmark = pytest.mark.django_db
TITLES = "ABCDE"


@pytest.fixture
def desk(client, sari, signed_in):
    return signed_in(client, sari)


@pytest.fixture
def left(monkeypatch) -> ImportRun:
    """An import of which two records are in, and whose process, which was of this machine, is no more."""
    monkeypatch.setattr(runs, "STRETCH", 2)
    run = imports.start_import(file_of(map(marc_of, TITLES)), name="lama.mrc", by=None)
    with pytest.raises(KeyboardInterrupt):
        imports.run_import(run, progress=interrupted)
    ImportRun.objects.update(state="running", stopped_because="")
    leases.take(f"import:{run.pk}", ended_holder())
    return run


def interrupted(run: ImportRun) -> None:
    raise KeyboardInterrupt


def test_its_page_says_so_and_it_goes_on_from_there(desk, left):
    address = reverse("catalogue:import", args=[left.pk])
    page = desk.get(address).content.decode()
    assert "Proses yang mengimpor berakhir di tengah jalan" in page
    assert "hx-trigger" not in page
    assert reverse("catalogue:import_undo", args=[left.pk]) in page
    desk.post(reverse("catalogue:import_resume", args=[left.pk]))
    work_off()
    left.refresh_from_db()
    assert (left.state, [each.title for each in Record.objects.order_by("pk")]) == ("finished", list(TITLES))


def test_the_list_of_imports_says_so_too(desk, left):
    assert "Terputus" in desk.get(reverse("catalogue:imports")).content.decode()


def test_it_is_undone_without_anybody_having_looked_at_it(left):
    assert imports.undo_import(left, by=None).state == "undone"
    assert not Record.objects.exists()


def test_the_doctor_names_it_and_changes_nothing(left):
    (trouble,) = no_import_was_left()
    assert trouble.what.startswith(f"Impor nomor {left.pk} (lama.mrc) terputus. Proses yang mengimpor berakhir")
    assert trouble.mend == (
        f"Lanjutkan dengan lumbung import --resume {left.pk}, atau batalkan dengan lumbung undo-import {left.pk}."
    )
    assert not trouble.grave
    assert ImportRun.objects.get().state == "running"
    imports.note_abandoned()
    assert [each.what for each in no_import_was_left()] == [trouble.what]
    imports.resume_import(left)
    assert list(no_import_was_left()) == []


def test_one_that_runs_is_left_alone(monkeypatch):
    monkeypatch.setattr(custody, "BEAT", 0)
    monkeypatch.setattr(runs, "STRETCH", 2)
    seen = []

    def look(run: ImportRun) -> None:
        imports.note_abandoned()
        seen.append((ImportRun.objects.get().state, list(no_import_was_left())))

    run = imports.run_import(imports.start_import(file_of(map(marc_of, TITLES)), name="a.mrc", by=None), progress=look)
    assert (run.state, seen) == ("finished", [("running", [])] * 3)


def test_one_whose_process_is_slow_to_answer_is_left_alone_for_a_while(left):
    slow = Lease.objects.filter(name=f"import:{left.pk}")
    slow.update(holder=leases.new_holder(), until=clock.now() - timedelta(seconds=1))
    imports.note_abandoned()
    assert ImportRun.objects.get().state == "running"
    slow.update(until=clock.now() - timedelta(minutes=11))
    imports.note_abandoned()
    assert ImportRun.objects.get().state == "interrupted"


def test_the_work_waits_while_another_process_may_have_it_in_hand(left):
    Lease.objects.all().delete()
    other = leases.new_holder()
    assert leases.take(f"import:{left.pk}", other)
    import_string("lumbung.catalogue.jobs.run_import").enqueue(run=left.pk)
    work_off()
    leases.give_up(other)
    work_off()
    assert ImportRun.objects.get().state == "running"
    with clock.stopped_at(clock.now() + timedelta(minutes=2)):
        work_off()
    assert ImportRun.objects.get().state == "finished"


def test_one_that_is_undone_meanwhile_does_not_end_as_finished():
    run = imports.start_import(file_of([marc_of("A")]), name="a.mrc", by=None)

    def undone(_run: ImportRun) -> None:
        ImportRun.objects.update(state="undoing")

    with pytest.raises(Refused, match="runs_elsewhere"):
        imports.run_import(run, progress=undone)
    assert ImportRun.objects.get().state == "undoing"


def test_a_refusal_in_the_middle_is_told_on_the_page(desk, monkeypatch):
    def refuse(*_: object) -> None:
        raise Refused(BARCODE_EMPTY())

    with monkeypatch.context() as patch:
        patch.setattr(runs, "_tell_of_touched", refuse)
        run = imports.start_import(file_of([marc_of("A")]), name="a.mrc", by=None)
        with pytest.raises(Refused, match="barcode_empty"):
            imports.run_import(run)
    page = desk.get(reverse("catalogue:import", args=[run.pk])).content.decode()
    assert str(BARCODE_EMPTY()) in page
    assert imports.resume_import(run).state == "finished"


def test_a_file_that_is_gone_is_told_on_the_page(desk):
    run = imports.start_import(file_of([marc_of("A")]), name="a.mrc", by=None)
    default_storage.delete(run.stored_file)
    with pytest.raises(Refused, match="file_gone"):
        imports.run_import(run)
    page = desk.get(reverse("catalogue:import", args=[run.pk])).content.decode()
    assert "Impor kembali dari berkas aslinya" in page


def test_nothing_is_held_once_it_is_done():
    run = an_import([marc_of("A")])
    assert leases.take(f"import:{run.pk}", leases.new_holder())


def test_a_file_whose_import_could_not_be_begun_is_not_kept(monkeypatch):
    def fails(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(runs, "wait_for_turn", fails)
    with pytest.raises(OperationalError):
        imports.start_import(file_of([marc_of("A")]), name="lama.mrc", by=None)
    assert not default_storage.exists(runs.FOLDER) or default_storage.listdir(runs.FOLDER)[1] == []
