"""Holdings statements: which fields belong together, what a reader is told, and that writing back loses nothing."""

import pytest

from lumbung.formats.holdings import (
    Captions,
    Holding,
    Kind,
    Part,
    Point,
    Run,
    Words,
    designations_in,
    embedded,
    holdings_in,
    lines_of,
    removed,
    replaced,
    standard_lines_of,
)
from lumbung.formats.marc import Field, Record

WORDS = Words(months=("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"), missing="kurang")
PER_MONTH = "853 20 $8 1 $a jil. $b no. $u 12 $v r $i (tahun) $j (bulan)"


def field(line: str) -> Field:
    """``863 41 $8 1.1 $a 1-4`` as a field; ``#`` is a blank indicator."""
    head, *subfields = line.split(" $")
    tag, marks = head.split()
    ind1, ind2 = marks.replace("#", " ")
    return Field(tag, ind1, ind2, [(each[0], each[2:]) for each in subfields])


def record(*lines: str) -> Record:
    return Record(fields=[Field("245", "1", "0", [("a", "Prisma")]), *map(field, lines)])


def told(*lines: str) -> list[str]:
    return [text for holding in holdings_in(record(*lines)) for _, text in lines_of(holding, WORDS)]


@pytest.mark.parametrize(
    ("lines", "said", "strictly"),
    [
        (["853 20 $8 1 $a jil. $i (tahun)", "863 40 $8 1.1 $a 1-10 $i 2001-2010"],
         "Jil. 1 (2001)–jil. 10 (2010)", "jil.1(2001)-jil.10(2010)"),
        (["853 20 $8 1 $a jil. $i (tahun)", "863 40 $8 1.1 $a 1-4 $i 2001-2004 $w g", "863 40 $8 1.2 $a 6-10 $i 2006-2010"],
         "Jil. 1 (2001)–jil. 10 (2010), kurang: jil. 5", "jil.1(2001)-jil.4(2004),jil.6(2006)-jil.10(2010)"),
        (["853 20 $8 1 $a jil. $b no. $u 4", "863 40 $8 1.1 $a 1-4 $b 1 $w g", "863 40 $8 1.2 $a 4-10 $b 3-4"],
         "Jil. 1 no. 1–jil. 10 no. 4, kurang: jil. 4 no. 2", "jil.1:no.1-jil.4:no.1,jil.4:no.3-jil.10:no.4"),
        (["853 20 $8 1 $a jil. $b no. $u 4", "863 40 $8 1.1 $a 1-4 $b 1-3 $w g", "863 40 $8 1.2 $a 6 $b 3-4"],
         "Jil. 1 no. 1–jil. 6 no. 4, kurang: jil. 4 no. 4, jil. 5, jil. 6 no. 1–no. 2",
         "jil.1:no.1-jil.4:no.3,jil.6:no.3-jil.6:no.4"),
        # how many numbers make a volume nobody said: what is missing cannot be told, what is held can
        (["853 20 $8 1 $a jil. $b no.", "863 40 $8 1.1 $a 1-4 $b 1-3 $w g", "863 40 $8 1.2 $a 6 $b 3-4"],
         "Jil. 1 no. 1–jil. 4 no. 3, jil. 6 no. 3–no. 4", "jil.1:no.1-jil.4:no.3,jil.6:no.3-jil.6:no.4"),
        (["853 20 $8 1 $a jil.", "863 40 $8 1.1 $a 1-2 $w n", "863 40 $8 1.2 $a 5-"], "Jil. 1–jil. 2; jil. 5–", "jil.1-jil.2;jil.5-"),
        ([PER_MONTH, "863 41 $8 1.1 $a 5 $b 3 $i 2004 $j 03"], "Jil. 5 no. 3 (Mar 2004)", "jil.5:no.3(2004:Mar)"),
        ([PER_MONTH, "863 41 $8 1.1 $a 5 $b 3/4 $i 2004 $j 03/04"], "Jil. 5 no. 3/4 (Mar/Apr 2004)", "jil.5:no.3/4(2004:Mar/Apr)"),
        (["853 20 $8 1 $a (*) $i (tahun)", "863 40 $8 1.1 $i 1999-2001"], "1999–2001", "1999-2001"),
        (["863 40 $8 1.1 $a 1-4,6-10"], "1–10, kurang: 5", "1-4,6-10"),
        # three levels: what is missing is told from the deepest level up, and down again
        (["853 20 $8 1 $a ser. $b jil. $u 4 $c no. $u 6", "863 40 $8 1.1 $a 1 $b 1-3 $c 1-4 $w g", "863 40 $8 1.2 $a 2 $b 2-4 $c 3-6"],
         ("Ser. 1 jil. 1 no. 1–ser. 2 jil. 4 no. 6, kurang: ser. 1 jil. 3 no. 5–no. 6, ser. 1 jil. 4, ser. 2 jil. 1, "
          "ser. 2 jil. 2 no. 1–no. 2"),
         "ser.1:jil.1:no.1-ser.1:jil.3:no.4,ser.2:jil.2:no.3-ser.2:jil.4:no.6"),
        (["853 20 $8 1 $a ser. $b jil. $c no. $u 6", "863 40 $8 1.1 $a 1 $b 1-3 $c 1-4 $w g", "863 40 $8 1.2 $a 2 $b 2-4 $c 3-6"],
         "Ser. 1 jil. 1 no. 1–jil. 3 no. 4, ser. 2 jil. 2 no. 3–jil. 4 no. 6",
         "ser.1:jil.1:no.1-ser.1:jil.3:no.4,ser.2:jil.2:no.3-ser.2:jil.4:no.6"),
        (["853 20 $8 1 $a jil. $i (tahun) $j (bulan) $k (hari)", "863 41 $8 1.1 $a 5 $i 2004 $j 03 $k 17"], "Jil. 5 (17 Mar 2004)",
         "jil.5(2004:Mar:17)"),
        (["866 41 $8 0 $a Th. 1 (1970)-th. 9 (1978) $z Th. 3 rusak"], "Th. 1 (1970)-th. 9 (1978); Th. 3 rusak",
         "Th. 1 (1970)-th. 9 (1978)"),
        # a text tied to the counted fields stands for them
        (["853 20 $8 1 $a v.", "863 40 $8 1.1 $a 1-9", "866 41 $8 1 $a v. 1-9, tak lengkap"], "v. 1-9, tak lengkap", "v. 1-9, tak lengkap"),
        # numbers that are no numbers, and none that was published, make no gap
        (["853 20 $8 1 $a ser. $b no.", "863 40 $8 1.1 $a A $b 1-4", "863 40 $8 1.2 $a B $b 1-2"], "Ser. A no. 1–no. 4, ser. B no. 1–no. 2",
         "ser.A:no.1-ser.A:no.4,ser.B:no.1-ser.B:no.2"),
        (["853 20 $8 1 $a v.", "863 40 $8 1.1 $a 1-3", "863 44 $8 1.2 $a 4", "863 40 $8 1.3 $a 4-5"], "V. 1–v. 5", "v.1-v.3,v.4-v.5"),
    ],
)  # fmt: skip
def test_a_statement_is_told_compressed_with_its_gaps(lines, said, strictly):
    assert told(*lines) == [said]
    assert [text for holding in holdings_in(record(*lines)) for _, text in standard_lines_of(holding)] == [strictly]


def test_each_place_has_its_own_though_somebody_sorted_the_fields():
    """With links the 852 says which fields are its own; without, they follow it."""
    linked = ["852 ## $8 1 $b PUSAT", "852 ## $8 2 $b TEKNIK $c LT2", "853 20 $8 1 $a jil.", "853 20 $8 2 $a v.",
              "863 40 $8 2.1 $a 7-8", "863 40 $8 1.1 $a 1-3"]  # fmt: skip
    following = ["852 ## $b PUSAT", "853 20 $8 1 $a jil.", "863 40 $8 1.1 $a 1-3", "852 ## $b TEKNIK $c LT2", "853 20 $8 1 $a v.",
                 "863 40 $8 1.1 $a 7-8"]  # fmt: skip
    for lines in (linked, following):
        found = holdings_in(record(*lines))
        assert [(each.branch, each.shelf, lines_of(each, WORDS)) for each in found] == [
            ("PUSAT", "", [(Kind.BASIC, "Jil. 1–jil. 3")]),
            ("TEKNIK", "LT2", [(Kind.BASIC, "V. 7–v. 8")]),
        ]


def test_the_place_of_a_copy_alone_is_no_statement():
    assert holdings_in(record("852 ## $b PUSAT $p B-1", "876 ## $p B-1")) == []


def test_supplements_and_indexes_are_told_apart():
    found = holdings_in(record("852 ## $b PUSAT", "866 41 $a 1-9", "867 41 $a Edisi khusus 2001", "868 41 $a Indeks 1-9"))
    assert [kind for kind, _ in lines_of(found[0], WORDS)] == [Kind.BASIC, Kind.SUPPLEMENTS, Kind.INDEXES]


def test_single_parts_have_names_for_the_copies_that_are_tied_to_them():
    said = record(PER_MONTH, "863 41 $8 1.1 $a 5 $b 3 $i 2004 $j 03", r"863 41 $8 1.2\x $a 5 $b 4 $i 2004 $j 04")
    assert designations_in(said, WORDS) == {"1.1": "Jil. 5 no. 3 (Mar 2004)", "1.2": "Jil. 5 no. 4 (Apr 2004)"}


@pytest.mark.parametrize(
    "lines",
    [
        ["852 0# $8 1 $b PUSAT $c MAJ $h 050 $z Lantai 2", "853 20 $8 1 $a jil. $b no. $u 12 $v r $i (tahun) $w m $x 01",
         "863 40 $8 1.1 $a 1-4 $b 1-12 $i 2001-2004 $x dibeli $w g $z sampul asli", "863 40 $8 1.2 $a 6- $i 2006-"],
        ["852 ## $b PUSAT", "866 41 $8 0 $a Th. 1-9", "867 40 $a Suplemen 3"],
        ["866 #0 $a Th. 1-9"],
    ],
)  # fmt: skip
def test_writing_back_what_was_read_tells_the_same_and_keeps_what_nobody_edits(lines):
    before = record(*lines, "952 ## $p B-1")
    (holding,) = holdings_in(before)
    after = replaced(before, holding, holding)
    (again,) = holdings_in(after)
    assert (again.branch, again.shelf, again.note) == (holding.branch, holding.shelf, holding.note)
    assert lines_of(again, WORDS) == lines_of(holding, WORDS)
    kept = {(code, text) for each in before.fields for code, text in each.subfields if code != "8"}
    assert kept == {(code, text) for each in after.fields for code, text in each.subfields if code != "8"}
    assert replaced(after, again, again).fields == after.fields


def test_a_new_statement_takes_links_that_nobody_has_and_the_others_stay():
    before = record("852 ## $8 1 $b PUSAT", "853 20 $8 1 $a jil.", "863 40 $8 1.1 $a 1-3", "952 ## $p B-1")
    run = Run(Point(("7", "1"), ("2007",)), Point(("9", "4"), ("2009",)), pause="", note="")
    part = Part(Kind.BASIC, Captions(("v.", "no."), ("(tahun)",), (0, 4)), (run,))
    after = replaced(before, None, Holding(branch="TEKNIK", parts=(part,)))
    assert [(each.tag, each.subfields) for each in after.fields[4:]] == [
        ("852", [("8", "2"), ("b", "TEKNIK")]),
        ("853", [("8", "2"), ("a", "v."), ("b", "no."), ("u", "4"), ("i", "(tahun)")]),
        ("863", [("8", "2.1"), ("a", "7-9"), ("b", "1-4"), ("i", "2007-2009")]),
        ("952", [("p", "B-1")]),
    ]
    pusat, teknik = holdings_in(after)
    assert lines_of(pusat, WORDS) == [(Kind.BASIC, "Jil. 1–jil. 3")]
    assert removed(after, teknik).fields == before.fields


def test_fields_that_say_nothing_or_nonsense_are_borne():
    assert told("853 20 $8 1 $a jil.", "863 40 $8 1.1") == []
    assert told("863 40 $a - $b -") == []
    assert told("863 40 $8 x.y $a 9-1") == ["9–1"]
    assert told("852 ## $8", "863 40 $8 9.1 $a 1,2,3 $b 4,5") == ["1, 2, 3 4, 5"]


TWO = [
    "841 ## $a y $e 4", "842 ## $8 1 $a mikrofilm", "844 ## $a Atlas", "852 ## $8 1 $b PUSAT", "853 20 $8 1 $a jil.",
    "863 41 $8 1.1 $a 1", "842 ## $a kertas", "852 ## $8 2 $b FT", "866 #0 $8 2 $a v.1-3",
]  # fmt: skip


def lines_in(said: Record) -> list[str]:
    return ["".join([each.tag, *(f"${code}{text}" for code, text in each.subfields)]) for each in said.fields[1:]]


def test_what_is_said_of_kind_and_form_belongs_to_the_place_after_it_and_goes_with_it():
    said = record(*TWO)
    pusat, ft = holdings_in(said)
    assert [[each.tag for each in holding.about] for holding in (pusat, ft)] == [["841", "842", "844"], ["842"]]
    assert lines_in(removed(said, pusat)) == ["842$akertas", "852$82$bFT", "866$82$av.1-3"]
    moved = replaced(removed(said, pusat), None, pusat)
    assert lines_in(moved) == [
        "842$akertas", "852$82$bFT", "866$82$av.1-3",
        "841$ay$e4", "842$81$amikrofilm", "844$aAtlas", "852$81$bPUSAT", "853$81$ajil.", "863$81.1$a1",
    ]  # fmt: skip
    assert [each.about for each in holdings_in(moved)] == [ft.about, pusat.about]


def test_leader_and_008_of_a_holdings_record_stand_in_841_when_it_is_embedded():
    coded = "2006128p    8   0001aueng0061128"
    holding = Record(
        "00000nx  a22000002n 4500", [Field("008", value=coded), field("844 ## $a Atlas"), field("852 ## $b PUSAT")]
    )
    made = embedded(holding)
    assert [each.tag for each in made.fields] == ["008", "841", "844", "852"]
    assert made.fields[1].subfields == [("a", "x"), ("b", coded), ("e", "2")]
    assert embedded(made) is made
    bare = record("852 ## $b PUSAT")
    assert embedded(bare) is bare
