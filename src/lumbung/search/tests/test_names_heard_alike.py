"""Names that are spelt old and new, with letters doubled or left out, in any mixture."""

import pytest

from lumbung.search.documents import Query
from lumbung.search.tests.conftest import book

ALIKE = [
    ("Suwarjono", "Soewardjono", "Suwardjono", "Soewarjono", "Suardjono", "Soeardjono"),
    ("Ahmad", "Achmad", "Akhmad", "Ahmmad"),
    ("Rahman", "Rachman", "Rakhman", "Rahmann"),
    ("Abdurrahman", "Abdurachman", "Abdoerrachman"),
    ("Muhtar", "Mochtar", "Mukhtar", "Moechtar"),
    ("Syarif", "Sjarief", "Syarief", "Sjarif"),
    ("Husain", "Hoesein", "Hussein", "Hussain"),
    ("Khairul", "Chaerul", "Chairul"),
    ("Joyohadikusumo", "Djojohadikoesoemo", "Djoyohadikoesumo"),
    ("Cokrosuyoso", "Tjokrosoejoso", "Tjokrosuyoso"),
]
APART = [
    ("Suharno", "Sukarno"),
    ("Suhardi", "Sukardi"),
    ("Sari", "Sori"),
    ("Rini", "Rani"),
    ("Hasan", "Kasan"),
    ("Budi", "Badi"),
    ("Chandler", "Handler"),
    ("Busch", "Bush"),
    ("Liem", "Lim"),
]


@pytest.mark.parametrize("spellings", ALIKE, ids=lambda spellings: spellings[0])
def test_every_spelling_of_a_name_finds_all_others(engine, shelve, spellings):
    shelve(*(book(key, "Teori", creator=f"{name}, Hadi") for key, name in enumerate(spellings, 1)), book(90, "Teori", "Siti"))
    for name in spellings:
        assert set(engine.find(Query(name)).keys) == set(range(1, len(spellings) + 1)), name


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_that_only_look_alike_stay_apart(engine, shelve, one, other):
    shelve(book(1, "Teori", creator=one), book(2, "Teori", creator=other))
    assert (list(engine.find(Query(one)).keys), list(engine.find(Query(other)).keys)) == ([1], [2])


def test_the_spelling_asked_for_comes_before_what_is_but_heard_alike(engine, shelve):
    shelve(book(1, "Teori", creator="Achmad"), book(2, "Teori", creator="Ahmad"), book(3, "Teori", creator="Akhmad"))
    assert engine.find(Query("ahmad")).keys[0] == 2
    assert list(engine.find(Query("achmad")).keys) == [1, 3, 2]
