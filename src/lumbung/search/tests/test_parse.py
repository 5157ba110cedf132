import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.search.syntax import (
    MOST_CLAUSES,
    Clause,
    Kind,
    Reading,
    clauses_in,
    parse,
    says_nothing,
    without_years,
    years_of,
)


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("", []),
        ("metode penelitian", [Clause("metode"), Clause("penelitian")]),
        ('"bumi manusia" toer', [Clause("bumi manusia", Kind.PHRASE), Clause("toer")]),
        ('"tidak ditutup', [Clause("tidak ditutup", Kind.PHRASE)]),
        ("“sistem informasi”", [Clause("sistem informasi", Kind.PHRASE)]),
        ("judul:bumi", [Clause("bumi", field="title")]),
        ("Title:bumi PENGARANG:toer", [Clause("bumi", field="title"), Clause("toer", field="creator")]),
        ('pengarang:"Toer, Pramoedya"', [Clause("Toer, Pramoedya", Kind.PHRASE, "creator")]),
        ("subjek:hukum -adat", [Clause("hukum", field="subject"), Clause("adat", excluded=True)]),
        ("perpus*", [Clause("perpus", Kind.PREFIX)]),
        ("pen*ian", [Clause("pen*ian", Kind.MASKED)]),
        ("judul:pen*ian*", [Clause("pen*ian*", Kind.MASKED, "title")]),
        ("*", []),
        ("a* *itian", [Clause("a"), Clause("itian")]),
        ("kelas:30*", [Clause("30*", field="class")]),
        ("tahun:2010-2015", [Clause("2010-2015", Kind.YEARS)]),
        ("tahun:ini", [Clause("ini")]),
        ("pengarang: toer judul: bumi", [Clause("toer", field="creator"), Clause("bumi", field="title")]),
        ("-pengarang: toer", [Clause("toer", field="creator", excluded=True)]),
        ("penelitian tindakan kelas: teori", [Clause("penelitian"), Clause("tindakan"), Clause("kelas:"), Clause("teori")]),
        ("judul: AND", [Clause("judul:")]),
        ("978-602-03-3295-6", [Clause("978-602-03-3295-6", field="identifier")]),
        ("isbn:9786020332956", [Clause("9786020332956", field="identifier")]),
        ("kamus:besar", [Clause("kamus"), Clause("besar")]),
        ("e-book al-qur'an", [Clause("e-book"), Clause("al-qur'an")]),
        ("R & D", [Clause("R&D")]),
    ],
)
def test_a_query_is_understood(text, clauses):
    assert list(parse(text).parts) == clauses


@given(st.text(max_size=700))
def test_any_text_is_a_query(text):
    clauses = clauses_in(parse(text).parts)
    assert len(clauses) <= MOST_CLAUSES
    assert all(clause.text for clause in clauses)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2001", (2001, 2001)),
        ("2001-2010", (2001, 2010)),
        ("2010..2001", (2001, 2010)),
        ("2001-", (2001, None)),
        ("..2010", (None, 2010)),
        ("2020..2015", (2015, 2020)),
        ("-", None),
        ("dua", None),
    ],
)
def test_years_are_read(text, years):
    assert years_of(text) == years


def test_a_quote_with_nothing_behind_it_is_no_question():
    assert parse('"') == parse("") == Reading()
    assert [says_nothing(text) for text in ("", '" "', "“*", "a*", '"a')] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("tahun:2020 kalkulus", "kalkulus"),
        ("kalkulus Tahun: 2020", "kalkulus Tahun: 2020"),
        ("year:2015..2020 judul:kalkulus", "judul:kalkulus"),
        ("kalkulus -tahun:2020", "kalkulus -tahun:2020"),
        ("tahun:lama kalkulus", "tahun:lama kalkulus"),
        ("tahun:2020", ""),
    ],
)
def test_a_query_is_given_without_the_years_it_names_as_a_field(text, left):
    assert without_years(text) == left
