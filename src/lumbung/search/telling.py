"""What librarians said about words, told to the analysis of this process."""

from datetime import datetime

from django.db.models import Max, Q

from lumbung.kernel.remembered import remembered
from lumbung.search import analysis, expansion
from lumbung.search.models import WordChange, WordGroup
from lumbung.search.told import pairs_of, told_of


def tell_words() -> None:
    """Let this process know what librarians said about words; asks the database once a second at most."""
    global _told  # noqa: PLW0603 -- one language in a process
    if (latest := _latest_change()) != _told:
        groups = {group.pk: group.held() for group in WordGroup.objects.order_by("pk")}
        expansion.tell(pairs_of(groups.values()))
        now = told_of(groups.values())
        analysis.tell(now, told_of(_before(groups).values()))
        _told = latest


def words_changed() -> None:
    """To be called in the transaction of a change."""
    _latest_change.changed()


State = tuple[int | None, datetime | None, int | None]

_told: State = (None, None, None)


@remembered(seconds=1.0)
def _latest_change() -> State:
    """The last change and its time, and the last that the index does not follow yet."""
    latest = WordChange.objects.aggregate(last=Max("pk"), at=Max("at"), behind=Max("pk", filter=Q(followed=False)))
    return latest["last"], latest["at"], latest["behind"]


def _before(groups: dict[int, dict[str, object]]) -> dict[int, dict[str, object]]:
    """The groups as the index knows them: without the changes it does not follow yet."""
    known = dict(groups)
    for change in WordChange.objects.filter(followed=False).order_by("-pk"):
        known.pop(change.group, None)
        if change.before is not None:
            known[change.group] = change.before
    return known
