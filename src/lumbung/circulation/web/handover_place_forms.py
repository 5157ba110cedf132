"""The forms of places of hand-over, and the choice where a hold is fetched."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lumbung.circulation.models import HandoverPlace
from lumbung.circulation.queries.closed_doors import opens_again
from lumbung.circulation.queries.handover_places import Pickup, offered_visits, pickup_named
from lumbung.kernel.ui.forms import DayInput
from lumbung.kernel.ui.submission import FormForVerb
from lumbung.kernel.ui.words import mid_day, weekday
from lumbung.organization.models import Branch
from lumbung.organization.queries import public_branches


class PlaceForm(FormForVerb):
    """A place, and when it is visited."""

    weekdays = forms.MultipleChoiceField(
        label=_("Hari kunjungan"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Kosongkan bila hanya pada tanggal tertentu; tanggalnya ditambahkan sesudah disimpan."),
    )

    class Meta:
        model = HandoverPlace
        fields = (
            "name", "kind", "branch", "address", "note", "weekdays", "starts", "ends", "every_weeks", "first_day", "last_day",
            "is_offered",
        )  # fmt: skip
        widgets: ClassVar = {
            "starts": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "ends": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "first_day": DayInput(),
            "last_day": DayInput(),
        }
        help_texts: ClassVar = {
            "name": _("Contoh: Balai Desa Sukamaju, Kantor Fakultas Teknik."),
            "branch": _("Petugas cabang ini yang membawa pesanan ke sana; bukunya menunggu di rak pesanan cabang ini."),
            "every_weeks": _("1: setiap minggu; 2: dua minggu sekali, dihitung dari minggu tanggal mulai."),
            "is_offered": _(
                "Bila tidak, tempat ini tidak tampil dan tidak dapat dipilih; yang sudah memilihnya tetap dilayani."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weekdays"].choices = [(str(day + 1), weekday(day)) for day in range(7)]  # type: ignore[attr-defined]  # a choice
        self.initial["weekdays"] = list(self.instance.weekdays)
        if self.instance.pk:
            del self.fields["branch"]

    def clean_weekdays(self) -> str:
        return "".join(self.cleaned_data["weekdays"])


class PickupForm(forms.Form):
    """Where the copy will be fetched: a branch, or a place that is visited."""

    branch = forms.ChoiceField(label=_("Ambil di"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].choices = pickup_choices()  # type: ignore[attr-defined]  # a field that chooses

    def clean_branch(self) -> Pickup:
        if (chosen := pickup_named(self.cleaned_data["branch"])) is None:
            raise ValidationError(gettext("Tempat itu tidak ditawarkan lagi."))
        return chosen


def _with_doors(branch: Branch) -> str:
    opens = opens_again(branch)
    return (
        gettext("%(branch)s · pintu tutup, buka lagi %(day)s") % {"branch": branch, "day": mid_day(opens)}
        if opens
        else branch.name
    )


def pickup_choices() -> list[tuple[Any, Any]]:
    """Branches first; then, under their kinds, the places with the day of the next visit."""
    found: list[tuple[Any, Any]] = [(str(branch.pk), _with_doors(branch)) for branch in public_branches()]
    for kind in HandoverPlace.Kinds:
        visits = [each for each in offered_visits() if each.place.kind == kind]
        if visits:
            found.append((kind.label, [(f"p{each.place.pk}", f"{each.place.name} · {mid_day(each.day)}") for each in visits]))
    return found
