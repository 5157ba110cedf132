"""The form of a week: every day with room for its spells and one more."""

from collections.abc import Iterator, Sequence
from datetime import time
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from lumbung.kernel.ui.words import weekday
from lumbung.organization.domain.calendar import Spell
from lumbung.organization.queries import Hours

WEEK = range(7)
FEWEST_PLACES, MOST_PLACES = 2, 6


class HoursForm(forms.Form):
    """Two time fields a spell (``d0_1_opens``: Monday's second); a spell left empty is none, a day without spells is closed."""

    like_monday = forms.BooleanField(
        required=False,
        label=_("Selasa sampai Jumat sama dengan Senin"),
        help_text=_("Centang lalu simpan: isian Senin disalin ke empat hari berikutnya."),
    )

    def __init__(self, *args: Any, week: Sequence[Sequence[Hours]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = min(MOST_PLACES, max(FEWEST_PLACES, 1 + max(len(day) for day in week)))
        for day in WEEK:
            for place in range(self.places):
                self._add_spell(day, place, week[day][place] if place < len(week[day]) else None)

    def _add_spell(self, day: int, place: int, held: Hours | None) -> None:
        named = {"day": weekday(day), "number": place + 1}
        for end, label in (("opens", _("%(day)s, jam buka %(number)s")), ("closes", _("%(day)s, jam tutup %(number)s"))):
            said = label % named
            widget = forms.TimeInput(attrs={"type": "time", "aria-label": said}, format="%H:%M")
            field = forms.TimeField(label=said, initial=getattr(held, end, None), widget=widget, required=False)
            self.fields[f"d{day}_{place}_{end}"] = field

    def rows(self) -> Iterator[tuple[str, list[tuple[BoundField, BoundField]]]]:
        """Each day by name with its pairs of fields."""
        for day in WEEK:
            yield weekday(day), [(self[f"d{day}_{n}_opens"], self[f"d{day}_{n}_closes"]) for n in range(self.places)]

    def clean(self) -> dict[str, Any]:
        for day in WEEK:
            for place in range(self.places):
                opens, closes = self._times(day, place)
                if (opens is None) != (closes is None):
                    self.add_error(f"d{day}_{place}_opens", _("Isi jam buka dan jam tutup, atau kosongkan keduanya."))
        return self.cleaned_data

    def spells(self) -> list[Spell]:
        """What was filled in, Monday first."""
        week = [[spell for place in range(self.places) for spell in self._spell(day, place)] for day in WEEK]
        if self.cleaned_data["like_monday"]:
            week[1:5] = [[Spell(day, each.opens, each.closes) for each in week[0]] for day in range(1, 5)]
        return [spell for day in week for spell in day]

    def _spell(self, day: int, place: int) -> Iterator[Spell]:
        opens, closes = self._times(day, place)
        if opens is not None and closes is not None:
            yield Spell(day, opens, closes)

    def _times(self, day: int, place: int) -> tuple[time | None, time | None]:
        return self.cleaned_data.get(f"d{day}_{place}_opens"), self.cleaned_data.get(f"d{day}_{place}_closes")
