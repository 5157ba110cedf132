"""Lists of titles people keep. Only the owner calls these verbs; a removed list can be brought back for 30 days."""

import secrets
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import Max

from lumbung.accounts.models import User
from lumbung.catalogue.models import Record
from lumbung.discovery.events import (
    ListChanged,
    ListMade,
    ListRemoved,
    ListRestored,
    ListShared,
    ListUnshared,
    RemovedListsForgotten,
)
from lumbung.discovery.models import CitationStyle, Course, ListedTitle, PersonalList, SavedSearch
from lumbung.discovery.refusals import LIST_FULL, NAME_EMPTY, NAME_TOO_LONG, NOTE_TOO_LONG, TOO_MANY_LISTS
from lumbung.kernel import clock, events
from lumbung.kernel.places import exchanged, numbered
from lumbung.kernel.refusals import Refused

MOST_LISTS, MOST_TITLES, LONGEST_NAME, LONGEST_NOTE = 100, 500, 120, 2_000
KEPT_REMOVED = timedelta(days=30)


@transaction.atomic
def make_list(name: str, *, by: User) -> PersonalList:
    """A new, private list. Refuses an empty or long name, and more lists than MOST_LISTS."""
    name = _checked(name)
    User.objects.select_for_update().get(pk=by.pk)
    if PersonalList.objects.filter(owner=by, removed_at=None).count() >= MOST_LISTS:
        raise Refused(TOO_MANY_LISTS(most=MOST_LISTS))
    made = PersonalList.objects.create(owner=by, name=name, created_at=clock.now(), changed_at=clock.now())
    events.record(ListMade(personal_list=made.pk), by=by)
    return made


@transaction.atomic
def describe_list(kept: PersonalList, *, name: str, note: str, by: User) -> PersonalList:
    """Give the list another name and note. Refuses an empty or long name, and a long note."""
    kept = _locked(kept)
    kept.name, kept.note = _checked(name), _checked_note(note)
    return _changed(kept, ["name", "note"], by=by)


@transaction.atomic
def add_titles(kept: PersonalList, records: Collection[int], *, by: User) -> int:
    """Put titles at the end of the list, in the order given; returns how many were new to it.

    What the public may not see is left out. Refuses more than MOST_TITLES.
    """
    kept = _locked(kept)
    there = set(kept.titles.exclude(record=None).values_list("record", flat=True))
    wanted = [key for key in dict.fromkeys(records) if key not in there]
    titles = dict(Record.objects.shown_to_public().filter(pk__in=wanted).values_list("pk", "title"))
    fresh = [key for key in wanted if key in titles]
    if kept.titles.count() + len(fresh) > MOST_TITLES:
        raise Refused(LIST_FULL(list=kept.name, most=MOST_TITLES))
    if fresh:
        last = kept.titles.aggregate(last=Max("position"))["last"] or 0
        now = clock.now()
        ListedTitle.objects.bulk_create(
            ListedTitle(list=kept, record_id=key, title=titles[key], position=last + number, added_at=now)
            for number, key in enumerate(fresh, 1)
        )
        _changed(kept, ["titles"], by=by)
    return len(fresh)


@transaction.atomic
def remove_title(title: ListedTitle, *, by: User) -> None:
    """Take the title off its list."""
    kept = _locked(title.list)
    if kept.titles.filter(pk=title.pk).delete()[0]:
        _changed(kept, ["titles"], by=by)


@transaction.atomic
def put_back(kept: PersonalList, record: int, *, note: str, place: int, by: User) -> None:
    """Bring a title that was taken off just now back where it stood, counted from nought, with its note."""
    if not add_titles(kept, [record], by=by):
        return
    *order, back = kept.titles.all()
    order.insert(place, back)
    back.note = _checked_note(note)
    ListedTitle.objects.bulk_update(numbered(order), ["position", "note"])


@transaction.atomic
def note_title(title: ListedTitle, note: str, *, by: User) -> None:
    """Note something of a title. Refuses a long note."""
    kept = _locked(title.list)
    kept.titles.filter(pk=title.pk).update(note=_checked_note(note))
    _changed(kept, ["titles"], by=by)


@transaction.atomic
def move_title(title: ListedTitle, *, up: bool, by: User) -> None:
    """Let the title change places with the one above or below it; at the end nothing happens."""
    kept = _locked(title.list)
    if order := exchanged(kept.titles.all(), title, up=up):
        ListedTitle.objects.bulk_update(order, ["position"])
        _changed(kept, ["order"], by=by)


@transaction.atomic
def share_list(kept: PersonalList, *, by: User) -> PersonalList:
    """Give the list a link nobody can guess; whoever has it may read. A shared list keeps its link."""
    kept = _locked(kept)
    if kept.share_key is None:
        kept.share_key = secrets.token_urlsafe(24)
        kept.save(update_fields=["share_key"])
        events.record(ListShared(personal_list=kept.pk), by=by)
    return kept


@transaction.atomic
def unshare_list(kept: PersonalList, *, by: User) -> PersonalList:
    """Make the link lead nowhere; sharing again gives another."""
    kept = _locked(kept)
    if kept.share_key is not None:
        kept.share_key = None
        kept.save(update_fields=["share_key"])
        events.record(ListUnshared(personal_list=kept.pk), by=by)
    return kept


@transaction.atomic
def remove_list(kept: PersonalList, *, by: User) -> None:
    """Take the list away, and its link with it."""
    kept = _locked(kept)
    if kept.removed_at is None:
        kept.removed_at, kept.share_key = clock.now(), None
        kept.save(update_fields=["removed_at", "share_key"])
        events.record(ListRemoved(personal_list=kept.pk), by=by)


@transaction.atomic
def restore_list(kept: PersonalList, *, by: User) -> None:
    """Bring a removed list back, private."""
    kept = _locked(kept)
    if kept.removed_at is not None:
        kept.removed_at = None
        kept.save(update_fields=["removed_at"])
        events.record(ListRestored(personal_list=kept.pk), by=by)


@transaction.atomic
def forget_removed() -> int:
    """Delete for good what was removed more than 30 days ago: lists, saved searches, courses, styles. For the nightly job."""
    before = clock.now() - KEPT_REMOVED
    forgotten = 0
    for rows in (PersonalList.objects, SavedSearch.objects, Course.objects, CitationStyle.objects):
        gone = rows.filter(removed_at__lt=before)
        forgotten += gone.count()
        gone.delete()
    if forgotten:
        events.record(RemovedListsForgotten(count=forgotten), by=None)
    return forgotten


def _locked(kept: PersonalList) -> PersonalList:
    return PersonalList.objects.select_for_update().get(pk=kept.pk)


def _changed(kept: PersonalList, fields: list[str], *, by: User) -> PersonalList:
    kept.changed_at = clock.now()
    kept.save(update_fields=["name", "note", "changed_at"])
    events.record(ListChanged(personal_list=kept.pk, fields=fields), by=by)
    return kept


def _checked_note(note: str) -> str:
    if len(note := note.strip()) > LONGEST_NOTE:
        raise Refused(NOTE_TOO_LONG(most=LONGEST_NOTE))
    return note


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused(NAME_EMPTY())
    if len(name) > LONGEST_NAME:
        raise Refused(NAME_TOO_LONG(most=LONGEST_NAME))
    return name
