"""Drafts: what a cataloguer typed and has not saved.

They are nobody's business but the owner's, and come and go every few seconds: the journal is not told of them.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction

from lumbung.catalogue.models import Draft, Record
from lumbung.catalogue.refusals import DRAFT_ELSEWHERE, DRAFT_TOO_LARGE
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

KEPT_AFTER_DISCARDING = timedelta(days=30)
LARGEST = 2 * 1024 * 1024


@transaction.atomic
def keep_draft(
    typed: Mapping[str, str],
    *,
    view: Draft.Views,
    record: Record | None,
    version: int | None,
    key: int | None,
    saves: int,
    by: events.Actor,
) -> Draft:
    """Keep what is typed now. ``key`` and ``saves`` are those that the last keeping answered; none at the first.

    Refuses when another window of the same cataloguer kept something else since, and what is too large for a record.
    """
    if sum(map(len, typed.values())) > LARGEST:
        raise Refused(DRAFT_TOO_LARGE())
    now = clock.now()
    held = _held(by, record, key)
    if held is None:
        return Draft.objects.create(
            owner_id=by.pk,
            record=record,
            version=version,
            view=view,
            typed=dict(typed),
            title=_title(typed),
            started_at=now,
            saved_at=now,
        )
    if held.saves != saves:
        raise Refused(DRAFT_ELSEWHERE())
    held.typed, held.view, held.version, held.title = dict(typed), view, version, _title(typed)
    held.saves, held.saved_at = held.saves + 1, now
    held.save()
    return held


def _held(by: events.Actor, record: Record | None, key: int | None) -> Draft | None:
    mine = Draft.objects.select_for_update().filter(owner_id=by.pk, record=record, discarded_at__isnull=True)
    if record is None:
        return mine.filter(pk=key or 0).first()
    return mine.first()


@transaction.atomic
def discard_draft(draft: Draft) -> None:
    """Put the draft aside; for thirty days it can be brought back."""
    Draft.objects.filter(pk=draft.pk).update(discarded_at=clock.now())


@transaction.atomic
def bring_back_draft(draft: Draft) -> None:
    """Take a discarded draft up again; one that was begun meanwhile for the same record steps aside."""
    if draft.record_id is not None:
        others = Draft.objects.filter(owner=draft.owner_id, record=draft.record_id, discarded_at__isnull=True)
        others.exclude(pk=draft.pk).update(discarded_at=clock.now())
    Draft.objects.filter(pk=draft.pk).update(discarded_at=None)


def finish_draft(*, record: Record | None, key: int | None, by: events.Actor) -> None:
    """What was typed is saved now: the draft is no longer needed."""
    mine = Draft.objects.filter(owner_id=by.pk)
    if key is not None:
        mine.filter(pk=key).delete()
    if record is not None:
        mine.filter(record=record, discarded_at__isnull=True).delete()


def forget_discarded() -> int:
    """Delete drafts put aside more than thirty days ago; how many. Every night."""
    gone, _ = Draft.objects.filter(discarded_at__lt=clock.now() - KEPT_AFTER_DISCARDING).delete()
    return gone


def _title(typed: Mapping[str, str]) -> str:
    """What to call the draft in a list: its title, as far as it is typed."""
    if "title" in typed:
        return typed["title"].strip()[:300]
    line = next((each for each in typed.get("lines", "").splitlines() if each.startswith(("245", "=245"))), "")
    return line.partition("$a")[2].partition("$")[0].strip(" /:")[:300]
