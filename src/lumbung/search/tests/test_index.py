import subprocess
import sys
from pathlib import Path

import pytest

from lumbung.search import domain
from lumbung.search.documents import Query
from lumbung.search.embedded import schema
from lumbung.search.embedded.engine import EmbeddedEngine
from lumbung.search.health import index_is_fit
from lumbung.search.interface import Condition, NotReady
from lumbung.search.tests.conftest import book


def test_what_is_committed_is_seen_by_another_process_at_once(engine, shelve, tmp_path):
    other = EmbeddedEngine(tmp_path / "index")
    assert other.find(Query("padi")).total == 0
    shelve(book(1, "Padi"))
    assert list(other.find(Query("padi")).keys) == [1]


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


def test_only_one_process_writes_at_a_time_and_another_may_when_it_rests(engine, shelve, tmp_path):
    other = EmbeddedEngine(tmp_path / "index")
    shelve(book(1, "Padi"))
    with pytest.raises(NotReady):
        other.index([book(2, "Jagung")])
    engine.rest()
    other.index([book(2, "Jagung")])
    other.commit()
    other.rest()
    assert engine.find(Query()).total == 2


def test_a_killed_writer_leaves_the_last_commit_and_no_lock(engine, shelve, tmp_path):
    shelve(book(1, "Padi"))
    engine.rest()
    program = (
        "import os, sys; from pathlib import Path\n"
        "from lumbung.search.embedded.engine import EmbeddedEngine; from lumbung.search.documents import Document\n"
        "engine = EmbeddedEngine(Path(sys.argv[1])); engine.index([Document(2, {'title': ['Jagung']}, {})]); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, tmp_path / "index"], check=False)
    assert list(engine.find(Query()).keys) == [1]
    shelve(book(3, "Kedelai"))
    assert engine.find(Query()).total == 2


def test_while_a_new_index_is_filled_the_old_one_serves_and_then_gives_way_whole(engine, shelve):
    shelve(book(1, "Padi"))
    with engine.rebuilding() as add:
        add([book(2, "Jagung")])
        assert list(engine.find(Query()).keys) == [1]
        shelve(book(3, "Kedelai"))
    assert list(engine.find(Query()).keys) == [2]
    shelve(book(4, "Ubi"))
    assert engine.versions(1, 9).keys() == {2, 4}


def test_a_rebuild_that_fails_leaves_the_old_index_and_no_litter(engine, shelve, tmp_path):
    shelve(book(1, "Padi"))
    with pytest.raises(ZeroDivisionError), engine.rebuilding() as add:
        add(book(1 // missing, "Jagung") for missing in (1, 0))
    assert list(engine.find(Query()).keys) == [1]
    assert len([each for each in (tmp_path / "index").iterdir() if each.is_dir()]) == 1


def test_two_rebuilds_do_not_run_at_once(engine, tmp_path):
    other = EmbeddedEngine(tmp_path / "index")
    with engine.rebuilding(), pytest.raises(NotReady), other.rebuilding():
        pass


def folder_of(index: Path) -> Path:
    return index / (index / "CURRENT").read_text()


def test_the_condition_tells_what_is_wrong(tmp_path, monkeypatch):
    engine = EmbeddedEngine(tmp_path / "index")
    assert engine.condition() is Condition.MISSING
    with pytest.raises(NotReady):
        engine.find(Query())
    with engine.rebuilding():
        pass
    assert engine.condition() is Condition.READY
    (folder_of(tmp_path / "index") / "meta.json").write_text("{")
    assert EmbeddedEngine(tmp_path / "index").condition() is Condition.CORRUPT
    with engine.rebuilding():
        pass
    assert engine.condition() is Condition.READY
    monkeypatch.setattr("lumbung.search.embedded.store.PREFIX", f"v{schema.VERSION + 1}-")
    assert engine.condition() is Condition.OUTDATED


@pytest.mark.django_db
def test_the_doctor_says_what_is_wrong_with_the_index_and_how_to_mend_it():
    [trouble] = index_is_fit()
    assert (trouble.what, trouble.grave) == ("Indeks pencarian belum ada.", True)
    assert "lumbung reindex" in trouble.mend
    with domain.rebuilding():
        pass
    assert list(index_is_fit()) == []
