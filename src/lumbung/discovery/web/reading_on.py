"""What to read next, loaded after the page of a title; a page of its own where nothing is loaded later."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lumbung.catalogue.domain.bibliographic import describe
from lumbung.catalogue.models import Record
from lumbung.discovery.domain.interest import note_open, write_due_opens
from lumbung.discovery.queries.browse import around
from lumbung.discovery.queries.curated import steps_of
from lumbung.discovery.queries.interest import borrowed_together
from lumbung.discovery.queries.reading_on import similar, way_up
from lumbung.discovery.web.of_a_title import of_a_title
from lumbung.kernel.ui.programs import is_program

BESIDE = 8


@require_safe
@of_a_title
def more(request: HttpRequest, record: Record) -> HttpResponse:
    write_due_opens()
    alone = not request.headers.get("HX-Request")
    facts = {
        "record": record,
        "alone": alone,
        "similar": similar(record, describe(record.marc_record)),
        "together": borrowed_together(record.pk),
        "up": way_up(record),
        "steps": steps_of(record),
        "beside": around(record, branch=None, size=BESIDE),
    }
    return render(request, "discovery/more_page.html" if alone else "discovery/more.html", facts)


def note_reader(request: HttpRequest, record: Record) -> None:
    """Count that a person opened the title: no program, no page fetched in advance."""
    said = request.headers
    if request.method == "HEAD" or "prefetch" in said.get("Sec-Purpose", "") or is_program(request):
        return
    note_open(record.pk, from_search=urlsplit(said.get("Referer", "")).path == "/search")
