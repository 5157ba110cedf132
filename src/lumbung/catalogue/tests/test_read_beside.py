"""A file is read by a process of its own while what was read is stored."""

import io
import os
import select
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import QuerySet

from lumbung.catalogue.domain import imports
from lumbung.catalogue.domain.imports import runs
from lumbung.catalogue.domain.imports.beside import WIDE, Beside
from lumbung.catalogue.domain.imports.judging import Judged, judge
from lumbung.catalogue.models import Identifier, ImportRejection, ImportRun, Item, Record, RecordHeading
from lumbung.catalogue.tests.factories import copy_field, file_of, marc_of
from lumbung.formats.marc import Entry, Field


def test_pieces_are_made_in_order_by_another_process() -> None:
    with Beside((each, os.getpid()) for each in "abc") as beside:
        taken = [beside.take() for _ in range(4)]
    assert [each and each[0] for each in taken] == ["a", "b", "c", None]
    assert len({each[1] for each in taken if each} - {os.getpid()}) == 1


def test_pieces_that_are_used_together_are_made_before_the_first_is_taken_and_come_one_by_one() -> None:
    made, here = os.pipe()

    def pieces() -> Iterator[bytes]:
        for each in b"abcde":
            os.write(here, b".")
            yield bytes([each]) * 2 * WIDE  # no pipe holds one of them

    with Beside(pieces(), 3) as beside:
        ready = 0
        while ready < 3 and select.select([made], [], [], 10)[0]:
            ready += len(os.read(made, 3))
        assert ready == 3
        assert [piece[:1] for piece in iter(beside.take, None)] == [b"a", b"b", b"c", b"d", b"e"]
    os.close(made)
    os.close(here)


def test_what_fails_there_fails_when_it_is_taken() -> None:
    with Beside(1 // each for each in (1, 0)) as beside:
        assert beside.take() == 1
        with pytest.raises(ZeroDivisionError):
            beside.take()


def test_a_process_that_was_killed_is_told_as_a_fault_that_an_import_survives() -> None:
    def pieces() -> Iterator[str]:
        yield "a"
        os.kill(os.getpid(), signal.SIGKILL)

    with Beside(pieces()) as beside:
        assert beside.take() == "a"
        with pytest.raises(OSError, match="has ended"):
            beside.take()


def test_whoever_takes_no_more_ends_the_process() -> None:
    with Beside(iter(os.getpid, 0)) as beside:
        reader = beside.take()
    assert reader is not None
    with pytest.raises(ProcessLookupError):
        os.kill(reader, 0)


FILE = [
    marc_of("Bumi manusia", copy_field("B-1"), copy_field("B-2"), Field("650", " ", "4", [("a", "Sejarah"), ("x", "Fiksi")])),
    marc_of("Laskar pelangi", copy_field("B-1"), Field("100", "1", " ", [("a", "Hirata, Andrea"), ("0", "(ID)7")])),
    marc_of("Anak semua bangsa", Field("773", "0", " ", [("t", "Bumi manusia"), ("o", "B-2")]), copy_field("")),
]


def rows_after(run: ImportRun, *, beside: bool) -> list[Any]:
    imports.run_import(run, beside=beside)
    brought: list[tuple[QuerySet[Any], tuple[str, ...]]] = [
        (Record.objects.filter(import_run=run), ("title", "marc", "findable", "work_key")),
        (Identifier.objects.filter(record__import_run=run), ("kind", "value")),
        (RecordHeading.objects.filter(record__import_run=run), ("kind", "key", "label", "about", "whole")),
        (Item.objects.filter(import_run=run), ("barcode", "record__title", "is_bound")),
        (ImportRejection.objects.filter(import_run=run), ("position", "kind", "refused", "facts", "control_number")),
    ]
    return [
        *(list(rows.order_by("pk").values_list(*wanted)) for rows, wanted in brought),
        (run.records_added, run.items_added, run.items_rejected, run.rejected, run.warned, run.offset),
    ]


@pytest.mark.django_db
def test_an_import_read_beside_stores_and_reports_what_one_read_here_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "STRETCH", 2)
    data = file_of(FILE).getvalue() + b"12345cam"
    told = []
    for beside in (False, False, True):  # the first of them makes branch, location and type, and says so
        run = imports.start_import(io.BytesIO(data), name="a.mrc", by=None)
        told.append(rows_after(run, beside=beside))
        imports.undo_import(run, by=None)
    assert told[1] == told[2]
    assert told[2][-1][:4] == (3, 2, 1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("beside", [False, True])
def test_pieces_are_stored_together_a_stretch_at_a_time_though_each_is_judged_alone(
    monkeypatch: pytest.MonkeyPatch, beside: bool
) -> None:
    judged: list[int] = []

    def count(some: list[Entry], profile: imports.Profile) -> Judged:
        judged.append(len(some))
        return judge(some, profile)

    monkeypatch.setattr(runs, "STRETCH", 4)
    monkeypatch.setattr(runs, "PIECE", 2)
    monkeypatch.setattr(runs, "judge", count)
    data = b"".join(file_of([marc_of(f"Judul {number}", copy_field(f"C-{number % 6}"))]).getvalue() for number in range(7))
    data += b"12345cam"
    run = imports.start_import(io.BytesIO(data), name="a.mrc", by=None)
    stored: list[int] = []
    imports.run_import(run, beside=beside, progress=lambda run: stored.append(run.records_read))
    assert stored == [4, 8]
    assert judged == ([] if beside else [2, 2, 2, 2])
    assert list(Record.objects.order_by("pk").values_list("title", flat=True)) == [f"Judul {number}" for number in range(7)]
    told = ImportRejection.objects.filter(import_run=run, position__gt=4).values_list("position", flat=True)
    assert (run.items_added, run.items_rejected, run.rejected, run.offset, sorted(told)) == (6, 1, 1, len(data), [7, 8])


@pytest.mark.django_db
def test_a_piece_has_its_share_of_the_bytes_of_a_stretch(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    def measure(some: list[Entry], profile: imports.Profile) -> Judged:
        sizes.append(len(some))
        return judge(some, profile)

    one = file_of([marc_of("Bumi manusia")]).getvalue()
    monkeypatch.setattr(runs, "STRETCH", 30)
    monkeypatch.setattr(runs, "PIECE", 10)
    monkeypatch.setattr(runs, "MOST_BYTES", 6 * len(one))
    monkeypatch.setattr(runs, "judge", measure)
    run = imports.start_import(io.BytesIO(one * 14), name="a.mrc", by=None)
    stored: list[int] = []
    imports.run_import(run, progress=lambda run: stored.append(run.records_read))
    assert sizes == [2] * 7
    assert stored == [6, 12, 14]


@pytest.mark.django_db
def test_an_import_whose_reader_was_killed_says_so_and_goes_on_where_it_stood(monkeypatch: pytest.MonkeyPatch) -> None:
    here = os.getpid()

    def judge_until_memory_is_full(some: list[Entry], profile: imports.Profile) -> Judged:
        if os.getpid() != here and some[0].position > 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return judge(some, profile)

    monkeypatch.setattr(runs, "STRETCH", 2)
    monkeypatch.setattr(runs, "judge", judge_until_memory_is_full)
    run = imports.start_import(file_of(FILE), name="a.mrc", by=None)
    with pytest.raises(imports.ImportStoppedError, match="Proses yang membaca berkas terhenti"):
        imports.run_import(run, beside=True)
    run.refresh_from_db()
    assert (run.state, run.records_read) == ("interrupted", 2)
    assert imports.resume_import(run).records_added == 3
