"""What Koha's circulation rules say of being late: fines and suspensions, in our terms."""

from lumbung.circulation.domain.terms import BOUNDS
from lumbung.moving.domain.koha.told import Group, Terms, Told, by_hour, count, single, whole
from lumbung.moving.domain.values import number

_WEEK = 7


def _fine(told: Told, lost: set[str]) -> Terms:
    """So much for every so many days or hours, as each begins or as it is over. Without a stretch of time Koha charges nothing."""
    if "fine" not in told.values:
        return {}
    fine, period = told.values["fine"], number(told.values.get("chargeperiod", "")) or 0
    if not fine or whole(fine) == 0 or not period:
        return {"fine": 0, "fine_per": "day"}
    unit, every = ("hour", period) if by_hour(told) else ("week", 1) if period == _WEEK else ("day", period)
    terms = count("fine", fine, "fine", lost)
    if not terms or every > BOUNDS["fine_every"][1]:
        lost |= {"fine", "chargeperiod"}
        return {}
    at_end = told.values.get("chargeperiod_charge_at") != "1" and (unit, every) != ("day", 1)
    return {
        **terms,
        "fine_per": unit,
        **({"fine_every": every} if every > 1 else {}),
        **({"fine_at_end": True} if at_end else {}),
    }


def _price_cap(told: Told, lost: set[str]) -> Terms:
    text = told.values.get("cap_fine_to_replacement_price")
    return {} if text is None else {"cap_at_price": text == "1"}


def _fine_cap(told: Told, lost: set[str]) -> Terms:
    """Nothing, and "0", is no cap."""
    text = told.values.get("overduefinescap")
    if text is None:
        return {}
    return count("fine_cap", text, "overduefinescap", lost) if text not in {"", "0"} else {"fine_cap": None}


def _suspension(told: Told, lost: set[str]) -> Terms:
    """So many days for every so many days late. Not a day at most is none."""
    if "finedays" not in told.values:
        return {}
    if not told.values["finedays"] or whole(told.values.get("maxsuspensiondays", "")) == 0:
        return {"suspension_days": 0}
    period = number(told.values.get("suspension_chargeperiod", "1")) or 1
    terms = count("suspension_days", told.values["finedays"], "finedays", lost)
    if not terms or period > BOUNDS["suspension_every"][1]:
        lost |= {"finedays", "suspension_chargeperiod"}
        return {}
    if terms["suspension_days"] % period:
        return {**terms, "suspension_every": period}
    return {"suspension_days": terms["suspension_days"] // period}


def _longest_suspension(told: Told, lost: set[str]) -> Terms:
    text = told.values.get("maxsuspensiondays")
    if text is None or whole(text) == 0:
        return {}
    return count("suspension_cap", text, "maxsuspensiondays", lost) if text else {"suspension_cap": None}


GROUPS_OF_FINES: dict[str, Group] = {
    "fine": Group(frozenset({"fine", "chargeperiod", "chargeperiod_charge_at"}), _fine),
    "grace_days": single("grace_days", "firstremind", 0),
    "cap_at_price": Group(frozenset({"cap_fine_to_replacement_price"}), _price_cap),
    "fine_cap": Group(frozenset({"overduefinescap"}), _fine_cap),
    "suspension_days": Group(frozenset({"finedays", "suspension_chargeperiod"}), _suspension),
    "suspension_cap": Group(frozenset({"maxsuspensiondays"}), _longest_suspension),
}
"""By the first of the terms they say."""
