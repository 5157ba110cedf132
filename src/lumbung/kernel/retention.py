"""How long what is kept of people is kept: each part declares its terms, the library may change them, nightly jobs ask here."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.kernel import events
from lumbung.kernel.events import Event, event
from lumbung.kernel.models import RetentionChoice
from lumbung.kernel.refusals import Refusal, Refused
from lumbung.kernel.remembered import remembered

RETENTION_OUT_OF_RANGE = Refusal("retention_out_of_range", _("%(what)s: isi antara %(least)s dan %(most)s hari."))
LONGEST = 3650


@dataclass(frozen=True)
class Term:
    """``days`` as shipped, ``then`` what becomes of it after them. Where ``least`` is 0, no days mean: not at all."""

    code: str
    name: str | Promise
    then: str | Promise
    days: int
    least: int = 1
    most: int = LONGEST


@event
class RetentionChanged(Event):
    term: str
    days: int


_terms: dict[str, Term] = {}


def declare(term: Term) -> Term:
    """Make a term known; called once, where the work that follows it stands. A code serves once."""
    if term.code in _terms:
        raise ValueError(f"two terms are called {term.code}")
    _terms[term.code] = term
    return term


def terms() -> list[tuple[Term, int]]:
    """Every term with the days that hold now, by code."""
    return [(_terms[code], days_of(_terms[code])) for code in sorted(_terms)]


def days_of(term: Term) -> int:
    return _chosen().get(term.code, term.days)


def kept_for(term: Term) -> timedelta:
    """How long now."""
    return timedelta(days=days_of(term))


@transaction.atomic
def choose(days: dict[str, int], *, by: events.Actor | None) -> int:
    """Change the days of the terms named; returns how many changed. Refuses, all together, days that a term does not allow."""
    wrong = [
        RETENTION_OUT_OF_RANGE(what=term.name, least=term.least, most=term.most)
        for code, term in sorted(_terms.items())
        if code in days and not term.least <= days[code] <= term.most
    ]
    if wrong:
        raise Refused(wrong)
    changed = [term for code, term in sorted(_terms.items()) if code in days and days[code] != days_of(term)]
    for term in changed:
        RetentionChoice.objects.update_or_create(term=term.code, defaults={"days": days[term.code]})
        events.record(RetentionChanged(term=term.code, days=days[term.code]), by=by)
    _chosen.changed()
    return len(changed)


@remembered()
def _chosen() -> dict[str, int]:
    return dict(RetentionChoice.objects.values_list("term", "days"))
