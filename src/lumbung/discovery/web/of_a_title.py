"""The title that an address names: who may see it, and where it went when it is there no more."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from lumbung.catalogue.domain.work_places import EFFECTIVE, has_other_editions
from lumbung.catalogue.models import Record
from lumbung.catalogue.queries import merged_into, was_removed


def shown_record(pk: int) -> Record:
    """The record, if the public may see it. Raises Http404."""
    shown = Record.objects.shown_to_public().filter(pk=pk)
    record = shown.annotate(work=EFFECTIVE).annotate(has_editions=has_other_editions()).first()
    if record is None:
        raise Http404
    return record


def of_a_title(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view is given the record that the address names by ``pk``: 410 when it was removed, 404 when the public never saw one.

    The address of one that went into another leads there, for ever; but browsers are to ask each time, for it may come back.
    """

    @wraps(view)
    def found(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        try:
            record = shown_record(pk)
        except Http404:
            if (into := merged_into(pk)) is not None:
                return _moved_to(request, into, kwargs)
            if was_removed(pk):
                return render(request, "410.html", status=410)
            raise
        return view(request, record, **kwargs)

    return found


def _moved_to(request: HttpRequest, into: int, kwargs: dict[str, Any]) -> HttpResponse:
    name = request.resolver_match.view_name if request.resolver_match else "discovery:record"
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(reverse(name, kwargs={"pk": into, **kwargs}) + (f"?{query}" if query else ""))
    response["Cache-Control"] = "no-cache"
    return response
