"""What the screen beside the door says to somebody who came in."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.privacy.consents import consented
from lumbung.spaces.domain.visits import Arrival
from lumbung.spaces.models import Gate, Visit

NOON, AFTERNOON, EVENING = 11, 15, 18
PARTICLE = 2
"""Nobody is called by one or two letters alone: I, Ni, Ki."""


@dataclass(frozen=True)
class Greeting:
    """``look`` is ok, due or no. ``visit`` may still be given its purpose; None where there is nothing to give it to."""

    look: str
    headline: str
    text: str = ""
    visit: int | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def greet(arrival: Arrival, gate: Gate) -> Greeting:
    """A welcome by the time of day; with it, what a member must know of their membership."""
    visit = arrival.visit
    name = _called(visit, gate)
    named = f"{hour_greeting(gate)}, {name}" if name else hour_greeting(gate)
    if arrival.repeated:
        return Greeting("ok", named, _("Anda sudah tercatat."), visit=visit.pk)
    if visit.kind == Visit.Kinds.GROUP:
        told = ngettext("%(n)d orang tercatat.", "%(n)d orang tercatat.", visit.people) % {"n": visit.people}
        return Greeting("ok", named, told)
    if trouble := _trouble(visit, gate):
        return Greeting("due", named, trouble, visit=visit.pk)
    return Greeting("ok", named, _("Selamat datang di %(place)s.") % {"place": gate.branch.name}, visit=visit.pk)


def turned_away(refused: Refused) -> Greeting:
    return Greeting("no", _("Belum tercatat"), " ".join(str(reason) for reason in refused.reasons))


def slowed() -> Greeting:
    """To a gate that is asked more often in a minute than people can walk through it."""
    return Greeting("no", _("Belum tercatat"), _("Terlalu banyak pindaian dalam semenit. Tunggu sebentar, lalu coba lagi."))


def hour_greeting(gate: Gate) -> str:
    """Selamat pagi before 11, siang before 15, sore before 18, malam after, in the branch's time."""
    hour = clock.now().astimezone(gate.branch.zone).hour
    if hour < NOON:
        return _("Selamat pagi")
    if hour < AFTERNOON:
        return _("Selamat siang")
    return _("Selamat sore") if hour < EVENING else _("Selamat malam")


def _called(visit: Visit, gate: Gate) -> str:
    """The first name alone: others stand by and read along. A member's only with their consent; guests typed theirs for this screen."""
    if visit.kind == Visit.Kinds.GROUP:
        return visit.name
    if visit.member is not None and not consented("screen", [visit.member.pk]):
        return ""
    whole = visit.member.name if visit.member is not None else visit.name
    return _name_to_call(whole) if gate.greets_by_name else ""


def _name_to_call(whole: str) -> str:
    """The words up to the first that can stand alone: "Ni Made" of Ni Made Ayu, "M. Ridwan" of M. Ridwan Kamil."""
    words = whole.split()
    stands = next((at for at, word in enumerate(words) if len(word) > PARTICLE and not word.endswith(".")), len(words))
    return " ".join(words[: stands + 1])


def _trouble(visit: Visit, gate: Gate) -> str:
    member = visit.member
    if member is None:
        return ""
    today = clock.today(gate.branch.zone)
    if member.block_on(today) or not member.is_current(today):
        return _("Silakan singgah di meja layanan tentang keanggotaan Anda.")
    return ""
