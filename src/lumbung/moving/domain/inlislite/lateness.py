"""What being late costs in INLISLite, in our terms: types of members, days and kinds of material say it alike."""

from typing import Any

from lumbung.circulation.domain.terms import BOUNDS
from lumbung.kernel.refusals import Reason
from lumbung.moving.domain.staging import Row
from lumbung.moving.domain.values import line, number
from lumbung.moving.refusals import RULE_PARTS_KEPT, RULE_STRETCHES

_DAYS = {"hari": 1, "minggu": 7, "bulan": 30, "tahun": 365}
"""How many days a tenor's unit has, as INLISLite counts."""
_ONCE = "konstan"
"""The word for what is charged once, however late; any other type grows with every tenor."""


def lateness_of(row: Row) -> tuple[dict[str, Any], list[Reason]]:
    """What being late costs, in money and in days without borrowing, and what of it cannot be said as it is there."""
    terms, lost, warnings = dict[str, Any](), list[str](), list[Reason]()
    for name, found in (("denda", _fine(row)), ("suspend", _suspension(row))):
        if all(_fits(term, value) for term, value in found.items()):
            terms |= found
        else:
            lost.append(name)
    if stretches := sorted({terms.get("fine_every", 1), terms.get("suspension_every", 1)} - {1}):
        warnings.append(RULE_STRETCHES(days=", ".join(map(str, stretches))))
    if lost:
        warnings.append(RULE_PARTS_KEPT(parts=", ".join(lost)))
    return terms, warnings


def _fine(row: Row) -> dict[str, Any]:
    """So much once, or for every tenor as it begins."""
    fine = number(row.get("dendapertenor")) or 0
    if not fine:
        return {}
    if _is_once(row, "denda"):
        return {"fine": fine, "fine_per": "once"}
    every = _tenor(row, "denda")
    return {"fine": fine * _times(row, "denda"), "fine_per": "day", **({"fine_every": every} if every > 1 else {})}


def _suspension(row: Row) -> dict[str, Any]:
    """So many days once, however late (never more, from the first day on), or for every tenor."""
    days = number(row.get("daysuspend")) or 0
    if not days:
        return {}
    if _is_once(row, "suspend"):
        return {"suspension_days": days, "suspension_cap": days}
    every = _tenor(row, "suspend")
    return {"suspension_days": days * _times(row, "suspend"), **({"suspension_every": every} if every > 1 else {})}


def _is_once(row: Row, kind: str) -> bool:
    return line(row.get(f"{kind}type")).lower() == _ONCE


def _tenor(row: Row, kind: str) -> int:
    """How many days a tenor has; one where nothing is said."""
    return _DAYS.get(line(row.get(f"{kind}tenorsatuan")).lower(), 1) * (number(row.get(f"{kind}tenorjumlah"), least=1) or 1)


def _times(row: Row, kind: str) -> int:
    return number(row.get(f"{kind}tenormultiply"), least=1) or 1


def _fits(term: str, value: object) -> bool:
    least, most = BOUNDS.get(term, (0, 0))
    return not isinstance(value, int) or least <= value <= most
