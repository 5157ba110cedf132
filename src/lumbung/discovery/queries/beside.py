"""What is no title and answers the question too: every part is asked with the words alone."""

from django.http import HttpRequest

from lumbung.kernel.sources import Group, ask
from lumbung.search.syntax import Kind, clauses_in, parse

ANYWHERE = {None, "identifier"}
"""Where words stand that may be meant for any part: a number by itself is read as that of a title, and may be a course."""


def groups_beside(typed: str, read: str, request: HttpRequest) -> list[Group]:
    """What other parts have for the question, as far as whoever asks may see it: for what was ``typed``, and of a part that has nothing for
    that, for what titles were asked (``read``), without talk and slips. Nothing where it asks for a field or a year of titles."""
    asked, otherwise = plain_words(typed), plain_words(read)
    groups = ask(asked, request.user, request=request)
    if not asked or otherwise in {"", asked}:
        return groups
    return groups + ask(otherwise, request.user, request=request, but={group.source.name for group in groups})


def plain_words(text: str) -> str:
    """The words that must be there, without the query language; empty where they are asked for in a field that titles alone have."""
    clauses = clauses_in(parse(text).parts)
    if any(each.field not in ANYWHERE or each.kind is Kind.YEARS for each in clauses):
        return ""
    return " ".join(each.text for each in clauses)
