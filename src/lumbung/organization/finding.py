"""What of the library itself a reader finds in the search box: its branches, their hours and addresses, and its services."""

import re
from collections.abc import Sequence

from django.utils import formats
from django.utils.translation import gettext as _

from lumbung.kernel.sources import Hit
from lumbung.organization.models import Branch
from lumbung.organization.queries import hours_today, public_branches, services

ABOUT_ALL = frozenset(
    {"jam", "buka", "tutup", "lokasi", "alamat", "cabang", "hours", "open", "opening", "closed", "address", "branch"}
)

SHORTEST = 3
ABOUT_SERVICES = frozenset({"layanan", "services", "service", "jasa"})


def find_branches(words: str, limit: int) -> Sequence[Hit]:
    """Branches whose name has every word asked; all of them for a question about hours or places alone."""
    asked = set(re.findall(r"\w+", words.casefold()))
    names = asked - ABOUT_ALL
    about_places = bool(asked & ABOUT_ALL)
    found = [branch for branch in public_branches() if (names or about_places) and _matches(branch, names)]
    return [Hit(branch.name, "/#cabang", _line(branch)) for branch in found[:limit]]


def find_services(words: str, limit: int) -> Sequence[Hit]:
    """Services in whose name or summary every word asked begins a word, or is one if it has but one or two letters; all of them for the
    word for services alone."""
    asked = set(re.findall(r"\w+", words.casefold()))
    about = asked <= ABOUT_SERVICES
    found = (
        [service for service in services() if about or _speaks_of(f"{service.name} {service.summary}", asked)] if asked else []
    )
    return [Hit(service.name, f"/services#s{service.pk}", service.state_note or service.summary) for service in found[:limit]]


def _speaks_of(text: str, asked: set[str]) -> bool:
    words = re.findall(r"\w+", text.casefold())
    return all(any(word == each or (len(each) >= SHORTEST and word.startswith(each)) for word in words) for each in asked)


def _matches(branch: Branch, names: set[str]) -> bool:
    return names <= set(re.findall(r"\w+", f"{branch.name} {branch.code}".casefold()))


def _line(branch: Branch) -> str:
    spells = [f"{_clock(each.opens)}–{_clock(each.closes)}" for each in hours_today(branch)]
    today = _("Hari ini %(hours)s") % {"hours": ", ".join(spells)} if spells else ""
    return " · ".join(filter(None, [today, branch.address]))


def _clock(value: object) -> str:
    return formats.date_format(value, "TIME_FORMAT")  # type: ignore[arg-type]
