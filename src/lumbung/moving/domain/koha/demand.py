"""How Koha shortens loans of what many wait for: its preferences say when, and for how long where no rule does (``decreaseloanholds``)."""

from typing import Any, NamedTuple

from lumbung.circulation.domain.terms import BOUNDS
from lumbung.circulation.models import WaitingCounted
from lumbung.moving.domain.koha.told import Group, Terms, Told, whole

NAME = "decreaseloanholds"
MOST_WAITING = 32767


class Waiting(NamedTuple):
    """From how many who wait on, and how they are counted; for a rule of ours."""

    least: int
    counted: str


def waiting_of(told: Told) -> Waiting | None:
    """When loans are shortened; None where they never are. Koha shortens when there are more than so many holds."""
    if told.preference("decreaseloanhighholds") != "1":
        return None
    beyond = whole(told.preference("decreaseloanhighholdsvalue") or "0") or 0
    if not 0 <= beyond < MOST_WAITING:
        return None
    match told.preference("decreaseloanhighholdscontrol"):
        case "dynamic":
            return Waiting(beyond + 1, WaitingCounted.BEYOND)
        case "static":
            return Waiting(beyond + 1, WaitingCounted.TITLE)
    return Waiting(1, WaitingCounted.TITLE)


def shortened(own: Terms, told: Told) -> Terms:
    """How long a loan lasts that is ``own`` long, when many wait; what is lent by the hour, or for less already, stays."""
    days = whole(told.values.get(NAME) or told.preference("decreaseloanhighholdsduration"))
    if "loan_days" not in own or days is None or not BOUNDS["loan_days"][0] <= days < own["loan_days"]:
        return own
    return {"loan_days": days}


def _demand(told: Told, lost: set[str]) -> Terms:
    """It stands in rules of its own. Without the preferences nobody knows when loans are shortened; where they never are, it says
    nothing."""
    text = told.values.get(NAME, "")
    if text and (told.preferences is None or (waiting_of(told) is not None and whole(text) is None)):
        lost.add(NAME)
    return {}


GROUPS_OF_DEMAND: dict[str, Group] = {NAME: Group(frozenset({NAME}), _demand)}


def case_of_waiting(waiting: Waiting | None) -> dict[str, Any]:
    """What a row says of those who wait."""
    return {"waiting_from": waiting.least, "waiting_counted": waiting.counted} if waiting else {}
