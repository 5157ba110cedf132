"""Cells as people fill them: days, prices, spoilt numbers, several values."""

from datetime import date
from decimal import Decimal

import pytest

from lumbung.kernel.days import written_day
from lumbung.moving.domain.sheets import cells


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024-05-31", date(2024, 5, 31)),
        ("31/05/2024", date(2024, 5, 31)),
        ("5-6-24", date(2024, 6, 5)),
        ("5.6.88", date(1988, 6, 5)),
        ("4 Jun 2024", date(2024, 6, 4)),
        ("4 Juni 2024", date(2024, 6, 4)),
        ("17 Agustus 1945", date(1945, 8, 17)),
        ("45292", date(2024, 1, 1)),
        ("31/02/2024", None),
        ("0000-00-00", None),
        ("kemarin", None),
        ("2015", None),
        ("", None),
    ],
)
def test_a_day_is_read_in_every_usual_form(text, told):
    assert written_day(text) == told


def test_a_column_of_days_tells_by_itself_that_months_stand_first():
    assert cells.months_first(["05/31/2024", "01/02/2024"])
    assert not cells.months_first(["31/05/2024", "01/02/2024"])
    assert not cells.months_first(["01/02/2024"])
    assert written_day("05/31/2024", month_first=True) == date(2024, 5, 31)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Rp 45.000,00", Decimal("45000.00")),
        ("Rp. 1.250.000", Decimal("1250000.00")),
        ("45,000", Decimal("45000.00")),
        ("45.5", Decimal("45.50")),
        ("45000", Decimal("45000.00")),
        ("gratis", None),
        ("0", None),
        ("45rb", Decimal("45000.00")),
        ("45 ribu", Decimal("45000.00")),
        ("Rp45.000,-", Decimal("45000.00")),
        ("Rp. 45.000,--", Decimal("45000.00")),
        ("1,5 jt", Decimal("1500000.00")),
        ("45.000 / eks", Decimal("45000.00")),
        ("45 rbb", None),
        ("45 rb - 50 rb", None),
        ("US$ 45", None),
        ("20 ringgit", None),
    ],
)
def test_a_price_is_read_however_it_is_parted(text, told):
    assert cells.price(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("gratis", True),
        ("n.a.", True),
        ("99999999999999", True),
        ("0", False),
        ("Rp 0,-", False),
        ("-", False),
        ("", False),
        ("Rp 5.000", False),
        ("45rb", False),
        ("45 rbb", True),
        ("45-50rb", True),
        ("US$ 45", True),
    ],
)
def test_words_in_place_of_a_price_are_known_from_nothing_and_from_no_charge(text, told):
    assert cells.is_no_price(text) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("9,78979E+12", ["9,78979E+12"]),
        ("9789799731234, 9,78979e+12", ["9789799731234", "9,78979e+12"]),
        ("9789799731234,9786020000001", ["9789799731234", "9786020000001"]),
        ("602-8519-93-9 / 979-97312-3-2;", ["602-8519-93-9", "979-97312-3-2"]),
        (" , ", []),
    ],
)
def test_the_numbers_of_a_cell_are_parted_but_not_at_the_comma_of_decimals(text, told):
    assert cells.numbers(text) == told


@pytest.mark.parametrize(
    ("text", "spoilt"), [("1.9E+9", True), ("9,78602E+12", True), ("9786020000001", False), ("E-12", False), ("12E", False)]
)
def test_a_number_that_lost_its_end_is_known(text, spoilt):
    assert cells.is_spoilt(text) is spoilt


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("813 HIR l", ("813", "813 HIR l")),
        ("R 499.221", ("499.221", "R 499.221")),
        ("2X4.2 ALI f", ("2X4.2", "2X4.2 ALI f")),
        ("297.14", ("297.14", "")),
        ("330 Ekonomi umum", ("330 Ekonomi umum", "")),
        ("", ("", "")),
    ],
)
def test_a_call_number_in_the_column_of_the_class_is_both(text, told):
    assert cells.class_and_call_number(text) == told


@pytest.mark.parametrize(
    ("text", "told"), [("20115", True), ("c2014", False), ("t.t.", False), ("", False), ("1980/81", False)]
)
def test_a_number_that_is_no_year_is_known_from_nothing(text, told):
    assert cells.is_no_year(text) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A; B;A", ["A", "B"]),
        ("<X><Y>", ["X", "Y"]),
        ("Budi Santoso, Siti Aminah", ["Budi Santoso", "Siti Aminah"]),
        ("Pradana, Mamik", ["Pradana, Mamik"]),
        ("Toer | Rendra", ["Toer", "Rendra"]),
        (" ; ", []),
    ],
)
def test_several_values_in_one_cell_are_told_apart(text, told):
    assert cells.many(text) == told
