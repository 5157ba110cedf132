"""The accession register (buku induk): every copy the library came to own, numbered without gaps."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db import transaction

from lumbung.catalogue.events import AccessionPatternSet, ItemChanged
from lumbung.catalogue.models import AccessionCounter, AccessionPattern, Item
from lumbung.catalogue.refusals import (
    ACCESSION_DIGITS_WRONG,
    ACCESSION_NUMBER_MISSING,
    ACCESSION_TOKEN_UNKNOWN,
    ACCESSION_YEAR_MISSING,
)
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization import queries as organization
from lumbung.organization.models import Branch

NUMBER, YEAR, SOURCE, BRANCH = "{nomor}", "{tahun}", "{sumber}", "{cabang}"
TOKENS = frozenset({NUMBER, YEAR, SOURCE, BRANCH})
LETTERS: Mapping[str, str] = {
    Item.Sources.PURCHASE: "B",
    Item.Sources.GIFT: "H",
    Item.Sources.EXCHANGE: "T",
    Item.Sources.DEPOSIT: "S",
    Item.Sources.OWN: "P",
}
OTHER_LETTER = "L"
MOST_DIGITS = 9
AHEAD = 200


@transaction.atomic
def set_accession_pattern(
    branch: Branch | None, *, template: str, digits: int, yearly: bool, first: int = 1, by: events.Actor | None
) -> AccessionPattern:
    """Say how this branch, or all others, number from now on. Refuses a template that would give one number twice."""
    template = template.strip()
    if reasons := _faults(template, digits, yearly=yearly):
        raise Refused(reasons)
    wanted = {"template": template, "digits": digits, "yearly": yearly, "first": first}
    pattern, _made = AccessionPattern.objects.update_or_create(branch=branch, defaults=wanted)
    events.record(AccessionPatternSet(branch=branch.pk if branch else None, template=pattern.template), by=by)
    return pattern


@transaction.atomic
def give_accession_numbers(items: Iterable[Item], *, by: events.Actor | None, on: date | None = None) -> list[Item]:
    """Number those of the items that have no number yet, in this order, as entered on that day (today in the library).

    The counter stays locked to the end of the transaction, so numbers have no gaps whatever else happens; a number that somebody
    typed or imported is passed over.
    """
    today = on or clock.today(organization.library().zone)
    current = Item.objects.select_for_update().in_bulk([item.pk for item in items])
    numbered: list[Item] = []
    for item in (current[key] for key in dict.fromkeys(each.pk for each in items) if key in current):
        if not item.accession_number:
            item.accession_number, item.accessioned_on = _next_number(item, today), item.accessioned_on or today
            item.save(update_fields=["accession_number", "accessioned_on"])
            changed = ["accession_number", "accessioned_on"]
            events.record(ItemChanged(item=item.pk, record=item.record_id, fields=changed), by=by)
            numbered.append(item)
    return numbered


def pattern_for(branch: Branch) -> AccessionPattern:
    """The branch's own pattern, else that of all; the first time it is asked for, the usual one is made."""
    found = {each.branch_id: each for each in AccessionPattern.objects.filter(branch=branch)}
    if branch.pk in found:
        return found[branch.pk]
    return AccessionPattern.objects.get_or_create(branch=None)[0]


def example(template: str, digits: int, branch: Branch | None = None) -> str:
    """What the pattern makes, for the person who writes it."""
    told = {NUMBER: f"{1:0{digits}d}", YEAR: str(clock.now().year), SOURCE: "B", BRANCH: branch.code if branch else "PUSAT"}
    return _filled(template, told)


def _next_number(item: Item, today: date) -> str:
    pattern = pattern_for(item.branch)
    parts = {
        YEAR: str((item.accessioned_on or today).year),
        SOURCE: LETTERS.get(item.source, OTHER_LETTER),
        BRANCH: item.branch.code,
    }
    series = _filled(pattern.template, parts if pattern.yearly else {**parts, YEAR: YEAR})
    AccessionCounter.objects.get_or_create(series=series)
    counter = AccessionCounter.objects.select_for_update().get(series=series)
    counter.last, text = next(_free(pattern, max(counter.last, pattern.first - 1), parts))
    counter.save(update_fields=["last"])
    return text


def _free(pattern: AccessionPattern, last: int, parts: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """The numbers after ``last`` that no item has, with how they are written."""
    while True:
        numbers = range(last + 1, last + 1 + AHEAD)
        some = {number: _filled(pattern.template, {**parts, NUMBER: f"{number:0{pattern.digits}d}"}) for number in numbers}
        taken = set(Item.objects.filter(accession_number__in=some.values()).values_list("accession_number", flat=True))
        yield from ((number, text) for number, text in some.items() if text not in taken)
        last += AHEAD


def _filled(template: str, parts: Mapping[str, str]) -> str:
    return re.sub(r"\{\w+\}", lambda found: parts.get(found.group(), found.group()), template)


def _faults(template: str, digits: int, *, yearly: bool) -> list[Reason]:
    used = set(re.findall(r"\{[^}]*\}?", template))
    reasons = [ACCESSION_TOKEN_UNKNOWN(token=each) for each in sorted(used - TOKENS)]
    if NUMBER not in used:
        reasons.append(ACCESSION_NUMBER_MISSING())
    if yearly and YEAR not in used:
        reasons.append(ACCESSION_YEAR_MISSING())
    if not 1 <= digits <= MOST_DIGITS:
        reasons.append(ACCESSION_DIGITS_WRONG(most=MOST_DIGITS))
    return reasons
