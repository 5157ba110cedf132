"""What the circulation rules of Koha say, in our terms.

A blank is a value like any other there: it hides what a more general row says, and means no limit (or nothing: no fine, no renewal). Only
NULL says nothing.
"""

from collections.abc import Mapping
from datetime import date

from lumbung.circulation.domain.terms import BOUNDS
from lumbung.kernel.days import iso_day as day
from lumbung.moving.domain.koha.holding import GROUPS_OF_HOLDS
from lumbung.moving.domain.koha.told import Group, Terms, Told, count, smallest, whole
from lumbung.moving.domain.values import number

_COUNTED = {
    "renewalsallowed": "renewal_limit", "norenewalbefore": "renew_from_days", "firstremind": "grace_days",
    "lost_item_processing_fee": "processing_fee", "holds_per_day": "holds_per_day", "holds_per_record": "holds_per_record",
    "recalls_per_record": "recalls_per_record",
    "open_article_requests_limit": "article_limit",
    "rentaldiscount": "loan_fee_discount", "noautorenewalbefore": "auto_renew_from_days", "no_auto_renewal_after": "auto_renew_for_days",
}  # fmt: skip
NAMES = frozenset(
    {
        "lostreturn", "patron_maxissueqty", "patron_maxonsiteissueqty", "max_holds", "holdallowed", "hold_fulfillment_policy",
        "returnbranch", "article_requests", "article_request_fee", "open_article_requests_limit", "auto_renew",
        "cap_fine_to_replacement_price", "chargeperiod", "chargeperiod_charge_at", "fine", "finedays", "firstremind", "hardduedate",
        "hardduedatecompare", "waiting_hold_cancellation", "holds_per_day", "holds_per_record", "issuelength", "daysmode",
        "lengthunit", "maxissueqty", "maxonsiteissueqty", "maxsuspensiondays", "no_auto_renewal_after",
        "no_auto_renewal_after_hard_limit", "norenewalbefore", "onshelfholds", "opacitemholds", "overduefinescap", "renewalperiod",
        "renewalsallowed", "unseen_renewals_allowed", "rentaldiscount", "reservesallowed", "suspension_chargeperiod", "note",
        "decreaseloanholds", "recalls_allowed", "recalls_per_record", "on_shelf_recalls", "recall_due_date_interval",
        "recall_overdue_fine", "recall_shelf_time", "holds_pickup_period", "processingreturn", "fill_other_biblio_holds_policy",
        "expire_reserves_charge", "noautorenewalbefore", "bookings_lead_period", "bookings_trail_period", "lost_item_processing_fee",
        "hold_fee",
    }
)  # fmt: skip
"""The names Koha's own list has (``Koha::CirculationRules``, ``rule_kinds``): what stands under another name is told too."""
_SAID = frozenset(
    {"issuelength", "lengthunit", "fine", "chargeperiod", "chargeperiod_charge_at", "hardduedate", "hardduedatecompare", "daysmode",
     "note", "holdallowed",
     "suspension_chargeperiod", "cap_fine_to_replacement_price", "maxissueqty", "patron_maxissueqty", "reservesallowed", "max_holds",
     "renewalperiod", "finedays", "maxsuspensiondays", "auto_renew", "no_auto_renewal_after_hard_limit", "unseen_renewals_allowed",
     "holds_pickup_period", "lostreturn", "processingreturn", "overduefinescap", "returnbranch", "hold_fulfillment_policy",
     "opacitemholds", "waiting_hold_cancellation", "expire_reserves_charge", "recalls_allowed", "on_shelf_recalls",
     "recall_due_date_interval", "recall_overdue_fine", "recall_shelf_time",
     "article_requests", "article_request_fee"}
)  # fmt: skip
"""Those that are read together, or in words; which of them could not be said is told by ``terms_of``."""
IDLE: dict[str, frozenset[str]] = {
    "hold_fulfillment_policy": frozenset({"any"}),
    "holdallowed": frozenset({"from_any_library", "2"}),
    "hardduedatecompare": frozenset({"-1", "0", "1"}),
}  # fmt: skip
"""Values under which Koha does what is done here anyway."""
_RETURNS = {"": "home", "homebranch": "home", "holdingbranch": "lender", "noreturn": "stays"}
_ARTICLES = {"": "no", "no": "no", "yes": "yes", "item_only": "item", "bib_only": "title"}
_CLOSED = {"Calendar": "skip", "Datedue": "forward", "Dayweek": "forward", "Days": "ignore"}
_WEEK, _NO_LATER = 7, "-1"
_DUE = {_NO_LATER: {}, "0": {"due_by_how": "exactly"}, "1": {"due_by_how": "earliest"}}
_WORK_BACK = {"": "nothing", "0": "nothing", "refund": "all", "refund_unpaid": "unpaid", "1": "all"}
_PRICE_BACK = {**_WORK_BACK, "restore": "all", "charge": "fine"}
LONGEST_NOTE = 200
NEVER = date(2999, 12, 31)
"""A day by which everything is back anyway: where one case has none, and a more general one has."""


def terms_of(values: Mapping[str, str]) -> tuple[Terms, set[str]]:
    """The values of a case that stands alone in our terms, and the names of those that have none there."""
    return said(Told(values))


def unsaid(values: Mapping[str, str]) -> list[str]:
    """The names of what a case that stands alone says and cannot be said here."""
    return left_over(values, Told(values))


def said(told: Told) -> tuple[Terms, set[str]]:
    """All that is said in a case, and the names of what cannot be."""
    terms: Terms = {}
    lost: set[str] = set()
    for group in GROUPS.values():
        terms |= group.say(told, lost)
    return terms, lost


def left_over(values: Mapping[str, str], told: Told) -> list[str]:
    """Of ``values``, which a case says itself, the names of those that cannot be said here; what is the same here anyway is left out."""
    own = {name for name, value in values.items() if value and value not in IDLE.get(name, ())}
    return sorted(own - _COUNTED.keys() - _SAID | own & said(told)[1])


def _single(name: str, blank: int | None) -> Group:
    """One value that is one term; ``blank`` is what a blank means."""

    def say(told: Told, lost: set[str]) -> Terms:
        if name not in told.values:
            return {}
        text, term = told.values[name], _COUNTED[name]
        return count(term, text, name, lost) if text else {term: blank}

    return Group(frozenset({name}), say)


def _loans(told: Told, lost: set[str]) -> Terms:
    """The limit of all loans of a patron stands beside that of a type, and holds whatever the type."""
    return smallest("loan_limit", ("maxissueqty",) if told.is_typed else ("maxissueqty", "patron_maxissueqty"), told, lost)


def _length(told: Told, lost: set[str]) -> Terms:
    """So many days or hours; a blank is none, so that it is due at once."""
    if "issuelength" not in told.values:
        return {}
    text = told.values["issuelength"]
    return count("loan_hours", text, "issuelength", lost) if _by_hour(told) and text else _days(text, lost)


def _days(text: str, lost: set[str]) -> Terms:
    return count("loan_days", text, "issuelength", lost) if text else {"loan_days": 0}


def _by_hour(told: Told) -> bool:
    return told.values.get("lengthunit") == "hours"


def _renewal(told: Told, lost: set[str]) -> Terms:
    """A blank: as long as the loan itself. Hours have no word here."""
    text = told.values.get("renewalperiod")
    if text is None:
        return {}
    if text and _by_hour(told):
        lost.add("renewalperiod")
        return {}
    return count("renewal_days", text, "renewalperiod", lost) if text else {"renewal_days": None}


def _automatic(told: Told, lost: set[str]) -> Terms:
    text = told.values.get("auto_renew")
    return {} if text is None else {"auto_renew": text == "1"}


def _automatic_until(told: Told, lost: set[str]) -> Terms:
    text = told.values.get("no_auto_renewal_after_hard_limit")
    if text is None:
        return {}
    if text and day(text) is None:
        lost.add("no_auto_renewal_after_hard_limit")
        return {}
    return {"auto_renew_until": day(text) if text else None}


def _unseen(told: Told, lost: set[str]) -> Terms:
    """Koha counts renewals at which nobody saw the book where its preference says so; elsewhere the rule says nothing."""
    text = told.values.get("unseen_renewals_allowed")
    if text is None or told.preference("unseenrenewals") == "0":
        return {}
    return count("unseen_limit", text, "unseen_renewals_allowed", lost) if text else {"unseen_limit": None}


def _note(told: Told, lost: set[str]) -> Terms:
    text = told.values.get("note", "")
    lost |= {"note"} if len(text) > LONGEST_NOTE else set()
    return {"note": text} if 0 < len(text) <= LONGEST_NOTE else {}


def _fine(told: Told, lost: set[str]) -> Terms:
    """So much for every so many days or hours, as each begins or as it is over. Without a stretch of time Koha charges nothing."""
    if "fine" not in told.values:
        return {}
    fine, period = told.values["fine"], number(told.values.get("chargeperiod", "")) or 0
    if not fine or whole(fine) == 0 or not period:
        return {"fine": 0, "fine_per": "day"}
    unit, every = ("hour", period) if _by_hour(told) else ("week", 1) if period == _WEEK else ("day", period)
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


def _due_by(told: Told, lost: set[str]) -> Terms:
    if "hardduedate" not in told.values:
        return {}
    if not (due_by := day(told.values["hardduedate"])):
        return {"due_by": None}
    if (how := _DUE.get(told.values.get("hardduedatecompare", _NO_LATER))) is not None:
        return {"due_by": due_by, **how}
    lost |= {"hardduedate", "hardduedatecompare"}
    return {}


def _closed(told: Told, lost: set[str]) -> Terms:
    """A blank is what the library says for all cases."""
    text = told.values.get("daysmode") or told.preference("usedaysmode")
    if closed := _CLOSED.get(text):
        return {"closed_days": closed}
    lost |= {"daysmode"} if text else set()
    return {}


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


def _articles(told: Told, lost: set[str]) -> Terms:
    """Whether parts are copied, of the title, of a copy, or of either."""
    text = told.values.get("article_requests")
    if text is None or text in _ARTICLES:
        return {} if text is None else {"article_scope": _ARTICLES[text]}
    lost.add("article_requests")
    return {}


def _article_fee(told: Told, lost: set[str]) -> Terms:
    """A blank is none. Koha charges it when the copy is asked for; here it is charged when the copy is made."""
    text = told.values.get("article_request_fee")
    return {} if text is None else count("article_fee", text or "0", "article_request_fee", lost)


def _price_cap(told: Told, lost: set[str]) -> Terms:
    text = told.values.get("cap_fine_to_replacement_price")
    return {} if text is None else {"cap_at_price": text == "1"}


def _fine_cap(told: Told, lost: set[str]) -> Terms:
    """Nothing, and "0", is no cap."""
    text = told.values.get("overduefinescap")
    if text is None:
        return {}
    return count("fine_cap", text, "overduefinescap", lost) if text not in {"", "0"} else {"fine_cap": None}


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


def _everywhere(told: Told, lost: set[str]) -> Terms:
    """What Koha says for all cases at once, among its system preferences."""
    found: Terms = {}
    if calendar := told.preference("finescalendar"):
        found["count_closed_days"] = calendar == "ignoreCalendar"
    if grace := told.preference("finesincludegraceperiod"):
        found["grace_deducts"] = grace == "0"
    if told.preference("renewalperiodbase") == "date_due":
        found["renew_from_due"] = True
    return found


GROUPS: dict[str, Group] = {
    **GROUPS_OF_HOLDS,
    "loan_limit": Group(frozenset({"maxissueqty", "patron_maxissueqty"}), _loans),
    "loan_days": Group(frozenset({"issuelength", "lengthunit"}), _length),
    "renewal_days": Group(frozenset({"renewalperiod"}), _renewal),
    "auto_renew": Group(frozenset({"auto_renew"}), _automatic),
    "auto_renew_until": Group(frozenset({"no_auto_renewal_after_hard_limit"}), _automatic_until),
    "unseen_limit": Group(frozenset({"unseen_renewals_allowed"}), _unseen),
    "note": Group(frozenset({"note"}), _note),
    "fine": Group(frozenset({"fine", "chargeperiod", "chargeperiod_charge_at"}), _fine),
    "suspension_days": Group(frozenset({"finedays", "suspension_chargeperiod"}), _suspension),
    "suspension_cap": Group(frozenset({"maxsuspensiondays"}), _longest_suspension),
    "due_by": Group(frozenset({"hardduedate", "hardduedatecompare"}), _due_by),
    "closed_days": Group(frozenset({"daysmode"}), _closed),
    "cap_at_price": Group(frozenset({"cap_fine_to_replacement_price"}), _price_cap),
    "fine_cap": Group(frozenset({"overduefinescap"}), _fine_cap),
    "refund_days": Group(frozenset({"lostreturn", "processingreturn"}), _found_again),
    "return_to": Group(frozenset({"returnbranch"}), _returns),
    "article_scope": Group(frozenset({"article_requests"}), _articles),
    "article_fee": Group(frozenset({"article_request_fee"}), _article_fee),
    "everywhere": Group(frozenset(), _everywhere),
    "renewal_limit": _single("renewalsallowed", 0),
    "renew_from_days": _single("norenewalbefore", None),
    "auto_renew_from_days": _single("noautorenewalbefore", 0),
    "auto_renew_for_days": _single("no_auto_renewal_after", None),
    "loan_fee_discount": _single("rentaldiscount", 0),
    "grace_days": _single("firstremind", 0),
    "processing_fee": _single("lost_item_processing_fee", 0),
    "holds_per_day": _single("holds_per_day", None),
    "holds_per_record": _single("holds_per_record", None),
    "recalls_per_record": _single("recalls_per_record", None),
    "article_limit": _single("open_article_requests_limit", None),
}
"""By the first of the terms they say."""
