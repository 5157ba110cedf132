"""What happened to a content stands beside it too, as PREMIS, so that an object tells its history without this program."""

from collections.abc import Iterable

from django.db.models import Q

from lumbung.digital.domain import fixity
from lumbung.digital.models import File, KeptContent
from lumbung.digital.queries.preservation import names_of
from lumbung.digital.queries.preservation_events import premis_of
from lumbung.formats import ocfl


def note_events(contents: Iterable[int], *, files: Iterable[int] = ()) -> None:
    """Write anew what happened to these contents, and to those of these files, wherever they lie.

    Raises ``OSError`` when a place is away.
    """
    hashes = File.objects.filter(pk__in=files).values("sha256")
    found = list(KeptContent.objects.select_related("format").filter(Q(pk__in=contents) | Q(sha256__in=hashes)))
    names = names_of(found)
    for content in found:
        told = premis_of(content, name=names.get(content.sha256, ""))
        for place in fixity.places_of(content):
            if place.has(content.sha256):
                place.note(content.sha256, ocfl.EVENTS, told)
