"""The screen beside a door. Whoever knows its secret address may use it; it never shows more than a first name."""

import io
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from lumbung.accounts.domain.rates import Allowance
from lumbung.kernel import clock
from lumbung.kernel.device_clock import lag, set_right
from lumbung.kernel.device_texts import readable
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.qr_codes import qr_code
from lumbung.spaces import queries
from lumbung.spaces.domain.phones import sign_for_phones
from lumbung.spaces.domain.visits import Arrival, Kept, arrive, arrive_as_group, arrive_as_guest, say_purpose
from lumbung.spaces.models import Gate, Visit, VisitPurpose
from lumbung.spaces.web.greeting import Greeting, greet, slowed, turned_away

WORKER = "lumbung/gate-worker.js"
MOST_AT_ONCE = 200
LONGEST_DEVICE = 40
LARGEST_SEQUENCE = 2**53
TOO_MANY = 429
_scans = Allowance(240)
KeptVisit = tuple[int, datetime, dict[str, Any]]
"""Its number on the device, when, and what the page's form says."""


@ensure_csrf_cookie
def screen(request: HttpRequest, address: str) -> HttpResponse:
    """The page. Without JavaScript every visit is a form of its own."""
    gate = _gate(address)
    told = _taken(gate, request.POST) if request.method == "POST" else None
    response = render(request, "spaces/gate_screen.html", _context(gate, told))
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def kept(request: HttpRequest, address: str) -> JsonResponse:
    """Takes visits one by one or many after the line was cut: ``{"device", "now", "visits": [{"sequence", "at", "form"}]}``.

    ``form`` is what the page's forms would send, ``now`` what the device's clock says while it sends. Sent again, nothing counts
    twice. What is too much for this minute is not among those ``taken``, and 429 when none is: the device keeps it and sends it again.
    """
    gate = _gate(address)
    try:
        device, visits = _read(request)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return JsonResponse({"error": _("Kiriman kunjungan tidak terbaca.")}, status=400)
    outcomes, wait = _greeted_until_too_many(gate, device, visits)
    if visits and not outcomes:
        return JsonResponse({"error": slowed().text}, status=TOO_MANY, headers={"Retry-After": str(wait)})
    return JsonResponse({"taken": [each["sequence"] for each in outcomes], "outcomes": outcomes, **_people(gate)})


@require_POST
def purpose(request: HttpRequest, address: str, pk: int) -> HttpResponse:
    """The visitor who just came in says what for; the screen asks for JSON and stays where it is."""
    gate = _gate(address)
    visit = get_object_or_404(Visit, pk=pk, gate=gate)
    try:
        say_purpose(visit, _purpose(request.POST.get("purpose")) or _nowhere())
        told = Greeting("ok", _("Terima kasih"), _("Tujuan kunjungan Anda dicatat."))
    except Refused as refused:
        told = turned_away(refused)
    if request.accepts("text/html"):
        return render(request, "spaces/gate_screen.html", _context(gate, told))
    return JsonResponse(told.as_json())


@require_safe
def code(request: HttpRequest, address: str) -> HttpResponse:
    """The code that phones read, made anew each time it is asked for."""
    drawn = io.BytesIO()
    where = request.build_absolute_uri(reverse("spaces:here", args=[sign_for_phones(_gate(address))]))
    qr_code(where).save(drawn, kind="svg", border=4, scale=8, light="#fff")
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "no-store"})


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker of the screens. It must stand at this address to have power over them, and over nothing else."""
    response = HttpResponse(Path(finders.find(WORKER) or "").read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def take_guest(gate: Gate, form: Any, kept_as: Kept | None = None) -> Arrival:
    """A guest as the form says. Refuses as ``arrive_as_guest`` does."""
    facts = {"name": _text(form, "name"), "institution": _text(form, "institution"), "consents": form.get("consent") == "on"}
    return arrive_as_guest(gate=gate, purpose=_purpose(form.get("purpose")), kept=kept_as, **facts)


def _taken(gate: Gate, form: Any) -> Greeting:
    return slowed() if _scans.seconds_to_wait(gate.address) else _greeted(gate, form)


def _greeted(gate: Gate, form: Any, kept_as: Kept | None = None) -> Greeting:
    try:
        return greet(_arrived(gate, form, kept_as), gate)
    except Refused as refused:
        return turned_away(refused)


def _arrived(gate: Gate, form: Any, kept_as: Kept | None) -> Arrival:
    match form.get("what"):
        case "guest":
            return take_guest(gate, form, kept_as)
        case "group":
            people = _text(form, "people")
            return arrive_as_group(
                gate=gate,
                name=_text(form, "name"),
                institution=_text(form, "institution"),
                people=int(people) if people.isdecimal() else 0,
                purpose=_purpose(form.get("purpose")),
                kept=kept_as,
            )
    return arrive(str(form.get("code", "")), gate=gate, kept=kept_as)


def _context(gate: Gate, told: Greeting | None) -> dict[str, Any]:
    purposes = list(queries.purposes())
    return {
        "gate": gate,
        "told": told,
        "purposes": purposes,
        **_people(gate),
    }


def _people(gate: Gate) -> dict[str, Any]:
    return {"today": queries.people_today(gate), "inside": queries.people_inside(gate)}


def _gate(address: str) -> Gate:
    gate = queries.gate_at(address)
    if gate is None:
        raise Http404
    return gate


def _purpose(told: Any) -> VisitPurpose | None:
    key = str(told or "")
    return queries.purposes().filter(pk=key).first() if key.isdecimal() and len(key) < LONGEST_DEVICE // 4 else None


def _nowhere() -> VisitPurpose:
    raise Http404


def _text(form: Any, name: str) -> str:
    return str(form.get(name) or "").replace("\0", "").strip()[:120]


def _read(request: HttpRequest) -> tuple[str, list[KeptVisit]]:
    """The device and the visits it kept. Raises ValueError, KeyError, TypeError, AttributeError or OverflowError for what no device
    would send."""
    told = json.loads(request.body)
    device, late = _device(told["device"]), lag(told.get("now"))
    return device, [_visit(each, late) for each in told["visits"][:MOST_AT_ONCE]]


def _greeted_until_too_many(gate: Gate, device: str, visits: Sequence[KeptVisit]) -> tuple[list[dict[str, Any]], int]:
    """What became of these visits, as far as this minute goes; and in how many seconds the next may come, if that is not yet."""
    outcomes: list[dict[str, Any]] = []
    for number, at, form in visits:
        if wait := _scans.seconds_to_wait(gate.address):
            return outcomes, wait
        outcomes.append({"sequence": number, **_greeted(gate, form, Kept(device, number, at)).as_json()})
    return outcomes, 0


def _visit(told: dict[str, Any], late: timedelta) -> KeptVisit:
    sequence, at, form = told["sequence"], set_right(told["at"], late), told["form"]
    if not isinstance(sequence, int) or not 0 < sequence < LARGEST_SEQUENCE or not isinstance(form, dict):
        raise ValueError("a visit has a number and a form")
    words = {name: readable(each) if isinstance(each, str) else each for name, each in form.items()}
    return sequence, at or clock.now(), words


def _device(told: Any) -> str:
    if not isinstance(told, str) or not (name := readable(told).strip()):
        raise ValueError("a device has a name")
    return name[:LONGEST_DEVICE]
