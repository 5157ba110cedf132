"""The line through any object: where it comes from, what became of it, and the two ways on: a talk about it, an article of it."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lumbung.formats.prose.markdown import html_of
from lumbung.kernel.ui.own_pages import own_page
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.knowledge.domain.agenda import bring_up
from lumbung.knowledge.domain.articles.beginning import begin_from, begins_articles, material_of
from lumbung.knowledge.queries.trace import line_of
from lumbung.knowledge.tracing import Links, Ref, Stages, Thing, describe, kind_called
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever


class BeginForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Judul"), max_length=200)


@intranet()
@require_safe
def trace(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """The line through one object the reader may see: back to where it was talked about, forward to where it is used."""
    line = line_of(kind, key, request.user)
    if line.here is None:
        raise Http404
    context = {"line": line, "kind": kind_called(kind), "begins": begins_articles(kind)}
    return render(request, "knowledge/trace.html", context)


@intranet()
@require_POST
def thing_agenda(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """Whatever one sees goes on the agenda of the next session in one click."""
    thing = _seen(request, kind, key)
    how = Links.RETURNED if thing.stage in {Stages.COMBINATION, Stages.INTERNALISATION} else Links.DISCUSSED
    point = bring_up(Ref(kind, key), thing.title, by=whoever(request), url=thing.url, kind=how)
    messages.success(request, _("Ditaruh di agenda “%(session)s”.") % {"session": point.session})
    return redirect(own_page(request, request.headers.get("Referer", "")) or thing.url)


@intranet()
def thing_article(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """What an article of this would begin with; one click, and the draft is there."""
    _seen(request, kind, key)
    material = material_of(kind, key, request.user)
    if material is None:
        raise Http404
    form = BeginForm(request.POST or None, initial={"title": material.text.title})
    if form.is_valid():
        with reasons_shown_on(form):
            begun = begin_from(kind, key, title=form.cleaned_data["title"], by=whoever(request))
            messages.success(request, _("Draf ini baru Anda sendiri yang membacanya. Lengkapi, lalu bagikan."))
            return redirect("knowledge:article_edit", begun.pk)
    return form_page(request, "knowledge/thing_article.html", form, body=html_of(material.text.body))


def _seen(request: HttpRequest, kind: str, key: int) -> Thing:
    seen = describe([(kind, key)], request.user).get((kind, key))
    if seen is None:
        raise Http404
    return seen
