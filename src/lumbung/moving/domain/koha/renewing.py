"""What Koha's circulation rules say of renewing, by whomever and by itself, in our terms."""

from lumbung.kernel.days import iso_day as day
from lumbung.moving.domain.koha.told import Group, Terms, Told, by_hour, count, single


def _renewal(told: Told, lost: set[str]) -> Terms:
    """A blank: as long as the loan itself. Hours have no word here."""
    text = told.values.get("renewalperiod")
    if text is None:
        return {}
    if text and by_hour(told):
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


GROUPS_OF_RENEWALS: dict[str, Group] = {
    "renewal_limit": single("renewal_limit", "renewalsallowed", 0),
    "renewal_days": Group(frozenset({"renewalperiod"}), _renewal),
    "renew_from_days": single("renew_from_days", "norenewalbefore", None),
    "unseen_limit": Group(frozenset({"unseen_renewals_allowed"}), _unseen),
    "auto_renew": Group(frozenset({"auto_renew"}), _automatic),
    "auto_renew_from_days": single("auto_renew_from_days", "noautorenewalbefore", 0),
    "auto_renew_for_days": single("auto_renew_for_days", "no_auto_renewal_after", None),
    "auto_renew_until": Group(frozenset({"no_auto_renewal_after_hard_limit"}), _automatic_until),
}
"""By the first of the terms they say."""
