"""What only the engine in the process has: folders, a lock that ends with the process, files that can be damaged."""

import errno
import os
import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumbung.search.documents import FACET_FIELDS, Query
from lumbung.search.embedded import ahead, schema
from lumbung.search.embedded.engine import EmbeddedEngine
from lumbung.search.embedded.joined import apart, joined
from lumbung.search.embedded.pages import best_of, page_of
from lumbung.search.embedded.pruning import pruned
from lumbung.search.interface import Condition, NotReady
from lumbung.search.opensearch import mapping
from lumbung.search.planning import plan_of
from lumbung.search.suggesting import suggest
from lumbung.search.tests.conftest import book


@pytest.fixture
def index(tmp_path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(index):
    engine = EmbeddedEngine(index)
    with engine.rebuilding():
        pass
    return engine


def folder_of(index: Path) -> Path:
    return index / (index / "CURRENT").read_text()


def test_only_one_process_writes_at_a_time(engine, shelve, index):
    shelve(book(1, "Padi"))
    with pytest.raises(NotReady):
        EmbeddedEngine(index).index([book(2, "Jagung")])


def test_a_killed_writer_leaves_the_last_commit_and_no_lock(engine, shelve, index):
    shelve(book(1, "Padi"))
    engine.rest()
    program = (
        "import os, sys; from pathlib import Path\n"
        "from lumbung.search.embedded.engine import EmbeddedEngine; from lumbung.search.documents import Document\n"
        "engine = EmbeddedEngine(Path(sys.argv[1])); engine.index([Document(2, {'title': ['Jagung']}, {})]); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, index], check=False)
    assert list(engine.find(Query()).keys) == [1]
    shelve(book(3, "Kedelai"))
    assert engine.find(Query()).total == 2


def test_what_comes_again_takes_the_place_of_what_was_there_also_after_a_rest(engine, shelve):
    """Only above the highest key ever met nothing is looked for that would have to go."""
    shelve(book(2, "Padi"), book(5, "Jagung"))
    engine.rest()
    shelve(book(5, "Kedelai"), book(1, "Sagu"), book(7, "Ubi"), book(7, "Singkong"))
    shelve(book(7, "Talas"), book(2, "Gandum"))
    assert sorted(engine.find(Query()).keys) == [1, 2, 5, 7]
    assert [engine.find(Query(word)).total for word in ("padi", "jagung", "ubi", "singkong")] == [0, 0, 0, 0]
    assert [engine.find(Query(word)).keys for word in ("sagu", "gandum", "kedelai", "talas")] == [[1], [2], [5], [7]]


def test_a_rebuild_that_fails_leaves_no_litter(engine, index):
    with pytest.raises(ZeroDivisionError), engine.rebuilding() as add:
        add(book(1 // missing, "Jagung") for missing in (1, 0))
    assert len([each for each in index.iterdir() if each.is_dir()]) == 1


def test_the_condition_tells_what_is_wrong(engine, index, monkeypatch):
    (folder_of(index) / "meta.json").write_text("{")
    assert EmbeddedEngine(index).condition() is Condition.CORRUPT
    with engine.rebuilding():
        pass
    assert engine.condition() is Condition.READY
    monkeypatch.setattr("lumbung.search.embedded.store.PREFIX", "v0.")
    assert engine.condition() is Condition.OUTDATED


def gone(file: Path) -> None:
    file.unlink()


def jumbled(file: Path) -> None:
    """All but the checksum at the end, which nobody compares before the bytes are read."""
    held = bytearray(file.read_bytes())
    for at in range(5, len(held) - 150):
        held[at] = (held[at] * 7 + at) % 256
    file.write_bytes(held)


@pytest.mark.parametrize(("spoil", "kind"), [(gone, "pos"), (gone, "idx"), (jumbled, "term"), (jumbled, "fast")])
def test_an_index_that_opens_but_cannot_be_read_whole_says_so_to_every_process(engine, index, shelve, spoil, kind):
    shelve(*[book(key, f"Padi {key} dan ladang") for key in range(1, 50)])
    engine.rest()
    for file in folder_of(index).glob(f"*.{kind}"):
        spoil(file)
    asking, building = EmbeddedEngine(index), EmbeddedEngine(index)
    with pytest.raises(NotReady):
        dict(asking.find(Query('"padi 3"')).facets)
    with pytest.raises(NotReady):
        asking.index([book(3, "Sagu")]) or asking.commit()
    assert (building.condition(), building.is_in_order()) == (Condition.CORRUPT, False)
    with building.rebuilding() as add:
        add([book(1, "Padi"), book(2, "Jagung")])
    assert [each.find(Query("padi")).keys for each in (asking, building)] == [[1], [1]]
    assert (building.condition(), asking.is_in_order()) == (Condition.READY, True)


@pytest.mark.parametrize("kind", ["idx", "pos"])
def test_a_panic_is_no_more_than_an_index_not_ready_and_has_it_built_anew_at_most_now_and_then(engine, index, shelve, kind):
    """Somebody's question might be what brings it about."""
    shelve(*[book(key, f"Padi {key} dan ladang") for key in range(1, 50)])
    engine.rest()
    for file in folder_of(index).glob(f"*.{kind}"):
        jumbled(file)
    asking = EmbeddedEngine(index)
    with pytest.raises(NotReady):
        asking.find(Query('"padi 3"'))
    assert asking.is_in_order()
    os.utime(index / "CURRENT", (0, 0))
    with pytest.raises(NotReady):
        asking.find(Query('"padi 3"'))
    assert not asking.is_in_order()


def test_too_many_open_files_spoil_no_index(engine, shelve, monkeypatch):
    shelve(book(1, "Padi"))

    def full(*_given: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    with monkeypatch.context() as patched:
        patched.setattr("lumbung.search.embedded.engine.page_of", full)
        with pytest.raises(NotReady):
            engine.find(Query("padi"))
    assert engine.is_in_order()
    assert engine.find(Query("padi")).keys == [1]


@pytest.mark.parametrize("engine_fields", [schema, mapping])
def test_other_fields_make_another_version_and_the_same_fields_do_not(engine_fields, monkeypatch):
    before = engine_fields.version()
    assert engine_fields.version() == before
    monkeypatch.setattr(engine_fields, "FACET_FIELDS", (*FACET_FIELDS, "lain"))
    assert engine_fields.version() != before


def test_counts_of_few_answers_are_those_of_the_last_commit(engine, shelve):
    shelve(book(1, "Padi", language="ind"))
    assert engine.find(Query("padi")).facets["language"] == [("ind", 1)]
    shelve(book(2, "Padi gogo", language="ind"))
    found = engine.find(Query("padi"))
    assert (list(found.keys), found.total, found.facets["language"]) == ([1, 2], 2, [("ind", 2)])


def test_counts_of_broad_answers_may_be_a_minute_old_and_the_answers_themselves_not(engine, shelve, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("lumbung.search.embedded.counting.monotonic", lambda: now[0])
    monkeypatch.setattr("lumbung.search.embedded.counting.BROAD", 1)
    monkeypatch.setattr("lumbung.search.embedded.counting.WORTH_KEEPING", 1)
    shelve(book(1, "Padi", language="ind"))
    assert engine.find(Query("padi")).facets["language"] == [("ind", 1)]
    shelve(book(2, "Padi gogo", language="ind"))
    found = engine.find(Query("padi"))
    assert (found.total, found.facets["language"]) == (2, [("ind", 1)])
    now[0] += 60
    assert engine.find(Query("padi")).facets["language"] == [("ind", 2)]


def test_counts_of_an_index_built_since_are_never_old_ones(engine, shelve, monkeypatch):
    monkeypatch.setattr("lumbung.search.embedded.counting.BROAD", 1)
    monkeypatch.setattr("lumbung.search.embedded.counting.WORTH_KEEPING", 1)
    shelve(book(1, "Padi", language="ind"))
    assert engine.find(Query("padi")).facets["language"] == [("ind", 1)]
    with engine.rebuilding() as add:
        add([book(1, "Padi", language="ind"), book(2, "Padi gogo", language="ind")])
    assert engine.find(Query("padi")).facets["language"] == [("ind", 2)]


def test_a_page_that_so_many_answers_made_likely_is_turned_back_where_all_are_editions_of_one_work(engine, shelve, monkeypatch):
    monkeypatch.setattr("lumbung.search.embedded.pages.REACH", 4)
    monkeypatch.setattr("lumbung.search.embedded.pages.STRETCH", 2)
    shelve(*(book(key, "Padi", work="padi") for key in range(1, 21)))
    first, fourth = (engine.find(Query("padi", by_work=True, size=1, page=page)) for page in (1, 4))
    assert (len(first.keys), first.page, first.pages) == (1, 1, 4)
    assert (fourth.keys, fourth.page, fourth.pages) == (first.keys, 1, 1)


PETANI = (book(1, "Pesan petani", creator="Pegawai, Ani"), book(2, "Padi"))
BEGUN = ("p", "pe", "pes", "pesan p", "ani pe", "pa")


@pytest.fixture
def large(monkeypatch):
    """Two documents are many, and one is a great part of them."""
    monkeypatch.setattr(ahead, "MANY", 2)
    monkeypatch.setattr(ahead, "BROAD", 1)


def test_what_was_worked_out_ahead_is_what_would_be_suggested(engine, shelve, index, large):
    shelve(*PETANI)
    before = [suggest(begun, engine) for begun in BEGUN]
    engine.work_ahead()
    assert [engine.suggested(begun) is not None for begun in ("p", "pe", "pes", "pesa", "pad")] == [
        False,
        True,
        True,
        False,
        True,
    ]
    assert [suggest(begun, EmbeddedEngine(index)) for begun in BEGUN] == before


def test_short_beginnings_are_of_when_they_were_worked_out_and_long_ones_of_now(engine, shelve, large):
    shelve(*PETANI)
    engine.work_ahead()
    shelve(book(3, "Pedang"))
    assert (3 in suggest("pe", engine).keys, 3 in suggest("peda", engine).keys) == (False, True)
    engine.work_ahead(where_grown=True)
    assert 3 in suggest("pe", engine).keys


def test_nothing_is_worked_out_ahead_where_the_collection_did_not_grow_much(engine, shelve, large):
    shelve(*PETANI, *(book(key, "Padi") for key in range(3, 40)))
    engine.work_ahead()
    shelve(book(40, "Pedang"))
    engine.work_ahead(where_grown=True)
    assert 40 not in suggest("pe", engine).keys
    engine.work_ahead()
    assert 40 in suggest("pe", engine).keys


def test_of_a_small_collection_or_without_an_index_nothing_is_kept(engine, shelve, index, tmp_path):
    EmbeddedEngine(tmp_path / "none").work_ahead()
    shelve(*PETANI)
    engine.work_ahead()
    assert not (folder_of(index) / ahead.FILE).exists()


def test_a_damaged_file_of_beginnings_is_passed_over(engine, shelve, index, large):
    shelve(*PETANI)
    engine.work_ahead()
    (folder_of(index) / ahead.FILE).write_text("{")
    assert list(suggest("pe", engine).keys) == [1]


PLACES = [("book", ["P"], "available"), ("book", ["P", "FT"], "on_loan"), ("thesis", [], []), ("map", ["FT"], "available")]
HERE = {"branch": [("FT", 2), ("P", 2)], "availability": [("available", 2), ("on_loan", 1)]}


@pytest.mark.parametrize("most", [1, 2, 10])
def test_facets_counted_together_are_counted_as_each_alone(engine, shelve, monkeypatch, most):
    """However many combinations there are; where they are too many, the next question is put otherwise from the first."""
    monkeypatch.setattr("lumbung.search.embedded.aggregating.MOST", most)
    shelve(
        *[
            book(key, f"Padi {key}", material=kind, branch=branches, availability=availability, classification=["6", "63"])
            for key, (kind, branches, availability) in enumerate(PLACES, 1)
        ]
    )
    for words in ("padi", ""):
        found = engine.find(Query(words))
        assert {name: found.facets[name] for name in HERE} == HERE
        assert found.facets["material"] == [("book", 2), ("map", 1), ("thesis", 1)]
        assert found.facets["classification"] == [("6", 4), ("63", 4)]
    chosen = engine.find(Query("padi", chosen={"branch": ["FT"]})).facets
    assert (chosen["branch"], chosen["availability"]) == (HERE["branch"], [("available", 1), ("on_loan", 1)])


@pytest.mark.parametrize("evenness", [0.0, 0.7, 1.3])
@pytest.mark.parametrize("first_look", [2, 10, 5_000])
def test_counts_of_many_values_are_exact_however_few_each_segment_gives_at_first(
    engine, shelve, monkeypatch, first_look, evenness
):
    monkeypatch.setattr("lumbung.search.embedded.aggregating.FIRST_LOOK", first_look)
    monkeypatch.setattr("lumbung.search.embedded.aggregating.SPARE", 12)
    chance, counts = random.Random(7), Counter[str]()  # noqa: S311 -- the same every time
    names, weights = [f"Pengarang {number}" for number in range(40)], [1 / (1 + at) ** evenness for at in range(40)]
    for segment in range(6):
        told = [sorted(set(chance.choices(names, weights, k=3))) for _ in range(5 + 9 * segment)]
        counts.update(name for each in told for name in each)
        shelve(*[replace(book(segment * 100 + at, "Padi"), facets={"creator": each}) for at, each in enumerate(told, 1)])
    found = engine.find(Query("padi", facets=["creator"], facet_size=10)).facets["creator"]
    assert found == sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:10]


def test_an_index_that_came_piece_by_piece_is_scattered_until_it_is_built_at_once(engine, shelve, index, monkeypatch):
    assert not engine.is_scattered()
    books = [book(key, "Padi") for key in range(1, 6)]
    for each in books:
        shelve(each)
    assert not engine.is_scattered()  # so few are asked in no time
    monkeypatch.setattr("lumbung.search.embedded.engine.WORTH_GATHERING", 5)
    assert engine.is_scattered()
    with engine.rebuilding() as add:
        add(books)
    assert not engine.is_scattered()
    (folder_of(index) / "BUILT").write_text("5")  # as on a machine of little memory, which builds more of them
    for each in books:
        shelve(each)
    assert not engine.is_scattered()
    assert engine.find(Query("padi")).total == 5
    (folder_of(index) / "meta.json").write_text("{")
    assert not engine.is_scattered()  # what cannot be read is built anew for that


@given(st.dictionaries(st.sampled_from(FACET_FIELDS), st.lists(st.text("ab2-. ", min_size=1), unique=True)))
def test_what_is_joined_is_told_apart(facets):
    for field, text in joined(facets).items():
        told = {name: dict(counts) for name, counts in apart(field, [{"key": text, "doc_count": 3}]).items()}
        assert told == {name: dict.fromkeys(facets.get(name, ()), 3) for name in told}


SAID = [
    "qur'an",
    "quran",
    "café",
    "cafe",
    "meneliti",
    "teliti",
    "penelitian",
    "buku-buku",
    "bukubuku",
    "buku",
    "di",
    "bawah",
    "moh",
    "M.",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "", "title:", "creator:", "-", "OR "]), st.sampled_from([*SAID, "padi"])), max_size=4
    ),
    st.booleans(),
)
def test_a_question_without_what_adds_nothing_is_answered_as_the_whole(engine, shelf_of_many_forms, asked, phrase):
    words = " ".join(f"{how}{word}" for how, word in asked)
    query = Query(f'"{words}"' if phrase else words, size=50, facets=["material"])
    view, plan, asking = engine._reader.view(), plan_of(query), engine._compiler
    less = pruned(plan, view.searcher.doc_freq)
    assert page_of(view, asking.query(less.node()), query) == page_of(view, asking.query(plan.node()), query)
    assert best_of(view, asking.query(less.node()), 50) == best_of(view, asking.query(plan.node()), 50)
    assert view.count(asking.matching(less.node())) == view.count(asking.matching(plan.node()))


@pytest.fixture
def shelf_of_many_forms(shelve) -> None:
    """Every pair of the words, as title and as title and note, by somebody called so, about something called so."""
    pairs = enumerate(product(SAID, repeat=2), 1)
    shelve(
        *[
            book(key, one if key % 3 else f"{one} {two}", two, subject=two if key % 2 else one, note=one)
            for key, (one, two) in pairs
        ]
    )
