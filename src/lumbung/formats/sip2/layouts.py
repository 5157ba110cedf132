"""The messages of SIP2 as data: for each code the fixed part, in order, with the width of each place, and the fields that may follow."""

from dataclasses import dataclass

DATE = 18


@dataclass(frozen=True)
class Layout:
    """What a message is made of. ``fields`` are the two-letter names that belong in it, of the standard and of the extensions in use."""

    name: str
    fixed: tuple[tuple[str, int], ...]
    fields: frozenset[str]

    @property
    def width(self) -> int:
        """Characters of the fixed part."""
        return sum(width for _, width in self.fixed)


def _layout(name: str, fixed: str, fields: str) -> Layout:
    """``fixed`` as "ok:1 date" (a place without a width is a moment)."""
    places = (each.partition(":") for each in fixed.split())
    return Layout(name, tuple((place, int(width or DATE)) for place, _, width in places), frozenset(fields.split()))


LENT = "AO AA AB AJ AH BT CI BH BV CK CH BK AF AG"
STATUS = "status:14 language:3 date"

LAYOUTS = {
    # from the self-check to the library
    "23": _layout("patron status request", "language:3 date", "AO AA AC AD"),
    "11": _layout("checkout", "renewal_policy:1 no_block:1 date due_date", "AO AA AB AC CH AD BO BI"),
    "09": _layout("checkin", "no_block:1 date return_date", "AP AO AB AC CH BI"),
    "01": _layout("block patron", "card_retained:1 date", "AO AL AA AC"),
    "99": _layout("SC status", "status:1 print_width:3 version:4", ""),
    "97": _layout("request ACS resend", "", ""),
    "93": _layout("login", "uid_algorithm:1 pwd_algorithm:1", "CN CO CP"),
    "63": _layout("patron information", "language:3 date summary:10", "AO AA AC AD BP BQ"),
    "35": _layout("end patron session", "date", "AO AA AC AD"),
    "37": _layout("fee paid", "date fee_type:2 payment_type:2 currency:3", "BV AO AA AC AD CG BK"),
    "17": _layout("item information", "date", "AO AB AC"),
    "19": _layout("item status update", "date", "AO AB AC CH"),
    "25": _layout("patron enable", "date", "AO AA AC AD"),
    "15": _layout("hold", "mode:1 date", "BW BS BY AO AA AD AB AJ AC BO"),
    "29": _layout("renew", "third_party:1 no_block:1 date due_date", "AO AA AD AB AJ AC CH BO"),
    "65": _layout("renew all", "date", "AO AA AD AC BO"),
    # from the library to the self-check
    "24": _layout("patron status response", STATUS, "AO AA AE BL CQ BH BV AF AG"),
    "12": _layout("checkout response", "ok:1 renewal_ok:1 magnetic:1 desensitize:1 date", LENT),
    "10": _layout(
        "checkin response", "ok:1 resensitize:1 magnetic:1 alert:1 date", "AO AB AQ AJ CL AA CK CH CR CS CT CV CY DA AF AG"
    ),
    "98": _layout(
        "ACS status",
        "online:1 checkin_ok:1 checkout_ok:1 renewal_policy:1 status_update_ok:1 offline_ok:1 timeout:3 retries:3 date version:4",
        "AO AM BX AN AF AG",
    ),
    "96": _layout("request SC resend", "", ""),
    "94": _layout("login response", "ok:1", ""),
    "64": _layout(
        "patron information response",
        f"{STATUS} holds:4 overdue:4 charged:4 fines:4 recalls:4 unavailable:4",
        "AO AA AE BZ CA CB BL CQ BH BV CC AS AT AU AV BU CD BD BE BF PA PC AF AG",
    ),
    "36": _layout("end session response", "ended:1 date", "AO AA AF AG"),
    "38": _layout("fee paid response", "accepted:1 date", "AO AA BK AF AG"),
    "18": _layout(
        "item information response",
        "circulation:2 security:2 fee_type:2 date",
        "CF AH CJ CM AB AJ BG BH BV CK AQ AP CH CR CS CT CY AF AG",
    ),
    "20": _layout("item status update response", "ok:1 date", "AB AJ CH AF AG"),
    "26": _layout("patron enable response", STATUS, "AO AA AE BL CQ AF AG"),
    "16": _layout("hold response", "ok:1 available:1 date", "BW BR BS AO AA AB AJ AF AG"),
    "30": _layout("renew response", "ok:1 renewal_ok:1 magnetic:1 desensitize:1 date", LENT),
    "66": _layout("renew all response", "ok:1 renewed:4 unrenewed:4 date", "AO BM BN AF AG"),
}
RESENDS = frozenset({"96", "97"})
"""The two that carry nothing, and no sequence number either."""
