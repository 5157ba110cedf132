"""Asking for a change of a heading to be taken back everywhere."""

from django.db import transaction

from lumbung.catalogue.domain.authorities.described import heading_field, text_of
from lumbung.catalogue.domain.authorities.establishing import (
    accepted,
    locked,
    once,
    refuse_while_under_way,
    replace_said,
    store_said,
)
from lumbung.catalogue.domain.authorities.merging import without_merged
from lumbung.catalogue.domain.marc_shape import stored_marc
from lumbung.catalogue.events import AuthorityAdded, HeadingChangeUndoing
from lumbung.catalogue.models import Authority, HeadingChange
from lumbung.catalogue.refusals import CHANGED_AGAIN, NOT_UNDOABLE
from lumbung.formats.marc import Record as Marc
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

Kinds, States = HeadingChange.Kinds, HeadingChange.States


@once
@transaction.atomic
def undo_heading_change(change: HeadingChange, *, by: events.Actor | None) -> HeadingChange:
    """Give the authority its old heading back (or bring back the one that was merged); the records follow in the background.

    Refuses a change that runs or is undone already, and one after which the heading was changed again.
    """
    authority = locked(change.authority)
    change = HeadingChange.objects.select_for_update().get(pk=change.pk)
    if change.state != States.FINISHED:
        raise Refused(NOT_UNDOABLE())
    later = authority.heading_changes.filter(pk__gt=change.pk).exclude(state=States.UNDONE)
    if later.exists():
        raise Refused(CHANGED_AGAIN())
    refuse_while_under_way(authority)
    if change.kind == Kinds.RENAMING:
        _give_back_heading(authority, change, by)
    else:
        _bring_back_merged(authority, change, by)
    HeadingChange.objects.filter(pk=change.pk).update(state=States.UNDOING, reached=0, finished_at=None)
    events.record(HeadingChangeUndoing(authority=authority.pk, heading_change=change.pk), by=by)
    change.refresh_from_db()
    return change


def _give_back_heading(authority: Authority, change: HeadingChange, by: events.Actor | None) -> None:
    """The old 1XX in place of the new, and without the see reference that the change left; all else stays."""
    old, made = heading_field(change.marc_before), authority.marc_record
    held = heading_field(made)
    if old is None or held is None:
        raise Refused(NOT_UNDOABLE())
    see = f"4{old.tag[1:]}"
    stood_before = any(text_of(each) == text_of(old) for each in change.marc_before.all(see))
    made.fields = [
        old if each is held else each
        for each in made.fields
        if stood_before or each.tag != see or text_of(each) != text_of(old)
    ]
    replace_said(authority, made, accepted(made, besides=(authority.pk,)), by=by)


def _bring_back_merged(authority: Authority, change: HeadingChange, by: events.Actor | None) -> None:
    made: Marc = without_merged(authority.marc_record, change)
    replace_said(authority, made, accepted(made, besides=(authority.pk,)), by=by)
    merged = change.marc_before
    said, now = accepted(merged), clock.now()
    back = Authority.objects.create(
        pk=change.merged, marc=stored_marc(merged), created_at=now, updated_at=now, **said.columns()
    )
    store_said([(back.pk, said)])
    HeadingChange.objects.filter(pk__in=change.brought).update(authority=back)
    events.record(AuthorityAdded(authority=back.pk), by=by)
