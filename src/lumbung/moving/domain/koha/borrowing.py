"""What Koha's circulation rules say of borrowing: how many, how long, until when, and what is written beside it, in our terms."""

from lumbung.kernel.days import iso_day as day
from lumbung.moving.domain.koha.told import Group, Terms, Told, by_hour, count, single, smallest

_CLOSED = {"Calendar": "skip", "Datedue": "forward", "Dayweek": "forward", "Days": "ignore"}
_NO_LATER = "-1"
_DUE = {_NO_LATER: {}, "0": {"due_by_how": "exactly"}, "1": {"due_by_how": "earliest"}}
LONGEST_NOTE = 200
ON_SITE = "on_site"
"""Under this name stands the limit of what is read in the house: of a rule that speaks of that alone, it is the ``loan_limit``."""


def _loans(told: Told, lost: set[str]) -> Terms:
    """The limit of all loans of a patron stands beside that of a type, and holds whatever the type."""
    return smallest("loan_limit", ("maxissueqty",) if told.is_typed else ("maxissueqty", "patron_maxissueqty"), told, lost)


def _on_site(told: Told, lost: set[str]) -> Terms:
    """How many may be read in the house at a time, counted apart. The limit of a patron stands beside that of a type here too."""
    names = ("maxonsiteissueqty",) if told.is_typed else ("maxonsiteissueqty", "patron_maxonsiteissueqty")
    found = smallest("loan_limit", names, told, lost)
    return {ON_SITE: found["loan_limit"]} if found else {}


def _length(told: Told, lost: set[str]) -> Terms:
    """So many days or hours; a blank is none, so that it is due at once."""
    if "issuelength" not in told.values:
        return {}
    text = told.values["issuelength"]
    return count("loan_hours", text, "issuelength", lost) if by_hour(told) and text else _days(text, lost)


def _days(text: str, lost: set[str]) -> Terms:
    return count("loan_days", text, "issuelength", lost) if text else {"loan_days": 0}


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


def _note(told: Told, lost: set[str]) -> Terms:
    text = told.values.get("note", "")
    lost |= {"note"} if len(text) > LONGEST_NOTE else set()
    return {"note": text} if 0 < len(text) <= LONGEST_NOTE else {}


GROUPS_OF_LOANS: dict[str, Group] = {
    "loan_limit": Group(frozenset({"maxissueqty", "patron_maxissueqty"}), _loans),
    ON_SITE: Group(frozenset({"maxonsiteissueqty", "patron_maxonsiteissueqty"}), _on_site),
    "loan_days": Group(frozenset({"issuelength", "lengthunit"}), _length),
    "due_by": Group(frozenset({"hardduedate", "hardduedatecompare"}), _due_by),
    "closed_days": Group(frozenset({"daysmode"}), _closed),
    "loan_fee_discount": single("loan_fee_discount", "rentaldiscount", 0),
    "note": Group(frozenset({"note"}), _note),
}
"""By the first of the terms they say."""
