"""Amounts of money as people write them in forms: what they mean, or a question, never another amount."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from lumbung.kernel.ui.forms import Price, Rupiah


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("written", ["10000", "10.000", "10,000", " Rp10.000 ", "Rp. 10.000,00", "10,000.00", "10.000,-"])
def test_ten_thousand_is_ten_thousand_however_it_is_written(language, written):
    with translation.override(language):
        assert Rupiah().clean(written) == 10_000


@pytest.mark.parametrize(
    "written", ["4.00", "4,00", "0.500", "10.0000", "1.00.000", "1.500.00", "10.000,50", "-5", "1e3", "sepuluh"]
)
def test_what_might_be_another_amount_is_asked_for_again(written):
    with pytest.raises(ValidationError) as wrong:
        Rupiah().clean(written)
    assert wrong.value.messages == ["Tulis dalam rupiah utuh, misalnya 10.000."]


@pytest.mark.parametrize("written", ["1000000000000000", "9" * 24])
def test_more_than_a_library_ever_has_is_told_with_the_most_it_may_be(written):
    with pytest.raises(ValidationError) as wrong:
        Rupiah().clean(written)
    assert wrong.value.messages == ["Pastikan nilai ini lebih kecil dari atau sama dengan 999999999999999."]
    assert Rupiah().clean("999.999.999.999.999") == 999_999_999_999_999


def test_nothing_is_no_amount_and_none_is_an_amount():
    assert (Rupiah(required=False).clean(""), Rupiah(required=False).clean("0")) == (None, 0)


@pytest.mark.parametrize(
    ("written", "price"), [("75.000", "75000"), ("75000.00", "75000.00"), ("Rp75.000,50", "75000.50"), ("12.5", "12.5")]
)
def test_a_price_may_have_cents_and_its_thousands_stay_thousands(written, price):
    assert Price(max_digits=12, decimal_places=2).clean(written) == Decimal(price)


@pytest.mark.parametrize("written", ["1.500.00", "12,345,67", "0.500", "1e3", "-5", "seribu"])
def test_a_price_that_might_be_another_is_asked_for_again(written):
    with pytest.raises(ValidationError) as wrong:
        Price(max_digits=12, decimal_places=2).clean(written)
    assert wrong.value.messages == ["Tulis dalam rupiah, misalnya 75.000."]
