"""Rules of one member's own: the list of all, one by one, and what stands on the member's page."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.circulation import permissions
from lumbung.circulation.domain.personal_rules import add_personal_rule, change_personal_rule, remove_personal_rule
from lumbung.circulation.models import PersonalRule
from lumbung.circulation.queries.personal_rules import day_at_home, every_personal_rule, personal_words
from lumbung.circulation.refusals import PERSONAL_REASON_EMPTY, PERSONAL_RULE_GONE
from lumbung.circulation.web.limit_sets import PlacesField
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.forms import DayInput
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on, row_of_form
from lumbung.members.models import Member
from lumbung.members.queries import members_visible_to
from lumbung.organization.models import Location

Line = tuple[PersonalRule, str, bool]
"""A rule, what it says, and whether it holds today."""


class PersonalRuleForm(FormForVerb):
    locations = PlacesField(
        Location.objects.select_related("branch").order_by("branch__name", "name"),
        label=gettext_lazy("Lokasi rak"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = PersonalRule
        fields = ("kind", "item_types", "locations", "branches", "loan_days", "reason", "until")
        widgets: ClassVar = {
            "kind": forms.RadioSelect,
            "item_types": forms.CheckboxSelectMultiple,
            "branches": forms.CheckboxSelectMultiple,
            "until": DayInput(),
        }
        labels: ClassVar = {"branches": gettext_lazy("Milik cabang")}
        help_texts: ClassVar = {
            "loan_days": gettext_lazy("Untuk yang boleh dipinjam juga."),
            "reason": gettext_lazy("Dapat dibaca anggotanya."),
            "until": gettext_lazy("Hari terakhir berlakunya. Kosongkan bila tidak berbatas waktu."),
            "branches": gettext_lazy("Beserta cabang yang menjadi bagiannya."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices, kind.initial = PersonalRule.Kinds.choices, PersonalRule.Kinds.ALLOWED
        self.fields["reason"].error_messages["required"] = str(PERSONAL_REASON_EMPTY())


@needs(permissions.SEE)
@require_safe
def personal_rules(request: HttpRequest) -> HttpResponse:
    """Those of every member, by member."""
    words, rows = request.GET.get("q", "").strip(), every_personal_rule()
    if words:
        rows = rows.filter(Q(member__name__icontains=words) | Q(member__barcode=words) | Q(reason__icontains=words))
    shown = page_of(rows, request)
    context = {"page": shown, "lines": lines_of(shown.object_list), "q": words}
    return render(request, "circulation/personal_rules.html", context)


@needs(permissions.PERSONAL_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(members_visible_to(request.user), pk=pk)
    form = PersonalRuleForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            add_personal_rule(member, **form.cleaned_data, by=request.user)
            messages.success(request, _("Ketentuan khusus untuk %(member)s ditambahkan.") % {"member": member})
            return redirect("members:member", member.pk)
    return form_page(request, "circulation/personal_rule.html", form, member=member, rule=None)


@needs(permissions.PERSONAL_RULES)
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def personal_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a rule of a member's own; DELETE removes it."""
    shown = row_of_form(request, PersonalRule.objects.select_related("member"), pk, gone=PERSONAL_RULE_GONE)
    if request.method == "DELETE":
        return _removed(request, shown)
    form = PersonalRuleForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            change_personal_rule(shown, **form.cleaned_data, by=request.user)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("members:member", shown.member_id)
    return form_page(request, "circulation/personal_rule.html", form, member=shown.member, rule=shown)


def lines_of(rules: Any) -> list[Line]:
    """Each rule as it is shown."""
    return [(each, personal_words(each), each.holds_on(day_at_home(each.member))) for each in rules]


def lines_of_member(member: Member) -> list[Line]:
    return lines_of(every_personal_rule().filter(member=member))


def _removed(request: HttpRequest, rule: PersonalRule) -> HttpResponse:
    member = rule.member
    remove_personal_rule(rule, by=request.user)
    messages.success(request, _("Ketentuan khusus dihapus: untuk %(member)s berlaku aturan umum.") % {"member": member})
    return redirect("members:member", member.pk)
