"""What Koha's circulation rules say of what comes back, and of what was lost before, in our terms."""

from lumbung.moving.domain.koha.told import Group, Terms, Told, count, single

_RETURNS = {"": "home", "homebranch": "home", "holdingbranch": "lender", "noreturn": "stays"}
_WORK_BACK = {"": "nothing", "0": "nothing", "refund": "all", "refund_unpaid": "unpaid", "1": "all"}
_PRICE_BACK = {**_WORK_BACK, "restore": "all", "charge": "fine"}


def _returns(told: Told, lost: set[str]) -> Terms:
    """Where a copy goes, by the branch it belongs to; whoever borrowed it, and Koha asks nobody's category."""
    text = told.values.get("returnbranch")
    if text is None or told.is_of_category:
        lost |= {"returnbranch"} if text else set()
        return {}
    is_by_owner = told.preference("circcontrolreturnsbranch") in {"", "ItemHomeLibrary"}
    if is_by_owner and text in _RETURNS:
        return {"return_to": _RETURNS[text]}
    lost.add("returnbranch")
    return {}


def _found_again(told: Told, lost: set[str]) -> Terms:
    """What of a loss is given back when it is found, and until when: that is a preference. What was charged as a fine before stands here
    whatever is given back, so that there is none to put back."""
    price, work = (told.values.get(name, "refund") for name in ("lostreturn", "processingreturn"))
    if told.preferences is None or price not in _PRICE_BACK or work not in _WORK_BACK:
        lost |= {"lostreturn", "processingreturn"}
        return {}
    ways = {"lost_return": _PRICE_BACK[price], "processing_return": _WORK_BACK[work]}
    until = told.preference("norefundonlostreturneditemsage")
    return {**ways, **(count("refund_days", until, "lostreturn", lost) if until else {"refund_days": None})}


GROUPS_OF_RETURNS: dict[str, Group] = {
    "return_to": Group(frozenset({"returnbranch"}), _returns),
    "processing_fee": single("processing_fee", "lost_item_processing_fee", 0),
    "refund_days": Group(frozenset({"lostreturn", "processingreturn"}), _found_again),
}
"""By the first of the terms they say."""
