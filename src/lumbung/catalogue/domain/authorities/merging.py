"""Two authorities for one thing become one."""

from django.db import transaction

from lumbung.catalogue.domain.authorities.described import KINDS, heading_field, text_of
from lumbung.catalogue.domain.authorities.establishing import (
    accepted,
    keep_as_see,
    locked,
    refuse_while_under_way,
    replace_said,
    uses,
)
from lumbung.catalogue.domain.marc_fields import place
from lumbung.catalogue.events import AuthoritiesMerged
from lumbung.catalogue.models import Authority, HeadingChange, RecordHeading
from lumbung.catalogue.refusals import KINDS_DIFFER, SEES_ITSELF
from lumbung.formats.marc import Record as Marc
from lumbung.formats.marc import from_json
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused


@transaction.atomic
def merge_authorities(merged: Authority, *, into: Authority, by: events.Actor | None) -> HeadingChange:
    """Let ``merged`` go into the other: its heading and see references lead there, its titles follow in the background.

    So do those that went into it before: where they stood, one is led to the other.

    Refuses authorities of different kinds, one with itself, and while a change of either is being carried out.
    """
    if merged.pk == into.pk:
        raise Refused(SEES_ITSELF(heading=merged.heading))
    gone, kept = (locked(each) for each in (merged, into))
    refuse_while_under_way(gone)
    refuse_while_under_way(kept)
    if gone.kind != kept.kind:
        raise Refused(KINDS_DIFFER(first=gone.get_kind_display(), second=kept.get_kind_display()))
    before, expected = kept.marc, uses(gone)
    made = _with_names_of(gone, kept.marc_record)
    said = accepted(made, besides=(gone.pk, kept.pk))
    RecordHeading.objects.filter(authority=gone).update(authority=kept)
    key, heading, marc = gone.key, gone.heading, gone.marc
    merged_key, brought = gone.pk, list(gone.heading_changes.order_by("pk").values_list("pk", flat=True))
    HeadingChange.objects.filter(pk__in=brought).update(authority=kept)
    gone.delete()
    replace_said(kept, made, said, by=by)
    change = HeadingChange.objects.create(
        kind=HeadingChange.Kinds.MERGING,
        authority=kept,
        merged=merged_key,
        brought=brought,
        before=marc,
        target_before=before,
        old_heading=heading,
        old_key=key,
        new_heading=kept.heading,
        expected=expected,
        created_by_id=by.pk if by is not None else None,
        created_at=clock.now(),
    )
    events.record(AuthoritiesMerged(authority=kept.pk, merged=merged_key, heading_change=change.pk), by=by)
    return change


def _with_names_of(gone: Authority, made: Marc) -> Marc:
    """The record with the heading of ``gone`` as a see reference, and all references that it has not yet."""
    other = gone.marc_record
    if (heading := heading_field(other)) is not None:
        keep_as_see(made, heading)
    own = heading_field(made)
    held = {(each.tag, text_of(each)) for each in made.fields if each.tag[:1] in "45" and each.tag[1:] in KINDS}
    for each in other.fields:
        if each.tag[:1] not in "45" or each.tag[1:] not in KINDS or (each.tag, text_of(each)) in held:
            continue
        if own is None or text_of(each) != text_of(own):
            place(made, each)
    return made


def without_merged(now: Marc, change: HeadingChange) -> Marc:
    """The record without the references that the merger brought; what was changed since stays."""
    before = from_json(change.target_before)
    held = {(each.tag, text_of(each)) for each in before.fields if each.tag[:1] in "45" and each.tag[1:] in KINDS}
    old = change.marc_before
    brought = {(each.tag, text_of(each)) for each in old.fields if each.tag[:1] in "45" and each.tag[1:] in KINDS}
    if (heading := heading_field(old)) is not None:
        brought.add((f"4{heading.tag[1:]}", text_of(heading)))
    now.fields = [
        each
        for each in now.fields
        if each.tag[:1] not in "45" or each.tag[1:] not in KINDS or (each.tag, text_of(each)) not in brought - held
    ]
    return now
