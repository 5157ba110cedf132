"""The kiosk: a screen of the library's own at which members borrow, renew and bring back, with card and PIN.

The device proves once which ``Terminal`` it is, with login and secret, and keeps that in a signed cookie. Whoever stands before it is
kept in the session and forgotten after a minute without a touch.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.accounts.domain.api_access import address_of
from lumbung.accounts.domain.rates import Allowance
from lumbung.catalogue.models import Item
from lumbung.catalogue.queries import item_by_barcode
from lumbung.circulation import queries
from lumbung.circulation.domain.loans import check_in, check_out, renew
from lumbung.circulation.domain.pins import check_pin
from lumbung.circulation.domain.terminals import terminal_with
from lumbung.circulation.models import Loan, Terminal
from lumbung.circulation.web.scan import clean
from lumbung.kernel import channel, clock
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.once import once
from lumbung.members.models import Member
from lumbung.members.queries import member_by_barcode
from lumbung.organization.queries import branch_of

CHANNEL = "kiosk"
COOKIE, COOKIE_LASTS = "kiosk", 400 * 24 * 60 * 60
IDLE = 60
"""Seconds without a touch until the next visitor begins afresh."""
TRIED_AGAIN = 9
WORKER = "lumbung/kiosk-worker.js"
wrong_starts = Allowance(per_minute=10)
_VISIT = "kiosk_visit"
TOO_MANY = 429


def at_a_kiosk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For views of a device that proved which machine it is: they get ``terminal``; any other is asked first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        terminal = _terminal_of(request)
        if terminal is None:
            return redirect("self_service:kiosk_start")
        with channel.through(CHANNEL):
            return view(request, *args, terminal=terminal, **kwargs)

    return guarded


@never_cache
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The device says which machine it is, once."""
    if request.method == "GET":
        return render(request, "circulation/kiosk_start.html")
    terminal = terminal_with(request.POST.get("login", "").strip(), request.POST.get("secret", "").strip())
    if terminal is None:
        wait = wrong_starts.seconds_to_wait(address_of(request))
        return _not_started(request, wait)
    answer = redirect("self_service:kiosk")
    proof = signing.dumps([terminal.pk, terminal.digest[:16]], salt=COOKIE)
    answer.set_cookie(COOKIE, proof, max_age=COOKIE_LASTS, httponly=True, samesite="Strict", secure=request.is_secure())
    return answer


def _not_started(request: HttpRequest, wait: int) -> HttpResponse:
    """Login or secret were wrong; after too many of them, for how many seconds no more are looked at."""
    answer = render(
        request, "circulation/kiosk_start.html", {"is_wrong": not wait, "wait": wait}, status=TOO_MANY if wait else 422
    )
    if wait:
        answer["Retry-After"] = str(wait)
    return answer


@never_cache
@at_a_kiosk
@require_safe
def kiosk(request: HttpRequest, terminal: Terminal) -> HttpResponse:
    """What whoever stands here may do now: show a card, type a PIN, borrow, bring back."""
    visit = _visit(request)
    member = _member(visit)
    facts = {"terminal": terminal, "branch": branch_of(terminal.branch_id), "idle": IDLE, "visit": visit, "member": member}
    if member is not None and visit.get("is_known"):
        facts |= {
            "loans": [(loan, queries.renewal_fee_words(loan)) for loan in queries.open_loans(member)],
            "ready": [h for h in queries.open_holds(member) if h.state == "ready"],
        }
    return render(request, "circulation/kiosk.html", facts)


@at_a_kiosk
@require_POST
def card(request: HttpRequest, terminal: Terminal) -> HttpResponse:
    """A card was shown; without a PIN to ask for, that is enough."""
    member = member_by_barcode(clean(request.POST.get("code", "")))
    if member is None:
        return _go_on(request, {}, [_("Kartu ini tidak dikenal.")], "error")
    return _go_on(request, {"member": member.pk, "is_known": not terminal.needs_pin})


@sensitive_post_parameters("pin")
@at_a_kiosk
@require_POST
def pin(request: HttpRequest, terminal: Terminal) -> HttpResponse:
    """The PIN of the card that was shown."""
    visit = _visit(request)
    member = _member(visit)
    if member is None:
        return redirect("self_service:kiosk")
    try:
        check_pin(member, request.POST.get("pin", ""))
    except Refused as refused:
        return _go_on(request, visit, [str(reason) for reason in refused.reasons], "error")
    return _go_on(request, {**visit, "is_known": True})


@at_a_kiosk
@require_POST
@once
def item(request: HttpRequest, terminal: Terminal) -> HttpResponse:
    """An item lies before the reader: it is lent to whoever is known, or taken back."""
    visit, code = _visit(request), clean(request.POST.get("code", ""))
    found, member = item_by_barcode(code), _member(visit) if visit.get("is_known") else None
    if found is None:
        return _go_on(request, visit, [_("Eksemplar ini tidak dikenal.")], "error")
    if request.POST.get("mode") == "return":
        return _taken_back(request, terminal, visit, found)
    if member is None or not terminal.lends:
        return _go_on(request, visit, [_("Mesin ini tidak melayani itu. Tanyakan di meja layanan.")], "error")
    try:
        loan = check_out(found, to=member, at=branch_of(terminal.branch_id), by=terminal.account)
    except Refused as refused:
        return _go_on(request, visit, [str(reason) for reason in refused.reasons], "error")
    told = [_("Dipinjam: %(title)s") % {"title": _named(found)}, queries.lending_fee_words(loan)]
    return _go_on(request, _noted(visit, loan), [each for each in told if each], "ok")


@at_a_kiosk
@require_POST
@once
def renewal(request: HttpRequest, pk: int, terminal: Terminal) -> HttpResponse:
    """Keep one of my loans a while longer."""
    visit = _visit(request)
    member = _member(visit) if visit.get("is_known") else None
    loan = queries.open_loans(member).filter(pk=pk).first() if member and terminal.lends else None
    if loan is None:
        return redirect("self_service:kiosk")
    try:
        renew(loan, by=terminal.account)
    except Refused as refused:
        return _go_on(request, visit, [str(reason) for reason in refused.reasons], "error")
    told = [_("Diperpanjang: %(title)s") % {"title": _named(loan.item)}, queries.renewal_fee_words(loan)]
    return _go_on(request, _noted(visit, loan), [each for each in told if each], "ok")


@at_a_kiosk
@require_POST
def finish(request: HttpRequest, terminal: Terminal) -> HttpResponse:
    """Thank you; the next."""
    request.session.pop(_VISIT, None)
    return redirect("self_service:kiosk")


@never_cache
@at_a_kiosk
@require_safe
def receipt(request: HttpRequest, terminal: Terminal) -> HttpResponse:
    """What was borrowed, renewed and brought back in this visit, to print."""
    visit = _visit(request)
    keys = visit.get("loans", [])
    loans = (
        Loan.objects.filter(pk__in=keys)
        .select_related("item__record")
        .defer("item__record__marc", "item__record__findable")
        .order_by("pk")
    )
    paper = "a4" if request.GET.get("paper") == "a4" else "roll"
    facts = {"loans": loans, "branch": branch_of(terminal.branch_id), "now": clock.now(), "paper": paper, "idle": IDLE}
    return render(request, "circulation/kiosk_receipt.html", facts)


@never_cache
@require_safe
def away(request: HttpRequest) -> HttpResponse:
    """What stands there while no answer comes; the device keeps it. ``?left`` is for whoever was done: it goes on only when the server
    has forgotten them."""
    has_left = "left" in request.GET
    return render(request, "circulation/kiosk_away.html", {"has_left": has_left, "idle": IDLE if has_left else TRIED_AGAIN})


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker of kiosks, which has power over them and over nothing else."""
    response = HttpResponse(Path(finders.find(WORKER) or "").read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"], response["Service-Worker-Allowed"] = "no-cache", "/kiosk"
    return response


def _taken_back(request: HttpRequest, terminal: Terminal, visit: dict[str, Any], found: Any) -> HttpResponse:
    if not terminal.takes_back:
        return _go_on(request, visit, [_("Mesin ini tidak melayani itu. Tanyakan di meja layanan.")], "error")
    result = check_in(found, at=branch_of(terminal.branch_id), by=terminal.account)
    said = [_("Dikembalikan: %(title)s") % {"title": _named(found)}]
    if result.hold is not None or result.send_to is not None:
        said.append(_("Serahkan buku ini ke meja layanan."))
    visit = visit or {"returning": True}
    return _go_on(request, _noted(visit, result.loan) if result.loan else visit, said, "ok" if len(said) == 1 else "attention")


def _named(item: Item) -> str:
    """A copy by its title, and by its barcode, since two of one title may lie there."""
    return f"{item.title_told} ({item.barcode})"


def _terminal_of(request: HttpRequest) -> Terminal | None:
    try:
        key, digest = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=COOKIE_LASTS)
    except (signing.BadSignature, ValueError):
        return None
    terminal = queries.active_terminals().get(key)
    return terminal if terminal is not None and terminal.digest.startswith(digest) else None


def _visit(request: HttpRequest) -> dict[str, Any]:
    """Who stands here; nobody, when the last touch was too long ago."""
    visit: dict[str, Any] = request.session.get(_VISIT) or {}
    if visit and clock.now().timestamp() - visit.get("at", 0) > IDLE:
        request.session.pop(_VISIT, None)
        return {}
    return visit


def _member(visit: dict[str, Any]) -> Member | None:
    return Member.objects.select_related("category").filter(pk=visit["member"]).first() if visit.get("member") else None


def _noted(visit: dict[str, Any], loan: Loan) -> dict[str, Any]:
    return {**visit, "loans": [*(key for key in visit.get("loans", []) if key != loan.pk), loan.pk]}


def _go_on(request: HttpRequest, visit: dict[str, Any], said: Sequence[str] = (), tone: str = "") -> HttpResponse:
    request.session[_VISIT] = {**visit, "said": list(said), "tone": tone, "at": clock.now().timestamp()}
    return redirect("self_service:kiosk")
