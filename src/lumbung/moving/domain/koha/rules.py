"""The circulation rules of Koha: one value a row for a case of branch, category and item type, NULL (or ``*``) for any.

Where two cases fit, Koha takes the one that names the branch, then the category, then the type; here the type weighs more than the
category. So a case that both a rule of the category and a rule of the type fit gets a rule of its own, which says what Koha would.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from lumbung.kernel.days import iso_day as day
from lumbung.kernel.refusals import Reason
from lumbung.moving.domain.plain import Plain, Rule
from lumbung.moving.domain.sources import Source, text_of
from lumbung.moving.domain.values import line, number
from lumbung.moving.refusals import RULE_PARTS_KEPT

Case = tuple[str, str, str]
"""Branch, category and item type; empty for any."""
MOST_DAYS = 3650
_COUNTED: dict[str, tuple[str, int]] = {
    "maxissueqty": ("loan_limit", 1000), "patron_maxissueqty": ("loan_limit", 1000), "renewalsallowed": ("renewal_limit", 100),
    "renewalperiod": ("renewal_days", MOST_DAYS), "norenewalbefore": ("renew_from_days", MOST_DAYS),
    "no_auto_renewal_after": ("renewal_total_days", MOST_DAYS), "reservesallowed": ("hold_limit", 1000),
    "max_holds": ("hold_limit", 1000), "holds_pickup_period": ("hold_days", MOST_DAYS), "firstremind": ("grace_days", MOST_DAYS),
    "overduefinescap": ("fine_cap", 2_000_000_000), "finedays": ("suspension_days", MOST_DAYS),
    "maxsuspensiondays": ("suspension_cap", MOST_DAYS),
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
        "recall_overdue_fine", "recall_shelf_time", "holds_pickup_period",
    }
)  # fmt: skip
"""The names Koha's own list has (``Koha::CirculationRules``, ``rule_kinds``): what stands under another name is told too."""
_SAID = frozenset(
    {"issuelength", "lengthunit", "fine", "chargeperiod", "hardduedate", "hardduedatecompare", "daysmode", "note", "holdallowed",
     "suspension_chargeperiod", "cap_fine_to_replacement_price"}
)  # fmt: skip
"""Those that are read together, or in words; which of them could not be said is told by ``terms_of``."""
IDLE: dict[str, frozenset[str]] = {
    "auto_renew": frozenset({"0"}), "article_requests": frozenset({"no"}), "rentaldiscount": frozenset({"0"}),
    "recalls_allowed": frozenset({"0"}), "recalls_per_record": frozenset({"0"}), "chargeperiod_charge_at": frozenset({"0"}),
    "holdallowed": frozenset({"from_any_library"}), "hold_fulfillment_policy": frozenset({"any"}), "opacitemholds": frozenset({"Y"}),
    "returnbranch": frozenset({"homebranch"}), "waiting_hold_cancellation": frozenset({"0"}),
    "article_request_fee": frozenset({"0", "0.000000"}), "hardduedatecompare": frozenset({"-1", "0", "1"}),
}  # fmt: skip
"""Values under which Koha does what is done here anyway."""
_NO_HOLDS = "not_allowed"
_CLOSED = {"Calendar": "skip", "Datedue": "forward", "Dayweek": "forward", "Days": "ignore"}
_WEEK, _NO_LATER = 7, "-1"


def cases(source: Source) -> dict[Case, dict[str, Any]]:
    """What each case of Koha's says, in our terms; cases that say nothing we have are left out."""
    told = {case: terms_of(values)[0] for case, values in _values(source).items()}
    if any(told.values()):
        told.setdefault(("", "", ""), {}).update(_preferences(source))
    found = {case: terms for case, terms in told.items() if terms}
    return {**found, **_settled(found)}


def rules(source: Source, after: int) -> Iterator[Plain]:
    values = _values(source)
    for at, (case, terms) in enumerate(sorted(cases(source).items()), start=1):
        if at <= after:
            continue
        branch, category, kind = case
        left = unsaid(values.get(case, {}))
        yield Rule(
            source_id="|".join(each or "*" for each in case),
            at=at,
            branch=branch or None,
            category=category or None,
            copy_type=kind or None,
            loan_days=0,
            loan_limit=0,
            renewal_limit=0,
            terms=tuple(sorted(terms.items())),
            warnings=_parts(left),
            raw={"case": "|".join(case), **values.get(case, {})},
        )


def _parts(left: list[str]) -> tuple[Reason, ...]:
    return (RULE_PARTS_KEPT(parts=", ".join(left)),) if left else ()


def _values(source: Source) -> dict[Case, dict[str, str]]:
    found: dict[Case, dict[str, str]] = {}
    for row in source.staged.rows("circulation_rules"):
        branch, category, kind = (
            "" if text_of(row, name) == "*" else text_of(row, name) for name in ("branchcode", "categorycode", "itemtype")
        )
        if (value := line(row.get("rule_value"))) or row.get("rule_name") == "note":
            found.setdefault((branch, category, kind), {})[line(row.get("rule_name"))] = value
    return found


def unsaid(values: Mapping[str, str]) -> list[str]:
    """The names of what a case of Koha's says that cannot be said here; what is the same here anyway is left out."""
    left = {name for name in values.keys() - _COUNTED.keys() - _SAID if values[name] not in IDLE.get(name, ())}
    return sorted(left | terms_of(values)[1])


def terms_of(values: Mapping[str, str]) -> tuple[dict[str, Any], set[str]]:
    """The values of a case in our terms, and the names of those that have none there: no number, or another way of counting."""
    terms: dict[str, Any] = {}
    lost: set[str] = set()
    for name, (ours, most) in _COUNTED.items():
        if (count := number(values.get(name, ""), most=most)) is not None:
            terms.setdefault(ours, count)
        elif name in values:
            lost.add(name)
    for say in (_length, _fine, _suspension, _due_by, _words):
        say(values, terms, lost)
    return terms, lost


def _length(values: Mapping[str, str], terms: dict[str, Any], lost: set[str]) -> None:
    by_hour = values.get("lengthunit") == "hours"
    if (length := number(values.get("issuelength", ""), most=MOST_DAYS)) is not None:
        terms["loan_hours" if by_hour else "loan_days"] = length
    elif "issuelength" in values:
        lost.add("issuelength")
    if by_hour and "renewal_days" in terms:
        del terms["renewal_days"]
        lost.add("renewalperiod")


def _fine(values: Mapping[str, str], terms: dict[str, Any], lost: set[str]) -> None:
    """So much a day, a week or an hour; another stretch of time has no word here."""
    if not (fine := number(values.get("fine", ""))):
        return
    period = number(values.get("chargeperiod", "1")) or 1
    by_hour = values.get("lengthunit") == "hours" and period == 1
    if per := "hour" if by_hour else {1: "day", _WEEK: "week"}.get(period):
        terms |= {"fine": fine, "fine_per": per}
    else:
        lost |= {"fine", "chargeperiod"}


def _suspension(values: Mapping[str, str], terms: dict[str, Any], lost: set[str]) -> None:
    """Koha may suspend so many days for every so many days late; here it is for each day."""
    period = number(values.get("suspension_chargeperiod", "1")) or 1
    if period == 1 or "suspension_days" not in terms:
        return
    if terms["suspension_days"] % period:
        del terms["suspension_days"]
        lost |= {"finedays", "suspension_chargeperiod"}
    else:
        terms["suspension_days"] //= period


def _due_by(values: Mapping[str, str], terms: dict[str, Any], lost: set[str]) -> None:
    if due_by := day(values.get("hardduedate")):
        if values.get("hardduedatecompare", _NO_LATER) == _NO_LATER:
            terms["due_by"] = due_by
        else:
            lost.add("hardduedate")


def _words(values: Mapping[str, str], terms: dict[str, Any], lost: set[str]) -> None:
    if closed := _CLOSED.get(values.get("daysmode", "")):
        terms["closed_days"] = closed
    elif "daysmode" in values:
        lost.add("daysmode")
    if "cap_fine_to_replacement_price" in values:
        terms["cap_at_price"] = values["cap_fine_to_replacement_price"] == "1"
    if values.get("holdallowed") == _NO_HOLDS:
        terms["hold_limit"] = 0
    elif values.get("holdallowed", "") not in {"", *IDLE["holdallowed"]}:
        lost.add("holdallowed")


def _preferences(source: Source) -> dict[str, Any]:
    """What Koha says for all cases, among its system preferences."""
    told = {text_of(row, "variable").lower(): text_of(row, "value") for row in source.staged.rows("systempreferences")}
    found: dict[str, Any] = {}
    if closed := _CLOSED.get(told.get("usedaysmode", "")):
        found["closed_days"] = closed
    if "finescalendar" in told:
        found["count_closed_days"] = told["finescalendar"] == "ignoreCalendar"
    if "finesincludegraceperiod" in told:
        found["grace_deducts"] = told["finesincludegraceperiod"] == "0"
    return found


def _settled(found: Mapping[Case, Mapping[str, Any]]) -> dict[Case, dict[str, Any]]:
    """The cases that a rule of a category and one of a type both fit, with what the category's says added to their own."""
    settled = {}
    for branch in {case[0] for case in found}:
        of_categories = [case for case in found if case[0] == branch and case[1] and not case[2]]
        of_types = [case for case in found if case[0] == branch and case[2] and not case[1]]
        for one, other in product(of_categories, of_types):
            case = (branch, one[1], other[2])
            both = {name: value for name, value in found[one].items() if name in found[other]}
            if both and (told := {**both, **found.get(case, {})}) != found.get(case):
                settled[case] = told
    return settled
