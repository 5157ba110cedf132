"""How the rules stand: read at every decision, so that it is small and remembered."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import Exists

from lumbung.circulation.models import PersonalRule, RuleBook
from lumbung.kernel.remembered import remembered


class Standing(NamedTuple):
    """The version of the rules, the weights the library set, and whether any member has rules of their own."""

    version: int
    weights: Mapping[str, int]
    are_personal: bool


@remembered()
def rule_book() -> Standing:
    """The rule book as it stands, in one statement."""
    book = RuleBook.objects.annotate(are_personal=Exists(PersonalRule.objects.all())).first()
    return Standing(book.version, book.weights, book.are_personal) if book else Standing(0, {}, False)
