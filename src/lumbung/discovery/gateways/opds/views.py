"""What a reading program asks for."""

import json
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lumbung.catalogue.models import Record
from lumbung.discovery.gateways.opds import feeds
from lumbung.discovery.gateways.opds.editions import Edition, edition_of
from lumbung.discovery.gateways.opds.publications import asker_of
from lumbung.discovery.gateways.opds.signing_in import asked_to_sign_in
from lumbung.formats.opds import Feed, Publication, atom, json_form
from lumbung.formats.opds.shapes import ENTRY_1, FEED_2, PUBLICATION_2, SEARCH_1
from lumbung.kernel.ui.other_sites import open_to_other_sites
from lumbung.organization.queries import library
from lumbung.search.queries import NotReady
from lumbung.search.unready import unanswered_in_words


@open_to_other_sites
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The edition that the program can read: JSON where it asks for that, else Atom."""
    response = redirect("opds:root", "2" if FEED_2 in request.headers.get("Accept", "") else "1.2")
    patch_vary_headers(response, ["Accept"])
    return response


@open_to_other_sites
@require_safe
def root(request: HttpRequest, edition: str) -> HttpResponse:
    ours = edition_of(request, edition)
    return answered(ours, feeds.root(ours, asker_of(request)))


@open_to_other_sites
@require_safe
def values(request: HttpRequest, edition: str, name: str) -> HttpResponse:
    ours = edition_of(request, edition)
    return answered(ours, feeds.values(ours, name, asker_of(request)))


@open_to_other_sites
@require_safe
def titles(request: HttpRequest, edition: str) -> HttpResponse:
    ours = edition_of(request, edition)
    try:
        return answered(ours, feeds.titles(ours, feeds.wanted_in(request.GET), asker_of(request)))
    except NotReady:
        return unanswered_in_words()


@open_to_other_sites
@require_safe
def title(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    ours = edition_of(request, edition)
    return published(ours, feeds.title(ours, _record(Record.objects.shown_to_public(), pk), asker_of(request)))


@open_to_other_sites
@require_safe
def shelf(request: HttpRequest, edition: str) -> HttpResponse:
    ours, asker = edition_of(request, edition), asker_of(request)
    if not asker.is_signed_in:
        return asked_to_sign_in(request)
    return answered(ours, feeds.shelf(ours, asker))


@open_to_other_sites
@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """The OpenSearch description document."""
    name = library().name or _("Perpustakaan")
    told = atom.search_description(
        name=name,
        description=_("Cari judul digital di %(library)s.") % {"library": name},
        template=feeds.search_template(Edition(request, "1.2")),
    )
    return HttpResponse(told, content_type=f"{SEARCH_1}; charset=utf-8")


def answered(edition: Edition, feed: Feed) -> HttpResponse:
    """The feed as its edition writes it. It may differ for everybody who asks, so nobody else keeps it."""
    if edition.is_json:
        return _private(HttpResponse(_json(json_form.feed(feed)), content_type=FEED_2))
    return _private(HttpResponse(atom.feed(feed), content_type=f"{atom.kind_of(feed)};charset=utf-8"))


def published(edition: Edition, told: Publication, status: int = 200) -> HttpResponse:
    if edition.is_json:
        return _private(HttpResponse(_json(json_form.publication(told)), content_type=PUBLICATION_2, status=status))
    whole = atom.entry(told, by=library().name or _("Perpustakaan"))
    return _private(HttpResponse(whole, content_type=f"{ENTRY_1};charset=utf-8", status=status))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Authorization", "Cookie", "Accept-Language"])
    return response


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _record(among: QuerySet[Record], pk: int) -> Record:
    found = among.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
