"""Whoever leaves keeps their credit, with their name or without it, as they wished."""

from lumbung.kernel.jobs import Reaction
from lumbung.kernel.models import JournalEntry
from lumbung.knowledge.domain.articles.credits import withdraw_names
from lumbung.knowledge.models import Profile


def credit_wishes(entry: JournalEntry) -> None:
    """When an account is closed or forgotten: names go only where the person said so."""
    person = entry.data["user"]
    if Profile.objects.filter(person=person, keeps_name=False).exists():
        withdraw_names(person)


REACTION = Reaction("credit_wishes", ("UserDeactivated", "UserForgotten"), credit_wishes)
