"""Which records are ready for RAMA and OneSearch, and what the others lack."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from lumbung.cooperation.models import SharedRecord
from lumbung.cooperation.models.lacks import HOW, WORDS, Lack
from lumbung.cooperation.permissions import SHARE
from lumbung.cooperation.queries import standing
from lumbung.cooperation.queries.rules import NAMELESS, admin_emails, repository_identifier, sharing_rules
from lumbung.cooperation.queries.standing import SERVICES, Taker
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.spreadsheet import csv_response

TOGETHER = 500


@needs(SHARE)
def readiness(request: HttpRequest) -> HttpResponse:
    told = standing.counts()
    reports = [standing.readiness(service, told) for service in SERVICES.values()]
    rows = [(report, [(each, WORDS[each], count) for each, count in report.lacking]) for report in reports]
    return render(request, "cooperation/readiness.html", {"rows": rows, "site": _site_lacks()})


@needs(SHARE)
def lacking(request: HttpRequest, service: str) -> HttpResponse:
    """The records that are not ready, or (``?lacks=``) those that lack one thing."""
    asked, lack = _service(service), _lack(request, service)
    page = page_of(standing.lacking(asked, lack), request)
    shared = list(page.object_list)
    records = standing.records_of(shared)
    rows = [(records[each.record], _lacks_of(each, asked)) for each in shared if each.record in records]
    choices = [(each.name, WORDS[each]) for each in asked.wanted]
    context = {"service": asked, "page": page, "rows": rows, "choices": choices, "lack": lack}
    return render(
        request, "cooperation/lacking.html", context | {"label": WORDS[lack] if lack else "", "how": HOW[lack] if lack else ""}
    )


@needs(SHARE)
def as_csv(request: HttpRequest, service: str) -> HttpResponseBase:
    asked, lack = _service(service), _lack(request, service)
    header = [_("Nomor"), _("Judul"), _("Pengarang"), _("Tahun"), _("Kurang"), *(WORDS[each] for each in asked.wanted)]
    return csv_response(f"belum-siap-{asked.name}.csv", header, _lines(standing.lacking(asked, lack), asked))


def _lines(rows: "QuerySet[SharedRecord]", service: Taker) -> Iterator[list[object]]:
    last = 0
    while some := list(rows.filter(record__gt=last)[:TOGETHER]):
        records = standing.records_of(some)
        for each in some:
            if record := records.get(each.record):
                bits = Lack(getattr(each, service.column))
                words = [WORDS[lack] for lack in bits]
                crosses = ["x" if lack in bits else "" for lack in service.wanted]
                yield [record.pk, record.title, record.creator, record.year, "; ".join(map(str, words)), *crosses]
        last = some[-1].record


def _lacks_of(row: SharedRecord, service: Taker) -> list[object]:
    return [WORDS[each] for each in Lack(getattr(row, service.column))]


def _service(name: str) -> Taker:
    if name not in SERVICES:
        raise Http404
    return SERVICES[name]


def _lack(request: HttpRequest, service: str) -> Lack | None:
    asked = request.GET.get("lacks", "")
    lack = Lack.__members__.get(asked)
    return lack if lack is not None and lack in SERVICES[service].wanted else None


def _site_lacks() -> list[str]:
    """What the whole site lacks before it can be registered."""
    email = admin_emails()[0]
    told = {
        _("Panen ditutup; buka di halaman Panen."): not sharing_rules().is_open,
        _(
            "Alamat situs (LUMBUNG_URL) belum ditetapkan: pemanen dan pembaca tidak akan menemukan halaman judul."
        ): not settings.SITE_URL,
        _("Pengenal repositori belum berupa nama domain perpustakaan; tetapkan di halaman Panen."): repository_identifier()
        == NAMELESS,
        _("Surel pengelola belum ada; tetapkan di halaman Panen."): email.endswith(NAMELESS),
    }
    return [sentence for sentence, is_so in told.items() if is_so]
