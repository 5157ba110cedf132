"""What the circulation rules of Koha say, in our terms.

A blank is a value like any other there: it hides what a more general row says, and means no limit (or nothing: no fine, no renewal). Only
NULL says nothing.
"""

from collections.abc import Mapping
from datetime import date

from lumbung.moving.domain.koha.booking import GROUPS_OF_BOOKINGS
from lumbung.moving.domain.koha.borrowing import GROUPS_OF_LOANS
from lumbung.moving.domain.koha.copying import GROUPS_OF_ARTICLES
from lumbung.moving.domain.koha.demand import GROUPS_OF_DEMAND
from lumbung.moving.domain.koha.fining import GROUPS_OF_FINES
from lumbung.moving.domain.koha.holding import GROUPS_OF_HOLDS
from lumbung.moving.domain.koha.renewing import GROUPS_OF_RENEWALS
from lumbung.moving.domain.koha.returning import GROUPS_OF_RETURNS
from lumbung.moving.domain.koha.told import Group, Terms, Told

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
IDLE: dict[str, frozenset[str]] = {
    "hold_fulfillment_policy": frozenset({"any"}),
    "holdallowed": frozenset({"from_any_library", "2"}),
    "hardduedatecompare": frozenset({"-1", "0", "1"}),
    "fill_other_biblio_holds_policy": frozenset({"1"}),
}  # fmt: skip
"""Values under which Koha does what is done here anyway."""
NEVER = date(2999, 12, 31)
"""A day by which everything is back anyway: where one case has none, and a more general one has."""


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
    **GROUPS_OF_LOANS,
    **GROUPS_OF_RENEWALS,
    **GROUPS_OF_HOLDS,
    **GROUPS_OF_FINES,
    **GROUPS_OF_RETURNS,
    **GROUPS_OF_ARTICLES,
    **GROUPS_OF_BOOKINGS,
    **GROUPS_OF_DEMAND,
    "everywhere": Group(frozenset(), _everywhere),
}
"""By the first of the terms they say."""
READ = frozenset(name for group in GROUPS.values() for name in group.names)
"""The names that are said here; which of them could not be said is told by ``said``."""


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
    return sorted(own - READ | own & said(told)[1])
