"""Forms of sessions, minutes and actions. What may be said is judged by the verbs."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.accounts.queries import staff
from lumbung.kernel.ui.forms import Day, refuse_out_of_reach
from lumbung.kernel.ui.submission import FormForVerb
from lumbung.knowledge.models import Action, Session, Topic


class MomentInput(forms.DateTimeInput):
    """The browser's own day and hour."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class Moment(forms.DateTimeField):
    """A day and hour that a library can have."""

    widget = MomentInput
    default_validators = [refuse_out_of_reach]  # noqa: RUF012 -- Django reads it once


class PersonField(forms.ModelChoiceField):
    """A colleague."""

    def __init__(self, label: Any, *, required: bool = True) -> None:
        super().__init__(staff().filter(is_active=True), label=label, required=required, empty_label=_("Pilih orang"))


class TopicInput(forms.TextInput):
    """Any words, with the portal's topics offered while typing."""

    template_name = "knowledge/topic_input.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "topics": Topic.objects.values_list("name", flat=True)}


class SessionForm(FormForVerb):
    starts_at = Moment(label=_("Mulai"), required=False)
    facilitator = PersonField(_("Fasilitator"), required=False)
    link = forms.URLField(label=_("Tautan daring"), max_length=300, required=False, assume_scheme="https")

    class Meta:
        model = Session
        fields: ClassVar = [
            "title", "kind", "topic", "community", "starts_at", "minutes_long", "facilitator", "mode", "place", "link", "expected_product",
        ]  # fmt: skip
        widgets: ClassVar = {"topic": TopicInput()}
        help_texts: ClassVar = {
            "expected_product": _("Apa yang ada sesudah sesi ini: SOP baru, daftar keputusan, artikel, …"),
            "topic": _("Satu kata atau frasa, misalnya “sirkulasi”."),
        }


class NewSessionForm(SessionForm):
    points = forms.CharField(
        label=_("Poin diskusi"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Satu poin sebaris."),
    )


class CloseForm(forms.Form):
    product = forms.CharField(
        label=_("Produk"), max_length=300, required=False, help_text=_("Notulen yang disetujui sudah merupakan produk.")
    )
    without_product = forms.CharField(label=_("Atau alasan mengapa tidak ada"), max_length=300, required=False)


class AttendanceForm(forms.Form):
    people = forms.ModelMultipleChoiceField(
        staff().filter(is_active=True), label=_("Rekan"), required=False, widget=forms.CheckboxSelectMultiple
    )
    names = forms.CharField(
        label=_("Dari daftar hadir kertas"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Satu nama sebaris. Nama rekan dikenali; nama lain dicatat apa adanya."),
    )


class PictureForm(forms.Form):
    picture = forms.FileField(
        label=pgettext_lazy("knowledge", "Foto"), widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"})
    )
    caption = forms.CharField(label=pgettext_lazy("knowledge", "Keterangan"), max_length=160, required=False)


class ActionForm(FormForVerb):
    owner = PersonField(_("Pemilik"))
    due_on = Day(label=_("Tenggat"))

    class Meta:
        model = Action
        fields: ClassVar = ["title", "owner", "due_on", "core"]
        help_texts: ClassVar = {"core": _("Orang, proses, atau teknologi: untuk rencana perbaikan.")}


class RepeatForm(forms.Form):
    every_weeks = forms.IntegerField(label=_("Setiap berapa minggu"), min_value=1, max_value=26, initial=1)
    hosts = forms.ModelMultipleChoiceField(
        staff().filter(is_active=True),
        label=_("Fasilitator bergiliran"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Giliran menurut urutan ini."),
    )


class PollForm(forms.Form):
    """Up to four moments to choose from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, 5):
            self.fields[f"moment{n}"] = Moment(label=_("Pilihan %(n)s") % {"n": n}, required=False)

    def moments(self) -> list[Any]:
        return [each for each in self.cleaned_data.values() if each]
