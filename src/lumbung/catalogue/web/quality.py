"""The report on the quality of records: how many lack what, how that goes, which ones, and the way to mend them."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.catalogue import queries
from lumbung.catalogue.domain.quality import begin_survey, defects_now
from lumbung.catalogue.jobs import look_through_catalogue
from lumbung.catalogue.models import Defect, QualitySurvey
from lumbung.catalogue.permissions import EDIT, SEE
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.spreadsheet import csv_response

COMPARED = 30
WIDTH, HEIGHT = 120, 28


@needs(SEE)
def report(request: HttpRequest) -> HttpResponseBase:
    """The latest survey beside those before it; ``?format=csv`` gives the table of all of them."""
    surveys = list(queries.quality_surveys()[:COMPARED])
    if request.GET.get("format") == "csv":
        header = [_("Diperiksa"), _("Judul"), _("Tanpa kekurangan"), *Defect.labels]
        rows = (
            [
                f"{each.finished_at:%Y-%m-%d %H:%M}",
                each.records,
                each.sound,
                *(each.counts.get(one, 0) for one in Defect.values),
            ]
            for each in surveys
        )
        return csv_response("mutu-cantuman.csv", header, rows)
    under_way = QualitySurvey.objects.filter(is_under_way=True).first()
    context = {"survey": surveys[0] if surveys else None, "rows": _rows(surveys), "under_way": under_way}
    template = "catalogue/quality_state.html" if request.headers.get("HX-Request") else "catalogue/quality.html"
    return render(request, template, context)


@needs(SEE)
def defect(request: HttpRequest, defect: str) -> HttpResponse:
    """The records with one defect; those mended since the survey say so."""
    if defect not in Defect.values:
        raise Http404
    page = page_of(queries.records_with_defect(defect), request)
    records = list(page.object_list)
    now = defects_now(records)
    rows = [(record, defect not in now[record.pk]) for record in records]
    return render(request, "catalogue/quality_defect.html", {"defect": Defect(defect), "page": page, "rows": rows})


@needs(EDIT)
@require_POST
def survey(request: HttpRequest) -> HttpResponse:
    begin_survey()
    look_through_catalogue.enqueue(by=request.user.pk)
    messages.success(request, _("Pemeriksaan dimulai. Halaman ini boleh ditinggalkan."))
    return redirect("catalogue:quality")


def _rows(surveys: Sequence[QualitySurvey]) -> list[dict[str, object]]:
    """For each defect of the latest survey its count, share, change since the one before, and its course as points of a line."""
    if not surveys:
        return []
    latest, before = surveys[0], surveys[1] if len(surveys) > 1 else None
    told = []
    for each in Defect:
        course = [one.counts.get(each.value, 0) for one in reversed(surveys)]
        told.append(
            {
                "defect": each,
                "count": course[-1],
                "share": 100 * course[-1] / latest.records if latest.records else 0,
                "change": course[-1] - before.counts.get(each.value, 0) if before else 0,
                "points": _points(course),
            }
        )
    return sorted(told, key=lambda row: -int(str(row["count"])))


def _points(course: Sequence[int]) -> str:
    """The course as a line in a picture of WIDTH by HEIGHT, the highest at the top; empty for a single survey."""
    if len(course) < 2:  # noqa: PLR2004 -- a line has two ends
        return ""
    step, highest = WIDTH / (len(course) - 1), max(course) or 1
    return " ".join(f"{at * step:.1f},{HEIGHT - 2 - value / highest * (HEIGHT - 4):.1f}" for at, value in enumerate(course))
