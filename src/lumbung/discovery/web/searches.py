"""Searches readers keep, the digests of new titles, and the feed of any search."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.accounts.models import User
from lumbung.discovery.addresses import asked, parameters
from lumbung.discovery.domain import alerts
from lumbung.discovery.domain import saved_searches as verbs
from lumbung.discovery.models import SavedSearch
from lumbung.discovery.queries import search_records
from lumbung.discovery.queries.saved_searches import address_of, chosen_chat, saved_searches_of
from lumbung.discovery.web.budget import budgeted
from lumbung.discovery.web.readers import reader
from lumbung.kernel.ui.access import signed_in
from lumbung.kernel.ui.keys import key_in
from lumbung.organization.queries import library
from lumbung.search.documents import Sort
from lumbung.search.unready import unanswered_in_words

FEED_SIZE, FEED_MINUTES = 30, 15


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def searches(request: HttpRequest) -> HttpResponse:
    """The searches kept; with ``?save=`` the form to keep another, prefilled."""
    if request.method == "POST":
        given = QueryDict(request.POST.get("search", "")[:8000].lstrip("?"))
        saved = verbs.save_search(
            given, name=request.POST.get("name", ""), frequency=request.POST.get("frequency", ""), by=reader(request)
        )
        messages.success(request, _("Pencarian “%(name)s” disimpan.") % {"name": saved})
        return redirect("discovery:searches")
    wanted = asked(QueryDict(request.GET.get("save", "")[:8000].lstrip("?")))
    facts = {
        "searches": saved_searches_of(request.user),
        "frequencies": SavedSearch.Frequencies.choices,
        "wanted": wanted,
        "wanted_address": parameters(wanted, page=None, sort=None) if "save" in request.GET else "",
        "can_be_told": bool(address_of(reader(request)) or chosen_chat(reader(request))),
        "removed": _removed(request),
    }
    return render(request, "discovery/searches.html", facts)


@require_http_methods(["POST", "DELETE"])
@signed_in
def one(request: HttpRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(saved_searches_of(request.user), pk=pk)
    if request.method == "DELETE":
        verbs.remove_search(saved, by=reader(request))
        return redirect(f"/my/searches?removed={pk}")
    name, frequency = request.POST.get("name", ""), request.POST.get("frequency", "")
    verbs.change_search(saved, name=name, frequency=frequency, is_paused="is_paused" in request.POST, by=reader(request))
    messages.success(request, _("Disimpan."))
    return redirect("discovery:searches")


@require_POST
@signed_in
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.restore_search(get_object_or_404(SavedSearch, pk=pk, owner=reader(request)), by=reader(request))
    return redirect("discovery:searches")


@csrf_exempt  # RFC 8058: the mail program posts here for its reader, without having seen a page
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, key: str) -> HttpResponse:
    """Stop the digests; a visit alone changes nothing, because mail scanners follow links."""
    user = alerts.user_of_key(key)
    done = user is not None and request.method == "POST"
    if user and done:
        verbs.stop_alerts(user, by=None)
    with override(_language_of(request, user)):
        return render(request, "discovery/unsubscribe.html", {"known": user, "done": done}, status=200 if user else 404)


@require_safe
@budgeted
def feed(request: HttpRequest) -> HttpResponse:
    """The newest titles of a search, as Atom (RFC 4287), of what all may see."""
    query = asked(request.GET)
    newest = replace(query, sort=Sort.NEWEST, page=1, size=FEED_SIZE, facets=(), by_work=False)
    results = search_records(newest, None, plain=query.plain)
    if not results.ready:
        return unanswered_in_words()
    address = f"{request.build_absolute_uri('/search')}{parameters(query, page=None, sort='newest')}"
    made = Atom1Feed(
        title=_("%(words)s – judul baru di %(library)s")
        % {"words": query.words or _("Semua koleksi"), "library": library().name},
        link=address,
        description="",
        feed_url=request.build_absolute_uri(),
        language=request.LANGUAGE_CODE,
    )
    for row in [] if results.relaxed else results.rows:
        made.add_item(**_entry(request, row))
    if not made.items:
        made.latest_post_date = lambda: datetime(2020, 1, 1, tzinfo=UTC)  # type: ignore[method-assign]
    response = HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={FEED_MINUTES * 60}"
    return response


def _language_of(request: HttpRequest, user: User | None) -> str:
    """That of the letter which led here, unless another was chosen on this device."""
    chosen_here = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    return (user.language if user and not chosen_here else "") or get_language() or settings.LANGUAGE_CODE


def _removed(request: HttpRequest) -> SavedSearch | None:
    """The search just removed, to be brought back."""
    key = key_in(request.GET.get("removed"))
    gone = SavedSearch.objects.filter(owner=reader(request)).exclude(removed_at=None)
    return gone.filter(pk=key).first() if key else None


def _entry(request: HttpRequest, row: Any) -> dict[str, Any]:
    said = ". ".join(filter(None, [row.creator, row.publication, row.material_label]))
    address = request.build_absolute_uri(f"/records/{row.pk}")
    added = row.record.created_at
    return {
        "title": row.title_told,
        "link": address,
        "description": said,
        "unique_id": address,
        "pubdate": added,
        "updateddate": added,
    }
