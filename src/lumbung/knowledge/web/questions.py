"""Questions among colleagues."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lumbung.accounts.models import User
from lumbung.kernel.permissions import may
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.knowledge.domain import questions as verbs
from lumbung.knowledge.models import Answer, Community, Question, Topic
from lumbung.knowledge.permissions import LEAD, MANAGE
from lumbung.knowledge.queries import questions as queries
from lumbung.knowledge.queries.articles import colleagues
from lumbung.knowledge.queries.communities import communities_of
from lumbung.knowledge.tracing import describe
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever


class QuestionForm(forms.Form):
    title = forms.CharField(label=pgettext_lazy("one", "Pertanyaan"), max_length=200)
    text = forms.CharField(label=gettext_lazy("Penjelasan"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    topic = forms.ModelChoiceField(Topic.objects.all(), label=gettext_lazy("Topik"), required=False, empty_label="–")
    asked_of = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Kepada"), required=False, empty_label=gettext_lazy("Semua rekan")
    )
    community = forms.ModelChoiceField(
        Community.objects.none(), label=gettext_lazy("Di komunitas"), required=False, empty_label=gettext_lazy("Seluruh portal")
    )
    hides_name = forms.BooleanField(
        label=pgettext_lazy("knowledge", "Tanpa nama"),
        required=False,
        help_text=gettext_lazy(
            "Tidak ada yang melihat nama Anda, juga tidak pengelola, kecuali kepala perpustakaan bila pertanyaan ini dilaporkan."
        ),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked_of"].queryset = colleagues().exclude(pk=user.pk)  # type: ignore[attr-defined]
        self.fields["community"].queryset = communities_of(user)  # type: ignore[attr-defined]


@intranet()
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Open questions first, or those that were settled."""
    settled = request.GET.get("list") == "settled"
    rows = (
        queries.readable_by(request.user).filter(settled_at__isnull=not settled).select_related("topic", "asked_by", "asked_of")
    )
    page = page_of(queries.with_counts(rows), request, 25)
    shown = [(each, queries.shows_name(each, request.user)) for each in page]
    return render(request, "knowledge/questions.html", {"rows": shown, "page": page, "settled": settled})


@intranet()
@once
def new(request: HttpRequest) -> HttpResponse:
    initial = {name: request.GET.get(name) for name in ("title", "topic", "asked_of", "community")}
    form = QuestionForm(request.POST or None, initial=initial, user=whoever(request))
    if form.is_valid():
        with reasons_shown_on(form):
            asked = verbs.ask(**form.cleaned_data, by=whoever(request))
            messages.success(request, _("Pertanyaan terkirim."))
            return redirect("knowledge:question", asked.pk)
    return form_page(request, "knowledge/question_new.html", form)


def readable(request: HttpRequest, pk: int) -> Question:
    rows = queries.readable_by(request.user).select_related("topic", "asked_by", "asked_of", "community", "article")
    return get_object_or_404(rows, pk=pk)


def invited(user: Any, pk: int, **_places: Any) -> bool:
    """A guest reads and answers what is asked in their community."""
    return queries.readable_by(user).filter(pk=pk).exists()


@intranet(invited=invited)
@require_safe
def question(request: HttpRequest, pk: int) -> HttpResponse:
    shown = readable(request, pk)
    answers = [(each, queries.shows_name(each, request.user)) for each in shown.answers.select_related("by")]
    context = {
        "question": shown,
        "answers": answers,
        "named": queries.shows_name(shown, request.user),
        "settles": shown.asked_by_id == request.user.pk or may(request.user, MANAGE),
        "leads": may(request.user, LEAD),
        "thing": describe([("question", pk)], request.user).get(("question", pk)),
    }
    return render(request, "knowledge/question.html", context)


@intranet(invited=invited)
@require_POST
@once
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.answer(
        readable(request, pk), request.POST.get("text", ""), hides_name="hides_name" in request.POST, by=whoever(request)
    )
    messages.success(request, _("Jawaban terkirim."))
    return redirect("knowledge:question", pk)


@intranet(invited=lambda user, pk, key: invited(user, pk))
@require_POST
def settled(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    verbs.settle(get_object_or_404(Answer, question=readable(request, pk), pk=key), by=whoever(request))
    messages.success(request, _("Pertanyaan terjawab. Jadikan artikel agar tidak perlu ditanyakan lagi."))
    return redirect("knowledge:question", pk)


@intranet()
@require_POST
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer becomes an article, nearly filled in."""
    made = verbs.make_article(readable(request, pk), by=whoever(request))
    return redirect("knowledge:article_edit", made.pk)


@intranet()
@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.report(readable(request, pk), request.POST.get("because", ""), by=whoever(request))
    messages.success(request, _("Laporan diteruskan kepada kepala perpustakaan."))
    return redirect("knowledge:question", pk)


@intranet(LEAD)
@require_POST
def revealing(request: HttpRequest, pk: int) -> HttpResponse:
    asker = verbs.reveal(readable(request, pk), by=whoever(request))
    messages.info(request, _("Penanyanya %(name)s. Bahwa Anda melihatnya tercatat di jurnal.") % {"name": asker.name})
    return redirect("knowledge:question", pk)
