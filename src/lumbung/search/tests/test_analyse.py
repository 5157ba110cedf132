import json
from hashlib import blake2b

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lumbung.search.analysis import LONGEST, analyse, forms_of, is_own_root, spelt, words_of, written
from lumbung.search.fields import VERSION, fields_of
from lumbung.search.identifiers import forms_of_call_number, forms_of_identifier, looks_like_number
from lumbung.search.tests.conftest import book


@pytest.mark.parametrize(
    ("text", "exact", "folded", "variants"),
    [
        ("Bumi Manusia", ["bumi", "manusia"], ["bumi", "manusia"], []),
        ("Al-Qur’an", ["al-qur'an"], ["al", "quran"], ["alquran"]),
        ("Jum'at", ["jum'at"], ["jumat"], []),
        ("naïve CAFÉ", ["naïve", "café"], ["naive", "cafe"], []),
        ("Łódź, Ærø", ["łódź", "ærø"], ["lodz", "aero"], []),
        ("C++ dan C# untuk R & D", ["c++", "dan", "c#", "untuk", "r&d"], ["c++", "dan", "c#", "untuk", "r&d"], []),
        ("R&D", ["r&d"], ["r&d"], []),
        ("Wiley & Sons", ["wiley", "sons"], ["wiley", "sons"], []),
        ("women's studies", ["women's", "studies"], ["womens", "studies"], ["women"]),
        ("e-book 2.0", ["e-book", "2.0"], ["e", "book", "20"], ["ebook"]),
        ("2X4.2 dan 2x1.3", ["2x4.2", "dan", "2x1.3"], ["2x42", "dan", "2x13"], []),
        ("1.000 hari; 658.4", ["1.000", "hari", "658.4"], ["1000", "hari", "6584"], []),
        ("ｆｕｌｌ ＷＩＤＴＨ", ["full", "width"], ["full", "width"], []),
        ("東京物語", ["東京物語"], ["東", "京", "物", "語"], []),
        ("مُحَمَّد", ["مُحَمَّد"], ["محمد"], []),
        ("ꦗꦮ ᬩᬮᬶ", ["ꦗꦮ", "ᬩᬮᬶ"], ["ꦗꦮ", "ᬩᬮᬶ"], []),
        ("…!?— ☃", [], [], []),
    ],
)
def test_text_becomes_tokens(text, exact, folded, variants):
    found = analyse(text)
    assert (found.exact, found.folded, found.variants) == (exact, folded, variants)


@given(st.text(max_size=200))
def test_tokens_hold_no_blank_and_are_never_empty_or_endless(text):
    found = analyse(text)
    for token in [*found.exact, *found.folded, *found.variants]:
        assert token
        assert len(token.split()) == 1
    assert all(len(token) <= LONGEST for token in found.exact)


@given(st.text(max_size=100))
def test_case_makes_no_difference_to_latin_text(text):
    if text.isascii():
        assert analyse(text.upper()) == analyse(text)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("978-602-03-3295-6", ["9786020332956", "6020332950"]),
        ("602 033 295 0", ["6020332950", "9786020332956"]),
        ("0-8044-2957-x", ["080442957x", "9780804429573"]),
        ("979-10-90636-07-1", ["9791090636071"]),
        ("0126-1894", ["01261894"]),
        ("OCoLC 1234", ["ocolc1234"]),
        (" - ", []),
    ],
)
def test_an_isbn_is_compared_in_both_its_lengths(text, forms):
    assert forms_of_identifier(text) == forms


@pytest.mark.parametrize(
    ("text", "is_number"),
    [
        ("978 602 033 295 6", True),
        ("0126-1894", True),
        ("1984", False),
        ("2010-2015 laporan", False),
        ("metode", False),
        ("297.5 RAH m", True),
        ("2X4.2 ZUH f c.1", True),
        ("813 AND", True),
        ("100 tip menulis", False),
        ("2X4.2", False),
    ],
)
def test_a_number_in_groups_is_seen_as_one(text, is_number):
    assert looks_like_number(text) is is_number


@given(st.text(alphabet="ab1 .,'-:/()", max_size=40))
def test_the_quick_way_through_plain_text_finds_the_same_words(text):
    assert words_of(text) == words_of(text + " é")[:-1]


@given(st.text(max_size=100))
@example("AÞ2")
def test_joined_text_is_the_same_as_the_lists(text):
    found = analyse(text)
    for told in (spelt(text), written(text)):
        assert (told.exact.split(), told.folded.split(), told.variants.split()) == (found.exact, found.folded, found.variants)


@given(
    st.lists(st.sampled_from(["meneliti", "teliti", "ke-ilmu-an", "ilmu", "buku-buku", "Libraries", "2.0", "東京"])).map(
        " ".join
    )
)
def test_of_each_root_that_is_asked_for_a_document_tells_that_it_is_a_word_of_its_own_or_another_root(text):
    told = written(text)
    roots, others = {root for word in words_of(text) for root in forms_of(word).roots}, set(told.other_roots.split())
    words = {*told.folded.split(), *told.variants.split()}
    assert {root for root in roots - others if root not in words or not is_own_root(root)} == set()


def test_a_call_number_is_known_with_and_without_its_end():
    assert forms_of_call_number("297.5 RAH m c.1") == ["297.5 RAH m c.1", "297.5 RAH m", "297.5 RAH"]
    assert forms_of_call_number("297.5") == []
    assert forms_of_call_number("") == []


def test_what_stands_in_the_fields_changes_only_with_their_version():
    whole = book(
        7, "Perpustakaan dan kepustakaan: sa'at ‘Ulūm al-ḥadīs̱, R&D 2.0 anak2",
        "Toer, Pramoedya Ananta; Prof. Dr. Moh. Soekarno, Natsir", year=1999,
        subject="Arsip--Indonesia", identifier="978-602-8519-93-9", note="Libraries of the ministry", series="Seri 12", popularity=3,
        **{"class": "2X4.1 Moh"},
    )  # fmt: skip
    held = blake2b(json.dumps(fields_of(whole), sort_keys=True).encode(), digest_size=8).hexdigest()
    assert (VERSION, held) == (15, "4226096ff0a8c398"), (
        "raise VERSION, so that every index is built anew, and write what is held now here"
    )
