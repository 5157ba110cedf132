"""Amounts with a word behind them are what people mean by them, or none."""

from decimal import Decimal

import pytest

from lumbung.kernel.amounts import has_word, in_words


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("45rb", 45_000),
        ("45 RB,-", 45_000),
        ("Rp 45 ribu", 45_000),
        ("45k", 45_000),
        ("47,5 rb/eks", 47_500),
        ("1.500 ribu", 1_500_000),
        ("1,5 jt", 1_500_000),
        ("1.250 juta", 1_250_000),
        ("2 juta 500 ribu", 2_500_000),
        ("45 rb - 50 rb", None),
        ("500 ribu 2 juta", None),
        ("45-50 ribu", None),
        ("2 x 45rb", None),
        ("45.000 ribu", None),
        ("1.250.000 rb", None),
    ],
)
def test_a_number_with_a_word_is_so_many_thousands_or_millions(text, told):
    assert (has_word(text), in_words(text)) == (True, None if told is None else Decimal(told))


@pytest.mark.parametrize("text", ["45.000", "45 kg", "ribu", "45 rbb", ""])
def test_a_number_without_such_a_word_is_left_to_others(text):
    assert (has_word(text), in_words(text)) == (False, None)
