from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lumbung.catalogue.domain.bibliographic import columns_of
from lumbung.catalogue.domain.records import set_suppressed
from lumbung.catalogue.events import ImportUndone, RecordsImported
from lumbung.catalogue.models import Record
from lumbung.circulation.domain.arrivals import ArrivingHold, bring_in_holds, take_out
from lumbung.circulation.domain.holds import cancel_hold, place_hold
from lumbung.circulation.domain.queue import resume_hold, suspend_hold
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory, RecordFactory
from lumbung.discovery.domain import indexing
from lumbung.discovery.domain.documents import documents_of
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock, events, failures
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry, PendingReaction
from lumbung.members.tests.factories import MemberFactory
from lumbung.organization.queries import library
from lumbung.search import domain as index
from lumbung.search.documents import Query
from lumbung.search.queries import Condition, condition, find

pytestmark = pytest.mark.django_db


def titles_in_index() -> list[str]:
    keys = find(Query(size=100)).keys
    return sorted(Record.objects.filter(pk__in=keys).values_list("title", flat=True))


def test_the_first_work_builds_the_index():
    RecordFactory(title="Padi")
    assert condition() is Condition.MISSING
    work_off()
    assert condition() is Condition.READY
    assert titles_in_index() == ["Padi"]


def test_an_imported_stretch_comes_into_the_index_and_goes_out_when_undone():
    work_off()
    first, middle, last = (RecordFactory(title=title).pk for title in ("A", "B", "C"))
    events.record(RecordsImported(import_run=1, first=first, last=last), by=None)
    work_off()
    assert titles_in_index() == ["A", "B", "C"]
    Record.objects.filter(pk=middle).delete()
    events.record(ImportUndone(import_run=1, records=[middle]), by=None)
    work_off()
    assert find(Query()).total == 2


def test_the_same_entry_twice_changes_nothing():
    record = catalogued("Padi")
    work_off()
    entry = JournalEntry.objects.get(name="RecordAdded")
    PendingReaction.objects.create(reaction="index_records", entry=entry)
    work_off()
    assert list(find(Query("padi")).keys) == [record.pk]


def test_while_another_process_writes_changes_wait_and_none_counts_as_failed():
    work_off()
    catalogued("Padi")
    with patch.object(index, "index", side_effect=index.NotReady("another process writes")):
        work_off()
    assert failures.count_failures() == 0
    work_off()
    assert titles_in_index() == ["Padi"]


@pytest.mark.parametrize("amount", [1, 3])
def test_documents_take_the_same_statements_for_any_number_of_records(amount):
    keys = [ItemFactory(record=catalogued(f"Padi {number}")).record_id for number in range(amount)]
    library()  # remembered, as on every page
    with CaptureQueriesContext(connection) as queries:
        documents = documents_of(keys)
    assert [document.key for document in documents] == keys
    assert len(queries) <= 6


def test_a_document_of_the_same_facts_has_the_same_version_and_of_others_another():
    item = ItemFactory(record=catalogued("Padi"))
    [before], [again] = documents_of([item.record_id]), documents_of([item.record_id])
    ItemFactory(record=item.record)
    [after] = documents_of([item.record_id])
    assert before.version == again.version != after.version


def test_the_comparison_finds_and_mends_what_is_missing_too_many_and_stale():
    _, stale, missing = (catalogued(title) for title in ("Padi", "Jagung", "Ubi"))
    work_off()
    changed = RecordFactory.build(title="Kedelai")
    columns, _ = columns_of(changed.marc_record)
    Record.objects.filter(pk=stale.pk).update(marc=changed.marc, **columns._asdict())
    index.remove([missing.pk])
    extra = RecordFactory(title="Hantu")
    index.index(documents_of([extra.pk]))
    index.commit()
    extra.delete()
    assert indexing.compare() == {"records": 3, "missing": 1, "extra": 1, "stale": 1}
    assert indexing.compare() == {"records": 3, "missing": 0, "extra": 0, "stale": 0}
    assert titles_in_index() == ["Kedelai", "Padi", "Ubi"]
    assert JournalEntry.objects.filter(name="IndexCompared").count() == 2
    index.rest()


def test_a_scattered_index_is_gathered_at_night_and_then_left_as_it_is(monkeypatch):
    titles = [f"Padi {number}" for number in range(5)]
    for title in titles:
        catalogued(title)
        work_off()
    assert indexing.gather() == 0
    monkeypatch.setattr("lumbung.search.embedded.engine.WORTH_GATHERING", 5)
    assert indexing.gather() == 5
    assert indexing.gather() == 0
    assert titles_in_index() == titles


def test_who_finds_the_index_being_built_already_leaves_it_alone(monkeypatch):
    catalogued("Padi")
    work_off()
    monkeypatch.setattr(indexing, "is_scattered", lambda: True)
    with index.rebuilding():
        assert indexing.gather() == 0


def test_what_changes_during_a_rebuild_comes_into_the_new_index():
    record = catalogued("Padi")
    work_off()

    def change_meanwhile(done: int, total: int) -> None:
        set_suppressed(record, True, by=None)

    assert indexing.rebuild(change_meanwhile) == 1
    assert titles_in_index() == ["Padi"]
    work_off()
    assert titles_in_index() == []


def test_a_record_is_described_once_when_the_index_is_missing():
    records = [catalogued(title) for title in ("Padi", "Jagung")]
    with patch.object(indexing, "documents_of", wraps=documents_of) as described:
        work_off()
    assert [call.args[0] for call in described.call_args_list] == [[record.pk for record in records]]
    assert titles_in_index() == ["Jagung", "Padi"]
    assert not PendingReaction.objects.exists()


def test_records_added_during_a_rebuild_are_described_once():
    catalogued("Padi")
    work_off()
    added: list[Record] = []
    indexing.rebuild(lambda done, total: added.append(catalogued("Jagung")))
    with patch.object(indexing, "documents_of", wraps=documents_of) as described:
        work_off()
    assert [list(call.args[0]) for call in described.call_args_list] == [[added[0].pk]]
    assert titles_in_index() == ["Jagung", "Padi"]


def test_reindex_says_what_it_did(capsys):
    catalogued("Padi")
    call_command("reindex")
    assert capsys.readouterr().out.startswith("1 judul terindeks dalam ")
    work_off()
    call_command("reindex", "--compare")
    assert capsys.readouterr().out.startswith("1 judul dibandingkan: 0 belum ada di indeks, 0 berlebih, 0 usang.")
    index.rest()


def test_find_prints_titles_as_the_page_shows_them(capsys):
    record = catalogued("Bumi manusia", "Toer, Pramoedya Ananta")
    work_off()
    call_command("find", "TOER", "bumi")
    assert (
        capsys.readouterr().out == f"{record.pk:>8}  Bumi manusia · Toer, Pramoedya Ananta · 0/0\n1 judul, halaman 1 dari 1.\n"
    )


def test_a_hold_raises_its_title_and_its_end_lowers_it_again():
    copies = {copy.record_id: copy for copy in (ItemFactory(record__title="Padi") for _ in range(2))}
    LoanRuleFactory()
    work_off()
    first, later = find(Query("padi")).keys
    asked = copies[later]
    hold = place_hold(asked.record, member=MemberFactory(), pickup_branch=asked.branch, by=None)
    work_off()
    assert list(find(Query("padi")).keys) == [later, first]
    suspend_hold(hold, until=None, by=None)
    work_off()
    assert list(find(Query("padi")).keys) == [first, later]
    resume_hold(hold, by=None)
    work_off()
    assert list(find(Query("padi")).keys) == [later, first]
    cancel_hold(hold, by=None)
    work_off()
    assert list(find(Query("padi")).keys) == [first, later]


def test_holds_of_another_system_raise_their_title_until_they_are_taken_out_again():
    copies = {copy.record_id: copy for copy in (ItemFactory(record__title="Padi") for _ in range(2))}
    work_off()
    first, later = find(Query("padi")).keys
    facts = {"record": later, "branch": copies[later].branch_id, "placed_at": clock.now()}
    keys = bring_in_holds([ArrivingHold(member=MemberFactory().pk, **facts)], by=None)
    work_off()
    assert list(find(Query("padi")).keys) == [later, first]
    take_out([], keys, by=None)
    work_off()
    assert list(find(Query("padi")).keys) == [first, later]


def test_what_is_set_aside_with_a_hold_of_another_system_is_not_to_be_had():
    copy = ItemFactory(record__title="Padi")
    to_be_had = Query("padi", chosen={"availability": ["available"]})
    work_off()
    assert list(find(to_be_had).keys) == [copy.record_id]
    facts = {"record": copy.record_id, "branch": copy.branch_id, "placed_at": clock.now(), "item": copy.pk}
    bring_in_holds([ArrivingHold(member=MemberFactory().pk, **facts)], by=None)
    work_off()
    assert not find(to_be_had).keys
