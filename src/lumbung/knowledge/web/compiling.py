"""From minutes to an article: choose them, and the draft is there."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.knowledge.domain.articles.compiling import compile_minutes
from lumbung.knowledge.models import SessionMinutes
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever


class MinutesBoxes(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, minutes: SessionMinutes) -> str:
        session = minutes.session
        return f"{session.title} · {localtime(session.starts_at):%d/%m/%Y}" if session.starts_at else session.title


class CompileForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Judul"), max_length=200)
    minutes = MinutesBoxes(SessionMinutes.objects.none(), label=gettext_lazy("Notulen"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        rows = SessionMinutes.objects.select_related("session", "written_by").order_by("-session__starts_at")
        self.fields["minutes"].queryset = rows  # type: ignore[attr-defined]


@intranet()
@once
def compile_page(request: HttpRequest) -> HttpResponse:
    """Choose minutes; what was said and decided in them stands in the draft, with its sources."""
    chosen = [key_in(each) for each in request.GET.getlist("minutes")]
    first = SessionMinutes.objects.filter(pk__in=chosen).select_related("session").first()
    initial = {"title": request.GET.get("title") or (first.session.title if first else ""), "minutes": chosen}
    form = CompileForm(request.POST or None, initial=initial)
    if form.is_valid():
        with reasons_shown_on(form):
            made = compile_minutes(list(form.cleaned_data["minutes"]), form.cleaned_data["title"], by=whoever(request))
            messages.success(request, _("Draf tersusun dari notulen. Lengkapi, lalu ajukan."))
            return redirect("knowledge:article_edit", made.pk)
    return form_page(request, "knowledge/compile.html", form)
