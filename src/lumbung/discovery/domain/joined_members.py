"""Lists, saved searches, reading lists and the choice about suggestions when two registrations of one person become one."""

from lumbung.discovery.models import Course, PersonalList, ReaderNeeds, SavedSearch, SuggestionChoice
from lumbung.kernel import events
from lumbung.members.domain.merging.followers import Column, Follower, Pair, following, only_one


def _move(pair: Pair, _by: events.Actor | None) -> dict[str, bool]:
    """Who did not want suggestions once does not want them."""
    said = SuggestionChoice.objects.filter(member=pair.gone).exists()
    made = SuggestionChoice.objects.get_or_create(member=pair.kept)[1] if said else False
    SuggestionChoice.objects.filter(member=pair.gone).delete()
    return {"said": said, "made": made}


def _give_back(moved: dict[str, bool], pair: Pair, _by: events.Actor | None) -> None:
    if moved["made"]:
        SuggestionChoice.objects.filter(member=pair.kept).delete()
    if moved["said"]:
        SuggestionChoice.objects.get_or_create(member=pair.gone)


FOLLOWERS = (
    Follower("discovery.suggestions", (SuggestionChoice,), _move, _give_back),
    only_one("discovery.needs", ReaderNeeds),
    following(
        "discovery.rows",
        Column(PersonalList, "owner", of_account=True),
        Column(SavedSearch, "owner", of_account=True, where={"removed_at": None}, apart=("address",)),
        Column(Course, "lecturer", of_account=True),
    ),
)
