"""A call number as Indonesian libraries write it on the spine: class, three letters of the author, first letter of the title."""

import re
import unicodedata
from typing import Any

from django.db import transaction

from lumbung.catalogue import queries
from lumbung.catalogue.domain.simple_entry import SimpleEntry
from lumbung.catalogue.events import CallNumberRuleChanged
from lumbung.catalogue.models import CallNumberRule
from lumbung.catalogue.refusals import AUTHOR_LETTERS_WRONG, TITLE_LETTERS_WRONG
from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Refused

FIELDS = frozenset({"author_letters", "name_part", "capitals", "title_letters", "year", "articles"})
MOST_AUTHOR_LETTERS, MOST_TITLE_LETTERS = 6, 3
_ARABIC_ARTICLE = re.compile(r"^(?:al|el|asy?|ash|ath?|adz?|an|ar|az)[-–‑ ](?=\w)", re.IGNORECASE)
_ABBREVIATION = re.compile(r"^(?:\w\.?)+\.$|^\w$")
_TITLES_OF_PEOPLE = frozenset({"prof", "dr", "dra", "drs", "ir", "h", "hj", "kh", "haji", "hajjah", "kiai", "tgk"})


def suggested_call_number(entry: SimpleEntry, rule: CallNumberRule | None = None) -> str:
    """The record's own call number; else "899.221 TOE b" made by the library's rule; empty without a class.

    Without an author the letters are the title's, and the initial is left out.
    """
    if entry.call_number or not entry.classification:
        return entry.call_number
    rule = rule or queries.call_number_rule()
    title = _letters(_without_article(entry.title, rule.articles))
    author = _letters(_entry_word(next(iter([*entry.people, *entry.bodies]), ""), rule.name_part))
    mark, initial = (author, title[: rule.title_letters].lower()) if author else (title, "")
    mark = mark[: rule.author_letters]
    mark = mark.upper() if rule.capitals else mark.capitalize()
    year = re.search(r"[12][0-9]{3}", entry.year) if rule.year else None
    number = entry.classification.replace("/", "").strip()
    return " ".join(part for part in (number, mark, initial, year.group() if year else "") if part)


@transaction.atomic
def change_call_number_rule(*, by: events.Actor | None, **changes: Any) -> CallNumberRule:
    """Change how call numbers are made from now on; those given stay. Refuses numbers of letters no spine has room for."""
    rule = CallNumberRule.objects.select_for_update().filter(pk=1).first() or CallNumberRule(pk=1)
    changed = set_changed(rule, changes, allowed=FIELDS)
    reasons = []
    if not 1 <= rule.author_letters <= MOST_AUTHOR_LETTERS:
        reasons.append(AUTHOR_LETTERS_WRONG(most=MOST_AUTHOR_LETTERS))
    if not 0 <= rule.title_letters <= MOST_TITLE_LETTERS:
        reasons.append(TITLE_LETTERS_WRONG(most=MOST_TITLE_LETTERS))
    if reasons:
        raise Refused(reasons)
    if changed:
        rule.save()
        queries.call_number_rule.changed()
        events.record(CallNumberRuleChanged(fields=changed), by=by)
    return rule


def _entry_word(name: str, part: str) -> str:
    """The word of a name that letters are taken from: what stands before a comma; else by the rule, past titles and initials."""
    heading, comma, _ = name.partition(",")
    heading = _ARABIC_ARTICLE.sub("", heading.strip())
    words = heading.split()
    if comma or not words:
        return heading
    known = [
        each for each in words if not _ABBREVIATION.match(each) and each.lower().strip(".") not in _TITLES_OF_PEOPLE
    ] or words
    return _ARABIC_ARTICLE.sub("", known[-1] if part == CallNumberRule.NameParts.LAST else " ".join(known))


def _without_article(title: str, articles: str) -> str:
    first, _, rest = title.strip().partition(" ")
    skipped = first.casefold() in articles.casefold().split() and any(each.isalnum() for each in rest)
    return _ARABIC_ARTICLE.sub("", rest if skipped else title.strip())


def _letters(text: str) -> str:
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return "".join(each for each in plain if each.isalnum())
