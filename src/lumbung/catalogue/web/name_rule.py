"""Under what this library enters people's names, with names of its own collection beside."""

from typing import ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.catalogue import queries
from lumbung.catalogue.domain.authorities.entry import DATES
from lumbung.catalogue.domain.name_entry import FIELDS, EnteredName, change_name_rule, entered
from lumbung.catalogue.models import NameRule
from lumbung.catalogue.permissions import CALL_NUMBERS
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on

READ, SHOWN = 400, 30
EXAMPLES = ("Pramoedya Ananta Toer", "Tahi Bonar Simatupang", "Sugiyono", "Prof. Dr. Siti Aminah, M.Pd.", "Ahmad bin Abdullah")


class NameRuleForm(FormForVerb):
    sample = forms.CharField(
        label=gettext_lazy("Coba satu nama"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Ditampilkan paling atas pada hasil; tidak disimpan."),
    )

    class Meta:
        model = NameRule
        fields: ClassVar = ["order", "families"]
        widgets: ClassVar = {"order": forms.RadioSelect, "families": forms.Textarea(attrs={"rows": 8})}
        help_texts: ClassVar = {
            "families": gettext_lazy(
                "Satu per baris. Nama yang berakhir dengan salah satunya ditata di bawahnya, apa pun aturannya."
            ),
        }

    def clean_families(self) -> str:
        return "\n".join(filter(None, (" ".join(line.split()) for line in self.cleaned_data["families"].splitlines())))


@needs(CALL_NUMBERS)
def rule(request: HttpRequest) -> HttpResponse:
    """The rule and what comes of it; with ``look`` what would come of the one that is being filled in, before it is saved."""
    kept = queries.name_rule()
    instance = NameRule(pk=1, **{name: getattr(kept, name) for name in FIELDS})
    form = NameRuleForm(request.POST or None, instance=instance, initial={"families": kept.families})
    tried, sample = kept, ""
    if form.is_valid():
        told = dict(form.cleaned_data)
        sample, tried = told.pop("sample"), NameRule(pk=1, order=told["order"], families=told["families"])
        if "look" not in request.POST:
            with reasons_shown_on(form):
                change_name_rule(by=request.user, **told)
                messages.success(request, _("Aturan nama orang disimpan. Tajuk yang sudah ada tidak berubah."))
                return redirect("catalogue:name_rule")
    context = {"names": _names(tried, sample), "kept": kept, "looking": "look" in request.POST}
    return form_page(request, "catalogue/name_rule.html", form, **context)


def _names(rule: NameRule, sample: str) -> list[tuple[str, EnteredName]]:
    """Names of the collection with what the rule makes of them, those that change first."""
    labels = [DATES.sub("", each) for each in queries.recent_names(READ)] or list(EXAMPLES)
    made = [(each, entered(each, rule)) for each in dict.fromkeys(labels)]
    changed = [each for each in made if each[0] != each[1].heading]
    rest = [each for each in made if each[0] == each[1].heading]
    return [*([(sample, entered(sample, rule))] if sample else []), *changed, *rest][:SHOWN]
