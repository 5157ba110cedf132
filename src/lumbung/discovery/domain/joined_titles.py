"""Lists and course readings when two titles become one, or are two again."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Manager, Model
from django.utils.translation import ngettext

from lumbung.catalogue.domain.record_followers import Follower
from lumbung.catalogue.models import Record
from lumbung.discovery.models import CourseItem, CuratedTitle, ListedTitle
from lumbung.kernel import events

LISTS: dict[str, tuple[Manager[Any], str]] = {
    "personal": (ListedTitle.objects, "list_id"),
    "curated": (CuratedTitle.objects, "curated_list_id"),
}
BETWEEN = " · "


def told(gone: Record, kept: Record) -> Sequence[str]:
    """On how many lists the title stands, whoever keeps them."""
    lists = sum(rows.filter(record=gone.pk).count() for rows, _ in LISTS.values())
    readings = CourseItem.objects.filter(record=gone).count()
    told = []
    if lists:
        sentence = ngettext("Tercantum pada %(n)d daftar; ikut pindah.", "Tercantum pada %(n)d daftar; ikut pindah.", lists)
        told.append(sentence % {"n": lists})
    if readings:
        sentence = ngettext("%(n)d bacaan kuliah ikut pindah.", "%(n)d bacaan kuliah ikut pindah.", readings)
        told.append(sentence % {"n": readings})
    return told


def move(gone: int, kept: int, by: events.Actor | None) -> dict[str, Any]:
    """Lists and readings name the other title from now on; a list that has both has it once, with both notes."""
    readings = list(CourseItem.objects.filter(record=gone).values_list("pk", flat=True))
    CourseItem.objects.filter(pk__in=readings).update(record=kept)
    return {"readings": readings, **{name: _on_lists(rows, owner, gone, kept) for name, (rows, owner) in LISTS.items()}}


def give_back(moved: dict[str, Any], gone: int, kept: int, by: events.Actor | None) -> None:
    """What was moved names its title again, unless it was taken away or changed since; where a list had both, it has both again."""
    CourseItem.objects.filter(pk__in=moved["readings"], record=kept).update(record=gone)
    for name, (rows, owner) in LISTS.items():
        held = moved[name]
        rows.filter(pk__in=held["moved"], record=kept).update(record=gone)
        for row, note in held["dropped"]:
            ours = rows.filter(**{owner: row[owner]}, record=kept).first()
            if ours is not None:
                rows.filter(pk=ours.pk, note=note["joined"]).update(note=note["before"])
                rows.create(**{**row, "record_id": gone})


def _on_lists(rows: Manager[Any], owner: str, gone: int, kept: int) -> dict[str, Any]:
    ours = {getattr(each, owner): each for each in rows.filter(record=kept)}
    theirs = list(rows.filter(record=gone))
    both = [each for each in theirs if getattr(each, owner) in ours]
    dropped = [(_row(each), _with_note(rows, ours[getattr(each, owner)], each)) for each in both]
    moved = [each.pk for each in theirs if each not in both]
    rows.filter(pk__in=[each.pk for each in both]).delete()
    rows.filter(pk__in=moved).update(record=kept)
    return {"moved": moved, "dropped": dropped}


def _row(each: Model) -> dict[str, Any]:
    """Its columns but for its own key and the title's, as JSON can keep them."""
    columns = [field.attname for field in each._meta.concrete_fields if field.name not in {"id", "record"}]
    return {name: getattr(each, name) for name in columns}


def _with_note(rows: Manager[Any], ours: Any, theirs: Any) -> dict[str, str]:
    """The notes of both, as far as the column has room; what stood there before."""
    before: str = ours.note
    room = ours._meta.get_field("note").max_length
    joined = BETWEEN.join(dict.fromkeys(filter(None, [before, theirs.note])))
    if room is not None and len(joined) > room:
        joined = before
    rows.filter(pk=ours.pk).update(note=joined)
    return {"before": before, "joined": joined}


FOLLOWER = Follower("discovery.lists", (ListedTitle, CuratedTitle, CourseItem), told, move, give_back)
