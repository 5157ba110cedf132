"""Authorities: add, change, remove. What follows in the records is the work of reactions."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from lumbung.catalogue.domain.authorities.described import Said, heading_field, said_by, text_of
from lumbung.catalogue.domain.authorities.relations import reasons_against
from lumbung.catalogue.domain.marc_fields import place
from lumbung.catalogue.domain.marc_shape import meant, shape_faults, stored_marc
from lumbung.catalogue.events import AuthorityAdded, AuthorityChanged, AuthorityRemoved, HeadingRenamed
from lumbung.catalogue.headings import sort_key
from lumbung.catalogue.models import (
    Authority,
    AuthorityName,
    AuthorityReference,
    AuthorityRevision,
    HeadingChange,
    RecordHeading,
)
from lumbung.catalogue.refusals import (
    AUTHORITY_GONE,
    CHANGE_RUNS,
    HEADING_IN_USE,
    HEADING_JUST_TAKEN,
    NO_FIELDS,
    NO_HEADING,
    STALE,
)
from lumbung.formats import marc
from lumbung.kernel import channel, clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused

EARLIER_FORM = "nne"
"""$w of a 4XX: this form was established before."""
UNDER_WAY = (HeadingChange.States.RUNNING, HeadingChange.States.UNDOING)
once = refuse_when_broken(a_heading_is_established_once=HEADING_JUST_TAKEN)


@once
@transaction.atomic
def add_authority(given: marc.Record, *, by: events.Actor | None) -> Authority:
    """Establish a heading. Refuses a record without one, one that is established already, and references that go in a circle."""
    said = accepted(given)
    now = clock.now()
    added = Authority.objects.create(marc=stored_marc(given), created_at=now, updated_at=now, **said.columns())
    store_said([(added.pk, said)])
    events.record(AuthorityAdded(authority=added.pk), by=by)
    return added


@once
@transaction.atomic
def change_authority(
    authority: Authority, given: marc.Record, *, version: int, by: events.Actor | None, keep_old: bool = True
) -> Authority:
    """Put ``given`` in place of the authority's MARC. ``version`` is the one the editor started from.

    A new heading follows in every record, in the background; the old one becomes a see reference (``keep_old``). Refuses as
    ``add_authority`` does, when somebody changed the authority since, and a new heading while an earlier one is still being carried out.
    """
    current = locked(authority)
    old = heading_field(current.marc_record)
    said = accepted(given, besides=(current.pk,), more=[STALE()] if current.version != version else [])
    new = heading_field(given)
    renamed = (old.subfields, old.ind1) != (new.subfields, new.ind1) if old and new else False
    if renamed and old is not None and keep_old and said.key != current.key:
        keep_as_see(given, old)
        said = accepted(given, besides=(current.pk,))
    if meant(stored_marc(given)) == meant(current.marc):
        return current
    if not renamed:
        replace_said(current, given, said, by=by)
        events.record(AuthorityChanged(authority=current.pk, version=current.version), by=by)
        return current
    refuse_while_under_way(current)
    before, key, heading = current.marc, current.key, current.heading
    replace_said(current, given, said, by=by)
    change = HeadingChange.objects.create(
        kind=HeadingChange.Kinds.RENAMING,
        authority=current,
        before=before,
        old_heading=heading,
        old_key=key,
        new_heading=said.heading,
        expected=uses(current),
        created_by_id=by.pk if by is not None else None,
        created_at=clock.now(),
    )
    events.record(HeadingRenamed(authority=current.pk, heading_change=change.pk), by=by)
    return current


@transaction.atomic
def remove_authority(authority: Authority, *, by: events.Actor | None) -> None:
    """Remove the authority. Refuses while titles stand under it, and while a change of it is being carried out."""
    current = locked(authority)
    reasons: list[Reason] = []
    if count := uses(current):
        reasons.append(HEADING_IN_USE(count=count))
    if current.heading_changes.filter(state__in=UNDER_WAY).exists():
        reasons.append(CHANGE_RUNS())
    if reasons:
        raise Refused(reasons)
    key = current.pk
    current.delete()
    events.record(AuthorityRemoved(authority=key), by=by)


def accepted(given: marc.Record, *, besides: Sequence[int] = (), more: Sequence[Reason] = ()) -> Said:
    """What the record says, if it may stand beside the other authorities; refuses with every reason, and those in ``more``."""
    reasons = [*more, *(shape_faults(given) if given.fields else [NO_FIELDS()])]
    said = said_by(given)
    if said is None:
        raise Refused([*reasons, NO_HEADING()])
    if reasons := [*reasons, *reasons_against(said, besides=besides)]:
        raise Refused(reasons)
    return said


def replace_said(current: Authority, given: marc.Record, said: Said, *, by: events.Actor | None) -> None:
    """Put the record in place of what the authority said, keeping that as a revision. Only inside a transaction."""
    now = clock.now()
    AuthorityRevision.objects.create(
        authority=current,
        was=current.version,
        before=current.marc,
        at=now,
        by_id=by.pk if by is not None else None,
        channel=channel.current(),
    )
    columns = {"marc": stored_marc(given), **said.columns(), "version": current.version + 1, "updated_at": now}
    for name, value in columns.items():
        setattr(current, name, value)
    current.save(update_fields=list(columns))
    current.names.all().delete()
    current.references.all().delete()
    store_said([(current.pk, said)])


def store_said(said: Sequence[tuple[int, Said]]) -> None:
    """The names and references of authorities that have none yet."""
    AuthorityName.objects.bulk_create(
        AuthorityName(
            authority_id=key, kind=each.kind, form=name.form, label=name.label, key=name.key, sort_key=sort_key(name.label)
        )
        for key, each in said
        for name in each.names
    )
    AuthorityReference.objects.bulk_create(
        AuthorityReference(authority_id=key, relation=one.relation, kind=one.kind, label=one.label, key=one.key)
        for key, each in said
        for one in each.references
    )


def keep_as_see(given: marc.Record, old: marc.Field) -> None:
    """Let a heading lead here from now on, unless a see reference already says the same."""
    told = [(code, text) for code, text in old.subfields if code not in "w0"]
    field = marc.Field(f"4{old.tag[1:]}", old.ind1, old.ind2, [("w", EARLIER_FORM), *told])
    if not any(text_of(each) == text_of(field) for each in given.all(field.tag)):
        place(given, field)


def refuse_while_under_way(authority: Authority) -> None:
    """Also while one that was merged is being brought back: its titles are still on their way to it."""
    own, back = Q(authority=authority, state__in=UNDER_WAY), Q(merged=authority.pk, state=HeadingChange.States.UNDOING)
    if HeadingChange.objects.filter(own | back).exists():
        raise Refused(CHANGE_RUNS())


def uses(authority: Authority) -> int:
    """How many titles stand under the authority."""
    return RecordHeading.objects.filter(authority=authority).values("record").distinct().count()


def locked(authority: Authority) -> Authority:
    """The authority as it is now, for the rest of the transaction. Refuses when it is gone."""
    current = Authority.objects.select_for_update().filter(pk=authority.pk).first()
    if current is None:
        raise Refused(AUTHORITY_GONE())
    return current
