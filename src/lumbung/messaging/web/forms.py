"""Forms of the staff's pages on messages."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.kernel.ui.forms import Rupiah
from lumbung.kernel.ui.submission import FormForVerb
from lumbung.messaging.channels import Field, Needs, channel_called, kinds
from lumbung.messaging.channels.mapping import lines_of
from lumbung.messaging.domain import texts
from lumbung.messaging.models import Account, Delivery, NoticePolicy

States, Purposes = Delivery.States, Delivery.Purposes


class DeliveriesForm(forms.Form):
    state = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("Semua")), *States.choices])
    kind = forms.ChoiceField(label=_("Saluran"), required=False)
    purpose = forms.ChoiceField(label=_("Keperluan"), required=False, choices=[("", _("Semua")), *Purposes.choices])
    address = forms.CharField(label=_("Alamat"), required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [("", _("Semua")), *((each, channel_called(each).needs().title) for each in kinds())]


class LinesField(forms.CharField):
    """``name = value`` a line."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "num"})

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        try:
            lines_of(text)
        except ValueError as wrong:
            raise forms.ValidationError(_("“%(line)s” bukan nama = nilai."), params={"line": str(wrong)}) from None
        return text


class AccountForm(forms.Form):
    """The fields a channel needs. A secret is never filled in: left empty, it stays what it was."""

    name = forms.CharField(
        label=_("Nama akun"),
        max_length=80,
        required=False,
        help_text=_("Anggota yang terhubung dan petugas membacanya, misalnya “WA Layanan”."),
    )

    def __init__(self, *args: Any, needs: Needs, account: Account | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._needs, self._account = needs, account
        self.fields["name"].initial = account.name if account else str(needs.title)
        for each in needs.fields:
            self.fields[each.name] = self._field(each)

    def _field(self, asked: Field) -> forms.Field:
        has_it = self._account is not None and bool(self._account.sealed_secrets)
        common: dict[str, Any] = {
            "label": asked.label,
            "help_text": asked.words,
            "required": asked.is_required and not (asked.is_secret and has_it),
            "initial": self._account.setting(asked.name) if self._account else asked.default,
        }
        if asked.is_secret:
            common["initial"] = ""
            if has_it:
                common["help_text"] = _(
                    "Tersimpan terenkripsi dan tidak ditampilkan. Kosongkan agar tetap; isi untuk mengganti."
                )
            return forms.CharField(**common, widget=forms.PasswordInput(attrs={"autocomplete": "off"}), strip=True)
        if asked.kind == "choice":
            return forms.ChoiceField(**common, choices=asked.choices)
        if asked.kind == "lines":
            return LinesField(**common)
        return forms.CharField(**common, max_length=300)

    def given(self) -> dict[str, Any]:
        """The name, the settings and the secrets, as the verbs want them."""
        data = dict(self.cleaned_data)
        secret = {each.name for each in self._needs.fields if each.is_secret}
        return {
            "name": data.pop("name"),
            "settings": {name: value for name, value in data.items() if name not in secret},
            "secrets": {name: data[name] for name in secret if data[name]},
        }


class PolicyForm(FormForVerb):
    class Meta:
        model = NoticePolicy
        fields = ("quiet_from", "quiet_until", "monthly_budget")
        field_classes: ClassVar = {"monthly_budget": Rupiah}
        widgets: ClassVar = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        help_texts: ClassVar = {
            "quiet_from": _("Pemberitahuan lewat chat dan SMS menunggu sampai jam tenang usai; surel tidak."),
            "monthly_budget": _("Untuk SMS dan templat berbayar. 0: pemberitahuan hanya lewat jalan yang gratis."),
        }


class WordingForm(forms.Form):
    subject = forms.CharField(label=_("Perihal"), max_length=255)
    body = forms.CharField(
        label=pgettext_lazy("messaging", "Isi"), max_length=5000, strip=True, widget=forms.Textarea(attrs={"rows": 14})
    )

    def clean(self) -> dict[str, Any]:
        """Words that can be filled in; what is wrong stands beside its field."""
        given = super().clean() or {}
        for name in ("subject", "body"):
            try:
                texts.fill(given.get(name, ""), {})
            except texts.NotAText as wrong:
                self.add_error(name, _("Tidak dapat dibaca: %(reason)s") % {"reason": wrong})
        return given
