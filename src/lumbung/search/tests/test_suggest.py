"""What is offered while one types."""

from dataclasses import replace

from lumbung.search.suggesting import suggest
from lumbung.search.tests.conftest import book

ANI = book(20, "Sawah", "Pegawai, Ani", subject="Petani")


def with_facets(document):
    """The creator and the subject as facets too."""
    facets = {name: tuple(document.texts.get(name, ())) for name in ("creator", "subject")}
    return replace(document, facets={**document.facets, **facets})


def test_a_begun_word_becomes_words_of_titles_for_titles_and_words_of_names_for_names(shelve, engine):
    padi = (book(key, f"Pe{letter}ta padi", "Toer, Pramoedya Ananta") for key, letter in enumerate("abcdefghi", 1))
    shelve(*(with_facets(each) for each in (*padi, ANI)))
    found = suggest("pe", engine)
    assert (len(found.keys), 20 in found.keys) == (5, False)
    assert (list(found.creators), list(found.subjects)) == (["Pegawai, Ani"], ["Petani"])
    found = suggest("ani pe", engine)
    assert (list(found.keys), list(found.creators), list(found.subjects)) == ([20], ["Pegawai, Ani"], [])


def test_what_nobody_may_see_is_not_offered(shelve, engine):
    shelve(with_facets(replace(ANI, hidden=True)))
    found = suggest("pegaw", engine)
    assert [list(found.keys), list(found.creators), list(found.subjects)] == [[], [], []]


def test_a_name_begun_in_another_spelling_is_offered_where_no_word_begins_so(shelve, engine):
    shelve(with_facets(book(1, "Di bawah bendera revolusi", "Soekarno")), with_facets(book(2, "Sukses", "Suharto")))
    for typed in ("sukarn", "Dr. sukarn", "soekarn"):
        found = suggest(typed, engine)
        assert (list(found.creators), list(found.keys)) == (["Soekarno"], [1])
    assert list(suggest("xq", engine).creators) == []


def test_names_that_begin_so_by_their_sound_fill_up_what_begins_so_as_it_is_written(shelve, engine):
    shelve(
        with_facets(book(1, "Bumi manusia", "Toer, Pramoedya Ananta")),
        with_facets(book(2, "Pramuka siaga", "Pramudita, Rina")),
    )
    found = suggest("pramu", engine)
    assert (list(found.creators), list(found.keys)) == (["Pramudita, Rina", "Toer, Pramoedya Ananta"], [2, 1])
