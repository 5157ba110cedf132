"""What the library says of the purposes readers come for."""

from django.db import transaction

from lumbung.discovery.events import PurposeChanged
from lumbung.discovery.models import Purpose, Purposes
from lumbung.discovery.queries.purposes import own_words
from lumbung.kernel import events

FIELDS = frozenset({"name", "intro", "people", "shown"})


@transaction.atomic
def change_purpose(key: str, *, by: events.Actor | None, **changes: str | bool) -> Purpose:
    """Change the named fields; an empty text brings the program's own words back. Raises ValueError for a purpose there is not."""
    if unknown := changes.keys() - FIELDS:
        raise TypeError(f"a purpose has no {', '.join(sorted(unknown))}")
    purpose, _made = Purpose.objects.select_for_update().get_or_create(key=Purposes(key))
    wanted = {name: value.strip() if isinstance(value, str) else value for name, value in changes.items()}
    if changed := sorted(name for name, value in wanted.items() if getattr(purpose, name) != value):
        for name in changed:
            setattr(purpose, name, wanted[name])
        purpose.save(update_fields=changed)
        own_words.changed()
        events.record(PurposeChanged(purpose=key, fields=changed), by=by)
    return purpose


def restore_purpose(key: str, *, by: events.Actor | None) -> Purpose:
    """Say of the purpose what the program says."""
    return change_purpose(key, by=by, name="", intro="", people="", shown=True)
