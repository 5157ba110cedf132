"""What of the library itself a reader finds in the search box: its branches, their hours and addresses, and its services."""

import re
from collections.abc import Sequence

from django.utils import formats
from django.utils.translation import gettext as _

from lumbung.kernel.sources import Hit
from lumbung.kernel.wording import asked_for
from lumbung.organization.models import Branch
from lumbung.organization.queries import hours_today, public_branches, services

ABOUT_ALL = frozenset(
    {"jam", "buka", "tutup", "lokasi", "alamat", "cabang", "hours", "open", "opening", "closed", "address", "branch"}
)
ABOUT_SERVICES = frozenset({"layanan", "services", "service", "jasa"})


def find_branches(words: str, limit: int) -> Sequence[Hit]:
    """Branches whose name or code meets every word asked; all of them for a question about hours or places alone."""
    asked = re.findall(r"\w+", words.casefold())
    names, is_about_places = [word for word in asked if word not in ABOUT_ALL], not ABOUT_ALL.isdisjoint(asked)
    if not (names or is_about_places):
        return []
    meets = asked_for(" ".join(names))
    found = [branch for branch in public_branches() if not names or meets(f"{branch.name} {branch.code}")]
    return [Hit(branch.name, "/#cabang", _line(branch)) for branch in found[:limit]]


def find_services(words: str, limit: int) -> Sequence[Hit]:
    """Services whose name or summary meets every word asked; all of them for the word for services alone."""
    asked = set(re.findall(r"\w+", words.casefold()))
    if not asked:
        return []
    is_about, meets = asked <= ABOUT_SERVICES, asked_for(words)
    found = [service for service in services() if is_about or meets(f"{service.name} {service.summary}")]
    return [Hit(service.name, f"/services#s{service.pk}", service.state_note or service.summary) for service in found[:limit]]


def _line(branch: Branch) -> str:
    spells = [f"{_clock(each.opens)}–{_clock(each.closes)}" for each in hours_today(branch)]
    today = _("Hari ini %(hours)s") % {"hours": ", ".join(spells)} if spells else ""
    return " · ".join(filter(None, [today, branch.address]))


def _clock(value: object) -> str:
    return formats.date_format(value, "TIME_FORMAT")  # type: ignore[arg-type]
