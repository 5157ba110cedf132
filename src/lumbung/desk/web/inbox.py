"""The inbox: one list of every question, by queue, found by words, and fresh within a second."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lumbung.desk import queries
from lumbung.desk.domain.bulk import ACTS, act_on_all
from lumbung.desk.domain.duty import note_presence
from lumbung.desk.web.guard import at_the_desk
from lumbung.desk.web.listing import listed, shared_stretch, stretch
from lumbung.kernel import clock
from lumbung.kernel.ui.keys import key_in

TITLES = {
    "open": _("Terbuka"),
    "mine": _("Milik saya"),
    "unassigned": _("Belum diambil"),
    "late": _("Hampir atau lewat target"),
    "follow_up": _("Perlu ditindaklanjuti"),
    "snoozed": _("Ditunda"),
    "groups": _("Grup"),
    "complaints": _("Pengaduan"),
    "closed": _("Selesai"),
}
ALWAYS = {"open", "mine", "unassigned", "closed"}
MOST_AT_ONCE = 100


@at_the_desk
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """A queue, with ``?q=`` what was ever said about something, or with ``?member=`` all that one member asked."""
    note_presence(request.user, conversation=None, replying=False)
    return render(request, "desk/inbox.html", inbox_page(request))


@at_the_desk
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """The list again when anything changed since ``?since=``; 204 when nothing did. Asked by every open inbox all the time."""
    since = request.GET.get("since", "")
    change = _told(queries.last_change())
    if change and change == since:
        return HttpResponse(status=204)
    return render(request, "desk/inbox_list.html", inbox_page(request, change=change))


@at_the_desk
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """The same for several conversations: take, close, put aside as no question."""
    what, keys = request.POST.get("act", ""), [key_in(each) for each in request.POST.getlist("pk")[:MOST_AT_ONCE]]
    if what not in ACTS:
        raise Http404
    rows = queries.conversations_visible_to(request.user).filter(pk__in=keys)
    done, refused = act_on_all(list(rows), what, by=request.user)
    if done:
        messages.success(
            request,
            ngettext("%(n)s percakapan selesai dikerjakan.", "%(n)s percakapan selesai dikerjakan.", done) % {"n": done},
        )
    for reason in refused if keys else [_("Centang dulu percakapan yang dimaksud.")]:
        messages.warning(request, reason)
    return redirect(f"{request.path.removesuffix('/bulk')}?queue={request.GET.get('queue', 'open')}")


def inbox_page(request: HttpRequest, *, change: str | None = None) -> dict[str, Any]:
    """What the list shows: the rows of a queue from a place onwards, and how many each queue holds.

    Who hears of a ``change`` with many others at once is shown what they have in common.
    """
    name, words = request.GET.get("queue", "open"), request.GET.get("q", "").replace("\0", "").strip()[:200]
    if name not in TITLES:
        raise Http404
    today, viewer = clock.today(timezone.get_current_timezone()), request.user
    since = _told(queries.last_change()) if change is None else change
    asker, before = key_in(request.GET.get("member")), key_in(request.GET.get("before"))
    if asker:
        shown = listed(list(queries.history_of(asker, viewer)[:MOST_AT_ONCE]), viewer, today)
    elif words:
        shown = listed(queries.found(words, viewer), viewer, today)
    elif change is None or before:
        shown = stretch(name, viewer, today, before=before)
    else:
        shown = shared_stretch(name, viewer, today, change=change)
    queues = [(key, title, shown.counts.get(key)) for key, title in TITLES.items() if key in ALWAYS or shown.counts.get(key)]
    facts = {"rows": shown.rows, "drawn": shown.drawn, "more": shown.more, "queues": queues, "here": name, "q": words}
    return {
        **facts,
        "since": since,
        "is_first_stretch": not words and not asker and not before,
        "asker": shown.rows[0].member if asker and shown.rows else None,
        "mentions": queries.mentions_of(viewer)[:5],
        "colleagues": shown.colleagues,
    }


def _told(change: datetime | None) -> str:
    return change.isoformat() if change else ""
