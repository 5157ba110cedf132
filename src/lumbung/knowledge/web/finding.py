"""Finding in the portal: one box over everything in it, topics, and what is like what one is typing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.knowledge.domain import topics as verbs
from lumbung.knowledge.models import Article, Topic
from lumbung.knowledge.permissions import MANAGE
from lumbung.knowledge.queries import articles, questions
from lumbung.knowledge.queries import topics as queries
from lumbung.knowledge.queries.finding import find
from lumbung.knowledge.queries.people import experts_on
from lumbung.knowledge.queries.sessions import sessions_visible_to
from lumbung.knowledge.tracing import kind_called
from lumbung.knowledge.web.article_forms import TopicForm
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever
from lumbung.knowledge.web.people_pages import told

SOLVED = ("article", "question")
FEWEST_LETTERS = 4


@intranet()
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything of the portal that says these words, as far as the asker may see it."""
    words = request.GET.get("q", "").strip()[:200]
    found = [(thing, kind_called(thing.kind)) for thing in find(words, request.user)] if words else []
    return render(request, "knowledge/search.html", {"words": words, "found": found})


@intranet()
@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """What was written or solved already about what is being typed, so that nobody begins anew."""
    words = request.GET.get("title", "").strip()[:200]
    found = find(words, request.user, kinds=SOLVED, limit=5) if len(words) >= FEWEST_LETTERS else []
    return render(request, "knowledge/similar.html", {"found": found})


@intranet()
@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """Every topic; ``?called=`` leads to the one of that name."""
    called = request.GET.get("called", "")
    if called and (named := Topic.objects.filter(name__iexact=called).first()):
        return redirect("knowledge:topic", named.pk)
    return render(request, "knowledge/topics.html", {"topics": queries.topics()})


@intranet()
@require_safe
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """One topic: people, articles, questions, communities, books."""
    shown = get_object_or_404(Topic, pk=pk)
    rows = articles.readable_by(request.user).filter(topics=shown).exclude(state=Article.States.ARCHIVED)
    today = articles.today()
    context = {
        "topic": shown,
        "articles": [(each, each.is_overdue(today)) for each in rows.select_related("community").defer("body")[:30]],
        "questions": questions.readable_by(request.user).filter(topic=shown)[:10],
        "communities": shown.communities.all(),
        "experts": [(each, told(each)) for each in experts_on(shown)[:8]],
        "sessions": sessions_visible_to(request.user).filter(topic__iexact=shown.name).order_by("-starts_at")[:8],
        "books": queries.books_on(shown),
    }
    return render(request, "knowledge/topic.html", context)


@intranet(MANAGE)
def topic_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add or change a topic."""
    shown = get_object_or_404(Topic, pk=pk) if pk else None
    form = TopicForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            by = whoever(request)
            done = (
                verbs.change_topic(shown, **form.cleaned_data, by=by) if shown else verbs.add_topic(**form.cleaned_data, by=by)
            )
            messages.success(request, _("Topik disimpan."))
            return redirect("knowledge:topic", done.pk)
    return form_page(request, "knowledge/topic_edit.html", form, topic=shown)
