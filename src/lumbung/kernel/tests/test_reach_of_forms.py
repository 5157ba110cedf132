"""Days and numbers that a library cannot have are told beside their field."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from lumbung.kernel.days import iso_day
from lumbung.kernel.models import JournalEntry, NightlyRun, PendingReaction
from lumbung.kernel.ui.forms import Day
from lumbung.kernel.ui.submission import FormForVerb

TOLD = "Isi tanggal antara tahun 1000 dan 9998."


class FailuresForm(FormForVerb):
    class Meta:
        model = PendingReaction
        fields = ("failures",)


class NightForm(FormForVerb):
    class Meta:
        model = NightlyRun
        fields = ("last_day",)


class MomentForm(FormForVerb):
    class Meta:
        model = JournalEntry
        fields = ("at", "actor_id")


@pytest.mark.parametrize("said", ["0001-01-01", "0999-12-31", "9999-01-01", "9999-12-31"])
def test_a_day_out_of_reach_is_no_day(said):
    with pytest.raises(ValidationError) as wrong:
        Day().clean(said)
    assert wrong.value.messages == [TOLD]
    assert NightForm({"last_day": said}).errors == {"last_day": [TOLD]}
    assert iso_day(said) is None


def test_it_is_told_in_english_too():
    with translation.override("en"), pytest.raises(ValidationError) as wrong:
        Day().clean("9999-12-31")
    assert wrong.value.messages == ["Enter a date between the years 1000 and 9998."]


@pytest.mark.parametrize("said", ["1000-01-01", "2026-05-04", "9998-12-31"])
def test_a_day_within_reach_is_one(said):
    assert Day().clean(said) == iso_day(said) == date.fromisoformat(said)
    assert NightForm({"last_day": said}).errors == {}


def test_a_moment_out_of_reach_is_none():
    assert MomentForm({"at": "0001-01-01 00:00", "actor_id": "1"}).errors == {"at": [TOLD]}
    assert MomentForm({"at": "2026-05-04 08:00", "actor_id": "1"}).errors == {}


def test_a_number_that_the_column_does_not_hold_is_told_with_the_largest_that_it_does():
    for number in ("32768", "9" * 24, "9" * 400):
        form = FailuresForm({"failures": number})
        assert form.errors == {"failures": ["Pastikan nilai ini lebih kecil dari atau sama dengan 32767."]}
    assert FailuresForm({"failures": "32767"}).errors == {}
    assert [*MomentForm({"at": "2026-05-04 08:00", "actor_id": str(-(2**63) - 1)}).errors] == ["actor_id"]


def test_what_a_form_says_of_its_own_is_judged_by_the_column_too():
    class OwnForm(FailuresForm):
        failures = forms.TypedChoiceField(coerce=int, choices=[(40_000, "banyak")])

    assert [*OwnForm({"failures": "40000"}).errors] == ["failures"]
