"""One conversation: all that was said, who asked, who else looks at it, and what librarians do about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.desk import channels, queries
from lumbung.desk.domain.answering import answer, greeting
from lumbung.desk.domain.course import claim, close, describe, reopen, set_aside_as_spam
from lumbung.desk.domain.duty import note_presence
from lumbung.desk.domain.notes import add_note, see_mentions
from lumbung.desk.models import Conversation, Turn
from lumbung.desk.web.beside import tools_of
from lumbung.desk.web.forms import AnswerForm, DescriptionForm, HandOverForm, NoteForm, SnoozeForm, keys_in
from lumbung.desk.web.guard import at_the_desk, seen
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import UNPROCESSABLE, reasons_shown_on
from lumbung.messaging.models import Identity

LAST_TURNS = 200


@at_the_desk
@require_safe
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    shown = seen(request, pk)
    note_presence(request.user, conversation=pk, replying=False)
    if shown.names_me:  # type: ignore[attr-defined]
        see_mentions(shown, by=request.user)
    return render(request, "desk/conversation.html", conversation_page(request, shown))


@at_the_desk
@require_safe
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said, what became of it and who looks on, when any differs from what ``?state=`` tells; 204 when nothing changed."""
    shown = seen(request, pk)
    looking = queries.looking_at(pk, but=request.user)
    if _state(shown, looking) == request.GET.get("state", ""):
        return HttpResponse(status=204)
    return render(request, "desk/live.html", _live(request, shown))


@at_the_desk
@require_POST
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """The librarian types, or has stopped. The draft itself is not looked at."""
    note_presence(request.user, conversation=seen(request, pk).pk, replying=bool(request.POST.get("text", "").strip()))
    return HttpResponse(status=204)


@at_the_desk
@require_POST
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something to whoever asked; what a colleague said meanwhile is shown first."""
    shown = seen(request, pk)
    form = AnswerForm(request.POST, request.FILES, conversation=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            answer(shown, **form.told(), by=request.user)
            note_presence(request.user, conversation=pk, replying=False)
            return redirect("desk:conversation", pk)
    return again(request, shown, answer_form=form)


@at_the_desk
@require_POST
@once
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """A word to colleagues."""
    shown, form = seen(request, pk), NoteForm(request.POST)
    if form.is_valid():
        with reasons_shown_on(form):
            add_note(shown, form.cleaned_data["note"], by=request.user)
            return redirect("desk:conversation", pk)
    return again(request, shown, note_form=form)


@at_the_desk
@require_POST
def description(request: HttpRequest, pk: int) -> HttpResponse:
    """What kind of question it was, and what came of it; with ``close`` it is done, too."""
    shown, form = seen(request, pk), DescriptionForm(request.POST)
    if form.is_valid():
        with reasons_shown_on(form):
            shown = describe(shown, by=request.user, **form.cleaned_data)
            if "close" in request.POST:
                close(shown, by=request.user)
                messages.success(request, _("Percakapan ditutup."))
            return redirect("desk:conversation", pk)
    return again(request, shown, description_form=form)


@at_the_desk
@require_POST
def claimed(request: HttpRequest, pk: int) -> HttpResponse:
    claim(seen(request, pk), by=request.user, instead_of=key_in(request.POST.get("instead_of")))
    return redirect("desk:conversation", pk)


@at_the_desk
@require_POST
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    reopen(seen(request, pk), by=request.user)
    return redirect("desk:conversation", pk)


@at_the_desk
@require_POST
def spam(request: HttpRequest, pk: int) -> HttpResponse:
    """No question: closed, and its sender is not listened to for a week."""
    set_aside_as_spam(seen(request, pk), days=7, by=request.user)
    messages.success(request, _("Disisihkan; pengirimnya tidak didengarkan selama seminggu."))
    return redirect("desk:inbox")


def conversation_page(request: HttpRequest, shown: Conversation, **forms: Any) -> dict[str, Any]:
    """What the page shows; ``forms`` that came back with reasons stand in place of fresh ones."""
    told = {name: getattr(shown, name) for name in ("kind", "effort", "outcome", "follow_up_on")}
    live = _live(request, shown)
    sides = identities_in(live["turns"]) if not live["cut"] else list(queries.identities_of(shown))
    fresh = {
        "note_form": NoteForm(),
        "description_form": DescriptionForm(initial=told),
        "hand_over_form": HandOverForm(but=request.user),
        "snooze_form": SnoozeForm(),
        "answer_form": AnswerForm(conversation=shown, initial=_first_words(shown)),
    }
    composer = forms.get("answer_form", fresh["answer_form"])
    return {
        **live,
        "begun": _first_words(shown).get("text", ""),
        "channel": channels.label(shown.channel),
        "earlier": queries.earlier_of(shown.member, request.user, but=shown) if shown.member else [],
        "place": queries.place_of(shown, request.user),
        "merged": queries.merged_into(shown) if getattr(shown, "has_merged", True) else [],
        "sides": sides,
        **tools_of(request, shown, live["turns"], keys_in(str(composer["titles"].value() or "").split(","))),
        **fresh,
        **forms,
    }


def identities_in(turns: list[Turn]) -> list[Identity]:
    """The sides that spoke in these turns, each once."""
    said = [turn.incoming.identity for turn in turns if turn.incoming is not None]
    return list({each.pk: each for each in said}.values())


def again(request: HttpRequest, shown: Conversation, **forms: Any) -> HttpResponse:
    """The page with a form that was refused."""
    return render(request, "desk/conversation.html", conversation_page(request, shown, **forms), status=UNPROCESSABLE)


def _live(request: HttpRequest, shown: Conversation) -> dict[str, Any]:
    """What changes under one's eyes: what was said, and who looks on."""
    looking = queries.looking_at(shown.pk, but=request.user)
    whole = "all" in request.GET
    turns = queries.turns_of(shown, last=None if whole else LAST_TURNS)
    facts = {"conversation": shown, "turns": turns, "looking": looking, "state": _state(shown, looking)}
    return {**facts, "cut": not whole and len(turns) == LAST_TURNS, "seen": max((turn.pk for turn in turns), default=0)}


def _state(shown: Conversation, looking: list[tuple[Any, bool]]) -> str:
    fate = getattr(shown, "last_fate", None) or ""
    return ".".join([str(shown.revision), fate, *(f"{user.pk}{'r' if types else 'l'}" for user, types in looking)])


def _first_words(shown: Conversation) -> dict[str, str]:
    return {"text": greeting(shown)} if shown.first_answered_at is None and shown.identity_id else {}
