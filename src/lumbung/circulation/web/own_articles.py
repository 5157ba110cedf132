"""What a member asks to have copied: the way from a title, the request, their own list, and the file."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.catalogue.models import Record
from lumbung.circulation.domain.article_copies import count_reading
from lumbung.circulation.domain.articles import cancel_request
from lumbung.circulation.models import ArticleRequest, ArticleScope
from lumbung.circulation.queries.articles import (
    article_decision,
    articles_offered,
    articles_visible_to,
    own_articles,
    readable_article,
)
from lumbung.circulation.queries.holds import Reader
from lumbung.circulation.web.article_forms import ArticleForm, requested
from lumbung.circulation.web.title_copies import copies_read
from lumbung.kernel import uploads
from lumbung.kernel.ui.access import signed_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page
from lumbung.members.models import Member
from lumbung.members.queries import member_of

MY_PAGE = "/my"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@once
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """The request for a part of this title. What it costs is told first: where a choice changes that, it is told anew."""
    record, member = get_object_or_404(Record.objects.listed().shown_to_public(), pk=pk), _own(request)
    found = article_decision(record, member, member.branch)
    if found is None or found.policy.article_scope == ArticleScope.NO:
        return render(request, "circulation/no_article.html", {"record": record}, status=404)
    form = ArticleForm(request.POST or None, record=record, member=member, scope=found.policy.article_scope)
    asked, cost = requested(request, form, found.policy.article_fee)
    if asked is not None:
        messages.success(request, _("Permintaan diterima. Kami memberi tahu Anda bila salinannya siap."))
        return redirect(MY_PAGE)
    return form_page(request, "circulation/ask_article.html", form, record=record, cost=cost)


@require_POST
@signed_in
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """A member calls their own request off."""
    asked = get_object_or_404(ArticleRequest, pk=pk, member=_own(request))
    cancel_request(asked, reason=_("Dibatalkan oleh anggota"), by=request.user)
    messages.success(request, _("Permintaan salinan dibatalkan."))
    return redirect(MY_PAGE)


@require_safe
@signed_in
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The scan, for the one who asked and for staff who work on it; what the member opens is counted."""
    asked = readable_article(request.user, pk)
    if asked is None:
        if articles_visible_to(request.user).filter(pk=pk).exists():
            return render(request, "circulation/article_gone.html", {}, status=410)
        raise Http404
    if asked.member is not None and asked.member.user_id == request.user.pk and request.method == "GET":
        count_reading(asked)
    return uploads.shown(asked.stored_file, kind="pdf", name=f"salinan-{asked.pk}.pdf")


def own_panel(request: HttpRequest, *, member: Member | None) -> SafeString:
    """On a member's own page: what they asked for, how it stands, and the file while it may be read."""
    mine = list(own_articles(member)) if member is not None else []
    return render_to_string("circulation/own_articles.html", {"articles": mine}, request) if mine else SafeString("")


def record_link(request: HttpRequest, *, record: Record, reader: Reader | None) -> SafeString:
    """On the page of a title of which parts may be copied: the way to ask for one. A member whose rules allow none sees nothing."""
    if not articles_offered(record):
        return SafeString("")
    if reader is None and request.user.is_authenticated:
        return SafeString("")
    if reader is not None and not _may_ask(request, record, reader.member):
        return SafeString("")
    return render_to_string("circulation/panels/ask_article.html", {"record": record}, request)


def _may_ask(request: HttpRequest, record: Record, member: Member) -> bool:
    found = article_decision(record, member, member.branch, copies=copies_read(request, record))
    return found is not None and found.policy.article_scope != ArticleScope.NO


def _own(request: HttpRequest) -> Member:
    member = member_of(request.user)
    if member is None:
        raise Http404
    return member
