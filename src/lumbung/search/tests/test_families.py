"""Words of one family meet, words of two do not: on families of our own, and on others when they are at hand."""

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.search.analysis import forms_of, roots_in, words_of, written
from lumbung.search.measuring import families_in, measured, measured_whole
from lumbung.search.words.roots import root_of

OWN = Path(__file__).with_name("families.txt")
HELD = Path(__file__).with_name("families_held.txt")


@pytest.mark.parametrize("family", [pytest.param(family, id=family[0]) for family in families_in(OWN)])
def test_the_words_of_a_family_meet(family):
    assert {forms_of(word).roots for word in family} == {forms_of(family[0]).roots}


@pytest.mark.parametrize(
    "family", ["cabe cabai", "linear linier", "plagiat plagiasi plagiarisme", "analisis analysis", "melitus mellitus"]
)
def test_words_written_in_two_ways_meet(family):
    assert len({root_of(word) for word in family.split()}) == 1


def test_words_of_different_families_do_not_meet():
    roots = [{forms_of(word).roots for word in family} for family in families_in(OWN)]
    assert [(one, other) for one, other in combinations(roots, 2) if one & other] == []


def test_families_not_used_for_tuning_meet_as_often(shared_data):
    given_families = shared_data.parent / "context" / "word-families.txt"
    if not given_families.exists():
        pytest.skip("no families by others are here")
    for part in measured(given_families):
        assert part.recall >= 0.95, part
        assert part.false_merges <= 0.01, part


def test_families_written_for_testing_alone_meet_as_often():
    assert {word for family in families_in(HELD) for word in family} & {
        word for family in families_in(OWN) for word in family
    } == set()
    held = measured_whole(HELD)
    assert held.recall >= 0.95, held
    assert held.false_merges <= 0.01, held


NAMES = """
    merapi diani permata beringin keraton setiawan persada kartini sukarni sugiyono pramoedya
    persebaya penataran menoreh tarakan bangli asahan peranginan brebes ende nias kapuas sihombing nasution habibie ginting lubis
    media menteri masalah digital stek sekolah kepala perempuan selatan terasi beruang
"""


@pytest.mark.parametrize("name", NAMES.split())
def test_names_and_words_that_only_look_affixed_stay_whole(name):
    assert root_of(name) == name


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("mengebom", "bom"),
        ("memprogram", "program"),
        ("mempertanggungjawabkan", "tanggungjawab"),
        ("diberdayakan", "daya"),
        ("keberhasilannya", "hasil"),
        ("bukuku", "buku"),
        ("ketahuilah", "tahu"),
        ("pelajarannya", "ajar"),
        ("undang-undang", "undang"),
        ("perundang-undangan", "undang"),
        ("obat-obatan", "obat"),
        ("oentoek", "untuk"),
        ("kebudajaan", "budaya"),
        ("banking", "bank"),
        ("studies", "study"),
        ("baby", "baby"),
        ("babi", "babi"),
        ("c++", "c++"),
        ("r&d", "r&d"),
        ("covid-19", "covid19"),
        ("2.0", "20"),
    ],
)
def test_a_word_has_one_root(word, root):
    assert forms_of(word).roots == (root,)


def test_a_compound_is_found_by_its_parts_and_as_one_word():
    told = written("ekonomi-politik")
    assert (told.folded, told.variants, told.other_roots) == ("ekonomi politik", "ekonomipolitik", "")
    assert roots_in("ekonomi-politik") == ["ekonomi", "politik", "ekonomipolitik"]
    assert forms_of("ekonomi-politik").roots == ("ekonomipolitik",)


@given(st.text(max_size=60))
def test_every_word_has_a_root_and_the_root_of_a_root_is_itself_one_word(text):
    for word in words_of(text):
        for root in forms_of(word).roots:
            assert root
            assert len(root.split()) == 1


@given(st.text(alphabet="abdegiklmnprstuy", min_size=1, max_size=30))
def test_roots_never_grow_and_asking_again_changes_nothing(word):
    root = root_of(word)
    assert root_of(word) == root
    assert len(root) <= len(word) + 2
