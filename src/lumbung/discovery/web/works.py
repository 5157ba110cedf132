"""A work: all its editions side by side, in whatever language and form, with what is on the shelf now."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lumbung.catalogue.domain.work_places import editions_of, work_of
from lumbung.catalogue.models import Material, Record
from lumbung.discovery.languages import language_name
from lumbung.discovery.queries.rows import rows_of
from lumbung.discovery.web.of_a_title import of_a_title
from lumbung.kernel.ui.pages import page_of

MOST, SIZE = 500, 30


@dataclass(frozen=True, slots=True)
class Choice:
    """A language or form that some editions have: its code, name and how many do."""

    code: str
    label: str
    count: int


@require_safe
def work(request: HttpRequest, key: str) -> HttpResponse:
    """The editions the public may see, the newest first; ``?language=`` and ``?material=`` narrow them. 404 when there is none."""
    editions = list(editions_of(key).shown_to_public().values_list("pk", "language", "material", "year")[:MOST])
    if not editions:
        raise Http404
    language, material = request.GET.get("language", ""), request.GET.get("material", "")
    chosen = [each for each in editions if language in {"", each[1]} and material in {"", each[2]}]
    page = page_of(chosen, request, size=SIZE)
    rows = rows_of([each[0] for each in page], request.user)
    first = rows[0] if rows else rows_of([editions[0][0]], request.user)[0]
    years = [each[3] for each in editions if each[3] is not None]
    context = {
        "page": page,
        "rows": rows,
        "named": first,
        "total": len(editions),
        "years": (min(years), max(years)) if years else None,
        "languages": _choices([each[1] for each in editions], language_name),
        "materials": _choices([each[2] for each in editions], lambda code: str(Material(code).label)),
        "language": language,
        "material": material,
        "key": key,
    }
    return render(request, "discovery/work.html", context)


@require_safe
@of_a_title
def editions(request: HttpRequest, record: Record) -> HttpResponse:
    """To the work of this title. 404 for one that stands alone."""
    key = work_of(record)
    if not key:
        raise Http404
    return redirect("discovery:work", key)


def _choices(codes: list[str], name: Callable[[str], str]) -> list[Choice]:
    counts = Counter(code for code in codes if code)
    return [Choice(code, name(code), count) for code, count in counts.most_common()]
