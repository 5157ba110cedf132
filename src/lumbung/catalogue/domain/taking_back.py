"""What a record would say without one change that was made to it, whatever was changed since."""

from lumbung.catalogue.domain.merging import Origin, merge, merged_record
from lumbung.catalogue.models import Record, Revision
from lumbung.formats.marc import Record as Marc


def without_change(record: Record, revision: Revision) -> tuple[Marc, bool]:
    """The record with what the change took away and without what it brought, and whether some of that was changed since by somebody:
    then what they made of it stays."""
    before, now = revision.marc_before, record.marc_record
    if record.version == revision.became:
        return before, False
    later = record.revisions.filter(was__gte=revision.became).order_by("was").first()
    parts = merge(later.marc_before if later else now, before, now)
    clashes = {at: Origin.THEIRS for at, part in enumerate(parts) if part.origin is Origin.CLASH}
    return merged_record(parts, clashes), bool(clashes)
