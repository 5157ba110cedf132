"""Credit that stays: who had a part in an article, wherever it is shown or taken."""

from collections.abc import Iterable

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.knowledge.events.articles import CreditGiven
from lumbung.knowledge.models import Article, Contribution, Profile

Parts = Contribution.Parts


@transaction.atomic
def credit(
    article: Article, person: User | None, part: Parts, *, by: events.Actor | None, name: str = ""
) -> Contribution | None:
    """Give credit, once for a part; None when they have it, or have an author's already and would now be an editor.

    ``name`` serves for somebody without an account.
    """
    if person is None:
        return _row(article, None, part, name.strip()[:200], by) if name.strip() else None
    had = set(article.contributions.filter(person=person).values_list("part", flat=True))
    if part in had or (part == Parts.EDITOR and Parts.AUTHOR in had):
        return None
    return _row(article, person, part, _name_of(person), by)


def _name_of(person: User) -> str:
    """As they are named; empty for somebody who left and did not wish to be named any more, in what is made of their work later too."""
    left = not person.is_active and Profile.objects.filter(person=person, keeps_name=False).exists()
    return "" if left else person.name


def _row(article: Article, person: User | None, part: Parts, name: str, by: events.Actor | None) -> Contribution:
    row = Contribution.objects.create(article=article, person=person, name=name, part=part, at=clock.now())
    events.record(CreditGiven(article=article.pk, contribution=row.pk), by=by)
    return row


def hand_on_credit(source: Article, target: Article, *, by: events.Actor | None) -> None:
    """Whoever had a part in ``source`` has one in what was made of it."""
    for each in source.contributions.select_related("person"):
        part = Parts.SOURCE if each.part == Parts.AUTHOR else Parts(each.part)
        credit(target, each.person, part, by=by, name=each.name)


@transaction.atomic
def withdraw_names(person: int) -> int:
    """Somebody left and does not wish to be named any more: their credits stay, without the name. How many."""
    return Contribution.objects.filter(person=person).update(name="")


def names(contributions: Iterable[Contribution]) -> list[str]:
    """The names of authors and sources as they are written under an article, each once."""
    wanted = (each.name for each in contributions if each.part in {Parts.AUTHOR, Parts.SOURCE, Parts.EDITOR})
    return list(dict.fromkeys(filter(None, wanted)))
