"""The heading of a person's name by the library's rule, from the name as it is spoken.

Only a name without a comma is turned: one with a comma says already under what it goes. A single name stays what it is, and titles
are set apart ($c), so that they are shown and never compared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import transaction

from lumbung.catalogue import queries
from lumbung.catalogue.domain.authorities.keys import natural_order
from lumbung.catalogue.events import NameRuleChanged
from lumbung.catalogue.headings import plain
from lumbung.catalogue.models import NameRule
from lumbung.formats.marc import Field, Record
from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.search.words.names import are_titles, is_title_as_written

FIELDS = frozenset({"order", "families"})
Orders = NameRule.Orders
LONGEST_FAMILY = 3
"""So many words a family name may have (Karo Karo, da Costa)."""
_FATHER = frozenset({"bin", "binti", "ibn", "ibnu", "bint", "van", "der", "von", "de", "la"})
_SERVANT = ("abd", "abdu", "abdul", "abdur", "abdus", "abdurrahman", "nur")
_WITHOUT_SURNAME = "3"


@dataclass(frozen=True, slots=True)
class EnteredName:
    """``heading`` is what a catalogue files it under, ``titles`` what stood before and behind, ``natural`` the name as it is spoken."""

    heading: str
    titles: str
    natural: str


@transaction.atomic
def change_name_rule(*, by: events.Actor | None, **changes: Any) -> NameRule:
    """Change under what names are entered from now on; headings that stand stay as they are."""
    held = NameRule.objects.select_for_update().filter(pk=1).first()
    rule = held or NameRule(pk=1, families=queries.name_rule().families)
    if changed := set_changed(rule, changes, allowed=FIELDS):
        rule.save()
        queries.name_rule.changed()
        events.record(NameRuleChanged(fields=changed), by=by)
    return rule


def enter_names(record: Record, rule: NameRule | None = None) -> Record:
    """Turn the names of the people of a record that was just made from names as they are spoken (100, 700). The record itself is changed
    and given back."""
    rule = rule or queries.name_rule()
    if rule.order != Orders.GIVEN:
        enter_fields(record.all("100", "700"), rule)
    return record


def enter_fields(fields: Iterable[Field], rule: NameRule, *, commas: bool = False) -> None:
    """Turn the names in these fields; those of families, rulers (with a number) and works (with a title) stay."""
    for field in fields:
        if field.is_control or field.ind1 == _WITHOUT_SURNAME or any(code in "bt" for code, _ in field.subfields):
            continue
        name = entered(field.get("a"), rule, commas=commas)
        at = next((n for n, (code, _) in enumerate(field.subfields) if code == "a"), None)
        if at is None or not name.heading:
            continue
        mark = "," if field.subfields[at][1].rstrip().endswith(",") else ""
        told = [(code, text + mark) for code, text in (("a", name.heading), ("c", name.titles)) if text]
        field.subfields = [*field.subfields[:at], *told, *field.subfields[at + 1 :]]
        field.ind1 = "1" if "," in name.heading else "0"


def entered(name: str, rule: NameRule, *, commas: bool = False) -> EnteredName:
    """The name as this rule enters it. ``commas``: also one that says with a comma under what it goes."""
    kept, titles = _apart(name)
    natural = natural_order(kept)
    if rule.order == Orders.GIVEN:
        return EnteredName(name, "", natural)
    words, families = natural.split(), _families(rule.families)
    if "," in kept and (not commas or plain(kept.partition(",")[0]) in families):
        return EnteredName(kept, titles, natural)
    start = _family_at(words, families)
    if start is None and rule.order == Orders.LAST:
        start = _last_at(words)
    heading = f"{' '.join(words[start:])}, {' '.join(words[:start])}" if start else natural
    return EnteredName(heading, titles, natural)


def frozen(rule: NameRule, *, commas: bool) -> dict[str, Any]:
    """The rule as plain values, so that what was looked at is what is done; ``thawed`` reads it."""
    return {"order": rule.order, "families": rule.families, "commas": commas}


def thawed(stored: Mapping[str, Any]) -> tuple[NameRule, bool]:
    return NameRule(pk=1, order=stored["order"], families=stored["families"]), bool(stored["commas"])


@lru_cache(maxsize=8)
def _families(lines: str) -> frozenset[str]:
    return frozenset(plain(line) for line in lines.splitlines() if line.strip())


def _family_at(words: list[str], families: frozenset[str]) -> int | None:
    """Where the family name begins with which the name ends; None where it ends with none, or is nothing else."""
    for start in range(max(1, len(words) - LONGEST_FAMILY), len(words)):
        if plain(" ".join(words[start:])) in families:
            return start
    return None


def _last_at(words: list[str]) -> int | None:
    """Where the last part begins; None for one name, for a name with its father's, and for one that ends with an initial."""
    folded = [plain(each) for each in words]
    if len(words) < 2 or _FATHER & set(folded) or len(folded[-1]) < 2:  # noqa: PLR2004 -- two parts, two letters
        return None
    start = len(words) - 1
    return start - 1 or None if folded[start - 1] in _SERVANT else start


def _apart(name: str) -> tuple[str, str]:
    """The name, and the titles before and behind it in the order in which they stood."""
    main, *rest = [part.strip() for part in " ".join(name.split()).strip(" ,").split(",")]
    words, before, behind = main.split(), list[str](), list[str]()
    while len(words) > 1 and is_title_as_written(words[0]):
        before.append(words.pop(0))
    while len(words) > 1 and "." in words[-1] and is_title_as_written(words[-1]):
        behind.insert(0, words.pop())
    after = [part for part in rest if are_titles(part)]
    kept = ", ".join([" ".join(words), *(part for part in rest if part not in after)])
    return kept, ", ".join(filter(None, [" ".join(before), *behind, *after]))
