"""The COUNTER API 5.1: status for everybody, the rest for who shows a key of the library (``api_key``, or a bearer's)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from lumbung.accounts.domain.api_access import address_of
from lumbung.accounts.domain.permissions import may
from lumbung.accounts.domain.rates import Allowance
from lumbung.accounts.domain.tokens import token_with
from lumbung.accounts.models import User
from lumbung.cooperation.permissions import USAGE, USAGE_READ
from lumbung.cooperation.queries.usage import first_and_last_month, names_of, usage
from lumbung.cooperation.queries.usage_asking import Wrong, exception, read
from lumbung.cooperation.queries.usage_reports import customer_id, header
from lumbung.formats.counter import REPORTS, Tally, report
from lumbung.kernel.ui.addresses import root
from lumbung.organization.queries import library

View = Callable[..., HttpResponse]
PER_MINUTE = 60
_asked = Allowance(PER_MINUTE)


def for_requestors(view: View) -> View:
    """Answer with an exception by its code where somebody may not ask, or asks what cannot be answered."""

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if wait := _asked.seconds_to_wait(address_of(request)):
            return _told(exception(1020), 429, {"Retry-After": str(wait)})
        try:
            _admit(request)
            return view(request, *args, **named)
        except Wrong as wrong:
            return _told(exception(wrong.code, wrong.data), wrong.status)

    return answered


def _admit(request: HttpRequest) -> None:
    """Raises ``Wrong`` for whoever is not to see the usage of this library."""
    given = request.GET
    if not given.get("customer_id"):
        raise Wrong(1030, 400, "customer_id")
    scheme, _blank, bearer = request.headers.get("Authorization", "").partition(" ")
    key = given.get("api_key", "") or (bearer.strip() if scheme.lower() == "bearer" else "")
    user = _user_of(key) if key and "\0" not in key else None
    if user is None:
        raise Wrong(2020 if key else 2000, 401)
    if (given.get("requestor_id") or user.username) != user.username:
        raise Wrong(2000, 401)
    if given["customer_id"] != customer_id():
        raise Wrong(2010, 403)


def _user_of(key: str) -> User | None:
    token = token_with(key)
    return token.user if token is not None and USAGE_READ in token.scopes and may(token.user, USAGE) else None


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Whether the service answers; public. Who stands in no registry of COUNTER names none."""
    return _told([{"Description": f"COUNTER R5.1, {library().name}".strip(" ,"), "Service_Active": True}])


@for_requestors
def members(request: HttpRequest) -> HttpResponse:
    """The institutions behind the customer: this one."""
    name, own = library().name or "Lumbung", customer_id()
    return _told([{"Institution_Name": name, "Customer_ID": own, "Institution_ID": {"Proprietary": [header().identifier]}}])


@for_requestors
def reports(request: HttpRequest) -> HttpResponse:
    """The reports there are, with their months."""
    first, last = first_and_last_month()
    months = {"First_Month_Available": f"{first:%Y-%m}", "Last_Month_Available": f"{last:%Y-%m}"}
    return _told(
        [
            {
                "Report_Name": kind.name,
                "Report_ID": key,
                "Release": "5.1",
                "Report_Description": kind.name,
                "Path": f"/r51/reports/{key.lower()}",
                **months,
            }
            for key, kind in REPORTS.items()
        ]
    )


@for_requestors
def one(request: HttpRequest, name: str) -> HttpResponse:
    """One report. No usage is told in it, by the exception for that."""
    key = name.upper()
    if key not in REPORTS or not name.islower():
        return HttpResponse(status=404)
    reading = read(key, request.GET)
    tally = Tally() if reading.is_empty else usage(reading.asked.begin, reading.asked.end)
    base = root(request)
    named = names_of(tally, lambda record: f"{base}/records/{record}")
    told = report(reading.asked, tally, header=header(), named=named, exceptions=reading.exceptions)
    if not told["Report_Items"] and not reading.is_empty:
        nothing = [*reading.exceptions, exception(3030)]
        told = report(reading.asked, tally, header=header(), named=named, exceptions=nothing)
    return _told(told)


def _told(told: Any, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    return JsonResponse(told, safe=False, status=status, headers={"Cache-Control": "no-store", **(headers or {})})
