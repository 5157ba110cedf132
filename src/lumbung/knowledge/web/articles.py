"""Articles: the list, one article, and the acts on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.formats.prose.markdown import headings_of, html_of
from lumbung.kernel.permissions import may
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.knowledge.domain.articles import approving, sharing
from lumbung.knowledge.domain.articles.credits import names
from lumbung.knowledge.domain.articles.reusing import Kinds, note_use
from lumbung.knowledge.models import Article
from lumbung.knowledge.permissions import MANAGE
from lumbung.knowledge.queries import articles as queries
from lumbung.knowledge.queries.pages import known_pages, label_of
from lumbung.knowledge.tracing import describe
from lumbung.knowledge.web.article_forms import DayForm, ShareForm
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever

LISTS = ("all", "mine", "submitted", "review", "archive")


@intranet()
@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """What this person may read, in five lists."""
    chosen = request.GET.get("list", "all")
    rows = _listed(chosen if chosen in LISTS else "all", request.user)
    page = page_of(rows.select_related("owner", "community").prefetch_related("topics").defer("body"), request, 25)
    tallies = queries.tallies([each.pk for each in page])
    context = {
        "rows": [(each, tallies[each.pk], each.is_overdue(queries.today())) for each in page],
        "page": page,
        "chosen": chosen,
        "waiting": queries.submitted(request.user).count() if may(request.user, MANAGE) else 0,
        "overdue": queries.overdue(request.user).count(),
    }
    return render(request, "knowledge/articles.html", context)


def _listed(chosen: str, user: Any) -> Any:
    readable = queries.readable_by(user)
    return {
        "all": lambda: readable.exclude(state=Article.States.ARCHIVED),
        "mine": lambda: readable.filter(owner=user.pk),
        "submitted": lambda: queries.submitted(user),
        "review": lambda: queries.overdue(user),
        "archive": lambda: readable.filter(state=Article.States.ARCHIVED),
    }[chosen]()


def invited(user: Any, pk: int, **_places: Any) -> bool:
    """A guest reads what their community published."""
    return queries.readable_by(user).filter(pk=pk).exists()


def readable(request: HttpRequest, pk: int) -> Article:
    """The article, if this person may read it; else there is none."""
    rows = queries.readable_by(request.user).select_related("owner", "mentor", "community", "approved_by")
    return get_object_or_404(rows.prefetch_related("topics", queries.CREDITS), pk=pk)


@intranet(invited=invited)
@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """One article as readers see it: the approved version, or the newest for those who write it and ask."""
    shown = readable(request, pk)
    writes = queries.may_write(request.user, shown)
    newest = not shown.published_version or (writes and "newest" in request.GET)
    if shown.state == Article.States.PUBLISHED:
        note_use(shown, Kinds.READ, by=whoever(request))
    body = shown.body if newest else shown.versions.get(number=shown.published_version or shown.version).body
    context = {
        "article": shown,
        "body": html_of(body),
        "headings": headings_of(body),
        "newest": newest,
        "writes": writes,
        "approves": may(request.user, MANAGE),
        "today": queries.today(),
        "valid": shown.is_valid(queries.today()),
        "names": names(shown.contributions.all()),
        "tally": queries.tallies([pk])[pk],
        "thing": describe([("article", pk)], request.user).get(("article", pk)),
        **_talk(request, shown),
    }
    return render(request, "knowledge/article.html", context)


def _talk(request: HttpRequest, shown: Article) -> dict[str, Any]:
    """What was said of the article, and what this reader did with it."""
    mine = set(shown.uses.filter(by=whoever(request).pk).values_list("kind", flat=True))
    return {
        "remarks": shown.remarks.select_related("by"),
        "told": shown.uses.filter(kind=Kinds.USED).select_related("by")[:20],
        "helped": Kinds.HELPFUL in mine,
        "learnt": Kinds.LEARNT in mine,
        "has_quiz": shown.quiz.exists(),
        "attachments": shown.attachments.all(),
        "guides": [(each, label_of(each.page)) for each in shown.guides.all()],
        "known_pages": known_pages(),
    }


@intranet()
@require_POST
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for approval."""
    approving.submit(readable(request, pk), by=whoever(request))
    messages.success(request, _("Diajukan. Rekan yang berwenang akan membacanya."))
    return redirect("knowledge:article", pk)


@intranet(MANAGE)
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the submitted version until a day; what it changes is shown beside."""
    shown = readable(request, pk)
    form = DayForm(request.POST or None, initial={"review_on": queries.in_a_year()})
    if form.is_valid():
        with reasons_shown_on(form):
            approving.approve(shown, review_on=form.cleaned_data["review_on"], by=whoever(request))
            messages.success(request, _("Versi ini terbit."))
            return redirect("knowledge:article", pk)
    return form_page(request, "knowledge/approval.html", form, article=shown, body=html_of(shown.body))


@intranet(MANAGE)
@require_POST
def sending_back(request: HttpRequest, pk: int) -> HttpResponse:
    approving.send_back(readable(request, pk), because=request.POST.get("because", ""), by=whoever(request))
    messages.success(request, _("Dikembalikan kepada penulis dengan alasannya."))
    return redirect("knowledge:article", pk)


@intranet()
def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """Looked at again and still right."""
    shown = readable(request, pk)
    form = DayForm(request.POST or None, initial={"review_on": queries.in_a_year()})
    if form.is_valid():
        with reasons_shown_on(form):
            approving.confirm(shown, review_on=form.cleaned_data["review_on"], by=whoever(request))
            messages.success(request, _("Artikel dinyatakan masih berlaku."))
            return redirect("knowledge:article", pk)
    return form_page(request, "knowledge/confirmation.html", form, article=shown)


@intranet()
@require_POST
def archiving(request: HttpRequest, pk: int) -> HttpResponse:
    approving.archive(readable(request, pk), because=request.POST.get("because", ""), by=whoever(request))
    messages.success(request, _("Artikel diarsipkan."))
    return redirect("knowledge:article", pk)


@intranet()
@require_POST
def bringing_back(request: HttpRequest, pk: int) -> HttpResponse:
    approving.bring_back(readable(request, pk), by=whoever(request))
    messages.success(request, _("Artikel kembali sebagai draf."))
    return redirect("knowledge:article", pk)


@intranet()
def circle(request: HttpRequest, pk: int) -> HttpResponse:
    """Who may read: the owner's own act."""
    shown = readable(request, pk)
    initial = {"circle": shown.circle, "mentor": shown.mentor_id, "community": shown.community_id}
    form = ShareForm(request.POST or None, initial=initial, user=whoever(request))
    if form.is_valid():
        with reasons_shown_on(form):
            if "submit" in request.POST:
                approving.share_and_submit(shown, **form.cleaned_data, by=whoever(request))
                messages.success(request, _("Diajukan. Rekan yang berwenang akan membacanya."))
            else:
                sharing.share(shown, **form.cleaned_data, by=whoever(request))
                messages.success(request, _("Lingkar pembaca disimpan."))
            return redirect("knowledge:article", pk)
    return form_page(request, "knowledge/circle.html", form, article=shown, may_submit=shown.is_to_be_submitted)
