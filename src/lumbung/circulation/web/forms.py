"""The forms of circulation's pages."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.accounts.domain.permissions import declared
from lumbung.accounts.queries import staff
from lumbung.circulation.models import Hold, PhoneLending, Terminal, Urgency
from lumbung.circulation.models.hold import HoldQuerySet
from lumbung.circulation.models.loan import LoanQuerySet
from lumbung.circulation.permissions import LEND
from lumbung.circulation.queries import of_category
from lumbung.circulation.refusals import DAY_UNREADABLE
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.forms import Day
from lumbung.kernel.ui.submission import FormForVerb
from lumbung.members.models import Category, Member
from lumbung.members.queries import narrowed
from lumbung.organization.models import Branch

A_YEAR = 366


class OverdueForm(forms.Form):
    """Which loans a list shows."""

    q = forms.CharField(label=_("Anggota"), required=False, max_length=100)
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=_("Dipinjam dari"), required=False, empty_label=_("Semua cabang")
    )
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Kategori"), required=False, empty_label=_("Semua kategori")
    )
    days = forms.IntegerField(label=_("Terlambat lebih dari (hari)"), required=False, min_value=0, max_value=3650)

    @property
    def filters(self) -> dict[str, Any]:
        """For ``queries.overdue_loans``; a filter that makes no sense is left out, and the form says so."""
        self.is_valid()
        given = self.cleaned_data
        return {"branch": given.get("branch"), "category": given.get("category"), "days": given.get("days") or 0}

    def narrowed(self, loans: LoanQuerySet) -> LoanQuerySet:
        """Those of ``loans`` that the filters leave."""
        self.is_valid()
        given = self.cleaned_data
        if given.get("branch"):
            loans = loans.filter(lent_from=given["branch"])
        if given.get("category"):
            loans = of_category(loans, given["category"])
        if given.get("q"):
            loans = loans.filter(member__in=narrowed(Member.objects.all(), given["q"]).values("pk"))
        return loans


class HoldsForm(forms.Form):
    """Which holds the queue shows."""

    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Diambil di"), required=False, empty_label=_("Semua cabang"))
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Semua yang masih berjalan")), *[(state, Hold.States(state).label) for state in Hold.OPEN]],
    )

    def narrowed(self, holds: HoldQuerySet) -> HoldQuerySet:
        """Those of ``holds`` that the filters leave."""
        self.is_valid()
        given = {"pickup_branch": self.cleaned_data.get("branch"), "state": self.cleaned_data.get("state")}
        return holds.filter(**{name: value for name, value in given.items() if value})


class TerminalForm(FormForVerb):
    """A machine at which members serve themselves."""

    class Meta:
        model = Terminal
        fields = (
            "name",
            "login",
            "branch",
            "account",
            "needs_pin",
            "lends",
            "takes_back",
            "places_holds",
            "takes_fees",
            "blocks_cards",
            "encoding",
            "language",
            "is_active",
        )
        help_texts: ClassVar = {
            "login": _("Diketikkan pada mesin, bersama rahasia yang dibuat setelah disimpan."),
            "account": _(
                "Jurnal mencatat semua yang dikerjakan mesin atas nama akun ini, dan mesin tidak boleh lebih dari akun ini."
            ),
            "takes_fees": _("Uangnya tinggal di mesin, jadi tidak dihitung dalam laci kas cabang."),
            "encoding": _("Lihat buku petunjuk mesin; bila huruf beraksen tampil aneh, coba yang lain."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = self.fields["account"]
        may_lend = staff().filter(is_active=True, role_grants__role__in=declared()[LEND])
        accounts.queryset = may_lend  # type: ignore[attr-defined]  # a field that chooses a row
        is_gone = self.instance.pk is not None and not may_lend.filter(pk=self.instance.account_id).exists()
        for name in ("branch",) if is_gone else ("branch", "account"):  # whoever may lend no more is replaced by choice alone
            self.fields[name].empty_label = None  # type: ignore[attr-defined]  # as above


class PinForm(forms.Form):
    """A PIN, typed twice by the member."""

    pin = forms.CharField(
        label=_("PIN baru"),
        max_length=8,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "new-password"}),
        help_text=_("4 sampai 8 angka; jangan tanggal lahir atau nomor kartu."),
    )
    again = forms.CharField(
        label=_("Ketik sekali lagi"),
        max_length=8,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("pin") and given.get("again") and given["pin"] != given["again"]:
            self.add_error("again", _("Kedua PIN tidak sama."))
        return given


class SuspensionForm(forms.Form):
    """Until when a hold lets others go before."""

    until = Day(label=_("Lanjutkan lagi pada"), required=False, help_text=_("Kosong: sampai dilanjutkan sendiri."))

    def day_said(self) -> date | None:
        """The day; None where none was said. Refuses what cannot be read as one."""
        if not self.is_valid():
            raise Refused(DAY_UNREADABLE())
        day: date | None = self.cleaned_data["until"]
        return day


class PriorityForm(forms.Form):
    """Why somebody is put first."""

    reason = forms.CharField(label=_("Alasan didahulukan"), max_length=200, required=False)


class UrgencyForm(FormForVerb):
    """What the library does when many wait for few copies."""

    kept_days = Urgency._meta.get_field("kept_days").formfield(max_value=A_YEAR)
    return_days = Urgency._meta.get_field("return_days").formfield(min_value=1, max_value=A_YEAR)

    class Meta:
        model = Urgency
        fields = ("kept_days", "return_days", "local_first")
        widgets: ClassVar = {"local_first": forms.RadioSelect}


class PhoneLendingForm(FormForVerb):
    """How members borrow with their telephones at a branch."""

    class Meta:
        model = PhoneLending
        fields = ("is_on", "networks", "takes_code")
        help_texts: ClassVar = {
            "networks": _("Satu per baris, seperti 10.20.0.0/16. Ponsel dalam jaringan ini dianggap berada di cabang."),
            "takes_code": _("Kode QR harian yang dipasang di dinding; besok kodenya lain."),
        }
        widgets: ClassVar = {"networks": forms.Textarea(attrs={"rows": 3})}
