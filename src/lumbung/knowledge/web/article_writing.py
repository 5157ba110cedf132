"""Writing an article: begin, edit, two editors at once, versions, files, what is typed and not saved."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.formats.prose.changes import Clash, lines_between
from lumbung.formats.prose.markdown import html_of
from lumbung.kernel import uploads
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import UNPROCESSABLE, form_page, reasons_shown_on
from lumbung.knowledge.domain.articles import drafts as draft_verbs
from lumbung.knowledge.domain.articles.attaching import attach, detach
from lumbung.knowledge.domain.articles.templates import beginning
from lumbung.knowledge.domain.articles.writing import Revised, Text, restore, revise, start_article
from lumbung.knowledge.models import Article, ArticleDraft, ArticleFile
from lumbung.knowledge.queries import articles as queries
from lumbung.knowledge.web.article_forms import ArticleForm, FileForm, NewArticleForm
from lumbung.knowledge.web.articles import invited, readable
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever

CONFLICT, BAD_REQUEST = 409, 400
TYPED = ("title", "summary", "body", "note", "based_on")


@intranet()
@once
def new(request: HttpRequest) -> HttpResponse:
    """Begin an article: its form and title; the rest is written in the editor."""
    form = NewArticleForm(request.POST or None, initial={"form": request.GET.get("form"), "title": request.GET.get("title")})
    if form.is_valid():
        told = form.cleaned_data
        with reasons_shown_on(form):
            text = Text(told["title"], body=beginning(told["form"]))
            started = start_article(text, form=told["form"], topics=told["topics"], by=whoever(request))
            return redirect("knowledge:article_edit", started.pk)
    return form_page(request, "knowledge/article_new.html", form)


@intranet()
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor. Where another saved meanwhile and both changed the same lines, a page asks to choose."""
    shown = readable(request, pk)
    held = ArticleDraft.objects.filter(owner=request.user.pk, article=shown).first()
    form = ArticleForm(request.POST or None, initial=_initial(shown, held if "draft" in request.GET else None))
    if form.is_valid():
        with reasons_shown_on(form):
            done = _revise(request, shown, form.cleaned_data)
            return _choose(request, done, form) if done.clashes else _saved(request, done)
    context = {"article": shown, "held": None if "draft" in request.GET else held, "saves": held.saves if held else 0}
    return form_page(request, "knowledge/article_edit.html", form, **context)


def _initial(article: Article, held: ArticleDraft | None) -> dict[str, Any]:
    told = {"title": article.title, "summary": article.summary, "body": article.body, "based_on": article.version}
    if held:
        told |= {name: held.typed[name] for name in TYPED if name in held.typed}
    return {**told, "topics": article.topics.all()}


def _revise(request: HttpRequest, article: Article, told: dict[str, Any]) -> Revised:
    text = Text(told["title"], told["summary"], told["body"])
    return revise(article, text, based_on=told["based_on"], topics=told["topics"], note=told["note"], by=whoever(request))


def _saved(request: HttpRequest, done: Revised) -> HttpResponse:
    said = _("Disimpan, dan digabungkan dengan perubahan rekan Anda.") if done.joined else _("Disimpan.")
    messages.success(request, said)
    return redirect(f"{reverse('knowledge:article', args=[done.article.pk])}?newest=1")


def _choose(request: HttpRequest, done: Revised, form: ArticleForm) -> HttpResponse:
    pieces = [(n, each, isinstance(each, Clash)) for n, each in enumerate(done.pieces)]
    last = done.article.versions.select_related("by").first()
    context = {"article": done.article, "pieces": pieces, "told": form.cleaned_data, "last": last}
    return render(request, "knowledge/article_choose.html", context, status=CONFLICT)


@intranet()
@require_POST
def choice(request: HttpRequest, pk: int) -> HttpResponse:
    """What the writer chose for each place that both changed, put together and back in the editor to be looked at and saved."""
    shown = readable(request, pk)
    parts = [request.POST.get(f"piece-{n}", "") for n in range(min(key_in(request.POST.get("count")), 2_000))]
    told = {name: request.POST.get(name, "") for name in ("title", "summary", "note")}
    initial = {**told, "body": "".join(parts).replace("\r\n", "\n"), "based_on": shown.version, "topics": shown.topics.all()}
    messages.info(request, _("Kedua perubahan sudah disatukan. Baca sekali lagi, lalu simpan."))
    return render(request, "knowledge/article_edit.html", {"form": ArticleForm(initial=initial), "article": shown, "saves": 0})


@intranet()
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The text as readers would see it."""
    return HttpResponse(f'<div class="prose">{html_of(request.POST.get("body", ""))}</div>')


@intranet()
@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version, and what two of them differ in."""
    shown = readable(request, pk)
    if not (
        shown.published_version is None or queries.may_write(request.user, shown) or shown.state == Article.States.PUBLISHED
    ):
        raise Http404
    rows = list(shown.versions.select_related("by").defer("body"))
    after = _number(request, "after", shown.version)
    before = _number(request, "before", max(after - 1, 1))
    texts = {each.number: each for each in shown.versions.filter(number__in=[before, after])}
    lines = lines_between(texts[before].body, texts[after].body) if {before, after} <= texts.keys() else []
    context = {"article": shown, "rows": rows, "before": before, "after": after, "lines": lines}
    return render(request, "knowledge/article_versions.html", {**context, "writes": queries.may_write(request.user, shown)})


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else otherwise  # noqa: PLR2004 -- fits a column


@intranet()
@require_POST
def restoration(request: HttpRequest, pk: int) -> HttpResponse:
    wanted = request.POST.get("version", "")
    restore(readable(request, pk), int(wanted) if wanted.isdigit() and len(wanted) < 9 else 0, by=whoever(request))  # noqa: PLR2004
    messages.success(request, _("Isi versi %(number)s menjadi versi terbaru.") % {"number": wanted})
    return redirect(f"{reverse('knowledge:article', args=[pk])}?newest=1")


@intranet()
@require_POST
def draft(request: HttpRequest) -> JsonResponse:
    """What is typed now, from the editor's island."""
    try:
        told = json.loads(request.body)
        typed = {name: str(told["typed"][name]) for name in TYPED if name in told["typed"]}
        shown = readable(request, int(told["record"]))
        saves = int(told.get("saves") or 0)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return JsonResponse({"error": "malformed"}, status=BAD_REQUEST)
    try:
        kept = draft_verbs.keep_draft(typed, article=shown, saves=saves, by=whoever(request))
    except Refused as refused:
        return JsonResponse({"error": " ".join(map(str, refused.reasons))}, status=CONFLICT)
    at = date_format(localtime(kept.saved_at), "TIME_FORMAT")
    return JsonResponse({"draft": kept.pk, "saves": kept.saves, "said": _("Draf tersimpan pukul %(at)s.") % {"at": at}})


@intranet()
@require_POST
def draft_drop(request: HttpRequest, pk: int) -> HttpResponse:
    draft_verbs.drop_draft(readable(request, pk), by=whoever(request))
    return redirect("knowledge:article_edit", pk)


@intranet()
@require_POST
def attachments(request: HttpRequest, pk: int) -> HttpResponse:
    """A file for the article; the editor's island is answered with what to write in the text."""
    form = FileForm(request.POST, request.FILES)
    shown = readable(request, pk)
    if not form.is_valid():
        return _file_refused(request, shown, [str(each) for errors in form.errors.values() for each in errors])
    sent = form.cleaned_data["file"]
    try:
        kept = attach(shown, name=sent.name or "", content=sent.read(), by=whoever(request))
    except Refused as refused:
        return _file_refused(request, shown, [str(each) for each in refused.reasons])
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(
            {"name": kept.name, "address": reverse("knowledge:attachment", args=[pk, kept.pk]), "picture": kept.is_picture}
        )
    messages.success(request, _("Lampiran ditambahkan."))
    return redirect("knowledge:article", pk)


def _file_refused(request: HttpRequest, article: Article, reasons: list[str]) -> HttpResponse:
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"error": " ".join(reasons)}, status=UNPROCESSABLE)
    for reason in reasons:
        messages.error(request, reason)
    return redirect("knowledge:article", article.pk)


@intranet(invited=lambda user, pk, key: invited(user, pk))
@require_safe
def attachment(request: HttpRequest, pk: int, key: int) -> HttpResponseBase:
    shown = get_object_or_404(ArticleFile, article=readable(request, pk), pk=key)
    return uploads.shown(shown.stored_file, kind=shown.kind, name=shown.name, inline=shown.is_picture)


@intranet()
@require_POST
def attachment_removal(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    detach(
        get_object_or_404(ArticleFile.objects.select_related("article"), article=readable(request, pk), pk=key),
        by=whoever(request),
    )
    messages.success(request, _("Lampiran dihapus."))
    return redirect("knowledge:article", pk)
