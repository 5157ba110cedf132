"""Saving what an editor made, whichever it was: at once, or by way of the page where two cataloguers' changes meet."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lumbung.catalogue import queries
from lumbung.catalogue.domain.comparison import side_of
from lumbung.catalogue.domain.drafts import finish_draft
from lumbung.catalogue.domain.merging import Origin, Part, merge, merged_record
from lumbung.catalogue.domain.records import add_record, change_record
from lumbung.catalogue.models import Record
from lumbung.catalogue.refusals import STALE
from lumbung.formats.marc import Record as Marc
from lumbung.formats.marc.lines import to_lines
from lumbung.kernel.refusals import Refused

CONFLICT = 409


@dataclass(frozen=True)
class Shown:
    """One part of a merger for the page: its place, and each side as the history shows it."""

    at: int
    part: Part

    @property
    def sides(self) -> list[object]:
        return [side_of(each) for each in (self.part.theirs, self.part.mine, self.part.merged)]


def save_new(request: HttpRequest, made: Marc, *, draft: int | None) -> HttpResponse:
    """Add the record and go on to its page, or to its copies. Refuses as ``add_record`` does."""
    added = add_record(made, by=request.user)
    finish_draft(record=None, key=draft, by=request.user)
    messages.success(request, _("“%(title)s” ditambahkan.") % {"title": added.title})
    return next_page(request, added)


def save_changed(request: HttpRequest, record: Record, made: Marc, *, version: int) -> HttpResponse:
    """Change the record; when somebody was quicker, the page that shows both. Refuses for other reasons as ``change_record`` does."""
    try:
        change_record(record, made, version=version, by=request.user)
    except Refused as refused:
        if STALE.code not in refused.codes:
            raise
        record.refresh_from_db()
        return meeting(request, record, made, version=version)
    finish_draft(record=record, key=None, by=request.user)
    messages.success(request, _("Perubahan disimpan."))
    return next_page(request, record)


def meeting(request: HttpRequest, record: Record, mine: Marc, *, version: int) -> HttpResponse:
    """Theirs, mine, and what both make together. Nothing typed is lost: all of mine is on the page."""
    parts = parts_of(record, mine, version)
    revision = queries.revisions_of(record).filter(became__gt=version).first()
    shown = [Shown(at, part) for at, part in enumerate(parts) if part.changed]
    context = {
        "record": record,
        "version": version,
        "mine": to_lines(mine),
        "shown": shown,
        "clashes": sum(part.origin is Origin.CLASH for part in parts),
        "by": revision.by if revision else None,
        "at": revision.at if revision else record.updated_at,
    }
    return render(request, "catalogue/meeting.html", context, status=CONFLICT)


def parts_of(record: Record, mine: Marc, version: int) -> list[Part]:
    """What the merger of mine, made from ``version``, with the record as it stands consists of."""
    theirs = record.marc_record
    return merge(queries.marc_at(record, version) or theirs, mine, theirs)


def chosen(request: HttpRequest, parts: list[Part]) -> Marc:
    """The merger with what was chosen for each clash."""
    return merged_record(parts, {at: Origin.THEIRS for at in range(len(parts)) if request.POST.get(f"clash-{at}") == "theirs"})


def next_page(request: HttpRequest, record: Record) -> HttpResponse:
    return redirect("catalogue:item_add" if "add_item" in request.POST else "catalogue:record", record.pk)
