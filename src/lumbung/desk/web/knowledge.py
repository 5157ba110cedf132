"""Answers the library stands for, and what the desk says again and again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.desk.domain.known_answers import (
    change_answer,
    draft_answer,
    draft_of,
    proposal_of,
    propose_as_article,
    put_back_answer,
    review_answer,
    withdraw_answer,
)
from lumbung.desk.domain.phrases import add_phrase, change_phrase
from lumbung.desk.domain.redaction import GONE
from lumbung.desk.models import KnownAnswer, Phrase
from lumbung.desk.permissions import ANSWER, REVIEW
from lumbung.desk.web.forms import KnownAnswerForm, PhraseForm, ReviewForm
from lumbung.desk.web.guard import seen
from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization.queries import library


@needs(ANSWER)
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Every answer with its state, those most used first; what is out of date says so. ``?withdrawn`` those that were withdrawn."""
    gone = KnownAnswer.objects.filter(state=KnownAnswer.States.WITHDRAWN)
    rows = gone if "withdrawn" in request.GET else KnownAnswer.objects.exclude(state=KnownAnswer.States.WITHDRAWN)
    facts = {"page": page_of(rows.select_related("reviewer"), request), "today": clock.today(library().zone)}
    return render(request, "desk/answers.html", {**facts, "gone": "withdrawn" not in request.GET and gone.exists()})


@needs(ANSWER)
@once
def answer_new(request: HttpRequest) -> HttpResponse:
    """A draft; with ``?from=`` it begins with what was said in a conversation, without personal data."""
    key = key_in(request.GET.get("from"))
    conversation = seen(request, key) if key else None
    form = KnownAnswerForm(request.POST or None, initial=draft_of(conversation) if conversation else {})
    if form.is_valid():
        with reasons_shown_on(form):
            known = draft_answer(conversation=conversation, by=request.user, **form.cleaned_data)
            messages.success(request, _("Konsep disimpan. Rekan lain memeriksanya sebelum dipakai."))
            return redirect("desk:known_answer", known.pk)
    return form_page(request, "desk/answer_form.html", form)


@needs(ANSWER)
def known_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer: change it, review it, withdraw it, propose it as an article."""
    known = get_object_or_404(KnownAnswer.objects.select_related("reviewer", "written_by", "conversation"), pk=pk)
    form = KnownAnswerForm(request.POST or None, instance=KnownAnswer.objects.get(pk=pk))
    if form.is_valid():
        with reasons_shown_on(form):
            change_answer(known, by=request.user, **form.cleaned_data)
            messages.success(request, _("Disimpan. Jawaban yang diubah diperiksa lagi."))
            return redirect("desk:known_answer", pk)
    return form_page(request, "desk/answer_form.html", form, **_known(known))


@needs(REVIEW)
@require_POST
def reviewed(request: HttpRequest, pk: int) -> HttpResponse:
    """Stand for it until a day."""
    known, form = get_object_or_404(KnownAnswer, pk=pk), ReviewForm(request.POST)
    if form.is_valid():
        with reasons_shown_on(form):
            review_answer(known, valid_until=form.cleaned_data["valid_until"], by=request.user)
            messages.success(request, _("Diperiksa. Jawaban ini kini dipakai meja dan obrolan."))
            return redirect("desk:known_answer", pk)
    page = {**_known(known), "form": KnownAnswerForm(instance=known), "review_form": form}
    return render(request, "desk/answer_form.html", page, status=422)


@needs(REVIEW)
@require_POST
def withdrawn(request: HttpRequest, pk: int) -> HttpResponse:
    """Given to nobody any more; with ``back`` as it stood before."""
    known = get_object_or_404(KnownAnswer, pk=pk)
    if "back" in request.POST:
        put_back_answer(known, by=request.user)
    else:
        withdraw_answer(known, by=request.user)
    return redirect("desk:known_answer", pk)


@needs(ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def proposed(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be told to the portal of knowledge, to be looked at; sent when it was."""
    known = get_object_or_404(KnownAnswer.objects.select_related("conversation__member"), pk=pk)
    if request.method != "POST":
        return render(request, "desk/proposal.html", {"known": known, "proposal": proposal_of(known), "gone": GONE})
    propose_as_article(known, by=request.user)
    messages.success(request, _("Diusulkan sebagai artikel pengetahuan."))
    return redirect("desk:known_answer", pk)


@needs(REVIEW)
@once
def phrases(request: HttpRequest) -> HttpResponse:
    """What the desk says again and again, and another."""
    form = PhraseForm(request.POST or None, initial={"is_active": True})
    if form.is_valid():
        with reasons_shown_on(form):
            add_phrase(by=request.user, **form.cleaned_data)
            return redirect("desk:phrases")
    return form_page(request, "desk/phrases.html", form, phrases=Phrase.objects.all())


@needs(REVIEW)
def phrase(request: HttpRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(Phrase, pk=pk)
    form = PhraseForm(request.POST or None, instance=Phrase.objects.get(pk=pk))
    if form.is_valid():
        with reasons_shown_on(form):
            change_phrase(kept, by=request.user, **form.cleaned_data)
            return redirect("desk:phrases")
    return form_page(request, "desk/phrase.html", form, phrase=kept)


def _known(known: KnownAnswer) -> dict[str, Any]:
    today = clock.today(library().zone)
    return {"known": known, "review_form": ReviewForm(), "holds": known.holds_on(today), "today": today}
