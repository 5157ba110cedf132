"""Numbers that no row has find nothing, however they are asked for."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.forms import ModelMultipleChoiceField

from lumbung.accounts.models import ApiToken, User

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
BEYOND = [10**24, -(10**24), 2**63, int("9" * 400)]


@pytest.mark.parametrize("number", BEYOND)
def test_a_number_that_no_row_has_finds_none(sari, number):
    assert list(User.objects.filter(pk=number)) == []
    assert list(User.objects.filter(pk__in=[number])) == []
    assert list(User.objects.filter(pk__in=[str(number), sari.pk])) == [sari]
    assert list(User.objects.exclude(pk__in=[number])) == [sari]
    assert User.objects.in_bulk([number, sari.pk]) == {sari.pk: sari}


@pytest.mark.parametrize("number", BEYOND)
def test_nothing_belongs_to_a_row_that_cannot_be(sari, number):
    token = ApiToken.objects.create(user=sari, name="uji", digest="0", created_at=NOON)
    assert list(ApiToken.objects.filter(user=number)) == []
    assert list(ApiToken.objects.filter(user_id=str(number))) == []
    assert list(ApiToken.objects.filter(user__in=[number])) == []
    assert list(ApiToken.objects.filter(user__in=[number, sari.pk])) == [token]
    assert list(ApiToken.objects.exclude(user=number)) == [token]
    assert list(User.objects.filter(api_tokens=number)) == []


def test_a_choice_that_was_forged_is_none_of_the_choices(sari):
    choice = ModelMultipleChoiceField(User.objects.all())
    assert list(choice.clean([str(sari.pk)])) == [sari]
    with pytest.raises(ValidationError) as wrong:
        choice.clean([str(sari.pk), "9" * 24])
    assert wrong.value.code == "invalid_choice"
