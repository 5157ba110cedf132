"""Codes for what others know by a name alone."""

import pytest

from lumbung.organization.domain.codes import CODE_LENGTH, code_for


def test_what_fits_is_its_own_code_blanks_aside():
    assert code_for("  Perpustakaan \t Umum ") == "Perpustakaan Umum"


@pytest.mark.parametrize("name", ["Perpustakaan Fakultas Teknik", "-" * 30, "x" * 300, "図" * 21, "a b c d e f g h i j k l m"])
def test_a_code_fits_whatever_the_name(name):
    assert 0 < len(code_for(name)) <= CODE_LENGTH - 3


def test_names_that_begin_alike_have_codes_of_their_own_and_each_the_same_again():
    technology, law = code_for("Perpustakaan Fakultas Teknik"), code_for("Perpustakaan Fakultas Hukum")
    assert (technology[:4], law[:4]) == ("PFT-", "PFH-")
    assert code_for("PERPUSTAKAAN  fakultas teknik") == technology
    assert code_for("Perpustakaan Fakultas Tari") != technology
