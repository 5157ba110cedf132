"""What Koha's circulation rules say of holds and recalls, in our terms."""

from collections.abc import Mapping
from typing import Any

from lumbung.moving.domain.koha.told import Group, Terms, Told, count, single, smallest, whole

_NO_HOLDS = frozenset({"not_allowed", "0"})
_FROM = {"": "any", "from_any_library": "any", "2": "any", "from_home_library": "own", "1": "own"}
_PICKUP = {"": "any", "any": "any", "homebranch": "home", "holdingbranch": "holding"}
_OF_COPIES = {"": "title", "N": "title", "Y": "either", "F": "copy"}
_ON_SHELF = {"": False, "all": False, "any": True}
_NO_RECALLS = frozenset({"0", "off", "staff"})


def _holds(told: Told, lost: set[str]) -> Terms:
    allowed = told.values.get("holdallowed", "")
    if allowed in _NO_HOLDS:
        return {"hold_limit": 0}
    return smallest("hold_limit", ("reservesallowed", "max_holds"), told, lost)


def _hold_from(told: Told, lost: set[str]) -> Terms:
    """Whose members may wait for a copy. Groups of libraries are none of ours, and a case of a branch speaks there of the copy's, here of
    the branch where it is fetched."""
    text = told.values.get("holdallowed")
    return {} if text is None or text in _NO_HOLDS else _of_copy("hold_from", _FROM.get(text), told, "holdallowed", lost)


def _pickup_at(told: Told, lost: set[str]) -> Terms:
    text, name = told.values.get("hold_fulfillment_policy"), "hold_fulfillment_policy"
    return {} if text is None else _of_copy("pickup_at", _PICKUP.get(text), told, name, lost)


def _of_copy(term: str, said: str | None, told: Told, name: str, lost: set[str]) -> Terms:
    if said is None or (told.is_of_branch and said != "any"):
        lost.add(name)
        return {}
    return {term: said}


def _choice(term: str, name: str, words: Mapping[str, Any]) -> Group:
    """One value of which each word is one of ours."""

    def say(told: Told, lost: set[str]) -> Terms:
        text = told.values.get(name)
        if text is None:
            return {}
        if text not in words:
            lost.add(name)
            return {}
        return {term: words[text]}

    return Group(frozenset({name}), say)


def _amount(term: str, name: str) -> Group:
    """A number that says something only when there is one."""

    def say(told: Told, lost: set[str]) -> Terms:
        text = told.values.get(name)
        return count(term, text, name, lost) if text and whole(text) != 0 else {}

    return Group(frozenset({name}), say)


def _unfetched(told: Told, lost: set[str]) -> Terms:
    """What it costs not to fetch a hold; a blank is what the library says for all cases."""
    text = told.values.get("expire_reserves_charge")
    if text is None:
        return {}
    return count(
        "unfetched_fee", text or told.preference("expirereservesmaxpickupdelaycharge") or "0", "expire_reserves_charge", lost
    )


def _recalls(told: Told, lost: set[str]) -> Terms:
    """How many a patron may recall; none where patrons recall nothing at all."""
    text = told.values.get("recalls_allowed")
    if text is None:
        return {}
    is_off = told.preference("userecalls") in _NO_RECALLS
    return count("recall_limit", text, "recalls_allowed", lost) if text and not is_off else {"recall_limit": 0}


def _pickup(told: Told, lost: set[str]) -> Terms:
    """A blank is what the library says for all cases."""
    is_usual = told.preference("expirereservesmaxpickupdelay") == "1"
    text = told.values.get("holds_pickup_period") or (told.preference("reservesmaxpickupdelay") if is_usual else "")
    return count("hold_days", text, "holds_pickup_period", lost) if text else {}


GROUPS_OF_HOLDS: dict[str, Group] = {
    "hold_limit": Group(frozenset({"reservesallowed", "max_holds", "holdallowed"}), _holds),
    "holds_per_day": single("holds_per_day", "holds_per_day", None),
    "holds_per_record": single("holds_per_record", "holds_per_record", None),
    "hold_days": Group(frozenset({"holds_pickup_period"}), _pickup),
    "hold_from": Group(frozenset({"holdallowed"}), _hold_from),
    "pickup_at": Group(frozenset({"hold_fulfillment_policy"}), _pickup_at),
    "hold_of": _choice("hold_of", "opacitemholds", _OF_COPIES),
    "cancel_ready": _choice("cancel_ready", "waiting_hold_cancellation", {"": False, "0": False, "1": True}),
    "unfetched_fee": Group(frozenset({"expire_reserves_charge"}), _unfetched),
    "recall_limit": Group(frozenset({"recalls_allowed"}), _recalls),
    "recalls_per_record": single("recalls_per_record", "recalls_per_record", None),
    "recall_on_shelf": _choice("recall_on_shelf", "on_shelf_recalls", _ON_SHELF),
    "recall_days": _amount("recall_days", "recall_due_date_interval"),
    "recall_fine": _amount("recall_fine", "recall_overdue_fine"),
    "recall_shelf_days": _amount("recall_shelf_days", "recall_shelf_time"),
}
"""By the first of the terms they say."""
