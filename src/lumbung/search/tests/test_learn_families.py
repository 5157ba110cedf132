"""The collection's own words prove families that the lists lack."""

import pytest

from lumbung.search.words.learning import Family, families_among


def learned(**words: int) -> list[Family]:
    return families_among(words, lambda asked: {word: words[word] for word in asked if word in words})


def test_a_root_that_stands_in_titles_is_proved_by_two_affixes():
    words = {"akreditasi": 9, "terakreditasi": 4, "mengakreditasi": 2, "diakreditasi": 1, "akreditasinya": 1}
    assert learned(**words) == [Family("akreditasi", ["terakreditasi", "mengakreditasi", "diakreditasi"])]


def test_for_a_root_the_lists_know_one_affix_they_do_not_tell_of_is_enough():
    words = {"arsitektur": 3, "berarsitektur": 1, "integrasi": 7, "terintegrasi": 2, "model": 24, "pemodelan": 3}
    assert learned(**words) == [
        Family("arsitektur", ["berarsitektur"]),
        Family("integrasi", ["terintegrasi"]),
        Family("model", ["pemodelan"]),
    ]


@pytest.mark.parametrize(
    "words",
    [
        {"zzgugus": 9, "terzzgugus": 4},  # one affix of a root the lists do not know
        {"rektor": 9, "direktori": 4},  # an affix that is too often none
        {"akreditasi": 1, "terakreditasi": 4, "mengakreditasi": 2},  # in one title only
        {"terakreditasi": 4, "mengakreditasi": 2},  # nowhere by itself
        {"rector": 5, "director": 5, "mission": 5, "permission": 5, "remission": 5},  # English
        {"verse": 5, "diverse": 5, "perverse": 5},
        {"ajar": 5, "belajar": 5, "mengajar": 5},  # the lists know it
        {"2024": 5, "ter2024": 3, "ber2024": 3},
        {},
    ],
)
def test_what_is_not_proved_is_not_believed(words):
    assert learned(**words) == []


ENGLISH = """
    rector director mission permission verse diverse perverse lemma dilemma graph digraph pole dipole cure secure form perform
    race terrace minal terminal section dissection position disposition tension distension ember member memory berry memberry
    mention dimension mentor tormentor sense dispense spend dispend meter diameter kinetic telekinetic rapture permanent manent
    terrain train median medial disease ease ternary nary betray tray before fore become come between beside side belong long
    peninsula insula penalty pencil pension perception deception persian asian kenyan
"""


def test_english_words_that_look_affixed_prove_nothing():
    assert learned(**dict.fromkeys(ENGLISH.split(), 9)) == []
