"""Forms of the roster, the teams and the targets."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.accounts.models import User
from lumbung.desk import channels, queries
from lumbung.desk.models import Shift
from lumbung.kernel.ui.forms import Day
from lumbung.messaging.channels import kinds
from lumbung.organization.models import Offering

LONGEST_TARGET = 60_000
"""A hundred days of ten hours, in minutes."""


def channel_choices() -> list[tuple[str, str]]:
    """Every way by which a question can come by itself."""
    return [(kind, channels.label(kind)) for kind in (*kinds(), channels.FORM)]


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"


class ShiftForm(forms.Form):
    """Somebody, on a day, from when to when, where."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Petugas"), empty_label=None)
    day = Day(label=_("Hari"))
    starts = forms.TimeField(label=_("Mulai"), widget=TimeInput(format="%H:%M"), initial="08:00")
    ends = forms.TimeField(label=_("Selesai"), widget=TimeInput(format="%H:%M"), initial="12:00")
    place = forms.ChoiceField(label=_("Tempat"), choices=Shift.Places.choices)
    channels = forms.MultipleChoiceField(
        label=_("Hanya untuk"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("Tanpa centang: semua jalan.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people, ways = self.fields["user"], self.fields["channels"]
        people.queryset = queries.librarians()  # type: ignore[attr-defined]
        ways.choices = channel_choices()  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """As the verb takes it; a shift that ends before it begins ends the day after."""
        told, zone = self.cleaned_data, timezone.get_current_timezone()
        begins, ends = (datetime.combine(told["day"], told[name], zone) for name in ("starts", "ends"))
        ends += timedelta(days=1) if ends <= begins else timedelta()
        return {
            "user": told["user"],
            "place": told["place"],
            "channels": told["channels"],
            "starts_at": begins,
            "ends_at": ends,
        }


class TeamForm(forms.Form):
    """A team: its name, and the ways by which questions come to it by themselves."""

    name = forms.CharField(label=_("Nama"), max_length=80)
    channels = forms.MultipleChoiceField(label=_("Menerima langsung dari"), required=False, widget=forms.CheckboxSelectMultiple)
    is_active = forms.BooleanField(label=_("Dipakai"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channels"].choices = channel_choices()  # type: ignore[attr-defined]


class GuestForm(forms.Form):
    """Somebody for a team; with a last day, a guest of a partner library."""

    username = forms.CharField(label=_("Nama pengguna"), max_length=60)
    until = Day(label=_("Tamu sampai"), required=False, help_text=_("Hanya untuk tamu dari perpustakaan mitra."))

    def clean_username(self) -> User:
        name = self.cleaned_data["username"].strip()
        found = User.objects.filter(username__iexact=name, is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Tidak ada pengguna dengan nama itu."))
        return found


class TargetForm(forms.Form):
    """How soon, in minutes of opening hours."""

    channel = forms.ChoiceField(label=_("Jalan"), required=False)
    service = forms.ModelChoiceField(Offering.objects.all(), label=_("Layanan"), required=False, empty_label="–")
    first_minutes = forms.IntegerField(
        label=_("Jawaban pertama (menit jam buka)"), min_value=1, max_value=LONGEST_TARGET, initial=60
    )
    next_minutes = forms.IntegerField(
        label=_("Jawaban berikutnya (menit jam buka)"), min_value=1, max_value=LONGEST_TARGET, initial=120
    )
    resolution_minutes = forms.IntegerField(
        label=_("Selesai (menit jam buka)"), min_value=1, max_value=LONGEST_TARGET, initial=960
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [("", _("Semua jalan")), *channel_choices()]  # type: ignore[attr-defined]
