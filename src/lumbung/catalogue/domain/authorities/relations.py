"""References between authorities: what may not be, and which lead where."""

from collections.abc import Collection, Iterable

from lumbung.catalogue.domain.authorities.described import Reference, Said
from lumbung.catalogue.models import Authority, AuthorityName, AuthorityReference
from lumbung.catalogue.refusals import CIRCULAR, HEADING_EXISTS, SEE_IS_HEADING, SEES_ITSELF
from lumbung.kernel.refusals import Reason

Relations, Forms = AuthorityReference.Relations, AuthorityName.Forms
Key = tuple[str, str]


def reasons_against(said: Said, *, besides: Collection[int] = ()) -> list[Reason]:
    """Why no authority may say this beside the others: the heading is established, a see reference is somebody's heading, a reference
    leads back here. ``besides`` are the authorities that do not count: the one itself, one it is merged with."""
    asked = {said.key} | {name.key for name in said.names if name.form == Forms.SEE}
    established = Authority.objects.filter(kind=said.kind, key__in=asked).exclude(pk__in=besides)
    taken = dict(established.values_list("key", "pk"))
    reasons = [HEADING_EXISTS(heading=said.heading, authority=taken.pop(said.key))] if said.key in taken else []
    reasons += [
        SEE_IS_HEADING(heading=name.label, authority=taken[name.key])
        for name in said.names
        if name.form == Forms.SEE and name.key in taken
    ]
    own: Key = (said.kind, said.key)
    reasons += [SEES_ITSELF(heading=each.label) for each in said.references if (each.kind, each.key) == own]
    return reasons + _circles(said, own, besides)


def _circles(said: Said, own: Key, besides: Collection[int]) -> list[Reason]:
    """The broader headings, near and far, are neither this one nor any that is said to be narrower."""
    broader = [each for each in said.references if each.relation == Relations.BROADER and (each.kind, each.key) != own]
    narrower = {(each.kind, each.key): each for each in said.references if each.relation == Relations.NARROWER}
    reasons = []
    for each in broader:
        above = {(each.kind, each.key)} | _above([each], besides)
        if own in above or above & narrower.keys():
            reasons.append(CIRCULAR(heading=each.label))
    return reasons


def _above(start: Iterable[Reference], besides: Collection[int]) -> set[Key]:
    """The headings broader than these, up to the top; one statement for each step up."""
    found: set[Key] = set()
    frontier: set[Key] = {(each.kind, each.key) for each in start}
    while frontier:
        told = AuthorityReference.objects.filter(
            authority__key__in={key for _, key in frontier}, relation=Relations.BROADER
        ).exclude(authority__in=besides)
        steps = told.values_list("authority__kind", "authority__key", "kind", "key")
        frontier = {(kind, key) for below, below_key, kind, key in steps if (below, below_key) in frontier} - found
        found |= frontier
    return found


def led_to(references: Iterable[AuthorityReference]) -> list[tuple[AuthorityReference, int | None]]:
    """Each reference with the authority it leads to, None where that is not here (yet)."""
    told = list(references)
    rows = Authority.objects.filter(key__in={each.key for each in told}).values_list("kind", "key", "pk")
    keys = {(kind, key): pk for kind, key, pk in rows} if told else {}
    return [(each, keys.get((each.kind, each.key))) for each in told]
