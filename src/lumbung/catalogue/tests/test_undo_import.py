"""An import that was a mistake is taken back whole, or not at all."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from lumbung.catalogue.domain import imports
from lumbung.catalogue.domain.imports import undoing
from lumbung.catalogue.domain.records import change_record
from lumbung.catalogue.models import Identifier, ImportRun, Item, ItemType, Record
from lumbung.catalogue.tests.factories import BranchFactory, a_record, an_import, an_item, copy_field, marc_of
from lumbung.kernel import clock
from lumbung.kernel.jobs import leases, tasks
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.organization.domain.branches import change_branch
from lumbung.organization.domain.calendar import set_opening_hours
from lumbung.organization.models import Barcode, Branch, Location

pytestmark = pytest.mark.django_db


def test_an_undone_import_leaves_what_was_there_before(monkeypatch):
    monkeypatch.setattr(undoing, "STRETCH", 2)
    before = an_item(a_record("Sudah ada"), barcode="LAMA")
    run = an_import([marc_of(title, copy_field(f"B-{title}"), control_number=title) for title in "ABC"])
    keys = list(run.records.order_by("pk").values_list("pk", flat=True))
    imports.undo_import(run, by=None)
    assert run.state == "undone"
    assert list(Record.objects.values_list("title", flat=True)) == ["Sudah ada"]
    assert list(Item.objects.all()) == [before]
    assert list(Barcode.objects.values_list("value", flat=True)) == ["LAMA"]
    assert not Identifier.objects.exists()
    undone = JournalEntry.objects.filter(name="ImportUndone").order_by("pk")
    assert [entry.data["records"] for entry in undone] == [keys[1:], keys[:1]]


def test_what_was_imported_and_undone_may_come_again():
    imports.undo_import(an_import([marc_of("A", copy_field("B-1"))]), by=None)
    assert an_import([marc_of("A", copy_field("B-1"))]).items_added == 1


def test_every_reason_against_undoing_is_told_and_nothing_is_removed():
    run = an_import([marc_of("A", copy_field("B-1")), marc_of("B")])
    first, second = run.records.order_by("pk")
    change_record(first, marc_of("A, disunting"), version=1, by=None)
    an_item(second, barcode="BARU")
    with pytest.raises(Refused) as refused:
        imports.undo_import(run, by=None)
    assert refused.value.codes == ["changed_since", "items_since"]
    assert (Record.objects.count(), Item.objects.count()) == (2, 2)


def test_an_interrupted_undoing_goes_on():
    run = an_import([marc_of(title) for title in "ABC"])
    run.state = "undoing"
    run.save()
    run.records.first().delete()
    assert imports.undo_import(run, by=None).state == "undone"
    assert not Record.objects.exists()


def test_a_dry_run_and_an_undone_run_have_nothing_to_undo():
    for run in (an_import([marc_of("A")], dry_run=True), imports.undo_import(an_import([marc_of("A")]), by=None)):
        with pytest.raises(Refused, match="nothing_to_undo"):
            imports.undo_import(run, by=None)


@pytest.mark.parametrize(("finished", "stands"), [(True, "finished"), (False, "interrupted")])
def test_what_was_changed_between_asking_and_undoing_stops_it_and_it_may_be_asked_again(finished, stands):
    run = an_import([marc_of("A")])
    if not finished:
        ImportRun.objects.update(state="interrupted", finished_at=None)
        run.refresh_from_db()
    imports.begin_undoing(run)
    change_record(Record.objects.get(), marc_of("A, disunting"), version=1, by=None)
    with pytest.raises(Refused, match="changed_since"):
        imports.undo_import(run, by=None)
    run.refresh_from_db()
    assert (run.state, Record.objects.count()) == (stands, 1)


def test_an_undoing_that_was_refused_is_not_carried_out_later_by_itself(client, sari, signed_in):
    run = an_import([marc_of("A", copy_field("B-1"))])
    signed_in(client, sari).post(f"/staff/imports/{run.pk}/undo")
    new = an_item(run.records.get(), barcode="BARU")
    while tasks.run_next(leases.new_holder()):
        pass
    new.delete()
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        assert not tasks.run_next(leases.new_holder())
    run.refresh_from_db()
    assert (run.state, Record.objects.count()) == ("finished", 1)


def test_the_places_that_an_import_made_go_with_it():
    run = an_import([marc_of("A", copy_field("B-1", "FTK"), copy_field("B-2", "FH", **{"7": "1"}))])
    assert (Branch.objects.count(), Location.objects.count(), ItemType.objects.count()) == (2, 2, 2)
    imports.undo_import(run, by=None)
    assert [model.objects.count() for model in (Branch, Location, ItemType)] == [0, 0, 0]
    assert (run.state, run.left_places) == ("undone", "")


def test_places_that_anything_else_uses_stay_and_are_told(client, sari, signed_in):
    kept = BranchFactory(code="LAMA")
    run = an_import(
        [marc_of("A", copy_field("B-1", "FTK"), copy_field("B-2", "FH"), copy_field("B-3", "FE"), copy_field("B-4", "LAMA"))]
    )
    other = an_item(a_record("B"), barcode="BARU")
    Item.objects.filter(pk=other.pk).update(item_type=ItemType.objects.get(code="BUKU"), branch=kept, held_at=kept)
    set_opening_hours(Branch.objects.get(code="FTK"), [(0, time(8), time(16))], by=None)
    change_branch(Branch.objects.get(code="FH"), by=None, address="Jl. Ganesha 10")
    imports.undo_import(run, by=None)
    assert run.left_places.splitlines() == [
        "Jenis eksemplar “BUKU” tetap ada: dipakai oleh eksemplar.",
        "Cabang “FTK” tetap ada: dipakai oleh jam buka.",
        "Cabang “FH” tetap ada: keterangannya sudah dilengkapi.",
    ]
    assert {"LAMA", "FTK", "FH"} <= set(Branch.objects.values_list("code", flat=True))
    assert not Branch.objects.filter(code="FE").exists()
    assert not Location.objects.exists()
    page = signed_in(client, sari).get(reverse("catalogue:import", args=[run.pk])).content.decode()
    assert "Cabang “FTK” tetap ada: dipakai oleh jam buka." in page
