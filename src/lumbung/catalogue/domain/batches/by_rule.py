"""Steps that follow a rule of the library. The rule is kept with the step as it stood when the batch was asked for, so that what was
looked at is what is done."""

from collections.abc import Iterable, Mapping
from typing import Any

from lumbung.catalogue import queries
from lumbung.catalogue.class_pairs import Pair
from lumbung.catalogue.domain.authorities.keys import headings_in
from lumbung.catalogue.domain.authorities.linking import authorities_by_key, authorities_by_number, number_in
from lumbung.catalogue.domain.crosswalk.numbers import SCHEMES, rewritten
from lumbung.catalogue.domain.name_entry import enter_fields, frozen, thawed
from lumbung.catalogue.models import NameRule
from lumbung.catalogue.refusals import NO_NAME_RULE, STEP_SCHEME
from lumbung.formats.marc import Field, Record
from lumbung.kernel.refusals import Reason

ALSO_COMMAS = ("koma", "comma")
"""Said in ``put``: names that already have a comma are turned too."""


def name_rule_kept(put: str) -> dict[str, Any]:
    """The rule for names of today."""
    return frozen(queries.name_rule(), commas=put.strip().casefold() in ALSO_COMMAS)


def name_rule_faults() -> list[Reason]:
    return [NO_NAME_RULE()] if queries.name_rule().order == NameRule.Orders.GIVEN else []


def crosswalk_kept() -> dict[str, Any]:
    """The crosswalk of today."""
    return {"pairs": [[pair.old, pair.new] for pair in queries.class_pairs()]}


def pairs_in(kept: Mapping[str, Any]) -> list[Pair]:
    return [Pair(old, new) for old, new in kept["pairs"]]


def scheme_faults(scheme: str) -> list[Reason]:
    return [] if scheme.strip().upper() in SCHEMES else [STEP_SCHEME(scheme=scheme)]


def class_by_crosswalk(fields: Iterable[Field], scheme: str, kept: Mapping[str, Any]) -> None:
    """Put the class numbers of Islam in $a of these fields in the scheme."""
    pairs = pairs_in(kept)
    for field in fields:
        told = [
            (code, rewritten(text, scheme.strip().upper(), pairs) if code == "a" else text) for code, text in field.subfields
        ]
        field.subfields = told


def enter_by_rule(record: Record, fields: list[Field], kept: dict[str, Any]) -> None:
    """Enter the names in these fields by the rule, but for those that an authority has the say of."""
    rule, commas = thawed(kept)
    mine = [each for each in headings_in(record) if any(each.field is field for field in fields)]
    established = authorities_by_key({(each.kind, each.key) for each in mine})
    numbered = authorities_by_number({number for each in mine if (number := number_in(each))})
    free = [each.field for each in mine if (each.kind, each.key) not in established and number_in(each) not in numbered]
    enter_fields(free, rule, commas=commas)
