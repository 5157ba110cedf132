"""Handing over, setting aside, merging and splitting conversations."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.desk import queries
from lumbung.desk.domain.handing import give_back, give_to_team, hand_over, pass_to_head, snooze
from lumbung.desk.domain.joining import merge, split, undo_merge
from lumbung.desk.models import Conversation, Team
from lumbung.desk.refusals import CONVERSATION_UNKNOWN, TEAM_UNKNOWN
from lumbung.desk.templatetags.desk import mid_moment
from lumbung.desk.web.conversation import again
from lumbung.desk.web.forms import HandOverForm, SnoozeForm
from lumbung.desk.web.guard import at_the_desk, seen
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.submission import reasons_shown_on


@at_the_desk
@require_POST
def handed(request: HttpRequest, pk: int) -> HttpResponse:
    """To a colleague, with a note."""
    shown, form = seen(request, pk), HandOverForm(request.POST, but=request.user)
    if form.is_valid():
        with reasons_shown_on(form):
            hand_over(shown, **form.cleaned_data, by=request.user)
            messages.success(request, _("Diserahkan kepada %(name)s.") % {"name": form.cleaned_data["to"]})
            return redirect("desk:inbox")
    return again(request, shown, hand_over_form=form)


@at_the_desk
@require_POST
def teamed(request: HttpRequest, pk: int) -> HttpResponse:
    """To a team; where all are chosen (an empty ``team``), to all. Of a team nobody knows nothing is done."""
    shown, named = seen(request, pk), request.POST.get("team", "?")
    team = Team.objects.filter(pk=key_in(named)).first() if named else None
    if named and team is None:
        raise Refused(TEAM_UNKNOWN())
    give_to_team(shown, team, by=request.user)
    told = _("Diberikan kepada tim %(team)s.") % {"team": team} if team else _("Kembali ke antrean semua petugas.")
    messages.success(request, told)
    return redirect("desk:inbox")


@at_the_desk
@require_POST
def to_head(request: HttpRequest, pk: int) -> HttpResponse:
    """A complaint after all: from now on only the head sees it."""
    pass_to_head(seen(request, pk), by=request.user)
    messages.success(request, _("Diserahkan kepada kepala perpustakaan; kini hanya kepala yang melihatnya."))
    return redirect("desk:inbox")


@at_the_desk
@require_POST
def to_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """No complaint: the head, who alone sees it, gives it to the desk."""
    give_back(get_object_or_404(queries.conversations_visible_to(request.user), pk=pk, is_complaint=True), by=request.user)
    messages.success(request, _("Dikembalikan kepada meja; semua petugas kini melihatnya."))
    return redirect("desk:inbox")


@at_the_desk
@require_POST
def snoozed(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of sight for a while; with ``now`` in sight again."""
    shown, form = seen(request, pk), SnoozeForm(request.POST)
    if "now" in request.POST:
        snooze(shown, None, by=request.user)
        return redirect("desk:conversation", pk)
    if form.is_valid():
        with reasons_shown_on(form):
            snooze(shown, until := form.until(), by=request.user)
            told = {"when": mid_moment(until)}
            messages.success(request, _("Ditunda sampai %(when)s, atau sampai penanya menulis lagi.") % told)
            return redirect("desk:inbox")
    return again(request, shown, snooze_form=form)


@at_the_desk
@require_POST
def merged(request: HttpRequest, pk: int) -> HttpResponse:
    """Another conversation goes into this one."""
    shown = seen(request, pk)
    number = request.POST.get("other", "").strip()
    other = queries.conversations_visible_to(request.user).filter(pk=key_in(number)).first()
    if other is None:
        raise Refused(CONVERSATION_UNKNOWN(number=number))
    merge(other, into=shown, by=request.user)
    messages.success(request, _("Digabungkan. Bila keliru, dapat dipisahkan lagi di bawah."))
    return redirect("desk:conversation", pk)


@at_the_desk
@require_POST
def unmerged(request: HttpRequest, pk: int) -> HttpResponse:
    """A conversation that was merged stands on its own again."""
    other = get_object_or_404(queries.conversations_visible_to(request.user), pk=pk)
    if other.merged_into_id is not None and queries.place_of(other, request.user) is None:
        raise Http404
    undo_merge(other, by=request.user)
    messages.success(request, _("Dipisahkan lagi; kedua percakapan terbuka."))
    return redirect("desk:conversation", pk)


@at_the_desk
@require_POST
def parted(request: HttpRequest, pk: int) -> HttpResponse:
    """The ticked turns become a conversation of their own."""
    shown: Conversation = seen(request, pk)
    beside = split(shown, [key_in(each) for each in request.POST.getlist("turn")], by=request.user)
    messages.success(request, _("Dipisahkan menjadi percakapan sendiri."))
    return redirect("desk:conversation", beside.pk)
