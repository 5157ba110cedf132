"""Searches people keep. Only the owner calls these verbs; a removed search can be brought back for 30 days."""

from django.db import transaction
from django.http import QueryDict

from lumbung.accounts.models import User
from lumbung.discovery.addresses import asked, parameters
from lumbung.discovery.domain.lists import LONGEST_NAME
from lumbung.discovery.events import (
    AlertsStopped,
    SavedSearchChanged,
    SavedSearchRemoved,
    SavedSearchRestored,
    SearchSaved,
)
from lumbung.discovery.models import SavedSearch
from lumbung.discovery.refusals import (
    ALREADY_SAVED,
    NAME_EMPTY,
    NAME_TOO_LONG,
    NOTHING_ASKED,
    SEARCH_TOO_LONG,
    TOO_MANY_SEARCHES,
)
from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Refused

MOST_SEARCHES, LONGEST_ADDRESS = 50, 2000
Frequencies = SavedSearch.Frequencies


@refuse_when_broken(a_search_is_saved_once=ALREADY_SAVED)
@transaction.atomic
def save_search(
    given: QueryDict, *, name: str, frequency: str, by: User, source: SavedSearch.Sources = SavedSearch.Sources.ASKED
) -> SavedSearch:
    """Keep the search a page address asks for. Refuses a search for nothing, one kept already, one too long, and too many."""
    query = asked(given)
    address = parameters(query, page=None, sort=None)
    reasons = []
    if address == "?":
        reasons.append(NOTHING_ASKED())
    if len(address) > LONGEST_ADDRESS:
        reasons.append(SEARCH_TOO_LONG())
    if SavedSearch.objects.filter(owner=by, removed_at=None).count() >= MOST_SEARCHES:
        reasons.append(TOO_MANY_SEARCHES(most=MOST_SEARCHES))
    if reasons:
        raise Refused(reasons)
    now = clock.now()
    saved = SavedSearch.objects.create(
        owner=by,
        source=source,
        name=_checked(name or query.words or ", ".join(value for values in query.chosen.values() for value in values))[
            :LONGEST_NAME
        ],
        address=address,
        frequency=frequency if frequency in Frequencies.values else Frequencies.NEVER,
        told_until=now,
        created_at=now,
    )
    events.record(SearchSaved(search=saved.pk), by=by)
    return saved


@transaction.atomic
def change_search(saved: SavedSearch, *, name: str, frequency: str, is_paused: bool, by: User) -> SavedSearch:
    """Name it anew, and say how often to tell of new titles. Who begins to listen, or goes on, hears of what comes from now on."""
    saved = SavedSearch.objects.select_for_update().get(pk=saved.pk)
    was_listening = saved.frequency != Frequencies.NEVER and not saved.is_paused
    saved.name, saved.is_paused = _checked(name), is_paused
    saved.frequency = frequency if frequency in Frequencies.values else saved.frequency
    if not was_listening and saved.frequency != Frequencies.NEVER and not is_paused:
        saved.told_until = clock.now()
    saved.save()
    events.record(SavedSearchChanged(search=saved.pk, fields=["name", "frequency", "is_paused"]), by=by)
    return saved


@transaction.atomic
def remove_search(saved: SavedSearch, *, by: User) -> None:
    if SavedSearch.objects.filter(pk=saved.pk, removed_at=None).update(removed_at=clock.now()):
        events.record(SavedSearchRemoved(search=saved.pk), by=by)


@refuse_when_broken(a_search_is_saved_once=ALREADY_SAVED)
@transaction.atomic
def restore_search(saved: SavedSearch, *, by: User) -> None:
    if SavedSearch.objects.filter(pk=saved.pk, removed_at__isnull=False).update(removed_at=None):
        events.record(SavedSearchRestored(search=saved.pk), by=by)


@transaction.atomic
def stop_alerts(user: User, *, by: User | None) -> int:
    """Pause every alert of the user; how many went."""
    stopped = (
        SavedSearch.objects.filter(owner=user, is_paused=False).exclude(frequency=Frequencies.NEVER).update(is_paused=True)
    )
    if stopped:
        events.record(AlertsStopped(user=user.pk), by=by)
    return stopped


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused(NAME_EMPTY())
    if len(name) > LONGEST_NAME:
        raise Refused(NAME_TOO_LONG(most=LONGEST_NAME))
    return name
