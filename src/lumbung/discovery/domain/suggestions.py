"""Whether a member wants suggestions made from what they borrowed."""

from django.db import transaction

from lumbung.discovery.events import SuggestionsChosen
from lumbung.discovery.models import SuggestionChoice
from lumbung.kernel import events
from lumbung.members.models import Member


@transaction.atomic
def choose_suggestions(member: Member, wanted: bool, *, by: events.Actor | None) -> None:
    """Note the choice of the member; without one, suggestions are made for who keeps a history."""
    if wanted:
        changed = bool(SuggestionChoice.objects.filter(member=member).delete()[0])
    else:
        changed = SuggestionChoice.objects.get_or_create(member=member)[1]
    if changed:
        events.record(SuggestionsChosen(member=member.pk, wanted=wanted), by=by)
