"""Borrowing from a reading program: the verbs of the site, by whoever shows a key. A session does not count here, since programs
borrow by GET, which other sites could make a browser do."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lumbung.accounts.domain.api_access import comes_by_key
from lumbung.catalogue.models import Record
from lumbung.digital.domain.lending import borrow as borrow_file
from lumbung.digital.domain.lending import return_early, stop_waiting, wait_for
from lumbung.digital.models import File
from lumbung.digital.queries import Asker, access_to, lending_state, reads_or_may_borrow
from lumbung.digital.queries.files import titled
from lumbung.discovery.gateways.opds import feeds
from lumbung.discovery.gateways.opds.editions import edition_of
from lumbung.discovery.gateways.opds.publications import asker_of
from lumbung.discovery.gateways.opds.signing_in import asked_to_sign_in
from lumbung.discovery.gateways.opds.views import published
from lumbung.kernel.api.problems import problem
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member


@csrf_exempt  # a key in the header is asked for, which no other site can send
@require_http_methods(["GET", "POST", "DELETE"])
def borrow(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """GET and POST borrow, or wait where all are lent; DELETE gives back, or waits no more. Answers with the title as it stands then.

    409 with every reason where the verb refuses. Asked again, the answer is the same and nothing happens twice.
    """
    ours, asker = edition_of(request, edition), asker_of(request)
    if not comes_by_key(request) or request.headers.get("Sec-Fetch-Site") == "cross-site":
        return asked_to_sign_in(request)
    file = _lent(pk, asker)
    if asker.member is None:
        return problem(403)
    try:
        _let_go(request, file, asker.member) if request.method == "DELETE" else _take(request, file, asker.member)
    except Refused as refused:
        reasons = [{"code": each.code, "detail": str(each)} for each in refused.reasons]
        return problem(409, " ".join(each["detail"] for each in reasons), reasons=reasons)
    record = Record.objects.get(pk=file.record_id)
    return published(ours, feeds.title(ours, record, Asker(request.user, asker.address)))


def _lent(pk: int, asker: Asker) -> File:
    """The file, where the asker could borrow it or has it. Raises Http404 for any other."""
    file = titled().filter(pk=pk, lending__isnull=False).first()
    if file is None or not reads_or_may_borrow(access_to(file, asker)):
        raise Http404
    return file


def _take(request: HttpRequest, file: File, member: Member) -> None:
    state = lending_state(file, member)
    if state is None or state.is_lent_to_them or state.position:
        return
    is_theirs = state.loan is not None or state.free > state.waiting
    if is_theirs or not state.lending.is_open:
        borrow_file(file, to=member, by=request.user)
    else:
        wait_for(file, member=member, by=request.user)


def _let_go(request: HttpRequest, file: File, member: Member) -> None:
    state = lending_state(file, member)
    if state is not None and state.position:
        stop_waiting(file, member=member, by=request.user)
    else:
        return_early(file, of=member, by=request.user)
