"""What changed between two texts, and two changes put together."""

from hypothesis import given
from hypothesis import strategies as st

from lumbung.formats.prose.changes import Clash, Piece, lines_between, merged

BEFORE = "Judul\n\nSatu.\nDua.\nTiga.\n"


def test_a_rewritten_line_marks_the_words_that_differ():
    told = lines_between("Denda Rp500 per hari.\nTutup.", "Denda Rp1.000 per hari.\nTutup.")
    assert [(line.kind, line.text) for line in told] == [
        ("gone", "Denda Rp500 per hari."), ("new", "Denda Rp1.000 per hari."), ("same", "Tutup."),
    ]  # fmt: skip
    assert [piece.text for piece in told[0].pieces if piece.marked] == ["Rp500"]
    assert Piece(" per hari.", False) in told[1].pieces


@given(st.text(alphabet="ab \n", max_size=40), st.text(alphabet="ab \n", max_size=40))
def test_both_texts_can_be_read_out_of_the_difference(old, new):
    told = lines_between(old, new)
    assert [line.text for line in told if line.kind != "new"] == old.splitlines()
    assert [line.text for line in told if line.kind != "gone"] == new.splitlines()


def test_changes_in_different_places_join():
    mine, theirs = BEFORE.replace("Satu.", "Satu saja."), BEFORE.replace("Tiga.", "Tiga kali.")
    assert merged(BEFORE, mine, theirs) == ["Judul\n\nSatu saja.\nDua.\nTiga kali.\n"]


def test_the_same_change_twice_is_one():
    both = BEFORE.replace("Dua.", "Dua belas.")
    assert merged(BEFORE, both, both) == [both]


def test_two_changes_of_one_place_are_for_a_person_to_choose():
    mine, theirs = BEFORE.replace("Dua.", "Dua belas."), BEFORE.replace("Dua.", "Dua puluh.")
    assert merged(BEFORE, mine, theirs) == ["Judul\n\nSatu.\n", Clash("Dua.\n", "Dua belas.\n", "Dua puluh.\n"), "Tiga.\n"]


@given(st.text(alphabet="ab\n", max_size=30), st.text(alphabet="ab\n", max_size=30))
def test_the_change_of_one_editor_alone_stands_as_it_is(before, mine):
    told = merged(before, mine, before)
    assert "".join(each for each in told if isinstance(each, str)).splitlines() == mine.splitlines()


@given(*[st.text(alphabet="ab\n", max_size=20)] * 3)
def test_no_line_of_either_editor_is_lost(before, mine, theirs):
    kept = {
        line
        for each in merged(before, mine, theirs)
        for line in (each if isinstance(each, str) else each.mine + each.theirs).splitlines()
    }
    assert (set(mine.splitlines()) | set(theirs.splitlines())) - set(before.splitlines()) <= kept
