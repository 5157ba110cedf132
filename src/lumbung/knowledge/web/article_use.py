"""An article in use: remarks, "I used this", helpful, quiz, the screens it explains; and its page for everybody."""

import random
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from lumbung.formats.prose.markdown import headings_of, html_of
from lumbung.kernel import uploads
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.knowledge.domain.agenda import bring_up
from lumbung.knowledge.domain.articles import reusing
from lumbung.knowledge.domain.articles.credits import names
from lumbung.knowledge.models import Article, PageGuide, Remark, Use
from lumbung.knowledge.queries import articles as queries
from lumbung.knowledge.queries.pages import known_pages, label_of
from lumbung.knowledge.web.articles import invited, readable
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever

Kinds = reusing.Kinds
QUIZ_ROWS, WRONG_ROWS = 5, 3


@intranet(invited=invited)
@require_POST
@once
def remarks(request: HttpRequest, pk: int) -> HttpResponse:
    reusing.remark(readable(request, pk), request.POST.get("text", ""), by=whoever(request))
    messages.success(request, _("Tanggapan ditambahkan. Penulis akan menjawabnya dalam versi berikutnya."))
    return redirect("knowledge:article", pk)


@intranet()
@require_POST
def remark_settled(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    reusing.settle(get_object_or_404(Remark, article=readable(request, pk), pk=key), by=whoever(request))
    messages.success(request, _("Tanggapan dinyatakan terjawab; penanggapnya ikut disebut."))
    return redirect("knowledge:article", pk)


@intranet(invited=invited)
@require_POST
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """I used this, or it helped me."""
    kind = Kinds.HELPFUL if request.POST.get("kind") == "helpful" else Kinds.USED
    reusing.note_use(readable(request, pk), kind, note=request.POST.get("note", ""), by=whoever(request))
    messages.success(request, _("Tercatat. Penulisnya melihat bahwa artikel ini dipakai."))
    return redirect("knowledge:article", pk)


@intranet()
@require_POST
def use_agenda(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """What somebody found while using the article goes on the next agenda: the spiral goes on."""
    told = get_object_or_404(Use.objects.filter(kind=Kinds.USED), article=readable(request, pk), pk=key)
    title = told.note[:200] or told.article.title
    point = bring_up(told, title, by=whoever(request), note=told.article.title, url=reverse("knowledge:article", args=[pk]))
    messages.success(request, _("Ditaruh di agenda “%(session)s”.") % {"session": point.session})
    return redirect("knowledge:article", pk)


@intranet(invited=invited)
def quiz(request: HttpRequest, pk: int) -> HttpResponse:
    """The quiz of an article; who answers everything rightly has learnt it, who does not is shown which to read again."""
    shown = readable(request, pk)
    questions = [(each, _shuffled(each.answers, each.pk)) for each in shown.quiz.all()]
    wrong = []
    if request.method == "POST":
        given = {each.pk: request.POST.get(f"q{each.pk}", "") for each, _answers in questions}
        wrong = reusing.wrong_answers(shown, given)
        if questions and not wrong:
            reusing.note_use(shown, Kinds.LEARNT, by=whoever(request))
            messages.success(request, _("Semua benar. Anda tercatat sudah menguasai artikel ini."))
            return redirect("knowledge:article", pk)
    context = {"article": shown, "questions": questions, "wrong": [each.pk for each in wrong], "given": request.POST}
    return render(request, "knowledge/quiz.html", context)


def _shuffled(answers: list[str], seed: int) -> list[str]:
    """Always in the same order for one question, and not in the order they are kept."""
    return random.Random(seed).sample(answers, len(answers))  # noqa: S311 -- no secret


class QuizForm(forms.Form):
    """Five questions with a right answer and up to three others; an empty line asks nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, QUIZ_ROWS + 1):
            self.fields[f"text{n}"] = forms.CharField(
                label=gettext_lazy("Soal %(n)s") % {"n": n}, max_length=300, required=False
            )
            self.fields[f"right{n}"] = forms.CharField(label=gettext_lazy("Jawaban benar"), max_length=200, required=False)
            for w in range(1, WRONG_ROWS + 1):
                self.fields[f"wrong{n}{w}"] = forms.CharField(
                    label=gettext_lazy("Jawaban lain"), max_length=200, required=False
                )

    def told(self) -> list[tuple[str, list[str]]]:
        data = self.cleaned_data
        rows = [
            (data[f"text{n}"], [data[f"right{n}"], *(data[f"wrong{n}{w}"] for w in range(1, WRONG_ROWS + 1))])
            for n in range(1, QUIZ_ROWS + 1)
        ]
        return [(text, answers) for text, answers in rows if text or any(answers)]

    def rows(self) -> list[list[Any]]:
        """The fields of each question, for the page."""
        wrong = range(1, WRONG_ROWS + 1)
        return [[self[f"text{n}"], self[f"right{n}"], *(self[f"wrong{n}{w}"] for w in wrong)] for n in range(1, QUIZ_ROWS + 1)]


@intranet()
def quiz_edit(request: HttpRequest, pk: int) -> HttpResponse:
    shown = readable(request, pk)
    initial: dict[str, str] = {}
    for n, each in enumerate(shown.quiz.all()[:QUIZ_ROWS], 1):
        right, *wrong = each.answers
        initial |= {f"text{n}": each.text, f"right{n}": right} | {f"wrong{n}{w}": said for w, said in enumerate(wrong, 1)}
    form = QuizForm(request.POST or None, initial=initial)
    if form.is_valid():
        with reasons_shown_on(form):
            reusing.set_quiz(shown, form.told(), by=whoever(request))
            messages.success(request, _("Kuis disimpan."))
            return redirect("knowledge:article", pk)
    return form_page(request, "knowledge/quiz_edit.html", form, article=shown)


@intranet()
@require_POST
def guides(request: HttpRequest, pk: int) -> HttpResponse:
    """Tie the article to a screen, so that it opens from there."""
    reusing.tie_to_page(
        readable(request, pk), request.POST.get("page", ""), known=[name for name, _l in known_pages()], by=whoever(request)
    )
    messages.success(request, _("Halaman itu kini menunjuk ke artikel ini."))
    return redirect("knowledge:article", pk)


@intranet()
@require_POST
def guide_removal(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    reusing.untie_from_page(
        get_object_or_404(PageGuide.objects.select_related("article"), article=readable(request, pk), pk=key),
        by=whoever(request),
    )
    messages.success(request, _("Halaman itu tidak lagi menunjuk ke artikel ini."))
    return redirect("knowledge:article", pk)


@intranet()
@require_safe
def here(request: HttpRequest, page: str) -> HttpResponse:
    """How do we do this here: the one article of a screen at once, several as a list, none as an invitation to write it."""
    found = queries.guides_for(page, request.user)
    if not found and page not in dict(known_pages()):
        raise Http404
    if len(found) == 1:
        return redirect("knowledge:article", found[0].pk)
    today = queries.today()
    return render(
        request, "knowledge/here.html", {"rows": [(each, each.is_valid(today)) for each in found], "label": label_of(page)}
    )


@require_safe
def public(request: HttpRequest, pk: int) -> HttpResponse:
    """What the library lets everybody read, as long as it is valid."""
    shown = get_object_or_404(queries.public_articles().prefetch_related("topics", queries.CREDITS), pk=pk)
    text = shown.versions.get(number=shown.published_version or shown.version)
    context = {
        "article": shown,
        "text": text,
        "body": html_of(_public_pictures(text.body, pk)),
        "headings": headings_of(text.body),
    }
    return render(request, "knowledge/public_article.html", {**context, "names": names(shown.contributions.all())})


def _public_pictures(body: str, pk: int) -> str:
    return body.replace(f"/staff/knowledge/articles/{pk}/attachments/", f"/articles/{pk}/attachments/")


@require_safe
def public_attachment(_request: HttpRequest, pk: int, key: int) -> HttpResponseBase:
    shown = get_object_or_404(get_object_or_404(queries.public_articles(), pk=pk).attachments, pk=key)
    return uploads.shown(shown.stored_file, kind=shown.kind, name=shown.name, inline=shown.is_picture)


@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """Everything the library lets everybody read, by form."""
    rows = queries.public_articles().defer("body").order_by("form", "title")
    count = len(rows)
    said = ngettext("%(n)d artikel", "%(n)d artikel", count) % {"n": count}
    return render(request, "knowledge/public_articles.html", {"articles": rows, "said": said, "forms": Article.Forms})
