"""Evidence of what librarians know that other parts hold: what somebody catalogued shows what they read about."""

from collections import Counter
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.headings import plain
from lumbung.catalogue.models import HeadingKind, RecordHeading
from lumbung.kernel.models import JournalEntry
from lumbung.knowledge.domain.evidence import Source, register
from lumbung.knowledge.models import Topic


def catalogued() -> Mapping[tuple[int, int], int]:
    """Titles that somebody added by hand and that stand under a topic's heading."""
    added = JournalEntry.objects.filter(name="RecordAdded").values_list("actor_id", "data__record")
    by_record = {int(record): actor for actor, record in added if actor is not None and record is not None}
    topics = {plain(subject or name): pk for pk, name, subject in Topic.objects.values_list("pk", "name", "subject")}
    headings = RecordHeading.objects.filter(kind=HeadingKind.SUBJECT, key__in=topics).values_list("record", "key").distinct()
    return Counter((by_record[record], topics[key]) for record, key in headings if record in by_record)


def add_evidence() -> None:
    """Called once, at start-up."""
    register(Source("catalogued", _("mengatalog"), 1, catalogued))
