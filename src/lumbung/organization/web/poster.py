"""The opening hours of a branch to print, for everybody: the same calendar as on the site, in chat and as ICS."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from lumbung.organization.domain.poster import PAPERS, poster
from lumbung.organization.models import Branch


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One page of A4, or with ``?paper=a3`` of A3."""
    branch, paper = get_object_or_404(Branch, pk=pk), request.GET.get("paper", PAPERS[0])
    if paper not in PAPERS:
        raise Http404
    made = poster(branch, paper=paper, feed=request.build_absolute_uri(reverse("organization:feed", args=[branch.pk])))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="jam-buka-{branch.pk}.pdf"'
    response["Cache-Control"] = "public, max-age=600"
    return response
