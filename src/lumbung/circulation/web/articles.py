"""Copies of articles and chapters, as staff make them: the queue, one request and all its steps, its slip and cover sheet."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.accounts.models import User
from lumbung.circulation.domain import article_copies as copying
from lumbung.circulation.domain import articles as verbs
from lumbung.circulation.models import ArticleRequest
from lumbung.circulation.permissions import LEND, RULES, SEE
from lumbung.circulation.queries.articles import article_terms, articles_visible_to, places_on_shelves, speed_of
from lumbung.circulation.web.article_forms import ArticlesForm, ArticleTermsForm, HandOnForm, PaperForm
from lumbung.circulation.web.working_branch import working_branch
from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on, text_sent
from lumbung.members.domain.privacy.looks import note_looks


@needs(SEE)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What is to be copied, oldest first; at the working branch unless another is asked for."""
    here = working_branch(request)
    form = ArticlesForm(request.GET or {"branch": here.pk if here else ""})
    rows = form.narrowed(articles_visible_to(request.user), request.user)
    facts = {"form": form, "page": page_of(rows, request), "speed": speed_of(form.cleaned_data.get("branch"))}
    return render(request, "circulation/articles.html", facts)


@needs(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def article(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One request: what it is of, where that stands, and all that can be done about it; a POST takes it a step on."""
    asked = get_object_or_404(articles_visible_to(request.user), pk=pk)
    if request.method == "POST":
        return _step(request, asked)
    if asked.address and asked.member:
        note_looks([asked.member], by=cast("User", request.user))
    facts = {
        "asked": asked,
        "places": places_on_shelves(asked) if asked.is_open else [],
        "paper": PaperForm(),
        "hand_on": HandOnForm(initial={"branch": asked.branch_id, "worker": asked.worker_id}),
        "largest": copying.LARGEST >> 20,
    }
    return render(request, "circulation/article.html", facts)


@needs(SEE)
@require_safe
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The slip to go to the shelf with: what to copy, from which copy, where that stands."""
    asked = get_object_or_404(articles_visible_to(request.user), pk=pk)
    facts = {"asked": asked, "places": places_on_shelves(asked), "now": clock.now()}
    return render(request, "circulation/article_slip.html", facts)


@needs(LEND)
@require_safe
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet that goes before a copy on paper."""
    asked = get_object_or_404(articles_visible_to(request.user), pk=pk)
    response = HttpResponse(copying.cover_sheet(asked), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="sampul-{asked.pk}.pdf"'
    return response


@needs(RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest) -> HttpResponse:
    """How long copies are kept, and how much may be copied."""
    form = ArticleTermsForm(request.POST or None, instance=article_terms())
    if form.is_valid():
        with reasons_shown_on(form):
            verbs.set_article_terms(by=request.user, **form.cleaned_data)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("circulation:articles")
    return form_page(request, "circulation/article_terms.html", form)


@needs(LEND)
def _step(request: HttpRequest, asked: ArticleRequest) -> HttpResponse:
    step = _STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    messages.success(request, step(request, asked))
    return redirect("circulation:article", asked.pk)


def _take_up(request: HttpRequest, asked: ArticleRequest) -> str:
    verbs.take_up(asked, by=cast("User", request.user), instead_of=key_in(request.POST.get("instead_of")))
    return _("Anda mengerjakannya.")


def _hand_on(request: HttpRequest, asked: ArticleRequest) -> str:
    form = HandOnForm(request.POST)
    if not form.is_valid():
        raise Http404
    verbs.hand_on(asked, branch=form.cleaned_data["branch"], worker=form.cleaned_data["worker"], by=request.user)
    return _("Permintaan dialihkan.")


def _scan(request: HttpRequest, asked: ArticleRequest) -> str:
    """What is too large is not read to its end."""
    left, scans = copying.LARGEST + 1, []
    for sent in request.FILES.getlist("scans"):
        content = sent.read(left)
        left -= len(content)
        scans.append(copying.Scan(sent.name or "", content))
    copying.fulfil_with_file(asked, scans, by=request.user)
    return _("Berkasnya dapat dibaca; anggota diberi tahu.")


def _paper(request: HttpRequest, asked: ArticleRequest) -> str:
    form = PaperForm(request.POST)
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    copying.fulfil_on_paper(asked, by=request.user, **given)
    return _("Salinannya siap; anggota diberi tahu.")


def _hand_over(request: HttpRequest, asked: ArticleRequest) -> str:
    verbs.hand_over(asked, by=request.user)
    return _("Sudah diserahkan.")


def _refuse(request: HttpRequest, asked: ArticleRequest) -> str:
    verbs.refuse_request(asked, reason=text_sent(request, "reason", 300), by=request.user)
    return _("Permintaan ditolak; anggota membaca alasannya.")


def _reopen(request: HttpRequest, asked: ArticleRequest) -> str:
    return _("Permintaan dibuka lagi: %(state)s.") % {"state": verbs.reopen_request(asked, by=request.user).get_state_display()}


def _cancel(request: HttpRequest, asked: ArticleRequest) -> str:
    verbs.cancel_request(asked, reason=_("Permintaan salinan dibatalkan"), by=request.user)
    return _("Permintaan salinan dibatalkan.")


_STEPS = {
    "take_up": _take_up,
    "hand_on": _hand_on,
    "scan": _scan,
    "paper": _paper,
    "hand_over": _hand_over,
    "refuse": _refuse,
    "reopen": _reopen,
    "cancel": _cancel,
}
