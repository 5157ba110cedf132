"""The order of what is handed on: one after another whoever writes, and read on from any place by an index."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections, transaction

from lumbung.catalogue.domain.records import change_record, set_suppressed
from lumbung.catalogue.tests.factories import a_record, marc_of
from lumbung.cooperation.domain.rules import change_sharing_rules
from lumbung.cooperation.domain.sharing import refresh
from lumbung.cooperation.models import SharedRecord
from lumbung.cooperation.queries.harvesting import Place, Selection, page_of
from lumbung.cooperation.tests.asking import OAI, asked, datestamps, statuses, token_of
from lumbung.kernel import clock
from lumbung.kernel.tests.race import race

NOON = datetime(2026, 5, 1, 12, 0, 0, tzinfo=UTC)


def serials() -> list[int]:
    return list(SharedRecord.objects.order_by("record").values_list("serial", flat=True))


@pytest.mark.django_db
def test_each_change_has_the_next_serial_and_what_stays_keeps_its_own():
    records = [a_record(f"Judul {at}") for at in range(3)]
    keys = [each.pk for each in records]
    refresh(keys)
    assert serials() == [1, 2, 3]
    set_suppressed(records[0], True, by=None)
    refresh(keys)
    refresh(keys)
    assert serials() == [4, 2, 3]


@pytest.mark.django_db
def test_who_comes_back_from_the_moment_of_their_last_answer_misses_nothing_of_its_second():
    with clock.stopped_at(NOON):
        record, other = (a_record(title) for title in ("Bumi manusia", "Larasati"))
        refresh([record.pk, other.pk])
        last = asked(verb="ListRecords", metadataPrefix="oai_dc")
        set_suppressed(record, True, by=None)
        refresh([record.pk])
    newest = max(datestamps(last).values())
    for since in (next(last.iter(f"{OAI}responseDate")).text, newest):
        following = asked(verb="ListRecords", metadataPrefix="oai_dc", **{"from": since})
        assert statuses(following)[str(record.pk)] == "deleted"


@pytest.mark.django_db
def test_a_clock_that_is_set_back_a_little_takes_no_moment_back():
    change_sharing_rules(page_size=10, by=None)
    with clock.stopped_at(NOON + timedelta(seconds=30)):
        records = [a_record(f"Judul {at}") for at in range(11)]
        refresh([each.pk for each in records])
        first = asked(verb="ListRecords", metadataPrefix="oai_dc")
    with clock.stopped_at(NOON):
        change_record(records[0], marc_of("Judul baru"), version=1, by=None)
        refresh([records[0].pk])
    rest = asked(verb="ListRecords", resumptionToken=token_of(first))
    assert datestamps(rest) == dict.fromkeys([str(records[10].pk), str(records[0].pk)], "2026-05-01T12:00:31Z")


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_give_each_change_a_serial_of_its_own():
    keys = [a_record(f"Judul {at}").pk for at in range(8)]
    race(*(lambda some=some: refresh(some) for some in (keys[:4], keys[4:], keys[2:6])))
    assert sorted(set(serials())) == sorted(serials())
    assert len(serials()) == 8


@pytest.mark.django_db(transaction=True)
def test_nobody_sees_a_later_serial_before_an_earlier_one():
    first, second = a_record("Pertama"), a_record("Kedua")
    done: list[str] = []

    def later() -> None:
        refresh([second.pk])
        done.append("later")
        connections.close_all()

    waiting = threading.Thread(target=later)
    with transaction.atomic():
        refresh([first.pk])
        waiting.start()
        waiting.join(timeout=0.3)
        assert [each.record for each in page_of(SharedRecord.objects.all(), 10, with_content=False)] == [first.pk]
        done.append("earlier")
    waiting.join(timeout=60)
    assert done == ["earlier", "later"]
    assert serials() == [1, 2]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads so small a table whole")
@pytest.mark.parametrize(
    ("chosen", "index"),
    [
        (Selection(theses_only=False), "shared_in_order"),
        (Selection(theses_only=False, first=5, last=90), "shared_in_order"),
        (Selection(theses_only=True), "shared_theses"),
        (Selection(theses_only=False, set_name="type:book"), "shared_by_material"),
        (Selection(theses_only=False, set_name="access:open", first=5), "shared_by_access"),
    ],
)
def test_a_page_is_read_by_an_index_from_its_place_on(django_assert_num_queries, chosen: Selection, index: str):
    with django_assert_num_queries(1) as told:
        page_of(chosen.rows(Place(7, 3, 3)), 10, with_content=True)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {told[0]['sql']}")
        plan = " ".join(row[-1] for row in cursor.fetchall())
    assert f"USING INDEX {index} (" in plan
    assert "(moment,serial)>" in plan
    assert "TEMP B-TREE" not in plan
