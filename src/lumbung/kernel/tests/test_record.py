from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from lumbung.kernel import channel, clock, events
from lumbung.kernel.models import JournalEntry

MOMENT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@events.event
class BookBlessed(events.Event):
    record: int
    on: date
    by_whom: frozenset[str] = frozenset()


@pytest.mark.parametrize("facts", [{"record": 1}, {"record": 1, "on": MOMENT.date(), "title": "Ronggeng"}])
def test_an_event_is_made_of_its_facts_and_no_others(facts: dict[str, object]):
    with pytest.raises(TypeError, match=r"BookBlessed is made of record, on, by_whom: (on|title) missing or not among them"):
        BookBlessed(**facts)


def test_a_fact_left_out_is_as_its_kind_says_and_none_is_ever_changed():
    blessed = BookBlessed(record=1, on=MOMENT.date())
    assert blessed.by_whom == frozenset()
    with pytest.raises(FrozenInstanceError, match="record"):
        blessed.record = 2
    with pytest.raises(FrozenInstanceError, match="record"):
        del blessed.record
    assert blessed.record == 1


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError, match="BookBlessed recorded outside a transaction"):
        events.record(BookBlessed(record=1, on=MOMENT.date()), by=None)
    assert JournalEntry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_entry():
    with transaction.atomic():
        events.record(BookBlessed(record=1, on=MOMENT.date()), by=None)
        transaction.set_rollback(True)
    assert JournalEntry.objects.count() == 0


@pytest.mark.django_db
def test_an_entry_keeps_who_when_through_which_channel_and_plain_values():
    with clock.stopped_at(MOMENT), channel.through("desk"):
        entry = events.record(BookBlessed(record=7, on=MOMENT.date(), by_whom=frozenset({"Sari"})), by=None)
    kept = JournalEntry.objects.get(pk=entry.pk)
    assert (kept.at, kept.name, kept.actor_id, kept.channel) == (MOMENT, "BookBlessed", None, "desk")
    assert kept.data == {"record": 7, "on": "2026-03-02", "by_whom": ["Sari"]}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["record", "item", "member"])
def test_what_happened_to_one_thing_is_found_by_an_index(name: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # it reads a small table whole by choice
    assert f"journal_by_{name}" in JournalEntry.objects.filter(**{name: 5}).explain()


@pytest.mark.django_db
def test_a_thing_forgotten_in_an_entry_is_nothing_in_its_column():
    with transaction.atomic():
        entry = events.record(BookBlessed(record=7, on=MOMENT.date()), by=None)
    assert list(JournalEntry.objects.values_list("record", "item")) == [(7, None)]
    events.forget([(entry, None)], "record")
    assert list(JournalEntry.objects.values_list("record", "item")) == [(None, None)]
