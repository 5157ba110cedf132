"""A QRIS code for one payment: the member asks for it, scans it, and the provider says that it was paid."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from lumbung.accounts.domain.api_access import address_of
from lumbung.accounts.domain.rates import Allowance
from lumbung.circulation import queries
from lumbung.circulation.domain.qris import ask_for_qris, hear_of_qris
from lumbung.circulation.gateways.qris import midtrans
from lumbung.circulation.models import Payment
from lumbung.kernel.refusals import Refused
from lumbung.kernel.secrets_at_rest import unseal
from lumbung.kernel.ui.access import signed_in
from lumbung.members.queries import member_of

LARGEST = 20_000
NOTIFIED_A_MINUTE = 120
ANSWERS: dict[type[Exception], int] = {midtrans.Forged: 403, Payment.DoesNotExist: 404, ValueError: 400, Refused: 400}
_allowance = Allowance(NOTIFIED_A_MINUTE)


@signed_in
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Make a code for all the member owes that is not under way already."""
    member, ways = member_of(request.user), queries.payment_ways()
    if member is None or not ways.makes_codes:
        raise Http404
    key = unseal(ways.gateway_secret)["key"]
    notify = f"{settings.SITE_URL}{reverse('qris:notified')}" if settings.SITE_URL else ""

    def code_for(order: str, amount: int) -> str:
        return midtrans.ask_for_code(ways.gateway_address, key, order=order, amount=amount, notify=notify)

    payment = ask_for_qris(member, queries.still_to_pay(member), at=member.branch, by=request.user, code_for=code_for)
    return redirect("qris:code", payment.pk)


@never_cache
@signed_in
@require_safe
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The code to scan, or that it was paid."""
    payments = queries.payments_visible_to(request.user).exclude(qr_text="")
    payment = get_object_or_404(payments, pk=pk, member__user=request.user.pk)
    return render(request, "circulation/qris_code.html", {"payment": payment, "ways": queries.payment_ways()})


@csrf_exempt
@require_POST
def notified(request: HttpRequest) -> HttpResponse:
    """The provider's notification: judged by its signature, answered at once, the same however often it comes.

    Whoever sends more than 120 a minute is told when to come back, before anything is read or checked.
    """
    if wait := _allowance.seconds_to_wait(address_of(request)):
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    ways = queries.payment_ways()
    if not ways.makes_codes:
        return HttpResponse(status=404)
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return HttpResponse(status=413)
    try:
        told = midtrans.read_notification(request.body, unseal(ways.gateway_secret)["key"])
        hear_of_qris(told.order, told.amount, told.outcome)
    except (midtrans.Forged, Payment.DoesNotExist, ValueError, Refused) as error:
        return HttpResponse(status=next(status for kind, status in ANSWERS.items() if isinstance(error, kind)))
    return HttpResponse("ok", content_type="text/plain")
