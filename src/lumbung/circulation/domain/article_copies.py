"""How a copy of an article or a chapter is made: scanned, checked, joined behind a cover sheet that says what the law asks, and read by
the one who asked; or made on paper. What it cost is charged once, when it is made."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import override

from lumbung.circulation.domain.articles import concerned, locked, remove_file
from lumbung.circulation.domain.fees import charge
from lumbung.circulation.events import ArticleFulfilled, ArticleVisitMoved
from lumbung.circulation.models import ArticleRequest, Fee, HandoverPlace
from lumbung.circulation.queries.articles import article_terms
from lumbung.circulation.queries.handover_places import comes_on, days_of_handover
from lumbung.circulation.refusals import (
    ARTICLE_CLOSED,
    ARTICLE_TOO_LONG,
    ARTICLE_WRONG_WAY,
    COURIER_MISSING,
    SCAN_ACTS,
    SCAN_INFECTED,
    SCAN_MISSING,
    SCAN_TOO_LARGE,
    SCAN_UNCHECKED,
    SCAN_UNKNOWN,
)
from lumbung.formats import clamd, pdf
from lumbung.kernel import clock, events, pictures, typesetting, uploads
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization.queries import library, open_day_after

LARGEST = 40 << 20
"""Bytes of all that is sent for one copy."""
FOLDER = "articles"
Ways, States = ArticleRequest.Ways, ArticleRequest.States


@dataclass(frozen=True)
class Scan:
    """A file that staff send: a PDF of several pages, or the picture of one."""

    name: str
    content: bytes


def fulfil_with_file(asked: ArticleRequest, scans: Sequence[Scan], *, by: events.Actor | None) -> ArticleRequest:
    """The scan may be read by the member from now on, behind its cover sheet, for as long as the library says. One that is ready already
    is replaced, and charged for no second time.

    Refuses a request for paper and one that is closed, and, all at once, files that are none, too large or too many pages, not PDF, JPEG,
    PNG or WebP by their content, that carry scripts, other files or a password, or in which the virus scanner finds something.
    """
    _refuse_way(asked, Ways.FILE)
    content, pages = _joined(asked, scans)
    kept = uploads.keep(content, kind="pdf", folder=FOLDER).stored_file
    try:
        with transaction.atomic():
            current = locked(asked, {*ArticleRequest.OPEN, States.READY})
            remove_file(current)
            days = timedelta(days=article_terms().file_days)
            current.stored_file, current.page_count = kept, pages
            current.state, current.until = States.READY, clock.today(current.branch.zone) + days
            return _fulfilled(current, by=by)
    except Refused:
        uploads.forget(kept)
        raise


@transaction.atomic
def fulfil_on_paper(
    asked: ArticleRequest, *, pages: int | None = None, courier: str = "", tracking: str = "", by: events.Actor | None
) -> ArticleRequest:
    """The copy is made on paper: it waits where it is to be fetched, or went with the courier under this number.

    Refuses a request for a file and one that is closed, more pages than are copied, and what is sent without the name of the courier.
    """
    current = locked(asked)
    if current.way == Ways.FILE:
        raise Refused(ARTICLE_WRONG_WAY(way=current.get_way_display()))
    reasons = _blocks_of_length(pages)
    if current.way == Ways.POST and not courier.strip():
        reasons.append(COURIER_MISSING())
    if reasons:
        raise Refused(reasons)
    current.page_count = pages
    if current.way == Ways.POST:
        current.courier, current.tracking, current.address = courier.strip()[:60], tracking.strip()[:60], ""
        current.state, current.closed_at = States.DONE, clock.now()
    else:
        _lay_ready(current)
    return _fulfilled(current, by=by)


def follow_visits_of_articles(place: HandoverPlace | None = None, *, by: events.Actor | None = None) -> int:
    """Bring the paper that waits for a visit that does not take place to the next one; where none is to come it waits at the branch. How
    many. Part of whatever changes visits."""
    waiting = ArticleRequest.objects.filter(state=States.READY, place__isnull=False).select_related("place__branch")
    waiting = waiting.filter(place=place) if place is not None else waiting
    return sum(_visit_moved(asked.pk, by=by) for asked in waiting.order_by("pk") if _is_stranded(asked))


@transaction.atomic
def _visit_moved(key: int, *, by: events.Actor | None) -> bool:
    current = locked(ArticleRequest(pk=key), ArticleRequest.States)
    if current.state != States.READY or not _is_stranded(current):
        return False
    _lay_ready(current)
    current.save(update_fields=["state", "place", "brought_on", "until"])
    events.record(ArticleVisitMoved(**concerned(current)), by=by)
    return True


def _is_stranded(asked: ArticleRequest) -> bool:
    place, day = asked.place, asked.brought_on
    return place is not None and day is not None and day >= clock.today(place.branch.zone) and not comes_on(place, day)


@transaction.atomic
def count_reading(asked: ArticleRequest) -> None:
    """The member opened the file. It is counted, and what was read when is written nowhere."""
    ArticleRequest.objects.filter(pk=asked.pk).exclude(stored_file="").update(downloads=F("downloads") + 1)


def cover_sheet(asked: ArticleRequest) -> bytes:
    """The sheet that goes before the copy, as PDF: what it is of, for whom and what for, and what may be done with it."""
    here = library()
    with override("id"):
        data = {
            "library": here.name,
            "institution": here.institution,
            "address": here.address,
            "number": asked.pk,
            "kind": str(asked.get_kind_display()),
            "part": asked.title,
            "author": asked.author,
            "work": asked.record.title,
            "creator": asked.record.creator,
            "source": _source(asked),
            "member": asked.member.name if asked.member else "",
            "purpose": str(asked.get_purpose_display()),
            "agreed": date_format(asked.agreed_at.astimezone(asked.branch.zone), "j F Y") if asked.agreed_at else "",
            "made": date_format(clock.today(asked.branch.zone), "j F Y"),
        }
    return typesetting.pdf(files(__package__).joinpath("article.typ").read_text(encoding="utf-8"), data)


def _source(asked: ArticleRequest) -> str:
    """Where in the work the part is, and where the work was published: the law wants the source named in full."""
    record = asked.record
    pages = f"hlm. {asked.pages}" if asked.pages else ""
    return ". ".join(filter(None, [asked.issue, pages, ", ".join(filter(None, [record.publisher, str(record.year or "")]))]))


def _lay_ready(asked: ArticleRequest) -> None:
    """Until when it can be had: at the branch, or at the next visit to its place. Where no visit is to come, it is at the branch."""
    count, at = article_terms().paper_days, asked.pickup_branch or asked.branch
    days = days_of_handover(asked.place, count=count) if asked.place is not None else None
    asked.state = States.READY
    if days is None:
        asked.place, asked.brought_on = None, None
        asked.until = open_day_after(at, clock.today(at.zone), count=count)
    else:
        asked.brought_on, asked.until = days


def _fulfilled(asked: ArticleRequest, *, by: events.Actor | None) -> ArticleRequest:
    """Keep it as made, and charge for it unless that was done."""
    asked.fulfilled_at = asked.fulfilled_at or clock.now()
    if asked.cost and asked.charged is None:
        facts: dict[str, Any] = {"branch": asked.branch, "item": asked.item, "note": asked.part, "once": f"article:{asked.pk}"}
        asked.charged = charge(asked.holder, Fee.Kinds.ARTICLE, asked.cost, by=by, **facts)
    asked.save()
    told = {"article_request": asked.pk, "record": asked.record_id, "member": asked.holder.pk, "branch": asked.branch_id}
    events.record(ArticleFulfilled(**told, pages=asked.page_count), by=by)
    return asked


def _refuse_way(asked: ArticleRequest, way: str) -> None:
    """Before any work is put into files that would not be taken."""
    current = ArticleRequest.objects.get(pk=asked.pk)
    if current.way != way:
        raise Refused(ARTICLE_WRONG_WAY(way=current.get_way_display()))
    if current.closed_at is not None:
        raise Refused(ARTICLE_CLOSED())


def _blocks_of_length(pages: int | None) -> list[Reason]:
    most = article_terms().most_pages
    return [ARTICLE_TOO_LONG(pages=pages, most=most)] if pages is not None and most is not None and pages > most else []


def _joined(asked: ArticleRequest, scans: Sequence[Scan]) -> tuple[bytes, int]:
    """One PDF of the cover sheet and all that was scanned, and how many pages that is without the sheet."""
    if not scans:
        raise Refused(SCAN_MISSING())
    if sum(len(each.content) for each in scans) > LARGEST:
        raise Refused(SCAN_TOO_LARGE(most=LARGEST >> 20))
    with tempfile.TemporaryDirectory() as folder:
        reasons: list[Reason] = []
        parts, pages = [Path(folder) / "cover.pdf"], 0
        for number, scan in enumerate(scans):
            part = Path(folder) / f"{number}.pdf"
            told = _laid_out(scan, part)
            reasons += [told] if isinstance(told, Reason) else []
            pages += told if isinstance(told, int) else 0
            parts.append(part)
        if reasons := [*reasons, *_blocks_of_length(pages)]:
            raise Refused(reasons)
        parts[0].write_bytes(cover_sheet(asked))
        return _one_of(parts, Path(folder) / "whole.pdf", scans[0].name), pages


def _one_of(parts: Sequence[Path], whole: Path, name: str) -> bytes:
    try:
        pdf.join(parts, whole)
    except pdf.Unreadable:
        raise Refused(SCAN_UNKNOWN(name=name)) from None
    return whole.read_bytes()


def _laid_out(scan: Scan, target: Path) -> int | Reason:
    """Write what was scanned to the target as a PDF; how many pages it has, or why it is not taken."""
    kind = uploads.kind_of(scan.content)
    if not kind:
        return SCAN_UNKNOWN(name=scan.name)
    target.write_bytes(scan.content)
    if found := _found_in(target, scan.name):
        return found
    try:
        if kind != "pdf":
            target.write_bytes(pictures.as_page(scan.content))
            return 1
        seen = pdf.inspect(target)
    except (pictures.NoPicture, pdf.Unreadable):
        return SCAN_UNKNOWN(name=scan.name)
    acts = seen.locked or seen.scripts or seen.attachments or uploads.acts(scan.content)
    return SCAN_ACTS(name=scan.name) if acts else seen.pages


def _found_in(path: Path, name: str) -> Reason | None:
    """What the virus scanner has against the file, where the operator named a scanner."""
    if not settings.CLAMD:
        return None
    try:
        verdict = clamd.Scanner(settings.CLAMD).scan(path)
    except (clamd.Away, clamd.Undecided):
        return SCAN_UNCHECKED(name=name)
    return SCAN_INFECTED(name=name, found=verdict.found) if verdict.found else None
