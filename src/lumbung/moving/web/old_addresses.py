"""Addresses of the system that was left: links to it in books, courses and search engines still lead to the title."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponsePermanentRedirect
from django.urls import reverse

from lumbung.moving.queries import key_of

SEARCHED = ("keywords", "title", "author", "subject", "isbn")
OF_A_TITLE = frozenset({"show_detail", "fstream", "fstream-pdf"})


class OldFrontPage:
    """SLiMS shows a title at the address of its front page too: ``/?p=show_detail&id=7``, or ``/slims/?p=…`` where it stood in a folder."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.META.get("QUERY_STRING", "")
        if "p=" in asked and request.path_info.endswith("/") and request.GET.get("p") in OF_A_TITLE:
            return slims(request)
        return self.get_response(request)


def koha(request: HttpRequest, page: str) -> HttpResponse:
    """``/cgi-bin/koha/opac-detail.pl?biblionumber=7`` goes to the title, ``opac-search.pl?q=`` to the search, the account to My library."""
    number, words = request.GET.get("biblionumber", "").strip(), request.GET.get("q", "")
    if number:
        key = key_of("title", number, origin="koha") if number.isdigit() else None
        if key is None:
            raise Http404
        return HttpResponsePermanentRedirect(reverse("discovery:record", args=[key]))
    if words:
        return HttpResponsePermanentRedirect(f"{reverse('discovery:search')}?{urlencode({'q': words})}")
    return HttpResponsePermanentRedirect(reverse("discovery:my" if page == "opac-user" else "discovery:home"))


def slims(request: HttpRequest) -> HttpResponse:
    """``index.php?p=show_detail&id=7`` goes to the title, a search to the search, the member's page to theirs."""
    page, number = request.GET.get("p", ""), request.GET.get("id", "")
    if page in OF_A_TITLE:
        key = key_of("title", number.strip()) if number.strip().isdigit() else None
        if key is None:
            raise Http404
        return HttpResponsePermanentRedirect(reverse("discovery:record", args=[key]))
    words = " ".join(request.GET[each] for each in SEARCHED if request.GET.get(each))
    if words:
        return HttpResponsePermanentRedirect(f"{reverse('discovery:search')}?{urlencode({'q': words})}")
    return HttpResponsePermanentRedirect(reverse("discovery:my" if page == "member" else "discovery:home"))
