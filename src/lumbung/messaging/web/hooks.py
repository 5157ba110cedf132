"""Where other systems post what happened: judged, kept raw, answered at once; understood later."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lumbung.messaging.channels import Channel, Event, Forged, Hook, channel_called, offers
from lumbung.messaging.channels.mapping import read_body
from lumbung.messaging.domain.arrivals import receive_all
from lumbung.messaging.models import Account
from lumbung.messaging.queries import account_behind_hook

LARGEST = 1_000_000
TRY_LATER = "600"


@csrf_exempt
@require_http_methods(["GET", "POST"])
def hook(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Events for the account with this key. Where channels are cut, the other side is asked to come again later."""
    account = account_behind_hook(kind, key)
    if account is None:
        return HttpResponse(status=404)
    if account.cut_at is not None:
        return HttpResponse(status=503, headers={"Retry-After": TRY_LATER})
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return HttpResponse(status=413)
    try:
        return _answered(request, account, channel_called(kind))
    except Forged:
        return HttpResponse(status=403)
    except ValueError:
        return HttpResponse(status=400)


def _answered(request: HttpRequest, account: Account, channel: Channel) -> HttpResponse:
    said = Hook({name.lower(): value for name, value in request.headers.items()}, request.body, request.GET.dict())
    if request.method == "GET" and (greet := offers(channel, "greet")):
        return HttpResponse(greet(account, said), content_type="text/plain")
    if not offers(channel, "verify"):
        return HttpResponse(status=404)
    channel.verify(account, said)  # type: ignore[attr-defined]
    receive_all(account, _events(account, channel, said))
    return HttpResponse("ok", content_type="text/plain")


def _events(account: Account, channel: Channel, said: Hook) -> Sequence[Event]:
    if parted := offers(channel, "events"):
        return list(parted(account, said))
    payload: dict[str, Any] = read_body(said.body, said.headers.get("content-type", ""))
    return [Event(sha256(said.body).hexdigest(), payload)]
