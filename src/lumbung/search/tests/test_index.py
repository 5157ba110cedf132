"""What every engine promises to whoever writes."""

import pickle

import pytest

from lumbung.search import domain
from lumbung.search.documents import Query
from lumbung.search.health import index_is_fit
from lumbung.search.interface import Condition, NotReady
from lumbung.search.tests.conftest import book


@pytest.fixture
def two(open_engine):
    """The same index as two processes see it."""
    engine, other = open_engine(), open_engine()
    with engine.rebuilding():
        pass
    return engine, other


def keep(engine, *documents):
    engine.index(documents)
    engine.commit()


def test_what_is_committed_is_seen_by_another_process_at_once(two):
    engine, other = two
    assert other.find(Query("padi")).total == 0
    keep(engine, book(1, "Padi"))
    assert list(other.find(Query("padi")).keys) == [1]


def test_a_document_written_in_another_process_is_indexed_as_it_would_be_in_this_one(two):
    engine, other = two
    written = pickle.loads(pickle.dumps(other.written(book(1, "Padi dan kapas", subject="Serat", material="book", version=5))))  # noqa: S301 -- our own
    keep(engine, written)
    assert engine.versions(1, 10) == {1: 5}
    found = engine.find(Query("kapas", facets=["material"]))
    assert (list(found.keys), dict(found.facets)) == ([1], {"material": [("book", 1)]})
    keep(engine, other.written(book(1, "Jagung", version=6)))
    assert (engine.find(Query("kapas")).total, engine.versions(1, 10)) == (0, {1: 6})


def test_a_document_takes_the_place_of_the_older_one_with_its_key(engine, shelve):
    shelve(book(1, "Padi", version=1))
    shelve(book(1, "Jagung", version=2))
    assert engine.find(Query("padi")).total == 0
    assert list(engine.find(Query("jagung")).keys) == [1]
    assert engine.versions(1, 10) == {1: 2}


def test_a_removed_document_is_found_no_more(engine, shelve):
    shelve(book(1, "Padi"), book(2, "Padi gogo"))
    engine.remove([1, 99])
    engine.commit()
    assert list(engine.find(Query("padi")).keys) == [2]
    assert (engine.versions(1, 10), engine.highest_key()) == ({2: 0}, 2)


def test_an_empty_index_has_no_highest_key(engine):
    assert (engine.highest_key(), engine.versions(1, 10)) == (0, {})


def test_another_process_may_write_when_this_one_rests(two):
    engine, other = two
    keep(engine, book(1, "Padi"))
    engine.rest()
    keep(other, book(2, "Jagung"))
    other.rest()
    assert engine.find(Query()).total == 2


def test_while_a_new_index_is_filled_the_old_one_serves_and_then_gives_way_whole(two):
    engine, _ = two
    keep(engine, book(1, "Padi"))
    with engine.rebuilding() as add:
        add([book(2, "Jagung")])
        assert list(engine.find(Query()).keys) == [1]
        keep(engine, book(3, "Kedelai"))
    assert list(engine.find(Query()).keys) == [2]
    keep(engine, book(4, "Ubi"))
    assert engine.versions(1, 9).keys() == {2, 4}


def test_a_rebuild_that_fails_leaves_the_old_index(two):
    engine, _ = two
    keep(engine, book(1, "Padi"))
    with pytest.raises(ZeroDivisionError), engine.rebuilding() as add:
        add(book(1 // missing, "Jagung") for missing in (1, 0))
    assert list(engine.find(Query()).keys) == [1]


def test_two_rebuilds_do_not_run_at_once(two):
    engine, other = two
    with engine.rebuilding(), pytest.raises(NotReady), other.rebuilding():
        pass


def test_without_an_index_nothing_is_asked_or_written(open_engine):
    engine = open_engine()
    assert engine.condition() is Condition.MISSING
    with pytest.raises(NotReady):
        engine.find(Query())
    with pytest.raises(NotReady):
        engine.index([book(1, "Padi")])
    with engine.rebuilding():
        pass
    assert engine.condition() is Condition.READY
    assert engine.find(Query()).total == 0


@pytest.mark.django_db
def test_the_doctor_says_what_is_wrong_with_the_index_and_how_to_mend_it():
    [trouble] = index_is_fit()
    assert (trouble.what, trouble.grave) == ("Indeks pencarian tidak ada.", True)
    assert "lumbung reindex" in trouble.mend
    with domain.rebuilding():
        pass
    assert list(index_is_fit()) == []
