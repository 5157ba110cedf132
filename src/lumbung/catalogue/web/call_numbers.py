"""How this library makes call numbers, with what comes of it beside."""

from typing import ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.catalogue import queries
from lumbung.catalogue.domain.call_numbers import FIELDS, change_call_number_rule, suggested_call_number
from lumbung.catalogue.domain.simple_entry import SimpleEntry
from lumbung.catalogue.models import CallNumberRule
from lumbung.catalogue.permissions import CALL_NUMBERS
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on

EXAMPLES = [
    SimpleEntry(title="Bumi manusia", people=["Toer, Pramoedya Ananta"], classification="899.221", year="1980"),
    SimpleEntry(title="Metode penelitian kuantitatif", people=["Sugiyono"], classification="001.42", year="2019"),
    SimpleEntry(title="Ihya ulumiddin", people=["Al-Ghazali"], classification="2X5.2", year="2011"),
    SimpleEntry(title="Membumikan Al-Qur’an", people=["M. Quraish Shihab"], classification="2X1.3", year="1992"),
    SimpleEntry(title="The Oxford dictionary of law", classification="340.03", year="2015"),
]


class RuleForm(FormForVerb):
    class Meta:
        model = CallNumberRule
        fields: ClassVar = ["author_letters", "name_part", "capitals", "title_letters", "year", "articles"]
        help_texts: ClassVar = {
            "author_letters": gettext_lazy("1 sampai 6."),
            "name_part": gettext_lazy(
                "Untuk nama tanpa koma. Nama berkoma memakai kata di depan koma; gelar dan inisial dilewati."
            ),
            "title_letters": gettext_lazy("0 sampai 3. Tanpa pengarang, huruf pengarang diambil dari judul."),
            "articles": gettext_lazy("Dipisah spasi. Al- di awal nama dan judul selalu dilewati."),
        }


@needs(CALL_NUMBERS)
def rule(request: HttpRequest) -> HttpResponse:
    kept = queries.call_number_rule()
    form = RuleForm(request.POST or None, instance=CallNumberRule(pk=1, **{name: getattr(kept, name) for name in FIELDS}))
    if form.is_valid():
        with reasons_shown_on(form):
            change_call_number_rule(by=request.user, **form.cleaned_data)
            messages.success(request, _("Aturan nomor panggil disimpan. Nomor yang sudah ada tidak berubah."))
            return redirect("catalogue:call_numbers")
    return form_page(request, "catalogue/call_numbers.html", form, examples=_examples(kept))


def _examples(rule: CallNumberRule) -> list[tuple[SimpleEntry, str]]:
    return [(each, suggested_call_number(each, rule)) for each in EXAMPLES]
