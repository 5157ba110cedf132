"""What crawlers may read: every title once, no combinations of filters."""

import zlib
from collections.abc import Iterator
from itertools import islice

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from lumbung.catalogue.models import Record
from lumbung.kernel.ui.other_sites import open_to_other_sites

PER_PAGE = 50_000
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /search?",
        "Disallow: /search/",
        "Disallow: /browse/*?",
        "Disallow: /purpose?",
        "Disallow: /my",
        "Disallow: /staff/",
        "Disallow: /accounts/",
        "Disallow: /api/",
    ]
    lines += [
        "Disallow: /records/*/citation",
        "Disallow: /records/*/copies",
        "Disallow: /records/*/marc",
        "Disallow: /records/*/more",
        "Disallow: /records/*/shelf",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@open_to_other_sites
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list of sitemap pages; page n holds the records whose keys begin at n × 50,000."""
    last = Record.objects.aggregate(last=Max("pk"))["last"] or 0
    pages = [request.build_absolute_uri(reverse("discovery:sitemap-page", args=[n])) for n in range(last // PER_PAGE + 1)]
    entries = "".join(f"<sitemap><loc>{page}</loc></sitemap>\n" for page in pages)
    return HttpResponse(f'{XML}<sitemapindex xmlns="{SCHEMA}">\n{entries}</sitemapindex>\n', content_type="application/xml")


@open_to_other_sites
@require_safe
def sitemap_page(request: HttpRequest, page: int) -> StreamingHttpResponse:
    first = page * PER_PAGE
    if first > (Record.objects.aggregate(last=Max("pk"))["last"] or 0):
        raise Http404
    rows = (
        Record.objects.shown_to_public()
        .filter(pk__gte=first, pk__lt=first + PER_PAGE)
        .order_by("pk")
        .values_list("pk", "updated_at")
    )
    entries = _entries(request.build_absolute_uri("/records/"), rows.iterator())
    return StreamingHttpResponse(_zipped(entries), content_type="application/gzip")


def _zipped(lines: Iterator[str]) -> Iterator[bytes]:
    """The lines as one gzip file, some kilobytes at a time."""
    packer = zlib.compressobj(wbits=31)
    for stretch in iter(lambda: "".join(islice(lines, 500)), ""):
        if packed := packer.compress(stretch.encode()):
            yield packed
    yield packer.flush()


def _entries(base: str, rows: Iterator[tuple[int, object]]) -> Iterator[str]:
    yield f'{XML}<urlset xmlns="{SCHEMA}">\n'
    for key, changed in rows:
        yield f"<url><loc>{base}{key}</loc><lastmod>{changed:%Y-%m-%d}</lastmod></url>\n"
    yield "</urlset>\n"
