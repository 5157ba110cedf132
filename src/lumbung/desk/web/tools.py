"""What helps to answer: phrases, titles with availability, reviewed answers, holds for the asker, and needs followed on."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.desk import queries
from lumbung.desk.domain import known_answers, phrases, readings
from lumbung.desk.domain.answering import how_to_hold
from lumbung.desk.domain.finding import listed, place_hold, titles_for, titles_like, titles_of
from lumbung.desk.domain.needs import follow_need, tell_need
from lumbung.desk.models import Conversation, KnownAnswer, Need, Phrase
from lumbung.desk.permissions import ANSWER
from lumbung.desk.web.conversation import again, conversation_page
from lumbung.desk.web.forms import MOST_TITLES, AnswerForm, NeedForm, keys_in
from lumbung.desk.web.guard import at_the_desk, seen
from lumbung.kernel.permissions import may
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.submission import UNPROCESSABLE, reasons_shown_on
from lumbung.search.unready import unanswered


@at_the_desk
@require_POST
def written(request: HttpRequest, pk: int) -> HttpResponse:
    """A phrase, titles or a reviewed answer come into the composer, after what stands there. Nothing is sent."""
    shown, before = seen(request, pk), keys_in(request.POST.get("titles", "").split(","))
    new = titles_of([key for key in keys_in(request.POST.getlist("title")[:MOST_TITLES]) if key not in before])
    way = how_to_hold(shown) if before or new else ""
    text = request.POST.get("text", "").replace(way, "").rstrip() if way else request.POST.get("text", "")
    said = [*_added(request, shown), *listed(new, len(before) + 1), way]
    for more in filter(None, said):
        text = f"{text.rstrip()}\n\n{more}".lstrip() if text.strip() else more
    form = AnswerForm(
        conversation=shown, initial={"text": text, "titles": ",".join(map(str, [*before, *(each.record for each in new)]))}
    )
    template = "desk/composer.html" if request.headers.get("HX-Request") else "desk/conversation.html"
    return render(request, template, {**conversation_page(request, shown, answer_form=form), "found": []})


@at_the_desk
@require_safe
def found(request: HttpRequest, pk: int) -> HttpResponse:
    """Titles for the words, to be put into the answer."""
    shown, words = seen(request, pk), request.GET.get("words", "").replace("\0", "")[:200]
    titles = titles_for(words)
    context = {"found": titles or [], "unready": titles is None, "words": words}
    if request.headers.get("HX-Request"):
        return render(request, "desk/titles.html", {"conversation": shown, **context})
    page = render(request, "desk/conversation.html", {**conversation_page(request, shown), **context})
    return unanswered(request, page) if titles is None else page


@at_the_desk
@require_POST
def alike(request: HttpRequest, pk: int) -> HttpResponse:
    """Titles like those that were sent or chosen, each one press away from the answer."""
    shown, near = seen(request, pk), titles_like(keys_in(request.POST.get("proposed", "").split(",")))
    if request.headers.get("HX-Request"):
        facts = {"alike": near, "into": reverse("desk:words", args=[pk]), "target": "#composer", "was_asked": True}
        return render(request, "desk/alike.html", facts)
    kept = AnswerForm(conversation=shown, initial={name: request.POST.get(name, "") for name in ("text", "titles")})
    return render(request, "desk/conversation.html", {**conversation_page(request, shown, answer_form=kept), "alike": near})


@at_the_desk
@require_POST
def held(request: HttpRequest, pk: int) -> HttpResponse:
    """A title that was shown is held for whoever asked, by a librarian of the house."""
    if not may(request.user, ANSWER):
        raise PermissionDenied(ANSWER)
    shown, record = seen(request, pk), key_in(request.POST.get("record"))
    if shown.member is None:
        messages.warning(request, _("Pesanan perlu anggota; penanya ini belum dikenal sebagai anggota."))
        return redirect("desk:conversation", pk)
    place_hold(record, member=shown.member, at=shown.member.branch, by=request.user)
    messages.success(
        request, _("Dipesankan untuk %(name)s, diambil di %(branch)s.") % {"name": shown.member, "branch": shown.member.branch}
    )
    return redirect("desk:conversation", pk)


@at_the_desk
@require_POST
def need(request: HttpRequest, pk: int) -> HttpResponse:
    """A way on with what was not met."""
    shown, form = seen(request, pk), NeedForm(request.POST)
    if form.is_valid():
        with reasons_shown_on(form):
            follow_need(shown, **form.cleaned_data, by=request.user)
            messages.success(request, _("Dicatat, dan tetap di daftar sampai penanya dikabari."))
            return redirect("desk:conversation", pk)
    return again(request, shown, need_form=form)


@at_the_desk
@require_safe
def needs(request: HttpRequest) -> HttpResponse:
    """Every need nobody was told of yet."""
    return _needs(request)


@at_the_desk
@require_POST
def need_told(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever has the need is told, in the conversation; what was written stays where that is refused."""
    visible = queries.conversations_visible_to(request.user)
    told = get_object_or_404(Need, pk=pk, conversation__in=visible)
    text = request.POST.get("text", "")
    try:
        turn = tell_need(told, text, by=request.user)
    except Refused as refused:
        return _needs(request, reasons=refused.reasons, kept=pk, text=text)
    if turn.delivery_id:
        messages.success(request, _("Penanya dikabari."))
    else:
        messages.warning(request, _("Kabarnya dicatat, tetapi tidak ada jalan mengirimnya: sampaikan sendiri kepada penanya."))
    return redirect("desk:needs")


def _needs(request: HttpRequest, **refused: Any) -> HttpResponse:
    visible = queries.conversations_visible_to(request.user)
    facts = {"needs": queries.needs_to_follow().filter(conversation__in=visible), **refused}
    return render(request, "desk/needs.html", facts, status=UNPROCESSABLE if refused else 200)


def _added(request: HttpRequest, shown: Conversation) -> list[str]:
    told: list[str] = []
    if phrase := Phrase.objects.filter(pk=key_in(request.POST.get("phrase")), is_active=True).first():
        phrases.count_use(phrase)
        told.append(phrases.filled_in(phrase, shown, by=request.user))
    if known := KnownAnswer.objects.filter(pk=key_in(request.POST.get("known")), state="reviewed").first():
        known_answers.count_use([known.pk])
        told.append(f"{known.text}\n{_('Sumber: %(source)s') % {'source': known.source}}")
    if reading := readings.quoted(key_in(request.POST.get("reading")), shown, by=request.user):
        told.append(reading.line)
    return told
