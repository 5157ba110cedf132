"""Coming in by one's own phone: the code on the screen leads here for some minutes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lumbung.accounts.domain.rates import Allowance
from lumbung.kernel.refusals import Refused
from lumbung.members.queries import member_of
from lumbung.spaces import queries
from lumbung.spaces.domain.phones import gate_of_sign
from lumbung.spaces.domain.visits import Arrival, arrive_as_member
from lumbung.spaces.models import Gate
from lumbung.spaces.web.gate_screen import take_guest
from lumbung.spaces.web.greeting import Greeting, greet, slowed, turned_away

MINUTES = 15
_guests = Allowance(60)
"""At one gate; members come once in its repeat window anyway."""
GONE = 410


def here(request: HttpRequest, sign: str) -> HttpResponse:
    """A member comes in with one touch, a guest writes in the guest book; an old code says how to get a new one."""
    gate = gate_of_sign(sign, minutes=MINUTES)
    if gate is None:
        return render(request, "spaces/here_stale.html", status=GONE)
    told = _taken(request, gate) if request.method == "POST" else None
    member = member_of(request.user)
    context = {"gate": gate, "member": member, "told": told, "purposes": list(queries.purposes())}
    return render(request, "spaces/here.html", context)


def _taken(request: HttpRequest, gate: Gate) -> Greeting:
    if member_of(request.user) is None and _guests.seconds_to_wait(gate.address):
        return slowed()
    try:
        return greet(_arrived(request, gate), gate)
    except Refused as refused:
        return turned_away(refused)


def _arrived(request: HttpRequest, gate: Gate) -> Arrival:
    member = member_of(request.user)
    if member is not None:
        key = request.POST.get("purpose", "")
        purpose = queries.purposes().filter(pk=key).first() if key.isdecimal() else None
        return arrive_as_member(member, gate=gate, purpose=purpose)
    return take_guest(gate, request.POST)
